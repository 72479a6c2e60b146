package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Pages of run directories that hold much, little, or something hostile. */
class RunPageTest {
    private static final String HOSTILE = "<script>alert('&')</script>";
    private static final List<String> SECTIONS =
            List.of(
                    "Plots",
                    "Maps",
                    "Convergence in beta",
                    "Certificate and outcome",
                    "Predicted and measured",
                    "Alignment per layer",
                    "Latency",
                    "Configuration",
                    "Worst rows",
                    "Files",
                    "Run");

    @TempDir private Path temp;

    private Path run(String name, String result, String table) throws IOException {
        return run(name, "\"command\":\"relaxon %s\"".formatted(HOSTILE), result, table);
    }

    private Path run(String name, String config, String result, String table) throws IOException {
        Path run = Files.createDirectory(temp.resolve(name));
        String manifest = "{\"version\":\"1\",\"config\":{%s}}";
        Files.writeString(run.resolve("manifest.json"), manifest.formatted(config));
        if (result != null) {
            Files.writeString(run.resolve("result.json"), result);
        }
        if (table != null) {
            Files.writeString(run.resolve("results.csv"), table);
        }
        return run;
    }

    private static Document page(Path run) throws Exception {
        String text = Files.readString(RunPage.write(run, false));
        assertFalse(text.matches("(?s).*(https?:|javascript:).*"), text);
        Document page = PageParser.parse(text);
        assertEquals(1, page.getElementsByTagName("script").getLength()); // its own
        return page;
    }

    private static long missing(Document page) {
        return PageParser.texts(page, "p").stream().filter(p -> p.startsWith("Missing: ")).count();
    }

    @Test
    void anEmptyRunSaysOfEachPartThatItIsMissing() throws Exception {
        Document page = page(run("empty", null, null));

        assertEquals(SECTIONS, PageParser.texts(page, "h2"));
        assertEquals(8, missing(page));
        assertEquals("No verdict recorded", PageParser.texts(page, "p").get(0));
        assertTrue(PageParser.texts(page, "td").contains("relaxon " + HOSTILE));
    }

    @Test
    void whatWasRecordedIsShownAndHostileValuesStayText() throws Exception {
        Path run =
                run(
                        "full",
                        """
                        {"holds":false,"exitCode":1,"why":"error above","reference":"backprop",
                         "projections":[{"name":"W1","relativeError":0.5,"cosine":0.999999999,
                           "signAgreement":1,"normRatio":2.5}],
                         "slopes":[{"estimator":"centred","least":1.99,"most":2.01}],
                         "cases":[{"algorithm":"ep","variant":"%s","verdict":"settled",
                           "caseHolds":false,"relativeError":0.3,"predictedError":0.1,
                           "declaredOrder":1,"certificate":{"certified":true,"why":"a < b"}},
                          {"algorithm":"ep","variant":"%s","verdict":"not-settled",
                           "reason":"time-budget","certificate":{"certified":true,"why":"a < b"}}]}"""
                                .formatted(HOSTILE, HOSTILE),
                        "drop,verdict,relativeError,repeat\n"
                                + "0.1,settled,0.3,relaxon a\n0.2,settled,0.4,relaxon b\n"
                                + "0.3,not-settled,,relaxon "
                                + HOSTILE
                                + "\n");
        Files.writeString(run.resolve("summary.csv"), "drop,settled\n0.1,7 of 9\n");
        Files.writeString(run.resolve("map-settled.svg"), "<svg><script/></svg>");
        Files.writeString(run.resolve("error.png"), "no picture");

        Document page = page(run);

        List<String> cells = PageParser.texts(page, "td");
        assertTrue(PageParser.texts(page, "p").get(1).contains("does not hold: error above"));
        assertTrue(
                cells.containsAll(
                        List.of("1 of 2 settled", "NO: time-budget", HOSTILE, "2.5", "7 of 9")),
                cells.toString());
        assertTrue(
                cells.containsAll(List.of("1.99", "1.00e-09", "a < b", "3.0000")),
                cells.toString());
        assertEquals(
                List.of("relaxon " + HOSTILE, "relaxon " + HOSTILE, "relaxon b", "relaxon a"),
                PageParser.texts(page, "code"));
        assertEquals(1, page.getElementsByTagName("img").getLength());
        List<String> figures = PageParser.texts(page, "figcaption");
        assertEquals(4, figures.size(), figures.toString());
        assertTrue(figures.get(0).startsWith("Relative error of local updates"), figures.get(0));
        assertEquals("map settled (map-settled.svg)", figures.get(3));
        assertTrue(PageParser.texts(page, "p").stream().anyMatch(p -> p.contains("error.png is")));
        assertTrue(
                PageParser.texts(page, "p").contains("Rows by verdict: not-settled 1, settled 2."));
    }

