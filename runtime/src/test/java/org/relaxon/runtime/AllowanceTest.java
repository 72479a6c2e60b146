package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Beyond the tolerance the judge forgives what rounding leaves, and nothing else: an activity of
 * size 1 is known to some hundred roundings, which in units of a nudge of beta is 1e-13 / beta.
 */
class AllowanceTest {
    private static final double TOLERANCE = 1e-13;
    private static final double ROUNDING = 1e-13;

    /** How far above the bound a defect may lie for its refusal to say that the bound is sharp. */
    private static final double CLOSE = 100.0;

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6})
    void nothingIsForgivenThatRoundingDoesNotLeave(double beta) {
        double allowed = Math.max(TOLERANCE, ROUNDING / beta);
        int refused = 0;
        int accepted = 0;
        for (int seed = 1; seed <= 4; seed++) {
            Problem problem = Problem.tanh(seed, 3, 4, 6, 5, 3);
            for (double threshold = 1e-3 * allowed; threshold <= 10 * allowed; threshold *= 4) {
                for (ColumnVerdict column : columns(problem, beta, threshold)) {
                    double residual = column.residual();
                    String context = "beta " + beta + ", threshold " + threshold + ": " + column;
                    assertTrue(!column.settled() || residual <= allowed, context);
                    accepted += column.settled() ? 1 : 0;
                    refused += !column.settled() && residual <= CLOSE * allowed ? 1 : 0;
                }
            }
        }
        assertTrue(refused >= 10, beta + ": only " + refused + " defects just above the bound");
        assertTrue(accepted >= 10, beta + ": only " + accepted + " columns settled at all");
    }

    /** Cells that keep changes of this size to themselves: the residual is a few times as large. */
    private static Iterable<ColumnVerdict> columns(Problem problem, double beta, double threshold) {
        RunPlan plan =
                RunPlan.of(Algorithms.pc(Algorithms.coordinate()).rule())
                        .withGranularity(Granularity.NEURON)
                        .withDelay(Delays.exponential(100_000))
                        .withThreshold(threshold)
                        .withTolerance(TOLERANCE);
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), plan)) {
            Settlement verdict = session.settle(problem.nudged(beta), Budget.DEFAULT);
            return verdict instanceof NotSettled not
                    ? not.columns()
                    : assertInstanceOf(Settled.class, verdict).columns();
        }
    }
}
