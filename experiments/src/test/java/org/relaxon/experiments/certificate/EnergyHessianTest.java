package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

/** H v against differences of the energies' gradients, written out for layers 3-5-4-2. */
class EnergyHessianTest {
    private static final double[] INPUT = {0.7, -0.4, 0.9};
    private static final double BETA = 0.7;

    @Test
    void matchesDifferencesOfTheGradient() {
        for (Loss loss : StandardLoss.values()) {
            for (EnergyFamily family : EnergyFamily.values()) {
                if (family != EnergyFamily.DATAFLOW) {
                    double mismatch = mismatch(family, family, loss, BETA);
                    assertTrue(mismatch < 1e-6, family + " " + loss + " " + mismatch);
                }
            }
        }
    }

    @Test
    void anotherEnergyOrNudgeIsSeen() {
        EnergyFamily squared = EnergyFamily.DIVERGENCE_SQUARED;
        EnergyFamily dual = EnergyFamily.DIVERGENCE_FENCHEL_YOUNG;

        assertTrue(mismatch(squared, dual, StandardLoss.SQUARED, BETA) > 1e-2);
        assertTrue(mismatch(squared, squared, StandardLoss.SQUARED, -BETA) > 1e-2);
        assertTrue(mismatch(dual, EnergyFamily.HOPFIELD, StandardLoss.SQUARED, BETA) > 1e-2);
    }

    /** Biases -3 silence both neurons of the hidden layer; what is left is 1 + beta. */
    @Test
    void neuronsThatCannotMoveAreLeftOutAndCounted() {
        Network network =
                Network.layered(
                        new int[] {3, 2, 1},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(4));
        network.parameters().biases(1)[0] = -3;
        network.parameters().biases(1)[1] = -3;
        Synapses synapses = new Synapses(network, network.parameters());
        OperatingPoint at = OperatingPoint.hopfield(synapses, INPUT, 1.0).orElseThrow();

        EnergyHessian found = new EnergyHessian(synapses, at, EnergyFamily.HOPFIELD, 0.5);

        assertEquals(2, found.dead());
        assertEquals(1.5, found.spectrum().smallest(), 1e-14);
        assertEquals(1.5, found.spectrum().largest(), 1e-14);
    }

    private static double mismatch(
            EnergyFamily claimed, EnergyFamily real, Loss loss, double beta) {
        Network network =
                Network.layered(
                        new int[] {3, 5, 4, 2},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        loss,
                        new Initialisation(Initialisation.Scheme.NORMAL, 0.5, 8));
        Synapses synapses = new Synapses(network, network.parameters());
        OperatingPoint at =
                (claimed == EnergyFamily.HOPFIELD
                                ? OperatingPoint.hopfield(synapses, INPUT, 1.0)
                                : OperatingPoint.feedforward(synapses, INPUT))
                        .orElseThrow();
        EnergyHessian hessian = new EnergyHessian(synapses, at, claimed, beta);
        double[] x = new double[11];
        synapses.join(at.activity(), x, 0);
        double most = 0;
        for (int j = 0; j < 11; j++) {
            double[] unit = new double[11];
            unit[j] = 1;
            double[] product = hessian.product(unit);
            double[] up = x.clone();
            double[] down = x.clone();
            up[j] += 1e-5;
            down[j] -= 1e-5;
            double[] above = gradient(network, real, up);
            double[] below = gradient(network, real, down);
            for (int i = 0; i < 11; i++) {
                most = Math.max(most, Math.abs((above[i] - below[i]) / 2e-5 - product[i]));
            }
        }
        return most;
    }

    /** d(I + BETA L)/dx; the target moves nothing but a constant, so that it is 0. */
    private static double[] gradient(Network network, EnergyFamily family, double[] x) {
        int[] at = {0, 0, 5, 9};
        double[] g = new double[11];
        for (int l = 1; l <= 3; l++) {
            double[][] w = network.parameters().weights(l - 1);
            StandardActivation f = (StandardActivation) network.population(l).activation();
            for (int i = 0; i < w.length; i++) {
                double a = network.parameters().biases(l)[i];
                for (int j = 0; j < w[i].length; j++) {
                    a += w[i][j] * (l == 1 ? INPUT[j] : x[at[l - 1] + j]);
                }
                double mu = f.value(a, Elementary.STRICT);
                double own = x[at[l] + i];
                double inverse = l == 3 ? own : 0.5 * Math.log((1 + own) / (1 - own));
                double e = own - mu;
                double back =
                        switch (family) {
                            case DIVERGENCE_SQUARED -> f.slope(a, mu, Elementary.STRICT) * e;
                            case DIVERGENCE_FENCHEL_YOUNG -> e;
                            default -> own;
                        };
                g[at[l] + i] += family == EnergyFamily.DIVERGENCE_SQUARED ? e : inverse - a;
                for (int j = 0; l > 1 && j < w[i].length; j++) {
                    g[at[l - 1] + j] -= w[i][j] * back;
                }
            }
        }
        double sum = Math.exp(x[9]) + Math.exp(x[10]);
        for (int i = 9; i < 11; i++) {
            g[i] += BETA * (network.loss() == StandardLoss.SQUARED ? x[i] : Math.exp(x[i]) / sum);
        }
        return g;
    }
}
