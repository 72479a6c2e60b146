package org.relaxon.tools.cli.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.paper.PaperRow;
import org.relaxon.model.settle.Reason;
import org.relaxon.tools.cli.paper.PaperTrainingResult.Training;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;

/** Text and JSON of the published experiments from rows that were written by hand. */
class PaperResultTest {
    private static final PaperRequest REQUEST =
            new PaperRequest(
                    "relaxon paper",
                    "1.0",
                    "2-3-2",
                    "2-3-2 relu",
                    "strokes",
                    "Data: strokes.",
                    List.of(5L),
                    List.of(1),
                    List.of(1e-2, 1e-4),
                    List.of("published"),
                    "pc-nudge",
                    "virtual",
                    "layer",
                    "none",
                    1e-12);

    private static PaperRow row(double beta, double error) {
        boolean none = Double.isNaN(error);
        ProjectionComparison total =
                new ProjectionComparison(
                        "total", 4, error, 0.5, 0.5, null, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0);
        return new PaperRow(
                "pc-nudge",
                1,
                5,
                beta,
                true,
                none ? Reason.DIVERGED : null,
                "",
                1e-12,
                1,
                none ? null : new GradientComparison(List.of(total), total),
                List.of(),
                10,
                20,
                1_000_000_000L);
    }

    private static PaperResult result(PaperRow... rows) {
        return PaperResult.of(REQUEST, List.of(rows), () -> Stop.NONE);
    }

    private static String text(PaperResult result) {
        StringWriter out = new StringWriter();
        PaperText.print(new PrintWriter(out), result);
        return out.toString();
    }

    private static String line(String text, String name) {
        return text.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElse("");
    }

    @Test
    void bothStateTheCurve() {
        PaperResult whole = result(row(1e-2, 1e-2), row(1e-4, 1e-4));
        JsonNode json = PaperJson.of(whole);

        assertTrue(line(text(whole), "0.01").matches("0.01 +1/1 +1.00e-02"), text(whole));
        assertTrue(line(text(whole), "slope").endsWith(" 1.0000"), text(whole));
        assertEquals(1.0, json.at("/curves/0/slope").asDouble(), 1e-9);
        assertEquals(1.0, json.get("order").asDouble(), 1e-9);
        assertTrue(line(text(whole), "least").endsWith(" 1.00e-04"), text(whole));
        assertEquals(1e-4, json.at("/curves/0/leastMeanRelativeError").asDouble());
        assertEquals(1e-4, json.get("beta").asDouble(), "the finest that settled");
        assertEquals("settled", json.get("verdict").asText());
        assertEquals(20, json.get("messages").asInt());
        assertEquals(2.0, json.get("wallSeconds").asDouble());
        assertEquals(ExitCode.DONE, whole.exitCode());
    }

    @Test
    void aRowThatDidNotSettleLeavesAGap() {
        PaperResult part = result(row(1e-2, 1e-2), row(1e-4, Double.NaN));
        JsonNode json = PaperJson.of(part);

        assertTrue(line(text(part), "1e-4").matches("1e-4 +0/1 +-"), text(part));
        assertTrue(text(part).lines().noneMatch(l -> l.startsWith("slope")), text(part));
        assertTrue(json.get("order").isNull());
        assertEquals("partly-settled", json.get("verdict").asText());
        assertTrue(json.get("reason").isNull(), "some row settled");
        assertEquals(ExitCode.DONE, part.exitCode());
    }

    /** The twin: where none settled there is a reason, and no figure. */
    @Test
    void noRowThatSettledIsAnotherVerdict() {
        PaperResult none = result(row(1e-2, Double.NaN));
        JsonNode json = PaperJson.of(none);

        assertEquals("not-settled", json.get("verdict").asText());
        assertEquals(Reason.DIVERGED.reportName(), json.get("reason").asText());
        assertTrue(json.get("relativeError").isNull());
        assertEquals(0, json.get("projections").size());
        assertEquals(ExitCode.NOT_SETTLED, none.exitCode());
        Stop stop = new Stop(true, 130, "SIGINT", null);
        PaperResult stopped = PaperResult.of(REQUEST, List.of(), () -> stop);
        assertEquals("interrupted", PaperJson.of(stopped).get("verdict").asText());
    }

    private static PaperTrainingResult training(boolean whole) {
        Training one =
                new Training(
                        5, 1e-4, "done", List.of(), 8, 1, 2, 300, 0.999, 0.99, 1e-3, 1e-2, 3, 1e-5,
                        0.5, 1e-4, 1e-3, 0.75, 0.875);
        return new PaperTrainingResult(
                new PaperTrainingResult.Request(
                        "relaxon paper-training", "1.0", 5, "[2, 3, 2]", "strokes", "virtual"),
                "strokes, 40 examples",
                List.of(one),
                whole,
                1e-4,
                0.99,
                1e-3,
                300,
                400,
                2.5,
                Stop.NONE);
    }

    @Test
    void bothStateTheTraining() {
        StringWriter out = new StringWriter();
        PaperTrainingText.print(new PrintWriter(out), training(true));
        JsonNode json = PaperTrainingJson.of(training(true));

        String line = line(out.toString(), "5");
        assertTrue(line.matches("5 +1e-4 +0 +8 +1.0e-03 +1.0e-02 +50.0% .* 75.00% +87.50%"), line);
        assertEquals(0.75, json.at("/trainings/0/testAccuracy").asDouble());
        assertEquals(1e-3, json.at("/trainings/0/oneMinusCosineMedian").asDouble());
        assertTrue(out.toString().contains("over its kink in 3 minibatches"), out.toString());
        assertEquals(3, json.at("/trainings/0/crossed").asInt());
        assertTrue(out.toString().startsWith("data: strokes, 40 examples\n"), out.toString());
        assertEquals("trained", json.get("verdict").asText());
        assertTrue(json.get("reason").isNull());
        assertEquals(ExitCode.DONE, training(true).exitCode());
        JsonNode early = PaperTrainingJson.of(training(false));
        assertEquals("not-settled", early.get("verdict").asText());
        assertFalse(early.get("reason").isNull());
        assertEquals(ExitCode.NOT_SETTLED, training(false).exitCode());
    }
}
