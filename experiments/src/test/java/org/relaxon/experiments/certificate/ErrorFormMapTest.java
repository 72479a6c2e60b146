package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

/** The linearised map against differences of the map that the cells compute, written out here. */
class ErrorFormMapTest {
    private static final double BETA = 1e-3;
    private static final double[] INPUT = {0.7, -0.4, 0.9};

    @Test
    void squaredDivergenceIsTheJacobianOfWhatCellsCompute() {
        check(StandardActivation.TANH, StandardActivation.SIGMOID, StandardLoss.SQUARED, true);
        check(StandardActivation.SOFTPLUS, StandardActivation.TANH, StandardLoss.SQUARED, true);
    }

    @Test
    void fenchelYoungIsTheJacobianOfWhatCellsCompute() {
        check(StandardActivation.SIGMOID, StandardActivation.LINEAR, StandardLoss.SQUARED, false);
        check(StandardActivation.TANH, StandardActivation.TANH, StandardLoss.SQUARED, false);
    }

    @Test
    void crossEntropyIsTheJacobianOfWhatCellsCompute() {
        check(StandardActivation.TANH, StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY, true);
        check(
                StandardActivation.SOFTPLUS,
                StandardActivation.LINEAR,
                StandardLoss.CROSS_ENTROPY,
                false);
    }

    /** The planted mistake: the map of the other divergence, whose terms of order beta differ. */
    @Test
    void theOtherDivergenceIsSeen() {
        Network network =
                network(StandardActivation.TANH, StandardActivation.LINEAR, StandardLoss.SQUARED);
        CellMap cells = new CellMap(network, true);
        ErrorFormMap other = map(network, EnergyFamily.DIVERGENCE_FENCHEL_YOUNG, BETA);

        assertTrue(mismatch(cells, other) > 1e-2);
    }

    @Test
    void theRadiusIsThatOfTheMatrixWrittenOut() {
        Network network =
                network(StandardActivation.TANH, StandardActivation.SIGMOID, StandardLoss.SQUARED);
        for (double beta : new double[] {1e-3, 0.3, 20}) {
            ErrorFormMap map = map(network, EnergyFamily.DIVERGENCE_SQUARED, beta);
            double[][] m = columns(map, 22);

            double found = map.contraction();

            assertEquals(1.0, found / SpectralRadiusTest.dense(m), 1e-5);
        }
    }

    @Test
    void withoutNudgeNothingClosesTheLoop() {
        Network network =
                network(StandardActivation.TANH, StandardActivation.TANH, StandardLoss.SQUARED);
        for (EnergyFamily family :
                new EnergyFamily[] {
                    EnergyFamily.DIVERGENCE_SQUARED, EnergyFamily.DIVERGENCE_FENCHEL_YOUNG
                }) {
            assertEquals(0.0, map(network, family, 0.0).contraction());
            double small = map(network, family, 1e-8).contraction();
            double large = map(network, family, 1e-2).contraction();
            assertTrue(small > 0 && small < large / 10, small + " " + large);
        }
    }

    /** c |P_1 P_1^T + P_2 P_2^T| with P_2 = D_3 W_3 and P_1 = P_2 D_2 W_2. */
    @Test
    void loopGainIsTheNormOfTheHiddenTerms() {
        Network network =
                network(StandardActivation.TANH, StandardActivation.SIGMOID, StandardLoss.SQUARED);
        OperatingPoint at = OperatingPoint.feedforward(synapses(network), INPUT).orElseThrow();
        DMatrixRMaj p2 = jacobian(network, at, 3);
        DMatrixRMaj p1 = new DMatrixRMaj(2, 5);
        CommonOps_DDRM.mult(p2, jacobian(network, at, 2), p1);
        DMatrixRMaj sum = new DMatrixRMaj(2, 2);
        CommonOps_DDRM.multTransB(p2, p2, sum);
        CommonOps_DDRM.multAddTransB(p1, p1, sum);
        double expected = 0.5 / 1.5 * NormOps_DDRM.normP2(sum);

        double found = map(network, EnergyFamily.DIVERGENCE_SQUARED, 0.5).loopGain();

        assertEquals(1.0, found / expected, 1e-9);
        double one = NormOps_DDRM.normP2(p2);
        assertTrue(Math.abs(found - 0.5 / 1.5 * one * one) > 1e-2 * found, "P_1 forgotten");
    }

    private static void check(
            StandardActivation hidden, StandardActivation output, Loss loss, boolean squared) {
        Network network = network(hidden, output, loss);
        EnergyFamily family =
                squared ? EnergyFamily.DIVERGENCE_SQUARED : EnergyFamily.DIVERGENCE_FENCHEL_YOUNG;

        double mismatch = mismatch(new CellMap(network, squared), map(network, family, BETA));

        assertTrue(mismatch < 2e-6, hidden + " " + output + " " + loss + " " + mismatch);
    }

    /** Largest difference of an element, without the row of x_L, which nobody hears. */
    private static double mismatch(CellMap cells, ErrorFormMap map) {
        double[][] m = columns(map, 22);
        double[] z = cells.nudgedPoint();
        double most = 0;
        for (int j = 0; j < 22; j++) {
            double[] up = z.clone();
            double[] down = z.clone();
            up[j] += 1e-5;
            down[j] -= 1e-5;
            double[] above = cells.apply(up);
            double[] below = cells.apply(down);
            for (int i = 0; i < 22; i++) {
                if (i < 9 || i >= 11) {
                    double slope = Math.abs(above[i] - below[i]) / 2e-5;
                    most = Math.max(most, Math.abs(slope - m[i][j]));
                }
            }
        }
        return most;
    }

