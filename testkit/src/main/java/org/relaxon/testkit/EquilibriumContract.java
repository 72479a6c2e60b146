package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.plan;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;

/** Settling: the state in which every phase ends is the minimum that the equations give. */
public interface EquilibriumContract extends HostUnderTest {
    /**
     * Any granularity and any delay lead to the state and the updates of the reference.
     *
     * @param granularity neurons per cell
     * @param delay how long signals travel
     */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    default void everyWayOfRunningFindsTheEquilibriumAndTheUpdatesOfTheReference(
            String granularity, String delay) {
        for (boolean fenchelYoung : new boolean[] {false, true}) {
            Rule rule = fenchelYoung ? new FenchelYoung() : new PredictiveCoding();
            for (long seed = 1; seed <= 2; seed++) {
                Problem problem = Problem.tanh(seed, 3, 4, 7, 5, 3);
                Phase phase = problem.centred(0.1);
                RunPlan plan =
                        plan(rule)
                                .withGranularity(Granularity.parse(granularity))
                                .withDelay(Delays.parse(delay))
                                .withSeed(seed);
                String context = context(problem, rule.optionName(), granularity, delay);
                try (Session session = host().open(problem.network(), plan)) {
                    Settled settled =
                            Compare.settled(session.settle(phase, Budget.DEFAULT), context);
                    LayerSweeps reference =
                            LayerSweeps.solve(problem.network(), fenchelYoung, phase);

                    double distance = reference.distance(settled.equilibrium());
                    assertTrue(distance <= SAME, context + ": state off by " + distance);
                    LocalUpdate update = session.update(settled, Estimator.CENTRED);
                    double[] shares = new double[6];
                    Arrays.fill(shares, 0.5);
                    double off =
                            Compare.relative(
                                    update.gradient(), reference.gradient(phase, shares), 3);
                    assertTrue(off <= SAME, context + ": update off by " + off);
                    assertEquals(3, update.examples(), context);
                }
            }
        }
    }

    /**
     * The error of a linear network with one output is e_L = beta (1 + beta S)^-1 (T - o) with S =
     * 1 + W W^T.
     */
    @Test
    default void aLinearNetworkRestsWhereTheClosedFormSays() {
        Problem problem =
                Problem.of(5, 1, StandardActivation.LINEAR, StandardActivation.LINEAR, 3, 4, 1);
        double[] row = problem.network().parameters().weights(1)[0];
        double s = 1.0 + Arrays.stream(row).map(w -> w * w).sum();
        double[] forward = LayerSweeps.solve(problem.network(), false, problem.free()).activity(2);
        double residual = problem.target().get(0, 0) - forward[0];
        for (double beta : new double[] {0.01, 0.3, 1.0}) {
            try (Session session = host().open(problem.network(), plan())) {
                Settled settled =
                        Compare.settled(session.settle(problem.nudged(beta), Budget.DEFAULT), beta);

                double expected = beta / (1.0 + beta * s) * residual;
                double found = settled.equilibrium().error(2).get(0, 0);
                assertEquals(expected, found, 1e-11 * Math.abs(expected), context(problem, beta));
            }
        }
    }

    /** One session settles phases of different numbers of columns and strengths in turn. */
    @Test
    default void oneSessionSettlesManyPhasesOfAnyNumberOfColumns() {
        Problem problem = Problem.tanh(7, 5, 4, 6, 3);
        RunPlan plan = plan().withGranularity(new Granularity(2));
        try (Session session = host().open(problem.network(), plan)) {
            for (int columns : new int[] {1, 4, 2, 5, 1}) {
                for (double beta : new double[] {0.0, 0.1, -0.1, 0.3}) {
                    Problem part = problem.first(columns);
                    Phase phase = beta == 0.0 ? part.free() : part.nudged(beta);
                    String context = context(problem, columns, beta);
                    Settled settled =
                            Compare.settled(session.settle(phase, Budget.DEFAULT), context);

                    double distance =
                            LayerSweeps.solve(problem.network(), false, phase)
                                    .distance(settled.equilibrium());
                    assertTrue(distance <= SAME, context + ": off by " + distance);
                    assertEquals(columns, settled.columns().size(), context);
                }
            }
        }
    }

    /** The strengths of the columns of one phase may differ in sign and size. */
    @Test
    default void columnsOfDifferentSignAndSizeOfBetaSettleSideBySide() {
        Problem problem = Problem.tanh(8, 1, 3, 5, 2);
        double[] betas = {0.5, -0.3, 1e-4, 0.0, -1e-6};
        Phase phase = Phase.nudged(problem.input().tiled(5), problem.target().tiled(5), betas);
        LayerSweeps reference = LayerSweeps.solve(problem.network(), false, phase);
        try (Session session = host().open(problem.network(), plan())) {
            Settled settled =
                    Compare.settled(session.settle(phase, Budget.DEFAULT), context(problem));

            for (int l = 1; l <= 2; l++) {
                Matrix error = settled.equilibrium().error(l);
                for (int k = 0; k < error.values().length; k++) {
                    double beta = Math.abs(betas[k % 5]);
                    assertEquals(
                            reference.error(l)[k],
                            error.values()[k],
                            beta * 1e-11,
                            context(problem, "layer", l, "column", k % 5));
                }
            }
        }
    }

