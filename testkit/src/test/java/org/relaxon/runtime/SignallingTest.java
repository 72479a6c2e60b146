package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Signalling;
import org.relaxon.runtime.Family.Member;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * What is lost when cells say little: the error of the estimate is proportional to the threshold,
 * or to the step of the grid that signals are rounded to, and for absolute activities of two phases
 * also to 1 / beta (theory of event-triggered signals).
 */
class SignallingTest {
    private static final int SEEDS = 5;
    private static final double FACTOR = 3.0;
    private static final List<Double> STEPS = List.of(1e-3, 1e-4, 1e-5, 1e-6, 1e-7);

    private static final Member PC = new Member(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-2, 0);
    private static final Member EP =
            new Member(Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 1e-1, 0);

    private static RunPlan plan(Member m, long seed) {
        return Family.plan(m)
                .withGranularity(Granularity.NEURON)
                .withDelay(Delays.parse("exponential:1ms"))
                .withSeed(seed);
    }

    private static Problem problem(Member m, long seed) {
        return m == PC ? Problem.tanh(seed, 1, 4, 6, 5, 3) : Family.hopfield(seed, 1);
    }

    /** Root mean square over seeds of the relative deviation from exact signals. */
    private static double deviation(Host host, Member m, boolean rounded, double step) {
        double sum = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunPlan exact = plan(m, seed);
            RunPlan coarse =
                    (rounded ? exact.withQuantum(step) : exact.withThreshold(step))
                            .withTolerance(Math.min(0.5, 100 * step))
                            .withResolution(Double.POSITIVE_INFINITY); // it is what is measured
            double[] a = Family.flat(Family.estimate(host, exact, m, problem(m, seed)), seed);
            double[] b = Family.flat(Family.estimate(host, coarse, m, problem(m, seed)), step);
            double d = Compare.relative(b, a);
            sum += d * d;
        }
        return Math.sqrt(sum / SEEDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorsOfPredictiveCodingAreProportionalToTheStep(boolean rounded) {
        List<Double> constants = new ArrayList<>();
        try (Host host = new VirtualHost()) {
            for (double step : STEPS) {
                constants.add(deviation(host, PC, rounded, step) / step);
            }
        }
        System.out.printf(
                "pc, %s: deviation / step %s%n", rounded ? "grid" : "threshold", constants);
        requireConstant(constants);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorsOfContrastsAreProportionalToTheStepOverBeta(boolean rounded) {
        List<Double> constants = new ArrayList<>();
        try (Host host = new VirtualHost()) {
            for (double step : STEPS) {
                constants.add(
                        deviation(host, EP, rounded, step / 10) / (step / 10) * EP.strength());
            }
        }
        System.out.printf(
                "ep, %s: deviation x beta / step %s%n", rounded ? "grid" : "threshold", constants);
        requireConstant(constants);
    }

    /** One constant, the geometric mean of all, fits every decade within a factor. */
    private static void requireConstant(List<Double> constants) {
        double mean = Math.exp(constants.stream().mapToDouble(Math::log).average().orElseThrow());
        for (double c : constants) {
            assertTrue(c <= FACTOR * mean && c >= mean / FACTOR, constants + " against " + mean);
        }
    }

    @Test
    void spikesAndEventsAreCounted() {
        try (Host host = new VirtualHost()) {
            RunReport exact = Family.estimate(host, plan(PC, 1), PC, problem(PC, 1)).report();
            RunReport coarse =
                    Family.estimate(
                                    host,
                                    plan(PC, 1).withQuantum(1e-2).withTolerance(0.5),
                                    PC,
                                    problem(PC, 1))
                            .report();
            assertEquals(0, exact.spikes());
            assertTrue(coarse.spikes() > 0);
            assertTrue(coarse.eventOperations() < exact.eventOperations());
            assertTrue(exact.eventOperations() <= exact.synapticOperations());
        }
    }

    @Test
    void gridsAndBitsAreRefusedByName() {
        assertEquals(0.25, Signalling.quantumOfBits(3));
        assertThrows(IllegalArgumentException.class, () -> Signalling.quantumOfBits(0));
        RunPlan plan = plan(PC, 1);
        assertThrows(IllegalArgumentException.class, () -> plan.withQuantum(-1));
        assertThrows(IllegalArgumentException.class, () -> plan.withQuantum(Double.NaN));
    }
}
