package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Yardstick;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** The gradient of cells in single precision against that of the reference in double precision. */
class FloatGradientTest {
    private static final Algorithm ALGORITHM = Algorithms.pcNudge(new PredictiveCoding());
    private static final double FLOAT = Kernels.Precision.FLOAT.rounding();
    private static final double BETA = 1e-5; // centred, so that its error is far below rounding

    private static Problem problem(long seed, int batch, int... layers) throws IOException {
        return ProblemSpec.defaults()
                .withLayers(layers)
                .withBatch(batch)
                .withSeed(seed)
                .build()
                .in(Kernels.Precision.FLOAT);
    }

    private static RunPlan plan(Kernels.Kind kernels) {
        return RunPlan.of(ALGORITHM.rule()).withKernels(kernels);
    }

    private static GradientEstimate estimate(
            Host host, RunPlan plan, Problem p, Estimator estimator, double beta) {
        Method method = new Method(ALGORITHM, estimator, beta);
        try (host;
                Session session = host.open(p.network(), plan)) {
            return GradientEstimate.of(session, method, p.input(), p.target(), Budget.DEFAULT);
        }
    }

    private static double error(Problem p, GradientEstimate estimate) {
        assertInstanceOf(Settled.class, estimate.verdict(), estimate.toString());
        Parameters reference =
                Backprop.of(p.network())
                        .gradient(p.network().parameters(), p.input(), p.target())
                        .gradient();
        return GradientComparison.of(p.network(), estimate.update().gradient(), reference)
                .total()
                .relativeError();
    }

    private static double error(Kernels.Kind kernels, Problem p) {
        return error(p, estimate(new VirtualHost(), plan(kernels), p, Estimator.CENTRED, BETA));
    }

    /**
     * In units of the rounding of float: cells leave changes of 16 roundings unsent, and sums of n
     * terms have more. The twin in double precision is far below one rounding of float, so that the
     * reference and the strength are not what is measured.
     */
    @ParameterizedTest
    @CsvSource({"1,1", "2,5", "3,16", "4,33"})
    void theErrorIsOfTheOrderOfFloatsRounding(long seed, int batch) throws IOException {
        Problem p = problem(seed, batch, 9, 17, 13, 5);
        double inFloat = error(Kernels.Kind.STRICT_FLOAT, p) / FLOAT;
        double inDouble = error(Kernels.Kind.STRICT, p) / FLOAT;
        assertTrue(inFloat <= 100.0, inFloat + " roundings, seed " + seed);
        assertTrue(inFloat >= 0.1, inFloat + " roundings: products are not in float, seed " + seed);
        assertTrue(inDouble <= 0.1, inDouble + " roundings in double, seed " + seed);
    }

