package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.output.CheckColumns;
import org.relaxon.tools.output.OwnReference;
import org.w3c.dom.Document;

/** A page opens with the verdict, what came out, and what goes on; it misses what can be missed. */
class OpeningTest {
    private static final String TRAINED =
            """
            "network":"784-64-10","algorithm":"pc-nudge","data":"strokes","steps":1280,
            "stepsAsked":2814,"accuracyAtStep":1280,"testAccuracy":0.994,"comparisons":0""";
    private static final String BESIDE =
            ",\"beside\":\"backprop\",\"backpropEnding\":\"stopped\",\"backpropSteps\":26,"
                    + "\"backpropTestAccuracy\":0.718";
    private static final String STOPPED =
            "\"verdict\":\"interrupted\",\"stoppedBy\":\"SIGTERM\",\"goOn\":%s,";
    private static final String CASE =
            """
            {"algorithm":"%s","estimator":"one-sided","beta":%s,"host":"virtual","granularity":"layer",
            "delay":"none","reference":"backprop","verdict":"settled","caseHolds":true,
            "declaredOrder":%d,"order":1.0,"relativeError":1e-3,"predictedError":1e-3,
            "certificate":null}""";

    @TempDir private Path temp;

    private Path run(String name, String config, String result) throws IOException {
        Path run = Files.createDirectory(temp.resolve(name));
        Files.writeString(run.resolve("manifest.json"), "{\"config\":{%s}}".formatted(config));
        if (result != null) {
            Files.writeString(run.resolve("result.json"), result);
        }
        return run;
    }

    private static String command(String line) {
        return "\"command\":\"relaxon %s\"".formatted(line);
    }

    private static Document page(Path run) throws Exception {
        return PageParser.parse(Files.readString(RunPage.write(run, false)));
    }

    private static List<String> missing(Document page) {
        return PageParser.texts(page, "p").stream().filter(p -> p.startsWith("Missing: ")).toList();
    }

    @Test
    void anInterruptedTrainingSaysWhatItReachedAndWhatGoesOn() throws Exception {
        String go = "relaxon train --data strokes --checkpoint a.ckpt";
        String stopped = "{" + STOPPED.formatted("\"" + go + "\"") + TRAINED + BESIDE + "}";
        Document page = page(run("stopped", command("train --data strokes"), stopped));

        List<String> lines = PageParser.texts(page, "p");
        assertEquals(
                "Interrupted: stopped before it was complete. Test accuracy 99.40 % at step 1280"
                        + " of 2814, the last complete state; backprop 71.80 % at step 26 of 2814, not"
                        + " comparable.",
                lines.get(1));
        assertEquals(
                "Requested: a training of 784-64-10 by pc-nudge for 2814 steps, on strokes, beside"
                        + " backprop.",
                lines.get(0));
        assertEquals("Stopped by SIGTERM. Go on with: " + go, lines.get(2));
        assertEquals(go, PageParser.texts(page, "code").get(0));
    }

    /** The twin: what came to its end says neither. */
    @Test
    void aTrainingThatCameToItsEndHasNothingToGoOnWith() throws Exception {
        String whole =
                "{\"verdict\":\"trained\",\"ending\":\"done\","
                        + TRAINED.replace("1280", "2814")
                        + "}";
        Document page = page(run("whole", command("train --data strokes"), whole));

        String first = PageParser.texts(page, "p").get(1);
        assertTrue(first.endsWith(". Test accuracy 99.40 % after 2814 steps."), first);
        assertTrue(PageParser.texts(page, "p").stream().noneMatch(p -> p.contains("Go on with")));
        assertEquals(
                List.of("relaxon train --data strokes"),
                PageParser.texts(page, "code"),
                "what repeats it");
    }