    @Test
    void withoutARecordOfTheWholeTheWorstRowDecides() throws Exception {
        String header = "verdict,relativeError\n";
        assertEquals(Outcome.UNKNOWN, outcome("a", null, header));
        assertEquals(Outcome.SETTLED, outcome("b", null, header + "settled,1\ncompleted,2\n"));
        assertEquals(Outcome.PARTLY_SETTLED, outcome("c", null, header + "settled,1\n,\n"));
        assertEquals(Outcome.NOT_SETTLED, outcome("k", null, header + "not-settled,\n,\n"));
        assertEquals(Outcome.HOLDS, outcome("d", "{\"holds\":true}", null));
        assertEquals(Outcome.NOT_SETTLED, outcome("e", "{\"holds\":false,\"exitCode\":3}", null));
        assertEquals(Outcome.NOT_SETTLED, outcome("f", "{\"verdict\":\"\"}", null));
        assertEquals(Outcome.UNKNOWN, outcome("g", "{\"holds\":\"yes\"}", null));
        String trained = "{\"verdict\":\"trained\"%s}";
        assertEquals(Outcome.TRAINED, outcome("h", trained.formatted(""), null));
        assertEquals(
                Outcome.TRAINED, outcome("i", trained.formatted(",\"ending\":\"patience\""), null));
        assertEquals(
                Outcome.UNSETTLED,
                outcome("j", trained.formatted(",\"ending\":\"unsettled\""), null));
        assertEquals(
                Outcome.DIVERGED,
                outcome("p", "{\"verdict\":\"diverged\",\"ending\":\"diverged\"}", null));
    }

    /** No whole is settled whose rows are not. */
    @Test
    void aSettledRecordOverRowsThatAreNotIsPartlySettled() throws Exception {
        String rows = "verdict,relativeError\nsettled,1\n" + "not-settled,\n".repeat(24);
        String settled = "{\"verdict\":\"settled\"}";

        assertEquals(Outcome.PARTLY_SETTLED, outcome("l", settled, rows));
        assertEquals(
                Outcome.SETTLED,
                outcome("m", settled, "verdict,relativeError\nsettled,1\ncompleted,1\n"));
        assertEquals(
                Outcome.PARTLY_SETTLED, outcome("n", "{\"verdict\":\"partly-settled\"}", null));
    }

    @Test
    void aTableOfTrainingsIsJudgedByTheirEnds() throws Exception {
        String header = "rate,verdict,testAccuracy\n";
        String some = header + "1,trained,0.5\n2,trained,0.9\n";

        assertEquals(Outcome.TRAINED, outcome("o", null, some));
        assertEquals(Outcome.PARTLY_TRAINED, outcome("p", null, some + "3,refused,\n"));
        assertEquals(Outcome.NOT_SETTLED, outcome("q", null, header + "3,refused,\n"));
        CsvTable table = CsvTable.read(header + "1,trained,0.5\n2,trained,0.9\n3,refused,\n");
        assertEquals(
                List.of("3", "1", "2"), table.worst().stream().map(row -> row.get(0)).toList());
    }

