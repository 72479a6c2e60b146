package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.compare.AppliedChange;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.Motion;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.Schedule;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunReport.Ledger;
import org.relaxon.runtime.fault.FaultCounts;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.NoEnergy;
import org.relaxon.tools.cli.run.Probes.Probed;
import org.relaxon.tools.cli.train.TrainingResult.Compared;
import org.relaxon.tools.cli.train.TrainingResult.Counts;
import org.relaxon.tools.cli.train.TrainingResult.Learned;
import org.relaxon.tools.cli.train.TrainingResult.Point;
import org.relaxon.tools.cli.train.TrainingResult.Recorded;

/** Text and JSON of a training that was written by hand: both state what the result holds. */
class TrainingResultTest {
    private static final Compared NONE = new Compared(0, 0, 0, Double.NaN, Double.NaN, null);

    private static TrainRequest request(Task task, String limit) {
        return new TrainRequest(
                "relaxon train",
                true,
                "1.0",
                7,
                "2-3-2",
                new TrainRequest.Data(
                        "two-moons", task, true, 64, 4, 10, task.hasAccuracy() ? 2 : 0),
                new TrainRequest.Followed(
                        "ipc",
                        "pc on the schedule incremental:4",
                        "",
                        "one-sided",
                        0.1,
                        "beta",
                        limit),
                new TrainRequest.Settling(
                        "virtual",
                        "layer",
                        "eager",
                        1e-6,
                        1e-4,
                        Double.POSITIVE_INFINITY,
                        "none",
                        Timing.NONE),
                Schedule.incremental(4),
                Motion.STILL,
                new TrainRequest.Optimiser("adam", 1.0, 0.0),
                Pace.of(16, 8, 0.01),
                List.of("class 1 is in no example"),
                List.of("batch 16"),
                Map.of("--init", "he", "--gain", "1.0", "--seed", "7", "--delivery", "best-effort"),
                "draws from a log");
    }

    private static Counts counts(long steps, long dropped, double share) {
        Map<String, Long> reasons = dropped == 0 ? Map.of() : Map.of("diverged", dropped);
        Ledger ledger = new Ledger(100, 70, 30, 900);
        return new Counts(
                steps,
                ledger,
                dropped,
                share,
                reasons,
                "far",
                0,
                0,
                10,
                2,
                1,
                null,
                FaultCounts.NONE,
                List.of());
    }

    private static Learned learned(Ending ending, String reason, double accuracy, Counts counts) {
        Evaluation last =
                new Evaluation(
                        8,
                        2.0,
                        0.1,
                        0.9,
                        0.2,
                        accuracy,
                        Double.NaN,
                        0.625,
                        0,
                        Double.NaN,
                        Double.NaN);
        List<Point> curve = List.of(new Point(last, "rate 0.01 -> 0.1", 3L));
        return new Learned("ipc", ending, reason, curve, last, accuracy, null, counts);
    }

    private static TrainingResult result(Task task, Learned settled, Learned baseline, Compared c) {
        return new TrainingResult(
                request(task, "backprop"),
                settled,
                baseline,
                List.of(),
                List.of(),
                c,
                List.of("slow"),
                new Recorded(
                        16, 8, List.of(new Probed("1=energy", List.of("1"), 5, 2, "probe-1.csv"))),
                1.5,
                Stop.NONE,
                new NoEnergy(""),
                "relaxon train --rate 0.001");
    }

    private static TrainingResult trained() {
        Learned settled = learned(Ending.DONE, null, 0.75, counts(8, 0, 0.0));
        return result(Task.CLASSIFICATION, settled, null, NONE);
    }

    private static String text(TrainingResult result) {
        StringWriter out = new StringWriter();
        TrainText.print(new PrintWriter(out), result);
        return out.toString();
    }

    private static String line(TrainingResult result, String name) {
        return text(result).lines().filter(l -> l.startsWith(name + " ")).findFirst().orElse("");
    }

    @Test
    void bothStateWhatTheResultHolds() {
        JsonNode json = TrainJson.of(trained());

        assertTrue(
                line(trained(), "algorithm").contains(" ipc: pc on the schedule incremental:4, "));
        assertEquals("pc on the schedule incremental:4", json.get("standsFor").asText());
        assertTrue(line(trained(), "algorithm").contains(", beta 0.1, adam, rate 0.01"));
        assertEquals(0.1, json.get("beta").asDouble());
        assertTrue(line(trained(), "settling").endsWith("no limit for the update of a projection"));
        assertTrue(json.get("resolution").isNull());
        assertTrue(
                line(trained(), "accuracy")
                        .contains(
                                " 75.00 % on the test set (guessing one of 2 classes: 50.00 %), best 75.00 %"));
        assertEquals(0.75, json.get("testAccuracy").asDouble());
        assertEquals("remark       class 1 is in no example", line(trained(), "remark"));
        assertEquals("class 1 is in no example", json.at("/remarks/0").asText());
        assertTrue(
                line(trained(), "minimum")
                        .endsWith(
                                ", in the free phase before the updates: of 10 judged, drawn at"
                                        + " random, at a minimum 7, at a saddle 2, undetermined"
                                        + " 1"));
        assertEquals("run          relaxon train --rate 0.001", line(trained(), "run"));
        assertEquals("relaxon train --rate 0.001", json.get("adviceCommand").asText());
        assertEquals(0.5, json.get("chanceAccuracy").asDouble());
        assertEquals(2, json.get("examplesAtSaddles").asInt());
        assertEquals("changed      from step 8 on: rate 0.01 -> 0.1", line(trained(), "changed"));
        assertEquals("rate 0.01 -> 0.1", json.at("/curve/0/changed").asText());
        assertEquals("slow", json.at("/warnings/0").asText());
        assertEquals("draws from a log", json.get("delayRemark").asText());
        assertEquals(
                "probe        1=energy: 5 rows in probe-1.csv, 2 more lost",
                line(trained(), "probe"));
        assertEquals(5, json.at("/probes/0/rows").asInt());
        assertTrue(line(trained(), "probed").contains("every 16 later, none up to step 8"));
        assertEquals(16, json.get("probeEvery").asInt());
        assertEquals(8, json.get("probesAfterStep").asInt());
        assertEquals(ExitCode.DONE, trained().exitCode());
    }

