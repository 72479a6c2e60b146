package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.experiments.theory.ReferenceGradients;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Agreement;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.ConvergenceOrder;
import org.relaxon.testkit.Problem;

/** DP-top and dual propagation with an asymmetric nudge, on hosts and beside their references. */
class AsymmetricPairsTest {
    private static final Problem PROBLEM = Problem.graph(5, 2);

    private static Method method(Algorithm algorithm, double beta) {
        return new Method(algorithm, Estimator.ONE_SIDED, beta);
    }

    private static Parameters settled(Algorithm algorithm, double beta) {
        return Agreement.of(method(algorithm, beta), PROBLEM)
                .withHosts(List.of(Hosts::virtual))
                .withGranularities(List.of("layer"))
                .require(1e-9);
    }

    private static double error(Algorithm algorithm, double beta) {
        Parameters exact =
                ReferenceGradients.backprop(
                                PROBLEM.network(),
                                PROBLEM.network().parameters(),
                                PROBLEM.input(),
                                PROBLEM.target())
                        .gradient();
        return Compare.relative(PROBLEM.network(), settled(algorithm, beta), exact);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.25, 0.5, 1.0})
    void theErrorFallsInTheClaimedOrder(double alpha) {
        for (Algorithm one :
                List.of(Algorithms.dualPropagationTop(alpha), Algorithms.dualPropagation(alpha))) {
            int claimed = one.order(Estimator.ONE_SIDED);
            double order = ConvergenceOrder.of(b -> error(one, b), 4e-3, 2e-3, 1e-3).order();
            assertEquals(claimed, order, 0.05, one + " alpha " + alpha);
        }
    }

    @Test
    void everyHostGivesTheSameUpdate() {
        Agreement.of(method(Algorithms.dualPropagationTop(0.25), 0.1), PROBLEM).require(1e-10);
    }

    /** The reference sweeps the pairs without cells, in another order. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.25, 1.0})
    void theReferenceFindsTheSameFixedPoint(double alpha) {
        for (Algorithm one :
                List.of(Algorithms.dualPropagationTop(alpha), Algorithms.dualPropagation(alpha))) {
            Parameters swept = nudge(one, 0.2);
            double off = Compare.relative(PROBLEM.network(), settled(one, 0.2), swept);
            assertTrue(off < 1e-11, one.optionName() + " " + alpha + " off by " + off);
        }
        Parameters other = nudge(Algorithms.dualPropagationTop(1.0 - alpha), 0.2);
        Parameters own = nudge(Algorithms.dualPropagationTop(alpha), 0.2);
        boolean differs = Compare.relative(PROBLEM.network(), own, other) > 1e-3;
        assertTrue(differs, "the pair is not read");
    }

    private static Parameters nudge(Algorithm algorithm, double beta) {
        return DualPropagationNudge.estimate(
                PROBLEM.network(),
                PROBLEM.network().parameters(),
                beta,
                algorithm.rule().energy().pair(),
                PROBLEM.input(),
                PROBLEM.target());
    }

    private static boolean settles(Algorithm algorithm, Problem problem, double beta) {
        RunPlan plan =
                RunPlan.of(algorithm.rule()).withDelay(Delays.exponential(1_000_000)).withSeed(2);
        try (Host host = Hosts.virtual();
                Session session = host.open(problem.network(), plan)) {
            Budget budget = Budget.DEFAULT.withRelaxations(20_000);
            return session.settle(problem.nudged(beta), budget) instanceof Settled;
        }
    }

    /**
     * A deep linear chain with large weights at a strong nudge: its mean activities do not follow
     * the feedback of DP-top, whatever alpha; those of the original form do, unless it is
     * symmetric.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.25, 0.5})
    void aStrongNudgeSettlesInTheTopFormAlone(double alpha) {
        Problem chain =
                Problem.of(
                        3, 1, StandardActivation.LINEAR, StandardActivation.LINEAR, 4, 6, 6, 6, 3);
        for (int p = 0; p < 4; p++) {
            for (double[] row : chain.network().parameters().weights(p)) {
                for (int j = 0; j < row.length; j++) {
                    row[j] *= 4.0;
                }
            }
        }
        assertTrue(settles(Algorithms.dualPropagationTop(alpha), chain, 0.9), "top " + alpha);
        boolean symmetric = alpha == 0.5;
        assertEquals(symmetric, settles(Algorithms.dualPropagation(alpha), chain, 0.9));
        assertFalse(settles(Algorithms.dualPropagation(0.75), chain, 0.9));
    }
}
