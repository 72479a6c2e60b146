package org.relaxon.experiments.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;

class BaselineBackpropTest {
    private static final double RATE = 1.0; // so that a change is not small against its weight

    @ParameterizedTest
    @CsvSource({
        "STRICT, TANH, SQUARED, 1",
        "STRICT, TANH, SQUARED, 7",
        "STRICT, RELU, CROSS_ENTROPY, 7",
        "FAST, SIGMOID, SQUARED, 6",
        "FAST, SOFTPLUS, CROSS_ENTROPY, 1",
        "STRICT, HARD_SIGMOID, SQUARED, 4",
    })
    void oneStepChangesEveryWeightByMinusRateTimesTheReferenceGradient(
            Kernels.Kind kind, StandardActivation activation, StandardLoss loss, int batch)
            throws Exception {
        Problem problem =
                ProblemSpec.defaults()
                        .withLayers(5, 9, 6, 3)
                        .withActivation(activation)
                        .withLoss(loss)
                        .withBatch(batch)
                        .build();
        Network network = problem.network();
        BaselineBackprop baseline = new BaselineBackprop(network, kind);
        for (int step = 0; step < 2; step++) { // the second from other weights
            Parameters before = baseline.parameters().copy();
            ReferenceGradient reference =
                    Backprop.of(network).gradient(before, problem.input(), problem.target());

            baseline.step(problem.input(), problem.target(), RATE);

            Parameters change = change(network, before, baseline.parameters());
            double error =
                    GradientComparison.relativeDifference(network, change, reference.gradient());
            assertTrue(error <= 1e-12, "relative error " + error);
        }
    }

    @Test
    void theNetworkKeepsItsWeightsAndTheNextBatchMayHaveAnotherSize() throws Exception {
        Problem one = ProblemSpec.defaults().withBatch(2).build();
        Problem other = ProblemSpec.defaults().withBatch(3).build();
        Parameters initial = one.network().parameters().copy();
        BaselineBackprop baseline = new BaselineBackprop(one.network(), Kernels.Kind.STRICT);

        baseline.step(one.input(), one.target(), 0.1);
        baseline.step(other.input(), other.target(), 0.1);

        assertEquals(3, baseline.output(other.input()).columns());
        assertEquals(
                0.0,
                GradientComparison.relativeDifference(
                        one.network(), one.network().parameters(), initial));
    }

    @Test
    void theOutputIsTheReferencesOutput() throws Exception {
        Problem problem = ProblemSpec.defaults().withBatch(5).build();
        BaselineBackprop baseline = new BaselineBackprop(problem.network(), Kernels.Kind.STRICT);
        Matrix expected =
                Backprop.of(problem.network())
                        .gradient(problem.network().parameters(), problem.input(), problem.target())
                        .output();

        Matrix found = baseline.output(problem.input());

        for (int k = 0; k < expected.values().length; k++) {
            assertEquals(expected.values()[k], found.values()[k], 1e-14);
        }
    }

    @Test
    void whatIsNotAChainAndWhatDoesNotFitIsRefused() throws Exception {
        Network skip =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 2)
                        .hidden("a", 3, StandardActivation.TANH)
                        .output("out", 1, StandardActivation.LINEAR)
                        .project("1", "in", "a")
                        .project("2", "a", "out")
                        .project("3", "in", "out")
                        .build(Initialisation.uniform(1));
        Problem problem = ProblemSpec.defaults().build();
        BaselineBackprop baseline = new BaselineBackprop(problem.network(), Kernels.Kind.STRICT);

        assertThrows(
                IllegalArgumentException.class,
                () -> new BaselineBackprop(skip, Kernels.Kind.STRICT));
        assertThrows(
                IllegalArgumentException.class,
                () -> baseline.step(Matrix.zeros(3, 1), problem.target(), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> baseline.step(problem.input(), Matrix.zeros(4, 2), 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> baseline.step(problem.input(), problem.target(), Double.NaN));
    }

    /** (before - after) / rate. */
    private static Parameters change(Network network, Parameters before, Parameters after) {
        Parameters out = network.zeros();
        for (Projection e : network.projections()) {
            for (int i = 0; i < out.weights(e.index()).length; i++) {
                subtract(
                        before.weights(e.index())[i],
                        after.weights(e.index())[i],
                        out.weights(e.index())[i]);
            }
        }
        network.populations()
                .forEach(
                        p ->
                                subtract(
                                        before.biases(p.index()),
                                        after.biases(p.index()),
                                        out.biases(p.index())));
        return out;
    }

    private static void subtract(double[] before, double[] after, double[] into) {
        for (int k = 0; k < into.length; k++) {
            into[k] = (before[k] - after[k]) / RATE;
        }
    }
}