    @Test
    void whatWasLeftOutIsWarnedOf() {
        Learned settled = learned(Ending.DONE, null, 0.75, counts(8, 5, 0.05));
        TrainingResult result = result(Task.CLASSIFICATION, settled, null, NONE);
        String warning = TrainJson.of(result).get("leftOutWarning").asText();

        assertTrue(warning.startsWith("more than 1 % of the examples"), warning);
        assertEquals("warning      " + warning, line(result, "warning"));
        assertEquals("left out     because: diverged 5; the last: far", line(result, "left out"));
        assertEquals(5, TrainJson.of(result).at("/examplesDroppedBecause/diverged").asInt());
    }

    /** The twin: below one per cent nothing is warned of. */
    @Test
    void aFewAreNot() {
        Learned settled = learned(Ending.DONE, null, 0.75, counts(8, 5, 0.01));
        TrainingResult result = result(Task.CLASSIFICATION, settled, null, NONE);

        assertEquals("", line(result, "warning"));
        assertTrue(TrainJson.of(result).get("leftOutWarning").isNull());
        assertEquals("", line(trained(), "left out"));
    }

    @Test
    void aBaselineThatEndedEarlyIsNotComparable() {
        Learned settled = learned(Ending.DONE, null, 0.75, counts(8, 0, 0.0));
        Learned early = learned(Ending.DIVERGED, "W1 is not finite", 0.5, counts(3, 0, 0.0));
        TrainingResult result = result(Task.CLASSIFICATION, settled, early, NONE);
        JsonNode json = TrainJson.of(result);

        assertTrue(
                text(result).contains("backprop     diverged; W1 is not finite\n"), text(result));
        assertTrue(text(result).contains("backprop     50.00 % after 3 steps: not comparable\n"));
        assertEquals(3, json.get("backpropSteps").asInt());
        assertEquals(0.5, json.get("backpropTestAccuracy").asDouble());
        assertEquals(ExitCode.NOT_SETTLED, result.exitCode());
        assertFalse(TrainJson.of(trained()).has("backpropSteps"));
        assertEquals("", line(trained(), "backprop"));
    }

    @Test
    void aTaskWithoutAccuracyIsScoredByR2() {
        Learned settled = learned(Ending.UNSETTLED, "no rest", Double.NaN, counts(9, 0, 0.0));
        TrainingResult result = result(Task.REGRESSION, settled, null, NONE);

        assertEquals(
                "R2           0.625000 on the test set at step 8, loss 0.200000",
                line(result, "R2"));
        assertEquals("", line(result, "accuracy"));
        assertTrue(TrainJson.of(result).get("testAccuracy").isNull());
        assertTrue(TrainJson.of(result).get("chanceAccuracy").isNull());
        assertEquals("ending       unsettled after 9 steps; no rest", line(result, "ending"));
        assertEquals(ExitCode.NOT_SETTLED, result.exitCode());
    }

    @Test
    void comparisonsAndTheirMeaningAreStated() {
        Compared compared = new Compared(4, 1, 2, 0.75, 0.5, new AppliedChange(0.25, "W2"));
        TrainingResult base = trained();
        TrainingResult result =
                new TrainingResult(
                        request(Task.BINARY, "implicit"),
                        base.settled(),
                        null,
                        List.of(),
                        List.of(),
                        compared,
                        List.of(),
                        Recorded.NONE,
                        1.0,
                        new Stop(true, 130, "SIGINT", "relaxon train"),
                        new NoEnergy(""),
                        null);
        JsonNode json = TrainJson.of(result);

        assertTrue(
                line(result, "alignment")
                        .contains("1 - cosine at most 0.25, relative error at most 0.5, in 4"));
        assertTrue(line(result, "changes").contains("at most 0.25, in W2 (adam divides"));
        assertEquals("W2", json.get("changeErrorIn").asText());
        assertEquals(json.get("referenceNote").asText(), line(result, "reference").substring(13));
        assertEquals("interrupted", json.get("verdict").asText());
        assertEquals("relaxon train", json.get("goOn").asText());
        assertTrue(TrainJson.of(base).get("referenceNote").isNull(), "backprop needs no note");
        assertEquals("", line(result, "run"));
        assertEquals("", line(base, "alignment") + line(base, "reference") + line(base, "changes"));
    }
}
