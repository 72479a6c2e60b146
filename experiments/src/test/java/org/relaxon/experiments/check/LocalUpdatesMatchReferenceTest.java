package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

class LocalUpdatesMatchReferenceTest {
    private static final ProblemSpec PROBLEM = ProblemSpec.defaults(); // 8-16-12-4, tanh
    private static final CheckPlan PLAN =
            CheckPlan.of(PROBLEM, List.of(new VirtualHost())).withAlgorithms(algorithms());
    private static final Granularity[] GRANULARITIES = {
        Granularity.LAYER, Granularity.NEURON, new Granularity(3)
    };

    @Test
    void theClaimHoldsUnderEveryDelayAtEveryGranularity() throws IOException {
        CheckResult result =
                run(PLAN.withGranularities(GRANULARITIES).withDelays(delays()).withSeeds(seeds(3)));

        assertEquals(2 * 3 * 5, result.cases().size());
        assertHolds(result);
        for (CheckCase c : result.cases()) {
            assertTrue(c.relativeError() <= 5e-4, c.toString()); // acceptance check A1
            assertTrue(c.oneMinusCosine() <= 2e-8, c.toString());
            assertEquals(1.0, c.signAgreement(), 0.01);
        }
    }

    @Test
    void theClaimHoldsOnTheSynchronousBaseline() throws IOException {
        assertHolds(
                run(
                        PLAN.withHosts(new SynchronousHost())
                                .withGranularities(GRANULARITIES)
                                .withSeeds(seeds(5))));
    }

    /** Acceptance check A3; measured 3.5e-12 over 10 seeds. */
    @Test
    void neitherDelayNorGranularityNorHostMovesTheGradient() throws IOException {
        CheckPlan exact = PLAN.withThreshold(1e-13).withSeeds(seeds(3));
        CheckResult asynchronous = run(exact.withGranularities(GRANULARITIES).withDelays(delays()));
        CheckResult hosts = run(exact.withHosts(new VirtualHost(), new SynchronousHost()));

        assertTrue(asynchronous.spread() <= 1e-11, "spread " + asynchronous.spread());
        assertTrue(hosts.spread() <= 1e-11, "spread " + hosts.spread());
        assertHolds(asynchronous);
    }

    @ParameterizedTest
    @CsvSource({
        "TANH, SQUARED, LINEAR",
        "SIGMOID, SQUARED, LINEAR",
        "SOFTPLUS, SQUARED, LINEAR",
        "LINEAR, SQUARED, LINEAR",
        "RELU, SQUARED, LINEAR",
        "HARD_SIGMOID, SQUARED, LINEAR",
        "TANH, SQUARED, TANH",
        "TANH, SQUARED, SIGMOID",
        "TANH, CROSS_ENTROPY, LINEAR",
        "RELU, CROSS_ENTROPY, LINEAR",
        "SOFTPLUS, CROSS_ENTROPY, LINEAR",
    })
    void theClaimHoldsForEveryActivationLossAndEstimator(
            StandardActivation hidden, StandardLoss loss, StandardActivation output)
            throws IOException {
        ProblemSpec problem =
                PROBLEM.withActivation(hidden).withOutputActivation(output).withLoss(loss);
        for (Estimator estimator : Estimator.values()) {
            assertHolds(
                    run(PLAN.withProblem(problem).withEstimator(estimator).withSeeds(seeds(10))));
        }
    }

    @ParameterizedTest
    @CsvSource({"UNIFORM, 1", "NORMAL, 1", "HE, 1", "GLOROT, 1", "UNIFORM, 2", "UNIFORM, .3"})
    void theClaimHoldsForEveryInitialisation(Initialisation.Scheme scheme, double gain)
            throws IOException {
        assertHolds(
                run(
                        PLAN.withProblem(PROBLEM.withScheme(scheme).withGain(gain))
                                .withSeeds(seeds(10))));
        assertHolds(
                run(
                        PLAN.withProblem(PROBLEM.withScheme(scheme).withGain(gain))
                                .withEstimator(Estimator.CENTRED)
                                .withStrength(1e-5)
                                .withSeeds(seeds(10))));
    }

    @Test
    void theClaimHoldsForBatchesOfDataAndFastKernels() throws IOException {
        assertHolds(run(PLAN.withProblem(PROBLEM.withData("strokes").withBatch(8))));
        assertHolds(
                run(
                        PLAN.withProblem(PROBLEM.withData("two-moons").withBatch(32))
                                .withKernels(Kernels.Kind.FAST)));
    }

    /** Acceptance check A4: no floor from cancellation, one-sided at 1e-9 and centred at 1e-6. */
    @Test
    void verySmallNudgesHaveNoFloor() throws IOException {
        CheckResult oneSided = run(PLAN.withStrength(1e-9).withSeeds(seeds(10)));
        CheckResult centred =
                run(PLAN.withStrength(1e-6).withEstimator(Estimator.CENTRED).withSeeds(seeds(10)));

        assertHolds(oneSided);
        assertHolds(centred);
        assertTrue(oneSided.cases().get(0).relativeError() <= 1e-8);
        assertTrue(centred.cases().get(0).relativeError() <= 1e-10);
    }

