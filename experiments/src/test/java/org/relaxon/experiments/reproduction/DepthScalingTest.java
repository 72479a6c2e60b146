package org.relaxon.experiments.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.settle.Reason;

/** Chains cost what theory states for each way to settle them, and the checks see it if not. */
class DepthScalingTest {
    private static final DepthPlan USUAL = DepthPlan.of(1, 1);

    /** Nothing that takes long. */
    private static final List<ChainInference> QUICK =
            Arrays.stream(ChainInference.values()).filter(ChainInference::isErrorForm).toList();

    private static DepthPlan plan(double beta, long messages, List<Integer> depths) {
        return plan(beta, messages, depths, QUICK);
    }

    private static DepthPlan plan(
            double beta, long messages, List<Integer> depths, List<ChainInference> ways) {
        return new DepthPlan(
                USUAL.activations(), depths, 8, 1.0, beta, 1e-4, ways, USUAL.seeds(), messages, 2);
    }

    private static List<DepthRow> run(DepthPlan plan) throws IOException {
        return new DepthScaling(plan).run(() -> false, () -> {});
    }

    private static ShapeCheck named(List<ShapeCheck> checks, String part) {
        return checks.stream().filter(c -> c.name().contains(part)).findFirst().orElseThrow();
    }

    @Test
    void theShapeHoldsAndEveryWayHasItsGradient() throws IOException {
        DepthPlan plan = plan(1e-12, 1_000_000, List.of(2, 4, 8));

        List<DepthRow> rows = run(plan);

        assertEquals(plan.runs(), rows.size());
        new DepthShape(rows).checks().forEach(c -> assertTrue(c.holds(), c.toString()));
        for (DepthRow row : rows) {
            assertTrue(row.reached(), row.toString());
            assertTrue(row.criticalPath() <= row.relaxations(), row.toString());
        }
        for (ChainInference way :
                List.of(
                        ChainInference.EAGER,
                        ChainInference.DELAYED,
                        ChainInference.RED_BLACK,
                        ChainInference.SYNCHRONOUS)) {
            for (DepthRow row : rows) {
                if (row.way() == way) {
                    assertEquals(2L * row.depth(), row.messages(), row.toString());
                    assertEquals(2L * row.depth() + 1, row.criticalPath(), row.toString());
                }
            }
        }
    }

    /** The energy at beta 1 has its own gradient, for many more messages. */
    @Test
    void theEnergyTakesLonger() throws IOException {
        List<ChainInference> slow =
                List.of(ChainInference.ENERGY_IN_TURNS, ChainInference.ENERGY_BY_STEPS);
        DepthPlan all = plan(1e-12, 1_000_000, List.of(2, 4), slow);
        DepthPlan linear =
                new DepthPlan(
                        List.of(StandardActivation.LINEAR),
                        all.depths(),
                        8,
                        1.0,
                        1e-12,
                        1e-4,
                        slow,
                        all.seeds(),
                        all.messagesMax(),
                        2);
        for (DepthRow row : run(linear)) {
            assertTrue(row.reached(), row.toString());
            assertTrue(row.messages() > 100L * row.depth(), row.toString());
        }
    }

    /**
     * Resolving all activities starts a forward wave at each layer that the backward wave passes,
     * and a backward wave at the end of each of these: L (L + 1) / 2 and L^2 messages beside 2 L.
     */
    @Test
    void fullActivitiesCostTheSquareOfTheDepth() throws IOException {
        DepthPlan plan = plan(1e-12, 1_000_000, List.of(4, 8, 16));
        DepthPlan wide =
                new DepthPlan(
                        plan.activations(),
                        plan.depths(),
                        16,
                        1.0,
                        plan.beta(),
                        plan.tolerance(),
                        List.of(ChainInference.ALL_ACTIVITIES),
                        plan.seeds(),
                        plan.messagesMax(),
                        2);
        for (DepthRow row : run(wide)) {
            int depth = row.depth();
            long waves = depth * (depth + 1L) / 2 + (long) depth * depth;
            assertEquals(2L * depth + waves, row.messages(), row.toString());
            assertTrue(row.reached(), row.toString());
        }
    }

    /** The twin: far from backprop, the gradient is another one, and the checks say so. */
    @Test
    void aLargeBetaIsSeen() throws IOException {
        List<ShapeCheck> checks = new DepthShape(run(plan(0.1, 1_000_000, List.of(2, 4)))).checks();
        assertFalse(named(checks, "has its backprop gradient").holds());
        assertFalse(ShapeCheck.allHold(checks));
    }

    @Test
    void runsThatAreRefusedAreRowsWithAReason() throws IOException {
        List<DepthRow> rows = run(plan(1e-8, 3, List.of(4)));
        assertEquals(USUAL.activations().size() * QUICK.size(), rows.size());
        for (DepthRow row : rows) {
            assertEquals(Reason.MESSAGE_BUDGET, row.reason(), row.toString());
            assertTrue(Double.isNaN(row.worstError()) && !row.reached());
        }
        assertFalse(ShapeCheck.allHold(new DepthShape(rows).checks()));
    }

