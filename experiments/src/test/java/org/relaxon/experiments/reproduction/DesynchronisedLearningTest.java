package org.relaxon.experiments.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.reproduction.Arm.Role;
import org.relaxon.experiments.reproduction.DesynchronisedShape.Outcome;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.TrainResult.Ending;

/** Desynchronised synapses learn no worse, and the checks see it when they do. */
class DesynchronisedLearningTest {
    private static DesynchronisedPlan plan(LearningTask task) {
        return new DesynchronisedPlan(List.of(task), List.of(.25), List.of(1L, 2L, 3L, 4L, 5L), 2);
    }

    @Test
    void theShapeHoldsOnTwoMoons() throws IOException {
        DesynchronisedPlan plan = plan(LearningTask.of("two-moons").withSteps(250));

        List<DesynchronisedRow> rows = new DesynchronisedLearning(plan).run(() -> false, () -> {});

        assertEquals(plan.runs(), rows.size());
        DesynchronisedShape shape = new DesynchronisedShape(rows);
        shape.checks().forEach(c -> assertTrue(c.holds(), c.toString()));
        for (Outcome o : shape.outcomes()) {
            double never = o.arm().frozen() ? .75 : 0;
            assertEquals(never, o.neverMoved(), .1, o.toString());
        }
        DesynchronisedRow one = rows.get(0);
        assertEquals(2 * 16 + 16 * 8 + 8 * 2 + 16 + 8 + 2, one.synapses());
        assertEquals(250 * one.synapses(), one.updates());
        assertTrue(one.cosine() > .999, "cosine " + one.cosine());
    }

    /** Rows whose losses are given: seeds 1 to 3 spread by .01. */
    private static List<DesynchronisedRow> rows(Arm arm, double loss, long updates) {
        return List.of(-1L, 0L, 1L).stream()
                .map(k -> row(arm, k, loss + .01 * k, updates, Ending.DONE))
                .toList();
    }

    private static DesynchronisedRow row(
            Arm arm, long seed, double loss, long updates, Ending ending) {
        Evaluation end = new Evaluation(9, 1, loss, .9, loss, .9, Double.NaN, Double.NaN, 0, 1, 0);
        return new DesynchronisedRow(
                "made-up", arm, seed, 9, .1, 100, 10, updates, 0, List.of(end), ending, 0, 0);
    }

    private static List<ShapeCheck> checks(
            List<DesynchronisedRow> synchronous, List<DesynchronisedRow> other) {
        return new DesynchronisedShape(Stream.concat(synchronous.stream(), other.stream()).toList())
                .checks();
    }

    @Test
    void whatIsWorseThanTheSpreadFailsAndWhatIsWithinDoesNot() {
        List<DesynchronisedRow> base = rows(Arm.synchronous(), .1, 900);

        assertTrue(ShapeCheck.allHold(checks(base, rows(Arm.sameUpdates(.5), .109, 905))));
        assertFalse(ShapeCheck.allHold(checks(base, rows(Arm.sameUpdates(.5), .111, 905))));
        assertFalse(ShapeCheck.allHold(checks(base, rows(Arm.sameUpdates(.5), .1, 920))));
        assertTrue(ShapeCheck.allHold(checks(base, rows(Arm.frozen(.5), .111, 920))));
        assertFalse(ShapeCheck.allHold(checks(base, rows(Arm.frozen(.5), .109, 900))));
    }

    @Test
    void aTrainingThatBrokeOffIsNotEqual() {
        List<DesynchronisedRow> base = rows(Arm.synchronous(), .1, 900);
        Arm arm = Arm.samePresentations(.5);
        List<DesynchronisedRow> broken =
                List.of(row(arm, 1, .1, 900, Ending.DONE), row(arm, 2, .1, 900, Ending.UNSETTLED));

        assertFalse(ShapeCheck.allHold(checks(base, broken)));
        assertTrue(new DesynchronisedShape(List.of()).checks().isEmpty());
    }

    /** A training that a stop cuts short has no row and is not counted. */
    @Test
    void aTrainingThatIsStoppedHasNoRow() throws IOException {
        DesynchronisedPlan plan = plan(LearningTask.of("two-moons").withSteps(2000));
        AtomicInteger polls = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();

        List<DesynchronisedRow> rows =
                new DesynchronisedLearning(plan)
                        .run(() -> polls.incrementAndGet() > 100, done::incrementAndGet);

        assertTrue(rows.isEmpty(), rows.size() + " rows");
        assertEquals(0, done.get());
    }

    /** The twin: those that ended before keep theirs. */
    @Test
    void trainingsThatEndedBeforeAStopHaveTheirs() throws IOException {
        DesynchronisedPlan plan = plan(LearningTask.of("two-moons").withSteps(4));
        AtomicInteger done = new AtomicInteger();

        List<DesynchronisedRow> rows =
                new DesynchronisedLearning(plan).run(() -> done.get() > 2, done::incrementAndGet);

        assertTrue(rows.size() > 2 && rows.size() < plan.runs(), rows.size() + " rows");
        assertEquals(done.get(), rows.size());
        assertTrue(rows.stream().allMatch(r -> r.ending() == Ending.DONE));
    }

    @Test
    void theArmsMoveAsMuchInAll() {
        for (Arm arm : plan(LearningTask.of("strokes")).arms()) {
            double moved = arm.probability() * arm.rateFactor() * arm.stepsFactor();
            if (arm.role() == Role.EQUAL || arm.frozen()) {
                assertEquals(1.0, moved, 1e-12, arm.toString());
            }
            assertEquals(arm.role() == Role.SYNCHRONOUS, arm.gate(1).isOpen());
        }
        assertNotEquals(1.0, Arm.lessLearning(.5).probability());
    }

    @Test
    void badPlansAreRefusedByName() {
        LearningTask task = LearningTask.of("two-moons");
        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> LearningTask.of("mnist"))
                        .getMessage()
                        .contains("two-moons, strokes"));
        for (double p : new double[] {0, 1, -1, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () ->
                            new DesynchronisedPlan(
                                    List.of(task), List.of(p), List.of(1L, 2L, 3L), 1));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new DesynchronisedPlan(List.of(task), List.of(.5), List.of(1L, 2L), 1));
        assertThrows(IllegalArgumentException.class, () -> task.withRate(0));
        assertThrows(IllegalArgumentException.class, () -> task.withSteps(0));
    }
}
