package org.relaxon.tools.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.RunCounts;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.sweep.GridResult.Kind;

/** Text, JSON and tables of a grid that was written by hand: all state what the result holds. */
class GridResultTest {
    private static final Grid GAINS =
            new Grid(List.of(new Axis("gain", List.of("1", "8"))), List.of(1L, 2L));

    private static SweepRow row(
            int index, String verdict, String reason, double error, double score) {
        return new SweepRow(
                index,
                verdict,
                reason,
                reason.isEmpty() ? "" : "went away",
                1e-12,
                error,
                0.5,
                new RunCounts(10, 9, 1, 0, 0, 0, 5, 3, 40, 1, 0, 0xabL),
                Prediction.NONE,
                new TrainingFigures(score, Double.NaN, 0.25, 4, Double.NaN, Double.NaN),
                7);
    }

    private static GridResult result(Grid grid, Kind kind, boolean whole, SweepRow... rows) {
        List<GridRun> runs = new ArrayList<>();
        for (SweepRow row : rows) {
            GridPoint point = grid.point(row.index());
            List<String> drawn = List.of("uniform", "1.0");
            String command = "relaxon settle --seed " + point.seed();
            runs.add(new GridRun(row, point.values(), point.seed(), drawn, "1e-4", command));
        }
        List<GridRun> failed = runs.stream().filter(r -> !r.row().settled()).toList();
        GridRun first = failed.isEmpty() ? runs.get(0) : failed.get(0);
        WorstRun worst =
                new WorstRun(
                        first.seed(),
                        "ep",
                        "one-sided",
                        1e-4,
                        "implicit",
                        "eager",
                        "layer",
                        "none",
                        first.row(),
                        first.command());
        GridRequest request =
                new GridRequest(
                        "relaxon sweep",
                        "1.0",
                        "virtual",
                        grid,
                        "abc",
                        Provenance.NONE,
                        Timing.NONE,
                        "no figure");
        return new GridResult(
                request,
                kind,
                kind.isOfTrainings() ? null : "2-3-2",
                "",
                runs,
                failed,
                GridResult.points(grid, List.of(rows)),
                List.of(),
                kind.isOfTrainings() ? null : worst,
                AdviceByKind.NONE,
                whole,
                whole ? null : "relaxon sweep --resume here",
                Stop.NONE);
    }

    private static GridResult settlings() {
        return result(
                GAINS,
                Kind.SETTLINGS,
                true,
                row(0, "settled", "", 1e-2, Double.NaN),
                row(1, "settled", "", 1e-4, Double.NaN),
                row(2, "not-settled", "diverged", Double.NaN, Double.NaN),
                row(3, SweepRow.REFUSED, "", Double.NaN, Double.NaN));
    }

    private static String text(GridResult result) {
        return GridText.of(result, command -> command.replace("relaxon", "bin/relaxon"));
    }

    private static List<String> of(GridResult result, String column) {
        GridTable table = new GridTable(result);
        int at = table.header().indexOf(column);
        return table.rows().stream().map(r -> r.get(at)).toList();
    }

    @Test
    void allStateTheCounts() {
        String text = text(settlings());
        JsonNode json = GridJson.of(settlings());

        assertTrue(text.startsWith("4 runs of 4: 2 settled, 1 not, 1 refused\n"), text);
        assertEquals(2, json.get("runsSettled").asInt());
        assertEquals(4, json.get("runsOfGrid").asInt());
        assertTrue(text.contains("gain 1 "), text);
        assertTrue(text.lines().anyMatch(l -> l.matches("gain 1 +2/2  .* -3\\.00.*")), text);
        assertEquals(-3.0, json.at("/points/0/meanLog10Error").asDouble());
        assertEquals(
                List.of("settled", "settled", "not-settled", "refused"),
                of(settlings(), "verdict"));
        GridTable table = new GridTable(settlings());
        int mean = table.summaryHeader().indexOf("meanLog10Error");
        assertEquals("-3.0", table.summaryRows().get(0).get(mean));
        assertEquals("", table.summaryRows().get(1).get(mean));
        assertEquals(ExitCode.DONE, settlings().exitCode());
    }