    @Test
    void whatKeptNothingNamesTheWholeRunAgain() throws Exception {
        String none = "{" + STOPPED.formatted("null") + "\"cases\":[],\"casesAsked\":40}";
        Document page = page(run("check", command("check --seeds 9"), none));

        List<String> lines = PageParser.texts(page, "p");
        assertTrue(lines.get(0).endsWith(". 0 of 40 cases hold, 0 were judged."), lines.get(0));
        assertTrue(
                lines.contains(
                        "Stopped by SIGTERM. There is nothing to continue from; the whole run"
                                + " again: relaxon check --seeds 9"),
                lines.toString());
    }

    /** What finished does not pass for all that was requested. */
    @Test
    void anInterruptedCheckStatesWhatItsFinishedCasesAre() throws Exception {
        String one = "\"cases\":[" + CASE.formatted("ep", "1e-2", 1) + "],\"casesAsked\":%d}";
        String stopped = "{" + STOPPED.formatted("null") + one.formatted(40);
        String some = PageParser.texts(page(run("some", command("check"), stopped)), "p").get(0);
        assertTrue(
                some.startsWith(
                        "Requested: 40 cases, of which 1 finished. Of the finished: whether the"
                                + " local updates of ep have"),
                some);
        String ended = "{\"holds\":true," + one.formatted(1);
        String all = PageParser.texts(page(run("all", command("check"), ended)), "p").get(0);
        assertTrue(all.startsWith("Requested: whether the local updates of ep have"), all);
    }

    /** The twin: rows are kept, although no command continues from them. */
    @Test
    void whatKeptRowsNamesTheirFile() throws Exception {
        String none = "{" + STOPPED.formatted("null") + "\"checks\":[]}";
        Path run = run("depth", command("reproduce depth"), none);
        Files.writeString(run.resolve("results.csv"), "inference,verdict\neager,settled\n");

        List<String> lines = PageParser.texts(page(run), "p");
        assertTrue(
                lines.contains(
                        "Stopped by SIGTERM. results.csv keeps the rows of finished runs, but no"
                                + " command continues from them; the whole run again: relaxon"
                                + " reproduce depth"),
                lines.toString());
    }

    /** Delays that belong to a network are named, each with its projection. */
    @Test
    void theDelaysOfANetworkFileAreNamed() throws Exception {
        String settled = "{\"problem\":\"a network\",\"delay\":\"none\"%s}";
        String timing =
                ",\"timing\":{\"delays\":[{\"projection\":\"a\",\"delay\":\"constant:1ms\","
                        + "\"feedbackDelay\":null},{\"projection\":\"b\",\"delay\":null,"
                        + "\"feedbackDelay\":\"constant:5ms\"}],"
                        + "\"refractory\":[{\"population\":\"low\",\"nanos\":500000}]}";
        Path own = run("own", command("settle"), settled.formatted(timing));
        String text = PageParser.texts(page(own), "p").toString();
        assertTrue(
                text.contains(
                        "at delay none but for those of the network file: a constant:1ms; feedback"
                                + " of b constant:5ms; refractory period 500us in low; a network"),
                text);
        Path usual = run("usual", command("settle"), settled.formatted(""));
        String plain = PageParser.texts(page(usual), "p").toString();
        assertTrue(plain.contains("at delay none; a network"), plain);
        String checked =
                "{\"holds\":true,\"cases\":[{\"algorithm\":\"ep\",\"reference\":\"implicit\","
                        + "\"host\":\"virtual\",\"granularity\":\"layer\",\"beta\":0.01,"
                        + "\"delay\":\"none\"%s}]}";
        Path cases = run("cases", command("check"), checked.formatted(timing));
        String opening = PageParser.texts(page(cases), "p").toString();
        assertTrue(
                opening.contains("at strength 0.01 and delay none but for those of the network"),
                opening);
    }

    /** The number of runs is stated once. */
    @Test
    void anInterruptedSweepCountsItsRunsOnce() throws Exception {
        String config =
                command("sweep --axis gain=1,2 --out runs")
                        + ",\"axes\":{\"gain\":[\"1\",\"2\"]},\"seeds\":[1,2,3]";
        String stopped = "{\"verdict\":\"interrupted\",\"reason\":\"1 runs were made\"}";
        Path run = run("stopped", config, stopped);
        Files.writeString(run.resolve("results.csv"), "gain,seed,verdict\n1,1,settled\n");

        assertEquals(
                "Interrupted: stopped before it was complete. 1 of 6 runs were made.",
                PageParser.texts(page(run), "p").get(1));
    }

