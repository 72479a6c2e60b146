package org.relaxon.experiments.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.reproduction.AsyncRow.Part;
import org.relaxon.experiments.reproduction.published.Alignment;
import org.relaxon.experiments.reproduction.published.Outcome;
import org.relaxon.model.settle.Reason;

/** The study of asynchrony at 32 layers, and checks that fail where the shape is another. */
class AsyncStudyTest {
    private static final AsyncPlan PLAN =
            new AsyncPlan(List.of(32), AsyncPlan.SYNTHETIC, List.of(3L), 1e-12, 1e-4, 4000, 2);

    private static List<AsyncRow> rows;

    @BeforeAll
    static void run() throws Exception {
        List<Integer> done = new ArrayList<>();
        rows =
                new AsyncStudy(PLAN)
                        .run(
                                () -> false,
                                () -> {
                                    synchronized (done) {
                                        done.add(1);
                                    }
                                });
        assertEquals(PLAN.runs(), rows.size());
        assertEquals(PLAN.runs(), done.size());
    }

    private static ShapeCheck check(List<AsyncRow> some, String name) {
        return new AsyncShape(some)
                .checks().stream().filter(c -> c.name().contains(name)).findFirst().orElseThrow();
    }

    @Test
    void theShapeHolds() {
        for (ShapeCheck check : new AsyncShape(rows).checks()) {
            assertTrue(check.holds(), check.toString());
        }
        assertFalse(ShapeCheck.allHold(new AsyncShape(List.of()).checks()));
    }

    /**
     * Explicit steps with rho = alpha = 1 are not settled within the budget, and are reported so.
     */
    @Test
    void stepsAreNotReportedAsSettled() {
        AsyncRow steps =
                rows.stream().filter(r -> r.scheme().contains("steps")).findFirst().orElseThrow();
        assertFalse(steps.settled());
        assertEquals(Reason.MESSAGE_BUDGET, steps.reason());
        assertEquals(7, rows.stream().filter(r -> r.part() == Part.CELLS).count());
    }

    /** The same rows with the outcome of one scheme changed. */
    private static List<AsyncRow> with(Part part, String scheme, UnaryOperator<Alignment> change) {
        return rows.stream()
                .map(
                        r -> {
                            if (r.part() != part || !r.scheme().equals(scheme) || !r.settled()) {
                                return r;
                            }
                            Outcome o = r.outcome();
                            return new AsyncRow(
                                    part,
                                    scheme,
                                    r.depth(),
                                    r.seed(),
                                    new Outcome(
                                            change.apply(o.alignment()), o.sweeps(), o.reached90()),
                                    null,
                                    r.messages(),
                                    r.criticalPath(),
                                    r.published());
                        })
                .toList();
    }

    private static Alignment filled(Alignment of, double cosine, double norm) {
        double[] cosines = of.cosines().clone();
        double[] norms = of.norms().clone();
        Arrays.fill(norms, norm);
        cosines[cosines.length / 2] = cosine;
        return new Alignment(cosine, cosines, norms);
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULES, 'local, 1 sweep stale', 0.1, 1.0, own multipliers beat",
        "SCHEDULES, 'local, 1 sweep stale', NaN, 1.0, own multipliers beat",
        "SCHEDULES, 'global, 2 sweeps stale', 0.9, 5.0, the older the reads",
        "SCHEDULES, 'global, 1 sweep stale', 0.9, NaN, the older the reads",
        "SCHEDULES, unequal rates, 0.9, 0.2, unequal rates",
        "STALE_READS, own multiplier, 0.9, 1.0, destroys",
        "STALE_READS, own multiplier, NaN, 1.0, destroys",
        "STALE_READS, state above, 0.4, 1.0, other stale reads",
        "STALE_READS, both states, NaN, 1.0, other stale reads",
        "TRIGGERS, above 1e-5, 0.5, 1.0, threshold",
        "CELLS, pc-alm, 0.999, 1.0, 'cells, pc-alm'",
        "CELLS, 'pc-alm, delays to 2 sweeps', 1.0, 1.01, 'cells, pc-alm'",
        "CELLS, 'error form, delays to 1 sweep', NaN, 1.0, 'cells, error form'"
    })
    void anotherShapeFails(Part part, String scheme, double cosine, double norm, String name) {
        assertTrue(check(rows, name).holds());
        List<AsyncRow> other = with(part, scheme, a -> filled(a, cosine, norm));
        assertFalse(check(other, name).holds(), check(other, name).toString());
    }

    @Test
    void aSettlingThatIsMissingFails() {
        List<AsyncRow> without =
                rows.stream()
                        .map(
                                r ->
                                        r.scheme().equals("pc-alm")
                                                ? new AsyncRow(
                                                        r.part(),
                                                        r.scheme(),
                                                        r.depth(),
                                                        r.seed(),
                                                        null,
                                                        Reason.MESSAGE_BUDGET,
                                                        9,
                                                        9,
                                                        null)
                                                : r)
                        .toList();
        assertFalse(check(without, "cells, pc-alm").holds());
    }

    @ParameterizedTest
    @CsvSource({
        "8, synthetic, depths: the step of 8 layers",
        "16, fashion-mnist:x, that of 32 is",
        "32, synthetic, beta: need",
        "32, strokes, 'nothing is published for strokes; use synthetic or fashion-mnist:DIR'",
        "32, mnist:x, nothing is published for mnist:x",
        "32, fashion-mnist, nothing is published for fashion-mnist;",
    })
    void aStepThatIsNotPublishedIsRefused(int depth, String data, String why) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        new AsyncPlan(
                                                List.of(depth, 32),
                                                data,
                                                List.of(1L),
                                                Double.NaN,
                                                1e-4,
                                                100,
                                                1))
                        .getMessage();
        assertTrue(message.contains(why), message);
    }

    /** Three schedules of the base depth are in no published comparison of depths. */
    @Test
    void otherDepthsHaveFewerSchedules() {
        AsyncPlan all = AsyncPlan.of(1, 2);
        assertEquals(List.of(16, 32, 64), all.depths());
        assertEquals(9, all.schedules(32).size());
        assertEquals(6, all.schedules(64).size());
        assertEquals(2 * (9 + 6 + 6 + 7 + 4 + 7), all.runs());
    }
}