    /** A caption is a sentence with its figures, not the format of one. */
    @Test
    void noPageShowsTheFormatOfASentence() throws Exception {
        Path run = run("captions", "{\"verdict\":\"settled\"}", "verdict\nsettled\nsettled\n");

        List<String> captions = PageParser.captions(page(run));

        assertTrue(
                captions.stream().anyMatch(c -> c.startsWith("2 of 2 rows")), captions.toString());
        assertTrue(captions.stream().noneMatch(c -> c.contains("%d")), captions.toString());
    }

    @Test
    void aPictureThatIsThereAsLinesAndAsBitmapIsShownOnce() throws Exception {
        Path run = run("pictures", null, null);
        Files.writeString(run.resolve("map-a.svg"), "<svg/>");
        Files.write(
                run.resolve("map-a.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});

        assertEquals(List.of("map a (map-a.svg)"), PageParser.texts(page(run), "figcaption"));
    }

    private Outcome outcome(String name, String result, String table) throws IOException {
        return RunVerdict.of(RunFiles.read(run(name, result, table))).outcome();
    }

    @Test
    void longTablesAreCutAndSaySo() throws Exception {
        Path run = run("long", null, null);
        Files.writeString(run.resolve("summary.csv"), "k\n" + "1\n".repeat(105));

        assertTrue(
                PageParser.captions(page(run)).stream()
                        .anyMatch(c -> c.contains("first 100 of 105 rows; 5 left out")));
    }

    @Test
    void damagedFilesAreNamed() throws Exception {
        for (String name : List.of("manifest.json", "result.json", "results.csv")) {
            Path run = run("damaged-" + name, "{}", "a\n");
            Files.writeString(run.resolve(name), "{\"config\":{},\n\"a\"1,2\n3");
            String message =
                    assertThrows(IllegalArgumentException.class, () -> RunPage.write(run, false))
                            .getMessage();
            assertTrue(message.contains(name), message);
            assertFalse(Files.exists(run.resolve("report.html")));
        }
        for (String manifest : List.of("[]", "{}", "{\"config\":1}", "")) {
            Path run = Files.createTempDirectory(temp, "foreign");
            Files.writeString(run.resolve("manifest.json"), manifest);
            assertThrows(IllegalArgumentException.class, () -> RunPage.write(run, false));
        }
    }

    @Test
    void onlyOurOwnPagesAreReplacedUnasked() throws Exception {
        Path run = run("own", null, null);
        Path file = RunPage.write(run, false);
        Files.writeString(run.resolve("results.csv"), "verdict\nsettled\n");
        RunPage.write(run, false);
        assertTrue(Files.readString(file).contains("settled 1"));

        Files.writeString(file, "kept");
        assertThrows(IllegalArgumentException.class, () -> RunPage.write(run, false));
        assertEquals("kept", Files.readString(file));
        RunPage.write(run, true);
        assertTrue(Files.readString(file).contains("settled 1"));
    }

    @Test
    void linksAreNeitherReadNorWritten() throws Exception {
        Path run = run("links", null, null);
        Path secret = Files.writeString(temp.resolve("secret"), "verdict\nsecret\n");
        Files.createSymbolicLink(run.resolve("results.csv"), secret);

        assertTrue(PageParser.texts(page(run), "td").contains("a link, not followed"));
        assertFalse(Files.readString(run.resolve("report.html")).contains("secret"));
        Files.delete(run.resolve("report.html"));
        Files.createSymbolicLink(run.resolve("report.html"), secret);
        assertThrows(IllegalArgumentException.class, () -> RunPage.write(run, true));
        assertEquals("verdict\nsecret\n", Files.readString(secret));
    }

    @Test
    void theOverviewIsSortedWorstFirstAndLeadsToThePages() throws Exception {
        String row = "verdict,relativeError\nsettled,";
        List<Path> runs =
                List.of(
                        run("holds", "{\"holds\":true}", row + "0.1\n"),
                        run("no & #1", "{\"holds\":false}", row + "0.1\n"),
                        run("worse", "{\"holds\":false}", row + "0.5\n"),
                        run("a:b", null, null));
        Path out = temp.resolve("over.html");

        assertEquals(5, Overview.write(runs, out, false).size());

        Document page = PageParser.parse(Files.readString(out));
        String parent = temp.getFileName() + "/";
        assertEquals(
                List.of(parent + "worse", parent + "no & #1", parent + "a:b", parent + "holds"),
                PageParser.texts(page, "a"));
        var links = page.getElementsByTagName("a");
        for (int k = 0; k < links.getLength(); k++) {
            String address = links.item(k).getAttributes().getNamedItem("href").getTextContent();
            Path target = Path.of(out.toUri().resolve(address));
            assertTrue(Files.exists(target), address);
        }
        Files.writeString(out, "kept");
        assertThrows(IllegalArgumentException.class, () -> Overview.write(runs, out, false));
    }

    @Test
    void ifOneDirectoryIsRefusedNothingIsWritten() throws Exception {
        Path good = run("good", null, null);
        Path foreign = Files.createDirectory(temp.resolve("foreign"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Overview.write(List.of(good, foreign), null, false));
        assertFalse(Files.exists(good.resolve("report.html")));
    }

    /** One settling: figures before options, nothing about slopes and maps, and no JSON. */
    @Test
    void aPageOfOneSettlingBeginsWithItsFigures() throws Exception {
        String result =
                """
                {"verdict":"settled","columnsSettled":1,"columns":1,"residual":1e-9,"reference":
                 "backprop","relativeError":0.25,"links":["2->3","1->2"],"messages":7,"stale":0,
                 "late":1,"lost":2,"faults":{"dropped":2,"cut":0},"hostNanos":1500000,"probeWaves":3,
                 "repeated":1,"auditRounds":1,
                 "host":"virtual"}""";
        Path run = run("one", result, "verdict\nsettled\n");
        Files.writeString(
                run.resolve("manifest.json"),
                "{\"config\":{\"command\":\"x\",\"delay\":\"none\",\"optionsShown\":{\"a\":\"b\"},"
                        + "\"plans\":[{\"beta\":0.5,\"seeds\":[1,2]}]}}");
        Document page = page(run);
        List<String> sections = PageParser.texts(page, "h2");
        assertEquals("Result", sections.get(0));
        assertEquals(
                List.of("Configuration", "Worst rows", "Files", "Run", "Terms"),
                sections.subList(sections.size() - 5, sections.size()));
        assertFalse(sections.contains("Convergence in beta") || sections.contains("Maps"));
        List<String> cells = PageParser.texts(page, "td");
        assertTrue(
                cells.containsAll(
                        List.of(
                                "0.25",
                                "2->3, 1->2",
                                "7 and 1 repeat (0 stale, 1 late, 2 lost)",
                                "2 dropped",
                                "1.5",
                                "beta 0.5, seeds (1, 2)")),
                cells.toString());
        List<String> names = PageParser.texts(page, "th");
        assertTrue(names.contains("time, ms, virtual"), names.toString());
        assertTrue(names.contains("waves of probes for quiescence"), names.toString());
        assertTrue(names.contains("audits of all cells"), names.toString());
        assertFalse(names.contains("optionsShown") || names.contains("unit spikes"));
        assertTrue(sections.contains("Measured"), sections.toString()); // nothing was predicted
        assertFalse(sections.contains("Predicted and measured"), sections.toString());
        assertTrue(PageParser.texts(page(run("many", "{}", null)), "h2").contains("Maps"));
    }

    /** The twin: what was counted nowhere is not explained. */
    @Test
    void aTrainingExplainsItsCounts() throws Exception {
        String counts = "\"messages\":5,\"relaxations\":4,\"criticalPath\":3,";
        String meaning = "synaptic operations: multiplications by a weight";
        for (boolean counted : new boolean[] {true, false}) {
            String result =
                    "{\"ending\":\"complete\",\"testLoss\":1,%s\"synapticOperations\":7}"
                            .formatted(counted ? counts : "");
            Document page =
                    page(run("train" + counted, "\"command\":\"relaxon train\"", result, null));
            assertEquals(
                    counted,
                    PageParser.texts(page, "p").stream().anyMatch(p -> p.startsWith(meaning)),
                    PageParser.texts(page, "p").toString());
        }
    }

    /** The rows of a sweep say why, where no record of the whole does. */
    @Test
    void theOverviewSaysWhyRowsDidNotSettle() throws Exception {
        String header = "verdict,reason,relativeError\n";
        Path part =
                run(
                        "part",
                        "{\"advice\":[]}",
                        header
                                + "settled,,1e-4\nnot-settled,diverged,\nnot-settled,time-budget,\n"
                                + "not-settled,time-budget,\n");
        Path whole = run("whole", null, header + "settled,,1e-4\n");
        Path out = temp.resolve("all.html");
        Overview.write(List.of(part, whole), out, false);
        List<String> cells = PageParser.texts(PageParser.parse(Files.readString(out)), "td");
        int at = cells.lastIndexOf(Outcome.PARTLY_SETTLED.text());
        assertEquals("time-budget 2, diverged 1", cells.get(at + 1));
        assertEquals("-", cells.get(cells.lastIndexOf(Outcome.SETTLED.text()) + 1));
        assertTrue(cells.stream().noneMatch(String::isEmpty), cells.toString());
    }

    @Test
    void adviceOfManyRunsHasASectionAndThatOfOneIsInTheBanner() throws Exception {
        String list =
                "{\"advice\":[{\"algorithm\":\"ep\",\"reason\":\"diverged\",\"runs\":3,"
                        + "\"tried\":\"run 5\",\"text\":\"--beta 1e-2 (tried)\","
                        + "\"command\":\"relaxon settle\"}],\"adviceUntried\":[\"pc, saddle\"]}";
        Document page = page(run("many", list, "verdict\nnot-settled\n"));
        assertEquals("What to change", PageParser.texts(page, "h2").get(0));
        assertTrue(PageParser.texts(page, "td").contains("--beta 1e-2 (tried)"));
        assertTrue(PageParser.texts(page, "code").contains("relaxon settle"));
        assertTrue(
                PageParser.texts(page, "p")
                        .contains("No advice was tried for other kinds: pc, saddle."));
        Document one = page(run("one", "{\"verdict\":\"not-settled\",\"advice\":\"less\"}", null));
        assertTrue(PageParser.texts(one, "p").get(0).endsWith(": less"));
        assertFalse(PageParser.texts(one, "h2").contains("What to change"));
    }

    /** A wide table scrolls; what it is about stays in the window. */
    @Test
    void noCaptionScrollsAwayWithItsTable() throws Exception {
        Document page = page(run("wide", null, "verdict,relativeError\nsettled,1e-4\n"));
        var captions = page.getElementsByTagName("caption");
        assertTrue(captions.getLength() > 0);
        for (int k = 0; k < captions.getLength(); k++) {
            assertEquals("span", captions.item(k).getFirstChild().getNodeName());
        }
        assertTrue(
                PageParser.texts(page, "style").get(1).contains("caption span { display"),
                "in the window by its style");
    }

    /** Outcomes are counted in a table, and clauses of a cell stand in a line each. */
    @Test
    void theOverviewSeparatesNothingBySemicolons() throws Exception {
        Path fails =
                run("fails", "{\"holds\":false,\"why\":\"a is 1; b is 2\"}", "verdict\nsettled\n");
        Path holds = run("holds", "{\"holds\":true}", "verdict\nsettled\n");
        Path out = temp.resolve("two.html");
        Overview.write(List.of(fails, holds), out, false);
        Document page = PageParser.parse(Files.readString(out));
        List<String> cells = PageParser.texts(page, "td");
        assertEquals(List.of(Outcome.DOES_NOT_HOLD.text(), "1"), cells.subList(0, 2));
        assertTrue(cells.contains("a is 1\nb is 2"), cells.toString());
        assertTrue(cells.stream().noneMatch(c -> c.contains(";")), cells.toString());
    }
}