    private static double[][] columns(ErrorFormMap map, int n) {
        double[][] m = new double[n][n];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] column = map.product(unit);
            for (int i = 0; i < n; i++) {
                m[i][j] = column[i];
            }
        }
        return m;
    }

    private static double[] target(Loss loss) {
        return loss == StandardLoss.SQUARED ? new double[] {2.5, -1.5} : new double[] {0.9, 0.1};
    }

    private static Network network(
            StandardActivation hidden, StandardActivation output, Loss loss) {
        return Network.layered(
                new int[] {3, 5, 4, 2},
                hidden,
                output,
                loss,
                new Initialisation(Initialisation.Scheme.NORMAL, 2.0, 8));
    }

    private static Synapses synapses(Network network) {
        return new Synapses(network, network.parameters());
    }

    private static ErrorFormMap map(Network network, EnergyFamily family, double beta) {
        Synapses synapses = synapses(network);
        OperatingPoint at = OperatingPoint.feedforward(synapses, INPUT).orElseThrow();
        return new ErrorFormMap(synapses, at, target(network.loss()), family, beta);
    }

    private static DMatrixRMaj jacobian(Network network, OperatingPoint at, int layer) {
        DMatrixRMaj out = new DMatrixRMaj(network.parameters().weights(layer - 1));
        for (int i = 0; i < out.numRows; i++) {
            for (int j = 0; j < out.numCols; j++) {
                out.set(i, j, at.slope()[layer][i] * out.get(i, j));
            }
        }
        return out;
    }

    /** Layers 3-5-4-2: z = (x_1, x_2, x_3, v_1, v_2, v_3), 11 neurons twice. */
    private record CellMap(Network network, boolean squared) {
        private static final int[] AT = {0, 0, 5, 9};
        private static final int[] SIZE = {3, 5, 4, 2};

        /** The feedforward activities with the feedback of the nudge at these. */
        double[] nudgedPoint() {
            double[] z = new double[22];
            for (int k = 0; k < 8; k++) {
                double[] next = apply(z);
                System.arraycopy(next, 11, z, 11, 11);
                double[] v = new double[22];
                System.arraycopy(z, 0, v, 0, 11);
                System.arraycopy(apply(v), 0, z, 0, 11); // v = 0: the plain prediction
            }
            return z;
        }

        double[] apply(double[] z) {
            double[] out = new double[22];
            for (int l = 1; l <= 3; l++) {
                double[] a = drive(l, z);
                double[] h = l == 3 ? null : feedback(l, z);
                double[] top = l == 3 ? nudge(a) : null;
                StandardActivation f = f(l);
                for (int i = 0; i < SIZE[l]; i++) {
                    double mu = f.value(a[i], Elementary.STRICT);
                    double slope = f.slope(a[i], mu, Elementary.STRICT);
                    double e =
                            l == 3
                                    ? top[i]
                                    : squared ? h[i] : f.value(a[i] + h[i], Elementary.STRICT) - mu;
                    out[AT[l] + i] = mu + e;
                    out[11 + AT[l] + i] = squared ? slope * e : e;
                }
            }
            return out;
        }

        private StandardActivation f(int l) {
            return (StandardActivation) network.population(l).activation();
        }

        private double[] drive(int l, double[] z) {
            double[] a = network.parameters().biases(l).clone();
            double[][] w = network.parameters().weights(l - 1);
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < w[i].length; j++) {
                    a[i] += w[i][j] * (l == 1 ? INPUT[j] : z[AT[l - 1] + j]);
                }
            }
            return a;
        }

        private double[] feedback(int l, double[] z) {
            double[] h = new double[SIZE[l]];
            double[][] w = network.parameters().weights(l);
            for (int i = 0; i < w.length; i++) {
                for (int j = 0; j < h.length; j++) {
                    h[j] += w[i][j] * z[11 + AT[l + 1] + i];
                }
            }
            return h;
        }

        /** Solves for the output error by plain iteration, which contracts for a small beta. */
        private double[] nudge(double[] a) {
            double[] t = target(network.loss());
            double[] e = new double[2];
            for (int k = 0; k < 60; k++) {
                double[] next = new double[2];
                for (int i = 0; i < 2; i++) {
                    double mu = f(3).value(a[i], Elementary.STRICT);
                    double q0 = Math.exp(a[0] + e[0]);
                    double q1 = Math.exp(a[1] + e[1]);
                    double pull =
                            network.loss() == StandardLoss.SQUARED
                                    ? t[i] - mu - e[i]
                                    : t[i] - (i == 0 ? q0 : q1) / (q0 + q1);
                    boolean plain = squared || network.loss() == StandardLoss.CROSS_ENTROPY;
                    next[i] =
                            plain
                                    ? BETA * pull
                                    : f(3).value(a[i] + BETA * pull, Elementary.STRICT) - mu;
                }
                e = next;
            }
            return e;
        }
    }
}