    /**
     * At threshold 0 a free phase is the forward pass, bit for bit, and no error is left.
     *
     * @param granularity neurons per cell
     * @param delay how long signals travel
     */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    default void theFreePhaseIsTheForwardPassBitForBitWithoutAnyError(
            String granularity, String delay) {
        Problem problem = Problem.tanh(9, 2, 5, 6, 4, 2);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withThreshold(0.0)
                        .withGranularity(Granularity.parse(granularity))
                        .withDelay(Delays.parse(delay));
        try (Session session = host().open(problem.network(), plan)) {
            String context = context(problem, granularity, delay);
            Settled settled =
                    Compare.settled(session.settle(problem.free(), Budget.DEFAULT), context);

            double[] below = problem.input().values();
            for (int l = 1; l <= 3; l++) {
                below = forward(problem.network(), l, below, 2);
                assertArrayEquals(below, settled.equilibrium().activity(l).values(), 0.0, context);
                for (double e : settled.equilibrium().error(l).values()) {
                    assertEquals(0.0, e, context);
                }
            }
            assertEquals(0.0, settled.residual(), context);
        }
    }

    /** One layer, summed in the order that the strict kernels promise: bias, then left to right. */
    private static double[] forward(Network network, int l, double[] below, int columns) {
        double[][] w = network.parameters().weights(l - 1);
        double[] out = new double[w.length * columns];
        for (int i = 0; i < w.length; i++) {
            for (int c = 0; c < columns; c++) {
                double bias = network.parameters().biases(l)[i];
                double a = l == 1 ? 0.0 : bias; // clamped input is summed once, on its own
                for (int j = 0; j < w[i].length; j++) {
                    a += w[i][j] * below[j * columns + c];
                }
                a = l == 1 ? bias + a : a;
                boolean last = l == network.populations().size() - 1;
                out[i * columns + c] = last ? a : StrictMath.tanh(a);
            }
        }
        return out;
    }

    /** A network with cross-entropy settles to the reference. */
    @Test
    default void crossEntropySettlesToTheReference() {
        Problem problem = Problem.classifier(11, 4, 5, 8, 3);
        for (String granularity : List.of("layer", "neuron")) {
            RunPlan plan = plan().withGranularity(Granularity.parse(granularity));
            try (Session session = host().open(problem.network(), plan)) {
                Phase phase = problem.centred(0.2);
                String context = context(problem, granularity);
                Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), context);

                LayerSweeps reference = LayerSweeps.solve(problem.network(), false, phase);
                double distance = reference.distance(settled.equilibrium());
                assertTrue(distance <= SAME, context + ": off by " + distance);
            }
        }
    }

    /**
     * Held neurons rest at their values, all others where the reference does, and so do updates.
     *
     * @param granularity neurons per cell
     * @param delay how long signals travel
     */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    default void heldNeuronsRestAtTheirValuesAndTheOthersAtTheReference(
            String granularity, String delay) {
        Problem problem = Problem.tanh(12, 3, 4, 6, 5, 3);
        boolean[] outputs = {true, false, true};
        Matrix layer = Problem.tanh(13, 3, 6, 1).input();
        boolean[] hidden = {false, true, true, false, false, true};
        for (boolean fenchelYoung : new boolean[] {false, true}) {
            Rule rule = fenchelYoung ? new FenchelYoung() : new PredictiveCoding();
            RunPlan plan =
                    plan(rule)
                            .withGranularity(Granularity.parse(granularity))
                            .withDelay(Delays.parse(delay));
            try (Session session = host().open(problem.network(), plan)) {
                Phase phase =
                        problem.free()
                                .clamping("3", problem.target(), outputs)
                                .clamping("1", layer, hidden);
                String context = context(problem, rule.optionName(), granularity, delay);
                Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), context);

                LayerSweeps reference = LayerSweeps.solve(problem.network(), fenchelYoung, phase);
                double distance = reference.distance(settled.equilibrium());
                assertTrue(distance <= SAME, context + ": state off by " + distance);
                double off =
                        Compare.relative(
                                session.update(settled, Estimator.ONE_SIDED).gradient(),
                                reference.gradient(phase, new double[] {1, 1, 1}),
                                3);
                assertTrue(off <= SAME, context + ": update off by " + off);
            }
        }
    }

    /** The report counts messages, relaxations and synaptic operations, and nothing is missing. */
    @Test
    default void theReportCountsWhatTheCellsDid() {
        Problem problem = Problem.tanh(35, 2, 3, 4, 2);
        try (Session session = host().open(problem.network(), plan())) {
            assertThrows(IllegalStateException.class, session::report);
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "settled");
            RunReport report = session.report();

            assertEquals(report.messages(), report.delivered(), "nothing is lost or in flight");
            assertEquals(0, report.lost());
            assertEquals(0, report.late());
            assertEquals(1, report.auditRounds());
            assertTrue(report.messages() >= 2, "one signal each way at least");
            assertTrue(report.relaxations() >= 2, "every cell relaxes");
            // 4 x 2 weights between cells, 2 columns: each relaxation of either end uses them
            assertEquals(0, report.synapticOperations() % 16);
            assertTrue(report.synapticOperations() > 0);
        }
    }
}
