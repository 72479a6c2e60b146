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
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The figures that a page draws: the answer first, each with its data. */
class FiguresTest {
    private static final String CASE =
            """
            {"algorithm":"ep","estimator":"centred","beta":%s,"host":"virtual","granularity":"layer",
            "delay":"none","verdict":"settled","declaredOrder":2,"relativeError":%s,
            "predictedError":%s}""";
    private static final String CURVE = "learner,step,epochs,testAccuracy,testLoss,trainLoss\n";

    @TempDir private Path temp;

    private Path run(String command, String result, String table) throws IOException {
        Path run = Files.createTempDirectory(temp, "run");
        Files.writeString(
                run.resolve("manifest.json"),
                "{\"config\":{\"command\":\"%s\"}}".formatted(command));
        Files.writeString(run.resolve("result.json"), result);
        if (table != null) {
            Files.writeString(run.resolve("results.csv"), table);
        }
        return run;
    }

    private static String text(Path run) throws IOException {
        return Files.readString(RunPage.write(run, false));
    }

    private static List<String> ids(Document page) {
        return java.util.stream.IntStream.range(0, page.getElementsByTagName("figure").getLength())
                .mapToObj(k -> (Element) page.getElementsByTagName("figure").item(k))
                .map(f -> f.getAttribute("id"))
                .toList();
    }

    private static String check(String... cases) {
        return "{\"holds\":true,\"cases\":[" + String.join(",", cases) + "]}";
    }

    /** Question, verdict and picture stand before the first table, in this order. */
    @ParameterizedTest
    @ValueSource(strings = {"relaxon check", "relaxon settle", "relaxon train"})
    void theAnswerAndItsPictureStandFirst(String command) throws Exception {
        String result =
                command.endsWith("check")
                        ? check(CASE.formatted("1e-2", "1e-4", "1e-4"))
                        : command.endsWith("settle")
                                ? "{\"verdict\":\"settled\",\"columnsSettled\":1,\"network\":\"4-3-2\","
                                        + "\"problem\":\"p\"}"
                                : "{\"verdict\":\"trained\",\"stepsAsked\":1}";
        String page =
                text(run(command, result, CURVE + "ep,0,0.0,0.5,1,1\nep,1,1.0,0.9,0.5,0.5\n"));
        int question = page.indexOf("class=\"question\"");
        int verdict = page.indexOf("class=\"banner");
        int picture = page.indexOf("<svg");
        int table = page.indexOf("<table");
        assertTrue(0 < question && question < verdict, question + " " + verdict);
        assertTrue(verdict < picture && picture < table, picture + " " + table);
        assertTrue(page.indexOf("<details") > picture, "nothing is folded above the picture");
    }

    /** Several strengths have a line of the claimed order; the twin has a row per series. */
    @Test
    void errorsStandOverTheirStrengths() throws Exception {
        String one = CASE.formatted("1e-2", "1e-4", "1e-4");
        String two = CASE.formatted("1e-3", "1e-6", "1e-6");
        Document both = PageParser.parse(text(run("relaxon check", check(one, two), null)));
        assertTrue(PageParser.texts(both, "text").contains("error = strength^2"));
        assertTrue(PageParser.texts(both, "text").contains("nudging strength beta"));
        Document single = PageParser.parse(text(run("relaxon check", check(one), null)));
        assertFalse(PageParser.texts(single, "text").contains("error = strength^2"));
        assertTrue(PageParser.texts(single, "text").contains("centred, ep, virtual, layer cells"));
        assertTrue(PageParser.texts(single, "title").get(1).contains("measured 1e-4"));
    }

    /** The data of a figure have every digit. */
    @Test
    void aFigureHasItsData() throws Exception {
        String one = CASE.formatted("1e-2", "1.23456789012345e-4", "1e-4");
        Document page = PageParser.parse(text(run("relaxon check", check(one), null)));
        assertEquals(List.of("error"), ids(page));
        assertTrue(PageParser.texts(page, "td").contains("1.23456789012345E-4"));
    }

    /** The recorded picture of the same values is not shown twice; without them it is. */
    @Test
    void aPictureThatThePageDrawsIsNotRepeated() throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
        Path drawn = run("relaxon check", check(CASE.formatted("1e-2", "1e-4", "1e-4")), null);
        Path bare = run("relaxon check", check(), null);
        for (Path run : List.of(drawn, bare)) {
            Files.write(run.resolve("error.png"), png);
        }
        assertEquals(List.of("error"), ids(PageParser.parse(text(drawn))));
        assertEquals(List.of("picture-1"), ids(PageParser.parse(text(bare))));
    }

    /** A link that lost its last signal is named; the twin has none. */
    @Test
    void theNetworkShowsWhatDidNotArrive() throws Exception {
        String settled = "{\"verdict\":\"%s\",\"columnsSettled\":0,\"network\":\"4-3-2\"%s}";
        String lost = settled.formatted("not-settled", ",\"links\":[\"1->2\"]");
        Document cut = PageParser.parse(text(run("relaxon settle", lost, null)));
        assertTrue(PageParser.texts(cut, "text").contains("lost"));
        assertTrue(PageParser.texts(cut, "figcaption").get(0).contains("did not arrive (1->2)"));
        String whole = settled.formatted("settled", "");
        Document page = PageParser.parse(text(run("relaxon settle", whole, null)));
        assertFalse(PageParser.texts(page, "text").contains("lost"));
        assertTrue(PageParser.texts(page, "text").contains("input"));
        String graph = whole.replace("4-3-2", "graph of 3");
        assertEquals(List.of(), ids(PageParser.parse(text(run("relaxon settle", graph, null)))));
    }

    @Test
    void theGapToBackpropIsNamed() throws Exception {
        String rows = "ep,0,0.0,0.5,1,1\nep,4,1.0,0.75,0.5,0.5\n";
        String beside = rows + "backprop,0,0.0,0.5,1,1\nbackprop,4,1.0,0.80,0.5,0.5\n";
        String trained = "{\"verdict\":\"trained\"}";
        String both =
                PageParser.texts(
                                PageParser.parse(
                                        text(run("relaxon train", trained, CURVE + beside))),
                                "figcaption")
                        .get(0);
        assertTrue(both.contains("test accuracy is 5.00 points higher at step 4"), both);
        String alone =
                PageParser.texts(
                                PageParser.parse(text(run("relaxon train", trained, CURVE + rows))),
                                "figcaption")
                        .get(0);
        assertFalse(alone.contains("backprop"), alone);
    }

    /** What a page has beside its data. */
    @Test
    void aPageIsSmall() throws Exception {
        String page = text(run("relaxon settle", "{\"verdict\":\"settled\"}", null));
        assertTrue(page.length() < 40_000, page.length() + " characters");
    }
}