    @Test
    void nothingRunShowsNothing() {
        new DepthShape(List.of()).checks().forEach(c -> assertFalse(c.holds(), c.toString()));
    }

    @Test
    void aStopIsSeenBetweenRuns() throws IOException {
        AtomicInteger finished = new AtomicInteger();
        DepthPlan plan = plan(1e-8, 1_000_000, List.of(2));
        int rows =
                new DepthScaling(plan)
                        .run(() -> finished.get() >= 3, finished::incrementAndGet)
                        .size();
        assertTrue(rows <= 4 && rows < plan.runs(), "one beside the third: " + rows);
    }

    /** This chain takes seconds; its settling is cancelled and is no row. */
    @Test
    void aStopIsSeenWithinARun() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        DepthPlan plan =
                of(StandardActivation.TANH, List.of(16), List.of(ChainInference.ENERGY_IN_TURNS));
        assertEquals(
                List.of(), new DepthScaling(plan).run(() -> asked.incrementAndGet() > 1, () -> {}));
    }

    /** A minimum on a kink is not found by independent code; no other row is lost for it. */
    @Test
    void withoutAReferenceARowIsAway() throws IOException {
        List<DepthRow> rows =
                run(
                        of(
                                StandardActivation.RELU,
                                List.of(4),
                                List.of(ChainInference.EAGER, ChainInference.ENERGY_BY_STEPS)));
        assertEquals(2 * 2, rows.size());
        List<DepthRow> without =
                rows.stream().filter(r -> r.settled() && r.comparison() == null).toList();
        assertFalse(without.isEmpty());
        for (DepthRow row : without) {
            assertEquals(ChainInference.ENERGY_BY_STEPS, row.way());
            assertTrue(row.away() && !row.reached(), row.toString());
        }
        rows.stream()
                .filter(r -> r.way() == ChainInference.EAGER)
                .forEach(r -> assertTrue(r.reached() && !r.away(), r.toString()));
    }

    /** Runs away from their reference are in no fit; the twin: the same costs at it are. */
    @Test
    void exponentsAreOverDepthsAtTheReference() throws IOException {
        List<DepthRow> rows =
                run(plan(1e-12, 1_000_000, List.of(2, 4, 8), List.of(ChainInference.EAGER)));
        assertEquals(1.0, exponent(rows), 1e-12);
        assertEquals(1.0, exponent(changed(rows, 8, false)), 1e-12);
        assertFalse(Math.abs(exponent(changed(rows, 8, true)) - 1.0) < 0.5);
        assertTrue(Double.isNaN(exponent(changed(changed(rows, 8, false), 2, false))));
    }

    private static double exponent(List<DepthRow> rows) {
        return new DepthShape(rows).exponent(ChainInference.EAGER, DepthRow::messages).value();
    }

    private static List<DepthRow> changed(List<DepthRow> rows, int depth, boolean atReference) {
        return rows.stream()
                .map(
                        r ->
                                r.depth() != depth
                                        ? r
                                        : new DepthRow(
                                                r.way(),
                                                r.activation(),
                                                r.depth(),
                                                r.seed(),
                                                null,
                                                atReference ? r.comparison() : null,
                                                1000 * r.messages(),
                                                r.relaxations(),
                                                r.criticalPath(),
                                                r.synapticOperations()))
                .toList();
    }

    private static DepthPlan of(
            Activation activation, List<Integer> depths, List<ChainInference> ways) {
        List<Long> seeds = activation == StandardActivation.RELU ? List.of(1L, 2L) : List.of(1L);
        return new DepthPlan(
                List.of(activation), depths, 16, 1.0, 1e-12, 1e-4, ways, seeds, 2_000_000, 1);
    }

    @Test
    void theEnergyIsSettledInShallowChainsOnly() {
        DepthPlan plan = plan(1e-8, 10, List.of(4, 16, 64), USUAL.ways());
        assertEquals(List.of(4, 16, 64), plan.depths(ChainInference.EAGER));
        assertEquals(List.of(4, 16), plan.depths(ChainInference.ENERGY_IN_TURNS));
    }

    @ParameterizedTest
    @CsvSource({
        "beta, 0, 10, 4",
        "beta, NaN, 10, 4",
        "budget-messages, 1e-8, 0, 4",
        "depths, 1e-8, 10, 0",
        "depths, 1e-8, 10, 999"
    })
    void badPlansAreRefusedByName(String field, double beta, long messages, int depth) {
        String refusal =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> plan(beta, messages, List.of(depth)))
                        .getMessage();
        assertTrue(refusal.startsWith(field), refusal);
        assertThrows(IllegalArgumentException.class, () -> plan(1e-8, 10, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new DepthPlan(
                                USUAL.activations(),
                                List.of(4),
                                8,
                                1.0,
                                1e-8,
                                Double.NaN,
                                USUAL.ways(),
                                USUAL.seeds(),
                                10,
                                1));
    }
}