    /** What a check allows for rounding covers it, and does not cover a wrong gradient. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theFloorOfACheckCoversIt(long seed) throws IOException {
        Problem p = problem(seed, 3, 9, 17, 13, 5);
        RunPlan plan = plan(Kernels.Kind.STRICT_FLOAT);
        Claim claim = Claim.of(ALGORITHM, Estimator.CENTRED, null);
        Yardstick yardstick =
                new Yardstick(claim, p, null, BETA, NotAnEquilibriumException.FARTHEST);
        double allowed = yardstick.floor(BETA, plan.threshold()) / yardstick.rounding().size();
        double found = error(Kernels.Kind.STRICT_FLOAT, p);
        assertTrue(found <= allowed, found + " of " + allowed + ", seed " + seed);
        double wrong = error(p, estimate(new VirtualHost(), plan, p, Estimator.ONE_SIDED, 1e-2));
        assertTrue(wrong > allowed, wrong + " of " + allowed + ", seed " + seed);
        assertTrue(allowed < 1e-3, "allowed " + allowed);
    }

    /**
     * Errors are variables of their own: a strength far below the rounding of float is measured.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-9, 1e-30, 1e-60})
    void aStrengthBelowTheRoundingOfFloatKeepsItsErrors(double beta) throws IOException {
        Problem p = problem(5, 4, 9, 17, 13, 5);
        RunPlan plan = plan(Kernels.Kind.STRICT_FLOAT);
        double found = error(p, estimate(new VirtualHost(), plan, p, Estimator.ONE_SIDED, beta));
        assertTrue(found <= 3.0 * beta + 100.0 * FLOAT, found + " at beta " + beta);
    }

    /** As in double precision, hosts reach the same equilibrium to what they leave unsent. */
    @ParameterizedTest
    @ValueSource(strings = {"layer", "block:4", "neuron"})
    void hostsAndGranularitiesAgree(String cells) throws IOException {
        Problem p = problem(6, 5, 9, 17, 13, 5);
        RunPlan plan = plan(Kernels.Kind.FAST_FLOAT).withGranularity(Granularity.parse(cells));
        RunPlan delayed = plan.withDelay(Delays.parse("exponential:200us"));
        double[] errors = {
            error(p, estimate(new VirtualHost(), plan, p, Estimator.CENTRED, BETA)),
            error(p, estimate(new VirtualHost(), delayed, p, Estimator.CENTRED, BETA)),
            error(p, estimate(new AkkaHost(2), delayed, p, Estimator.CENTRED, BETA)),
            error(p, estimate(new SynchronousHost(), plan, p, Estimator.CENTRED, BETA))
        };
        for (double error : errors) {
            assertTrue(error <= 100.0 * FLOAT, cells + ": " + error / FLOAT + " roundings");
        }
    }

    /** A nudge of order 1 feeds rounding back; cells come to rest all the same. */
    @ParameterizedTest
    @CsvSource({"0.1,1", "0.3,2", "1.0,3"})
    void aLargeNudgeComesToRest(double beta, long seed) throws IOException {
        Problem p = problem(seed, 16, 20, 30, 25, 6);
        RunPlan plan = plan(Kernels.Kind.STRICT_FLOAT);
        GradientEstimate found = estimate(new VirtualHost(), plan, p, Estimator.ONE_SIDED, beta);
        assertInstanceOf(Settled.class, found.verdict(), found + ", seed " + seed);
    }

    /** Rounding grows with the activities, and so does what is left unsent. */
    @ParameterizedTest
    @CsvSource({"1.0,RELU", "1e3,RELU", "1e5,RELU", "1e3,LINEAR"})
    void largeActivitiesComeToRest(double size, StandardActivation activation) throws IOException {
        Problem drawn =
                ProblemSpec.defaults()
                        .withLayers(20, 30, 25, 6)
                        .withActivation(activation)
                        .withBatch(16)
                        .build();
        Problem p =
                new Problem(
                                drawn.network(),
                                times(drawn.input(), size),
                                times(drawn.target(), size),
                                "random",
                                "large")
                        .in(Kernels.Precision.FLOAT);
        RunPlan plan = plan(Kernels.Kind.STRICT_FLOAT).withTolerance(Math.min(0.9, 1e-4 * size));
        for (double beta : new double[] {1e-4, 0.3}) {
            GradientEstimate found =
                    estimate(new VirtualHost(), plan, p, Estimator.ONE_SIDED, beta);
            assertInstanceOf(Settled.class, found.verdict(), found + " at beta " + beta);
        }
    }

    private static Matrix times(Matrix m, double factor) {
        double[] values = m.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
        return Matrix.of(m.rows(), m.columns(), values);
    }

    @Test
    void weightsOfAProblemAreRoundedOnce() throws IOException {
        Problem p = problem(1, 1, 9, 5, 3);
        for (double[] row : p.network().parameters().weights(0)) {
            for (double w : row) {
                assertEquals((double) (float) w, w);
            }
        }
        assertSame(p, p.in(Kernels.Precision.FLOAT));
        assertEquals(Kernels.Precision.FLOAT, p.dense().orElseThrow().precision());
    }
}
