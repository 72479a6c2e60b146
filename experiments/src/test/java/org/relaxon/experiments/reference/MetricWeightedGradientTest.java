package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class MetricWeightedGradientTest {
    private static final double STEP = 1e-3;
    private static final double TOLERANCE = 1e-6;

    static List<HopfieldExample> smooth() {
        return HopfieldExample.smooth();
    }

    /** Against plain states, solved one by one, and plain differences of their products. */
    @ParameterizedTest
    @MethodSource("smooth")
    void itIsTheLimitOfPlainContrastsWithTheOutputDisplaced(HopfieldExample e) {
        Parameters plain = extrapolated(e);
        Parameters found = e.metric().gradient();
        int last = e.network().projections().size() - 1;

        assertTrue(e.distance(found, plain) <= TOLERANCE);
        assertTrue(e.distance(HopfieldExample.scaled(found, last, -1), plain) > TOLERANCE);
        assertTrue(e.distance(HopfieldExample.scaled(found, last, 1.0001), plain) > TOLERANCE);
        assertTrue(e.distance(e.implicit().gradient(), plain) > 0.01);
    }

    @Test
    void aMissingTransposedTermIsSeen() {
        HopfieldExample e = HopfieldExample.skips(StandardActivation.SOFTPLUS, 2).first();
        Parameters found =
                MetricWeightedGradient.of(
                                e.network(), e.theta(), e.input(), e.target(), e.reachedFirst())
                        .gradient();
        double[][] s =
                HopfieldEquilibrium.of(e.network(), e.theta(), 1).free(e.input().columnValues(0));

        assertTrue(e.distance(found, extrapolated(e)) <= TOLERANCE);
        assertTrue(
                e.distance(
                                HopfieldExample.withoutTransposedTerm(e.network(), found, s),
                                extrapolated(e))
                        > 1e-2);
    }

    /**
     * s1 = 2 x + 3 s2 / 4, s2 = 3 s1 / 4: x = 7/8 gives s1 = 4, s2 = 3; p2 = T - 3, p1 = 3 p2 / 4.
     */
    @Test
    void twoLinearLayersGiveTheNumbersWorkedByHand() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = network.zeros();
        theta.weights(0)[0][0] = 2;
        theta.weights(1)[0][0] = 0.75;

        Parameters found =
                MetricWeightedGradient.of(
                                network,
                                theta,
                                Matrix.column(0.875),
                                Matrix.column(7),
                                new Matrix[] {null, Matrix.column(4), Matrix.column(3)})
                        .gradient();

        assertArrayEquals(new double[] {-4}, found.biases(2), 1e-14);
        assertArrayEquals(new double[] {-3}, found.biases(1), 1e-14);
        assertEquals(-3 * 0.875, found.weights(0)[0][0], 1e-14);
        assertEquals(-(4 * 4 + 3 * 3), found.weights(1)[0][0], 1e-13);
    }

    @Test
    void aStateThatIsNoEquilibriumIsRefused() {
        HopfieldExample e = HopfieldExample.skips(StandardActivation.TANH, 1);
        Matrix[] off = e.reached(1);
        off[1].values()[0] += 1e-5;

        assertThrows(
                IllegalArgumentException.class,
                () ->
                        MetricWeightedGradient.of(
                                e.network(), e.theta(), e.input(), e.target(), off));
    }

    /** (4 centred(h/2) - centred(h)) / 3. */
    private static Parameters extrapolated(HopfieldExample e) {
        Parameters out = e.network().zeros();
        addCentred(e, STEP / 2, 4.0 / 3, out);
        addCentred(e, STEP, -1.0 / 3, out);
        return out;
    }

    private static void addCentred(HopfieldExample e, double beta, double factor, Parameters out) {
        addProducts(e, beta, -factor / (2 * beta), out);
        addProducts(e, -beta, factor / (2 * beta), out);
    }

    private static void addProducts(HopfieldExample e, double beta, double factor, Parameters out) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(e.network(), e.theta(), 1);
        int top = e.network().output().index();
        for (int c = 0; c < e.input().columns(); c++) {
            double[][] free = at.free(e.input().columnValues(c));
            double[] held = free[top].clone();
            double[] g =
                    Backprop.of(e.network()).outputError(free[top], e.target().columnValues(c));
            for (int i = 0; i < held.length; i++) {
                held[i] -= beta * g[i];
            }
            double[][] s = at.clamped(e.input().columnValues(c), held, free);
            new Products(e.network(), s, factor).addTo(out);
        }
    }

    /** factor s s^T, factor s. */
    private record Products(Network network, double[][] s, double factor) {
        void addTo(Parameters out) {
            for (var e : network.projections()) {
                double[][] w = out.weights(e.index());
                for (int i = 0; i < w.length; i++) {
                    for (int j = 0; j < w[i].length; j++) {
                        w[i][j] += factor * s[e.post()][i] * s[e.pre()][j];
                    }
                }
            }
            for (int p = 1; p < s.length; p++) {
                for (int i = 0; i < s[p].length; i++) {
                    out.biases(p)[i] += factor * s[p][i];
                }
            }
        }
    }
}