    /** Acceptance check A2. */
    @Test
    void theOrderIsOneForOneSidedAndTwoForCentredEstimates() throws IOException {
        for (Estimator estimator : Estimator.values()) {
            CheckResult result =
                    run(PLAN.withEstimator(estimator).withStrength(1e-2).withSeeds(seeds(10)));
            for (CheckCase c : result.cases()) {
                assertEquals(estimator.order(), c.order(), 0.03, c.toString());
            }
            assertHolds(result);
        }
    }

    /** With one weight layer and linear output every element of g/R is known in closed form. */
    @Test
    void oneWeightLayerFallsShortByExactlyWhatTheTheorySays() throws IOException {
        double b = 0.25;
        for (Algorithm algorithm : algorithms()) {
            assertRatio(algorithm, Estimator.ONE_SIDED, b, 1 / (1 + b));
            assertRatio(algorithm, Estimator.NEGATIVE, b, 1 / (1 - b));
            assertRatio(algorithm, Estimator.CENTRED, b, 1 / (1 - b * b));
            CheckPlan plan =
                    PLAN.withAlgorithms(algorithm)
                            .withProblem(PROBLEM.withLayers(5, 3))
                            .withStrength(1e-3);
            assertHolds(run(plan));
            assertHolds(run(plan.withEstimator(Estimator.CENTRED)));
        }
    }

    private static void assertRatio(
            Algorithm algorithm, Estimator estimator, double beta, double ratio)
            throws IOException {
        CheckResult result =
                run(
                        PLAN.withAlgorithms(algorithm)
                                .withProblem(PROBLEM.withLayers(5, 3).withBatch(2))
                                .withEstimator(estimator)
                                .withStrength(beta)
                                .withThreshold(0));
        Parameters g = result.cases().get(0).seeds().get(0).estimate();
        Parameters r = result.problems().get(0).reference().gradient();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 5; j++) {
                assertEquals(ratio, g.weights(0)[i][j] / r.weights(0)[i][j], 1e-12 * ratio);
            }
            assertEquals(ratio, g.biases(1)[i] / r.biases(1)[i], 1e-12 * ratio);
        }
    }

    @Test
    void theEstimateOfABatchIsTheSumOfTheEstimatesOfItsExamples() throws IOException {
        int batch = 64;
        CheckPlan plan = PLAN.withAlgorithms(Algorithms.pcNudge()).withThreshold(1e-14);
        CheckResult whole = run(plan.withProblem(PROBLEM.withBatch(batch)));
        Network network = whole.problems().get(0).problem().network();
        Parameters sum = network.zeros();
        for (int k = 0; k < batch; k++) {
            CheckResult one = run(plan.withProblem(PROBLEM.withFirstSample(k)));
            Gradients.add(network, one.cases().get(0).seeds().get(0).estimate(), sum);
        }

        double difference =
                Gradients.relativeDifference(
                        network, whole.cases().get(0).seeds().get(0).estimate(), sum);

        assertTrue(difference <= 1e-12, "relative difference " + difference);
    }

    @Test
    void everyFigureOfACaseIsFilledIn() throws IOException {
        CheckResult result = run(PLAN.withSeeds(seeds(3)));
        CheckCase worst = result.cases().get(0);

        assertEquals("settled", worst.verdict());
        assertEquals(3, worst.seeds().size());
        assertEquals(worst.relativeError(), worst.comparison().total().relativeError());
        assertEquals(6, worst.comparison().projections().size());
        assertTrue(worst.messages() > 0 && worst.messages() <= 120); // acceptance check A19
        assertTrue(worst.synapticOperations() > 0);
        assertTrue(worst.wallSeconds() > 0);
        assertTrue(worst.residual() >= 0 && worst.residual() <= 1e-8);
        assertTrue(worst.window().contains(worst.relativeError()));
        assertNotNull(worst.cosine());
        assertEquals(CheckResult.HOLDS, result.exitCode());
        Problem problem = result.problems().get(2).problem();
        assertEquals(PROBLEM.withSeed(3).build().input(), problem.input());
        assertTrue(result.cases().get(1).relativeError() <= worst.relativeError(), "worst first");
    }

    private static CheckResult run(CheckPlan plan) throws IOException {
        return new LocalUpdatesMatchReference(plan).run();
    }

    private static void assertHolds(CheckResult result) {
        for (CheckCase c : result.cases()) {
            assertTrue(c.holds(), c.toString());
        }
        assertTrue(result.holds());
    }

    private static Algorithm[] algorithms() {
        return new Algorithm[] {Algorithms.pcNudge(), Algorithms.fenchelYoung()};
    }

    private static DelayModel[] delays() {
        return Stream.of(
                        "none",
                        "constant:1ms",
                        "uniform:0ms,2ms",
                        "exponential:1ms",
                        "pareto:1ms,1.5")
                .map(Delays::parse)
                .toArray(DelayModel[]::new);
    }

    private static List<Long> seeds(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