    /** A sweep that was killed has written nothing but its manifest and its journal. */
    @Test
    void aKilledSweepGoesOnAsWell() throws Exception {
        String config =
                command("sweep --axis gain=1,2 --out runs")
                        + ",\"axes\":{\"gain\":[\"1\",\"2\"]},\"seeds\":[1,2,3],"
                        + "\"goOn\":\"relaxon sweep --resume runs/a\"";
        Path killed = run("killed", config, null);
        Files.writeString(killed.resolve("journal.txt"), "header\n1\n2\nhalf of a li");

        List<String> lines = PageParser.texts(page(killed), "p");
        assertTrue(
                lines.contains(
                        "The run did not end: it was killed, a failure ended it, or it is still running."
                                + " Go on with:"
                                + " relaxon sweep --resume runs/a"),
                lines.toString());
        assertEquals("No verdict recorded. 2 of 6 runs were made.", lines.get(1));
        assertTrue(lines.contains("Requested: gain (2 values), 3 seeds at each point."), "asked");
        Document whole = page(run("came", config, "{}"));
        assertFalse(
                PageParser.texts(whole, "p").stream().anyMatch(p -> p.contains("--resume")),
                "whole");
        assertFalse(PageParser.texts(whole, "th").contains("goOn"), "no setting");
    }