    @Test
    void aFailedRunHasItsCommand() {
        String text = text(settlings());
        assertTrue(
                text.contains(
                        "  not-settled: diverged, went away\n    bin/relaxon settle --seed 1\n"),
                text);
        JsonNode json = GridJson.of(settlings());
        assertEquals("diverged", json.get("reason").asText());
        assertEquals("relaxon settle --seed 1", json.get("repeat").asText());
        assertEquals("relaxon settle --seed 1", of(settlings(), "repeat").get(2));
    }

    /** The twin: a grid that settled everywhere lists none. */
    @Test
    void aGridThatSettledListsNone() {
        GridResult good =
                result(GAINS, Kind.SETTLINGS, true, row(0, "settled", "", 1e-2, Double.NaN));
        assertFalse(text(good).contains("did not settle"), text(good));
        assertTrue(GridJson.of(good).get("reason").isNull());
    }

    @Test
    void whatIsMissingIsStated() {
        GridResult part = result(GAINS, Kind.SETTLINGS, false, row(0, "settled", "", 1.0, 1.0));
        assertEquals("relaxon sweep --resume here", GridJson.of(part).get("goOn").asText());
        assertEquals(ExitCode.NOT_SETTLED, part.exitCode());
        assertFalse(part.isInVain());
        assertFalse(GridJson.of(settlings()).has("goOn"));
        GridResult vain =
                result(GAINS, Kind.SETTLINGS, true, row(0, "not-settled", "diverged", 1.0, 1.0));
        assertTrue(vain.isInVain());
        assertEquals(ExitCode.NOT_SETTLED, vain.exitCode());
    }

    @Test
    void trainingsHaveScores() {
        GridResult trained =
                result(
                        GAINS,
                        Kind.CLASSIFIERS,
                        true,
                        row(0, SweepRow.TRAINED, "", Double.NaN, 0.5),
                        row(1, SweepRow.TRAINED, "", Double.NaN, 1.0));
        JsonNode json = GridJson.of(trained);

        assertTrue(text(trained).contains("mean test accuracy of those"), text(trained));
        assertTrue(text(trained).lines().anyMatch(l -> l.matches("gain 1 +2/2 +0\\.7500.*")));
        assertEquals("test accuracy", json.get("score").asText());
        assertEquals("trained", json.get("verdict").asText());
        assertEquals(0.75, json.at("/points/0/meanTestAccuracy").asDouble());
        assertEquals(1.0, json.at("/points/0/high95").asDouble(), "an accuracy is at most 1");
        assertFalse(json.has("algorithm"));
        assertEquals(List.of("0.5", "1.0"), of(trained, "testAccuracy"));
    }

    @Test
    void theWeightsOfSeveralAlgorithmsAreStated() {
        Grid algorithms =
                new Grid(List.of(new Axis("algorithm", List.of("ep", "pc"))), List.of(1L));
        GridResult compared =
                result(algorithms, Kind.SETTLINGS, true, row(0, "settled", "", 1.0, 1.0));
        assertTrue(text(compared).contains("weights: uniform 1.0 for all algorithms\n"));
        assertFalse(text(settlings()).contains("weights: "), "without such an axis");
        assertEquals(List.of("uniform 1.0"), compared.weights());
        assertEquals(List.of(), settlings().weights());
    }

    @Test
    void theEndStatesRowsOnlyWhereTheyMayBeLost() throws Exception {
        var json = GridJson.of(settlings());
        GridJson.end(json, settlings());
        assertTrue(json.get("complete").asBoolean());
        assertEquals("no figure", json.get("timeRemark").asText());
        assertEquals(0, json.get("weights").size());
        assertFalse(json.has("rows"));
        assertEquals(5, GridJson.rows(json, settlings()).size());
        assertEquals(5, json.get("rows").size());
    }
}
