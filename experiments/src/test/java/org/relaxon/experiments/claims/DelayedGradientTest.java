package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.certificate.Certificates;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Gradient steps of predictive coding under a constant delay of 20 ticks: stable below the bound
 * arccos(-1/k) / (2 sqrt(k^2 - 1)) on step times delay, oscillating above it, while the error form
 * does not care.
 */
class DelayedGradientTest {
    private static final int SEEDS = 5;
    private static final int TICKS = 20;
    private static final long DELAY = 1_000_000;
    private static final double BETA = 1e-2;
    private static final Budget BUDGET = Budget.DEFAULT.withMessages(80_000);

    private static Problem problem(long seed) throws java.io.IOException {
        return ProblemSpec.defaults().withScheme(Scheme.NORMAL).withSeed(seed).build();
    }

    private static RunPlan plan(Algorithm algorithm, long seed) {
        return RunPlan.of(algorithm.rule())
                .withThreshold(1e-7)
                .withDelay(Delays.constant(DELAY))
                .withRefractoryNanos(DELAY / TICKS)
                .withSeed(seed);
    }

    private static Algorithm steps(double etaTimesDelay) {
        return Algorithms.pcNudge(Algorithms.gradient(etaTimesDelay / TICKS));
    }

    private static boolean settles(Algorithm algorithm, long seed, long messagesMax)
            throws java.io.IOException {
        Problem p = problem(seed);
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan(algorithm, seed))) {
            boolean settled =
                    session.settle(Phase.nudged(p.input(), p.target(), BETA), BUDGET)
                            instanceof Settled;
            return settled && session.report().messages() <= messagesMax;
        }
    }

    private static int settled(double etaTimesDelay) throws java.io.IOException {
        int count = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            count += settles(steps(etaTimesDelay), seed, Long.MAX_VALUE) ? 1 : 0;
        }
        return count;
    }

    @Test
    void stepsFailAboveTheBoundAndTheErrorFormDoesNot() throws java.io.IOException {
        List<Double> bounds = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Algorithm one = steps(0.3);
            Certificate c =
                    Certificates.of(
                                    new Method(one, Estimator.ONE_SIDED, BETA),
                                    problem(seed),
                                    plan(one, seed))
                            .orElseThrow();
            bounds.add(c.stepLimit() * TICKS);
            assertTrue(
                    settles(Algorithms.pcNudge(new PredictiveCoding()), seed, 200), "seed " + seed);
        }
        int slow = settled(0.3);
        int fast = settled(1.0);
        System.out.printf(
                "gradient steps, delay of 20 ticks: bounds %s; settled %d of 5 at .3, %d at 1%n",
                bounds, slow, fast);
        assertEquals(SEEDS, slow);
        assertTrue(fast <= 1, "settled at 1: " + fast);
        for (double bound : bounds) {
            assertTrue(bound > 0.3 && bound < 1.0, "bound " + bound);
        }
    }
}