    /** The banner and the table per layer are of one case: the one on top of the result. */
    @Test
    void thePageNamesOneWorstCase() throws Exception {
        String worst = CASE.formatted("fy-pc", "1e-2", 1).replace("1e-3,\"pred", "4e-3,\"pred");
        String cases = "[" + CASE.formatted("ep", "1e-2", 1) + "," + worst + "]";
        String top = worst.substring(1, worst.lastIndexOf('}'));
        String json =
                "{\"holds\":true,\"projections\":[{\"name\":\"W1\"}],"
                        + top
                        + ",\"cases\":"
                        + cases
                        + "}";
        String own = command("check").replace("relaxon", "RELAXON_CLASSPATH=a.jar relaxon");
        Document page = page(run("several", own, json));
        String first = PageParser.texts(page, "p").get(1);
        assertTrue(
                first.contains("2 of 2 cases hold; the worst, fy-pc, one-sided, strength 0.01"),
                first);
        assertTrue(first.contains("0.004 where theory predicts 0.001"), first);
        String caption =
                PageParser.captions(page).stream()
                        .filter(c -> c.startsWith("The worst case"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(caption.contains(CheckColumns.WORST + " (fy-pc"), caption);
    }

    /** The twin: a worst case without a gradient has no error to state. */
    @Test
    void aWorstCaseThatDidNotSettleHasNoError() throws Exception {
        String lost =
                CASE.formatted("ep", "1e-2", 1)
                        .replace("\"settled\"", "\"not-settled\"")
                        .replace("\"relativeError\":1e-3", "\"relativeError\":null")
                        .replace("\"caseHolds\":true", "\"caseHolds\":false");
        String top = lost.substring(1, lost.lastIndexOf('}'));
        String json = "{\"holds\":false,\"exitCode\":3," + top + ",\"cases\":[" + lost + "]}";
        String first = PageParser.texts(page(run("lost", command("check"), json)), "p").get(1);
        assertTrue(first.contains("; the worst, ep, one-sided, strength 0.01, on virtual"), first);
        assertTrue(first.endsWith(" is not-settled."), first);
    }

    /** What a kind of run has by its nature, and a box for nothing else. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --data strokes | {'verdict':'trained','ending':'done','comparisons':0} | 2",
                "bench | {'verdict':'done','ratios':[]} | 0",
                "data | {'verdict':'done'} | 0",
                "paper | {'verdict':'settled','curves':[{'variant':'a'}],'projections':[{'name':"
                        + "'W1'}]} | 2",
                "reproduce delays | {'holds':true,'checks':[{'name':'a','holds':true}]} | 2",
                "settle --host synchronous | {'verdict':'settled','columnsSettled':1,'columns':1,"
                        + "'host':'synchronous','beta':0,'certificate':null} | 1",
            })
    void aPageMissesNothingThatItsRunCannotHave(String line, String result, int files)
            throws Exception {
        Document page = page(run("kind", command(line), result.replace('\'', '"')));

        List<String> said = missing(page);
        assertEquals(files, said.size(), said.toString()); // of results.csv and pictures alone
        List<String> sections = PageParser.texts(page, "h2");
        assertFalse(sections.contains("Maps"), sections.toString());
        boolean claims = line.startsWith("settle");
        assertEquals(claims, sections.contains("Certificate and outcome"), sections.toString());
        assertEquals(claims, sections.contains("Measured"), sections.toString());
        assertEquals(line.equals("paper"), sections.contains("Convergence in beta"));
    }

    /** The twin: what was asked for and is not there has its box, with the reason. */
    @Test
    void whatWasAskedForAndIsNotThereIsMissing() throws Exception {
        String alone = "{" + STOPPED.formatted("null") + TRAINED + ",\"beside\":\"backprop\"}";
        List<String> said = missing(page(run("alone", command("train"), alone)));
        assertTrue(said.get(1).contains("backprop, which had not begun"), said.toString());
        assertTrue(said.get(0).contains("drawn at the end of a run"), said.toString());
        String lone = "{" + STOPPED.formatted("null") + TRAINED + "}";
        assertEquals(2, missing(page(run("lone", command("train"), lone))).size());
        String compared = alone.replace("\"beside\":\"backprop\"", "\"alignEvery\":5");
        said = missing(page(run("compared", command("train"), compared)));
        assertTrue(said.get(1).contains("ended before the first of them"), said.toString());
    }

    private Document check(String name, int order, String... betas) throws Exception {
        StringBuilder plans = new StringBuilder();
        StringBuilder cases = new StringBuilder();
        for (String beta : betas) {
            String comma = plans.isEmpty() ? "" : ",";
            plans.append(comma).append("{\"algorithms\":[\"ep\"],\"beta\":%s}".formatted(beta));
            cases.append(comma).append(CASE.formatted("ep", beta, order));
        }
        String config = command("check") + ",\"plans\":[" + plans + "]";
        return page(run(name, config, "{\"holds\":true,\"cases\":[" + cases + "]}"));
    }

    /** No box about a slope beside an order that stands there. */
    @Test
    void aSlopeIsMissingWhereSeveralStrengthsWereAskedFor() throws Exception {
        Document one = check("one", 1, "1e-3");
        assertFalse(PageParser.texts(one, "h2").contains("Convergence in beta"));
        assertTrue(
                PageParser.texts(one, "p").stream()
                        .anyMatch(p -> p.equals("No certificate is recorded for ep.")),
                "a certificate that theory does not state is not missing");
        Document two = check("two", 1, "1e-2", "1e-3");
        assertTrue(missing(two).contains("Missing: no slope over several strengths."));
        Document exact = check("exact", 0, "1e-2", "1e-3");
        assertFalse(PageParser.texts(exact, "h2").contains("Convergence in beta"));
    }

    /** What a reproduction claims may be about networks that do not settle. */
    @Test
    void aClaimThatHoldsIsNotQualifiedByItsRows() throws Exception {
        String rows = "verdict,reason\nnot-settled,message-budget\nsettled,\n";
        String config = command("reproduce delays") + ",\"claim\":\"It holds.\"";
        Path holds = run("holds", config, "{\"holds\":true,\"exitCode\":0}");
        Files.writeString(holds.resolve("results.csv"), rows);
        List<String> lines = PageParser.texts(page(holds), "p");
        assertEquals("The claim holds", lines.get(1));
        assertEquals("Requested: a measurement of this finding: It holds.", lines.get(0));
        Path fails = run("fails", command("reproduce delays"), "{\"holds\":false}");
        Files.writeString(fails.resolve("results.csv"), rows);
        assertTrue(PageParser.texts(page(fails), "p").get(0).endsWith(": message-budget 1"));
    }

    @Test
    void filesOfAWriterAreNotListed() throws Exception {
        Path run = run("files", command("sweep"), "{}");
        for (String name :
                new String[] {
                    "journal.txt", "journal.txt.lock", "results.csv.9.new", ".relaxon1.tmp", "mine"
                }) {
            Files.writeString(run.resolve(name), "x");
        }
        List<String> cells = PageParser.texts(page(run), "td");
        assertTrue(cells.containsAll(List.of("journal.txt", "mine")), cells.toString());
        assertTrue(cells.contains("finished runs, from which --resume continues"));
        assertTrue(
                cells.stream().noneMatch(c -> c.matches(".*[.](lock|new|tmp)")), cells.toString());
    }

    @Test
    void aPictureSaysWhatItShows() {
        assertEquals(
                "mean loss of an example over epochs",
                FileContent.picture("loss.png").orElseThrow());
        assertEquals(
                "test loss over changes per synapse",
                FileContent.picture("loss-two-moons.png").orElseThrow());
        assertTrue(FileContent.picture("loss.txt").isEmpty());
        assertTrue(FileContent.picture("other.png").isEmpty());
        assertEquals("", FileContent.of("notes"));
    }

    /** Whatever a training follows, its page says what a comparison with backprop means. */
    @ParameterizedTest
    @CsvSource({"ep,implicit,true", "pc,finite-difference,true", "pc-nudge,backprop,false"})
    void aTrainingThatDoesNotFollowBackpropSaysSo(String name, String limit, boolean said)
            throws Exception {
        String json =
                "{\"verdict\":\"trained\",\"algorithm\":\"%s\",\"limit\":\"%s\"}"
                        .formatted(name, limit);
        List<String> lines = PageParser.texts(page(run("own", command("train"), json)), "p");
        assertEquals(said, lines.stream().anyMatch(p -> p.contains("not backprop")), "" + lines);
        assertEquals(said, !OwnReference.note(name, limit).isEmpty());
    }

    /** A caption promises commands where there are some, and nowhere else. */
    @Test
    void commandsArePromisedWhereTheyWereRecorded() throws Exception {
        for (boolean recorded : new boolean[] {true, false}) {
            Path run = run("commands" + recorded, command("paper"), "{\"verdict\":\"settled\"}");
            String rows = recorded ? "verdict,repeat\nsettled,relaxon a\n" : "verdict\nsettled\n";
            Files.writeString(run.resolve("results.csv"), rows);
            Document page = page(run);
            assertEquals(
                    recorded,
                    PageParser.captions(page).stream()
                            .anyMatch(c -> c.contains("the command that repeats it")));
            assertEquals(
                    !recorded,
                    PageParser.texts(page, "p")
                            .contains("The command that repeats the whole run: relaxon paper"));
        }
    }

    /** No example drawn is no reason of a verdict. */
    @Test
    void whatWasNotTestedIsNoReasonOfAnOutcome() throws Exception {
        String json =
                "{\"verdict\":\"trained\",\"ending\":\"done\",\"examplesNotJudged\":\"none drawn\"}";
        Document page = page(run("untested", command("train"), json));
        assertEquals(Outcome.TRAINED.text(), PageParser.texts(page, "p").get(0));
        assertTrue(PageParser.texts(page, "td").contains("not judged: none drawn"));
        String failed = json.replace("\"done\",", "\"diverged\",\"reason\":\"W1 is NaN\",");
        String first = PageParser.texts(page(run("failed", command("train"), failed)), "p").get(0);
        assertTrue(first.contains("W1 is NaN"), first);
    }
}
