package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/** Slopes of units on kinks from activities alone, beside an active set and by hand. */
class KinkedGradientTest {
    private static final double BETA = 0.1;

    /** The chain 1-1-1-1 of HeldAtKinkTest: x1 = 1/2 + e1, drive of neuron 2 is a0 + e1. */
    private static PredictiveCodingEnergy chain(double a0, double target) {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1, 1},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        for (int k = 0; k < 3; k++) {
            p.weights(k)[0][0] = 1.0;
        }
        p.biases(1)[0] = 0.5;
        p.biases(2)[0] = a0 - 0.5;
        return PredictiveCodingEnergy.nudged(
                drawn.with(p),
                Divergence.SQUARED_DISTANCE,
                0.5,
                Matrix.of(1, 1, new double[] {0}),
                Matrix.of(1, 1, new double[] {target}));
    }

    private static Matrix[] state(double... x) {
        Matrix[] out = new Matrix[x.length];
        for (int p = 0; p < x.length; p++) {
            out[p] = Matrix.of(1, 1, new double[] {x[p]});
        }
        return out;
    }

    private static Parameters nearest(
            PredictiveCodingEnergy energy, Matrix[] reached, Parameters estimate) {
        return KinkedGradient.nearest(
                energy.network(), List.of(energy), List.<Matrix[]>of(reached), estimate, 1e-6);
    }

    /** e2 = (T - 0) / 4 = -1 and s = (0 - a0) / e2 = 1/8, whatever the estimate says. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.125, 0.9, 7})
    void theSlopeIsTheOneThatLetsThePresynapticNeuronRest(double planted) {
        PredictiveCodingEnergy energy = chain(0.125, -4);
        Parameters estimate = energy.network().zeros();
        estimate.biases(2)[0] = planted / 0.5;
        estimate.weights(1)[0][0] = planted / 0.5 * 0.375;
        Parameters found = nearest(energy, state(0, 0.375 + 1e-9, -1 - 1e-9, -2), estimate);
        assertEquals(0.125 / 0.5, found.biases(2)[0], 1e-7);
        assertEquals(0.125 / 0.5 * 0.375, found.weights(1)[0][0], 1e-7);
        assertEquals(1 / 0.5, found.biases(3)[0], 1e-12);
    }

    /** With the right estimate it is found to rounding, from activities that are off by 1e-9. */
    @Test
    void theActivitiesArePolished() {
        PredictiveCodingEnergy energy = chain(0.125, -4);
        Parameters estimate = energy.network().zeros();
        estimate.biases(2)[0] = 0.125 / 0.5;
        estimate.weights(1)[0][0] = 0.125 / 0.5 * 0.375;
        Parameters found = nearest(energy, state(0, 0.375 + 1e-9, -1 - 1e-9, -2), estimate);
        assertEquals(0.125 / 0.5, found.biases(2)[0], 1e-14);
    }

    /** a0 = 1.5 would need s = 1.5, which neither side has. */
    @Test
    void aStateThatNoSlopeLetsRestIsRefused() {
        PredictiveCodingEnergy energy = chain(1.5, -4);
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> nearest(energy, state(0, -1, -1, -2), energy.network().zeros()));
        assertTrue(e.getMessage().contains("presynaptic neurons rest"), e.getMessage());
    }

    @Test
    void aStateElsewhereIsRefused() {
        PredictiveCodingEnergy energy = chain(0.125, -4);
        assertThrows(
                NotAnEquilibriumException.class,
                () -> nearest(energy, state(0, 0.375, -1.1, -2), energy.network().zeros()));
    }

    /** Under a target above, e2 = 1: the slope 1/8 belongs to a maximum along the drive. */
    @Test
    void aMaximumIsRefused() {
        PredictiveCodingEnergy energy = chain(-0.125, 4);
        IllegalStateException e =
                assertThrows(
                        IllegalStateException.class,
                        () -> nearest(energy, state(0, 0.625, 1, 2), energy.network().zeros()));
        assertTrue(e.getMessage().contains("maximum"), e.getMessage());
    }

    /** Several examples in one batch, at minima that an active set found. */
    @Test
    void batchesOfHeldUnitsAreThoseOfAnActiveSet() throws IOException {
        Problem problem = ReluNets.problem(Scheme.UNIFORM, 1, 32, 32, 32, 32);
        Network network = problem.network();
        int examples = 12;
        Matrix input = firstColumns(problem.input(), examples);
        Matrix target = firstColumns(problem.target(), examples);
        Matrix[] reached = new Matrix[network.populations().size()];
        for (int p = 0; p < reached.length; p++) {
            reached[p] = Matrix.zeros(network.population(p).size(), examples);
        }
        double[] expected = null;
        int held = 0;
        for (int c = 0; c < examples; c++) {
            ReluMinimum minimum =
                    new ReluMinimum(network, BETA, input.columnValues(c), target.columnValues(c))
                            .anywhere();
            held += minimum.held();
            double[] one = minimum.gradient();
            for (int k = 0; expected != null && k < one.length; k++) {
                one[k] += expected[k];
            }
            expected = one;
            for (int p = 1; p < reached.length; p++) {
                double[] x = minimum.activity(p);
                for (int i = 0; i < x.length; i++) {
                    reached[p].values()[i * examples + c] = x[i];
                }
            }
        }
        assertTrue(held >= 3, "held " + held);
        PredictiveCodingEnergy energy =
                PredictiveCodingEnergy.nudged(
                        network, Divergence.SQUARED_DISTANCE, BETA, input, target);
        assertEquals(held, energy.onKinks(reached));
        Parameters wrong = network.zeros(); // an estimate that knows nothing
        double[] found = ReluNets.flat(network, nearest(energy, reached, wrong));
        double error = ReluNets.distance(found, expected) / ReluNets.norm(expected);
        assertTrue(error < 1e-6, "error " + error);
    }

    private static Matrix firstColumns(Matrix m, int count) {
        Matrix out = Matrix.zeros(m.rows(), count);
        for (int r = 0; r < m.rows(); r++) {
            System.arraycopy(m.values(), r * m.columns(), out.values(), r * count, count);
        }
        return out;
    }
}
