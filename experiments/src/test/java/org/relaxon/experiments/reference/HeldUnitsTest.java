package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * ReLU networks beside a solver that finds the sides of all kinks and the multipliers by itself.
 */
class HeldUnitsTest {
    private static Problem problem(int seed, int batch, int... layers) throws IOException {
        return Defaults.of(Algorithms.pcNudge())
                .applyTo(
                        ProblemSpec.defaults()
                                .withLayers(layers)
                                .withActivation(StandardActivation.RELU)
                                .withBatch(batch)
                                .withSeed(seed))
                .build();
    }

    private static RunPlan plan() {
        return Defaults.runPlan(Algorithms.pcNudge())
                .withGranularity(Granularity.LAYER)
                .withThreshold(1e-13);
    }

    /**
     * At a strong nudge many units are held; the solver finds the same ones and the same update.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.05})
    void theUpdateOfHeldUnitsIsThatOfTheMinimum(double beta) throws IOException {
        int examples = 0;
        int others = 0;
        double least = Double.POSITIVE_INFINITY;
        try (Host host = new VirtualHost()) {
            for (int example = 0; example < 64; example++) {
                Problem problem = problem(1, 64, 32, 32, 32, 32);
                double[] x = problem.input().columnValues(example);
                double[] t = problem.target().columnValues(example);
                try (Session session = host.open(problem.network(), plan())) {
                    Settlement verdict =
                            session.settle(
                                    Estimator.ONE_SIDED.phase(
                                            Matrix.column(x), Matrix.column(t), beta),
                                    Budget.DEFAULT);
                    String where = "example " + example;
                    assertTrue(verdict instanceof Conclusive, where + " " + verdict);
                    Conclusive done = (Conclusive) verdict;
                    double[] update =
                            ReluNets.flat(
                                    problem.network(),
                                    session.update(done, Estimator.ONE_SIDED).gradient());
                    ReluMinimum minimum = new ReluMinimum(problem.network(), beta, x, t).anywhere();
                    double[] ideal = minimum.gradient();
                    double off = ReluNets.distance(update, ideal) / ReluNets.norm(ideal);
                    if (!(off < 1e-6)) {
                        others++; // where the energy bends downwards both sides can be minima
                        continue;
                    }
                    assertEquals(minimum.held(), done.equilibrium().heldAtKink(0), where);
                    if (minimum.held() > 0) {
                        examples++;
                        double[] free =
                                new ReluMinimum(problem.network(), beta, x, t)
                                        .onTheRegionOfTheFreeState()
                                        .gradient();
                        least =
                                Math.min(
                                        least,
                                        ReluNets.distance(free, ideal) / ReluNets.norm(ideal));
                    }
                }
            }
        }
        assertTrue(others <= 3, others + " of 64 rest elsewhere");
        assertTrue(examples >= 3, "only so many were held: " + examples);
        assertTrue(least > 1e-5, "slopes of one side would have passed as well: " + least);
    }

    /**
     * In 12 layers with the weights of He the drive answers to a change of the slope late and up to
     * 15 times as strongly as the unit's own weights tell: examples whose search swung for good, or
     * fell silent beside the kink.
     */
    @ParameterizedTest
    @CsvSource({"6, 20", "6, 44", "7, 10", "16, 49", "19, 3", "21, 30", "23, 43"})
    void aDriveThatAnswersLateIsHeldToo(int seed, int example) throws IOException {
        int[] layers = new int[13];
        Arrays.fill(layers, 16);
        layers[12] = 10;
        Problem problem = ReluNets.problem(Scheme.HE, seed, layers);
        Network network = problem.network();
        double[] x = problem.input().columnValues(example);
        double[] t = problem.target().columnValues(example);
        ReluMinimum minimum = new ReluMinimum(network, ReluNets.BETA, x, t).anywhere();
        double[] ideal = minimum.gradient();
        double[] free =
                new ReluMinimum(network, ReluNets.BETA, x, t)
                        .onTheRegionOfTheFreeState()
                        .gradient();
        try (Host host = new VirtualHost();
                Session session = host.open(network, ReluNets.plan())) {
            Phase phase =
                    Estimator.ONE_SIDED.phase(Matrix.column(x), Matrix.column(t), ReluNets.BETA);
            Settlement verdict = session.settle(phase, Budget.DEFAULT);
            assertTrue(verdict instanceof Conclusive, verdict.toString());
            Conclusive done = (Conclusive) verdict;
            double[] update =
                    ReluNets.flat(network, session.update(done, Estimator.ONE_SIDED).gradient());
            assertEquals(1, minimum.held());
            assertEquals(1, done.equilibrium().heldAtKink(0));
            double scale = ReluNets.norm(ideal);
            double off = ReluNets.distance(update, ideal) / scale;
            double ofASide = ReluNets.distance(free, ideal) / scale;
            assertTrue(off < 1e-5, "off by " + off);
            assertTrue(ofASide > 1e-4, "the slope of a side would have passed: " + ofASide);
        }
    }
}
