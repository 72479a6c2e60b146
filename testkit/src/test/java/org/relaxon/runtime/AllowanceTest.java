package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Problem;

/**
 * The judge forgives nothing beyond the tolerance. An activity of size 1 is known to some hundred
 * roundings, which in units of a nudge of beta is 1e-13 / beta: a tolerance below that is refused
 * before the run.
 */
class AllowanceTest {
    private static final double ROUNDING = 1e-13;

    /** How far above the bound a defect may lie for its refusal to say that the bound is sharp. */
    private static final double CLOSE = 100.0;

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6})
    void nothingIsForgivenBeyondTheTolerance(double beta) {
        double allowed = 10 * ROUNDING / beta;
        int refused = 0;
        int accepted = 0;
        for (int seed = 1; seed <= 4; seed++) {
            Problem problem = Problem.tanh(seed, 3, 4, 6, 5, 3);
            for (double threshold = 1e-3 * allowed; threshold <= 10 * allowed; threshold *= 4) {
                for (ColumnVerdict column : columns(problem, beta, threshold, allowed)) {
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

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6})
    void aToleranceBelowTheRoundingOfAStrengthIsRefusedBeforeTheRun(double beta) {
        Problem problem = Problem.tanh(1, 3, 4, 6, 5, 3);
        double tolerance = 0.5 * ROUNDING / beta;
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> columns(problem, beta, 1e-3 * tolerance, tolerance))
                        .getMessage();
        assertTrue(said.startsWith("beta: " + Numeral.text(beta)), said);
        String least = "the least beta that they resolve is ";
        assertTrue(said.contains(least + Numeral.text(2 * beta) + "."), said);
    }

    /** Cells that keep changes of this size to themselves: the residual is a few times as large. */
    private static Iterable<ColumnVerdict> columns(
            Problem problem, double beta, double threshold, double tolerance) {
        RunPlan plan =
                RunPlan.of(Algorithms.pc(Algorithms.coordinate()).rule())
                        .withGranularity(Granularity.NEURON)
                        .withDelay(Delays.exponential(100_000))
                        .withThreshold(threshold)
                        .withTolerance(tolerance);
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), plan)) {
            Settlement verdict = session.settle(problem.nudged(beta), Budget.DEFAULT);
            return verdict instanceof NotSettled not
                    ? not.columns()
                    : assertInstanceOf(Settled.class, verdict).columns();
        }
    }
}
