package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

class HopfieldEquilibriumTest {
    private static final double ROUND_OFF = 1e-14;

    static List<HopfieldExample> examples() {
        List<HopfieldExample> all = new ArrayList<>(HopfieldExample.smooth());
        for (long seed = 1; seed <= 3; seed++) {
            Activation relu = StandardActivation.RELU;
            Activation clipped = StandardActivation.HARD_SIGMOID;
            all.add(HopfieldExample.layered(relu, clipped, StandardLoss.SQUARED, seed));
            all.add(HopfieldExample.layered(clipped, relu, StandardLoss.SQUARED, seed));
            all.add(HopfieldExample.skips(relu, seed));
            all.add(HopfieldExample.skips(clipped, seed));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyStateFulfilsItsEquationsAndNotThoseOfOthers(HopfieldExample e) {
        double[] x = e.input().columnValues(0);
        double[] t = e.target().columnValues(0);
        for (double gamma : new double[] {1, 0.5, -0.5}) {
            HopfieldEquilibrium at = HopfieldEquilibrium.of(e.network(), e.theta(), gamma);
            double[][] free = at.free(x);
            double[][] up = HopfieldExample.sum(free, at.nudge(free, t, 0.5));
            double[][] down = at.nudged(x, t, -0.3, free);
            double[][] held = HopfieldExample.sum(free, at.displacement(free, t, 0.7));

            assertTrue(defect(e, gamma, free, t, 0, true) <= ROUND_OFF);
            assertTrue(defect(e, gamma, up, t, 0.5, true) <= ROUND_OFF);
            assertTrue(defect(e, gamma, down, t, -0.3, true) <= ROUND_OFF);
            assertTrue(defect(e, gamma, held, t, 0, false) <= ROUND_OFF);

            assertTrue(defect(e, -gamma, free, t, 0, true) > 1e-3);
            assertTrue(defect(e, gamma, up, t, 0.4, true) > 1e-4);
            assertTrue(defect(e, gamma, down, t, 0.3, true) > 1e-4);
            assertTrue(defect(e, gamma, held, t, 0, true) > 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void displacementHoldsTheOutputAndClampingHoldsItAtTheTarget(HopfieldExample e) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(e.network(), e.theta(), 1);
        double[] x = e.input().columnValues(1);
        double[] t = e.target().columnValues(1);
        int top = e.network().output().index();
        double[][] free = at.free(x);
        double[] g = Backprop.of(e.network()).outputError(free[top], t);
        double[] d = at.displacement(free, t, -0.25)[top];
        for (int i = 0; i < d.length; i++) {
            assertEquals(0.25 * g[i], d[i], 1e-17);
        }
        double[][] full = at.clamped(x, t, free);

        assertArrayEquals(t, full[top]);
        assertTrue(defect(e, 1, full, t, 0, false) <= ROUND_OFF);
        if (e.network().loss() == StandardLoss.SQUARED) {
            double[][] byDifference = HopfieldExample.sum(free, at.displacement(free, t, 1));
            for (int p = 1; p < full.length; p++) {
                assertArrayEquals(full[p], byDifference[p], ROUND_OFF);
            }
        }
    }

    /** (a + beta T) / (1 + beta) with a = 2, T = -1, beta = 3, and the softmax of two equals. */
    @Test
    void oneLayerGivesTheNumbersWorkedByHand() {
        Network network = oneLayer(StandardLoss.SQUARED);
        var theta = network.zeros();
        theta.weights(0)[0][0] = 2;
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta, 1);

        double[][] free = at.free(new double[] {1});
        double[][] nudged = at.nudged(new double[] {1}, new double[] {-1, 4}, 3, free);

        assertArrayEquals(new double[] {2, 0}, free[1], 1e-15);
        assertArrayEquals(new double[] {-0.25, 3}, nudged[1], 1e-15);
        assertArrayEquals(
                new double[] {-2.25, 3}, at.nudge(free, new double[] {-1, 4}, 3)[1], 1e-15);

        HopfieldEquilibrium entropy =
                HopfieldEquilibrium.of(oneLayer(StandardLoss.CROSS_ENTROPY), network.zeros(), 1);
        double[][] zero = entropy.free(new double[] {1});
        double[] s = entropy.nudge(zero, new double[] {1, 0}, 0.5)[1];

        assertEquals(0.0, s[0] + s[1], 1e-16);
        assertEquals(0.5 / (1 + StrictMath.exp(2 * s[0])), s[0], 1e-15);
    }

    /**
     * beta = -1 leaves s = a + s - T, which nothing solves; nor does anything that is not a number.
     */
    @Test
    void whatHasNoEquilibriumIsSaid() {
        Network network = oneLayer(StandardLoss.SQUARED);
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, network.parameters(), 1);
        double[] x = {1};
        double[] t = {4, -4};
        double[][] free = at.free(x);

        String message =
                assertThrows(IllegalStateException.class, () -> at.nudge(free, t, -1)).getMessage();
        assertTrue(message.startsWith("no equilibrium found: residual "), message);
        assertThrows(IllegalStateException.class, () -> at.nudged(x, t, -1, free));
        assertThrows(IllegalStateException.class, () -> at.nudge(free, t, Double.NaN));
        assertThrows(IllegalStateException.class, () -> at.free(new double[] {Double.NaN}));
        assertThrows(
                IllegalArgumentException.class,
                () -> HopfieldEquilibrium.of(network, network.parameters(), Double.NaN));
    }

    private static Network oneLayer(Loss loss) {
        return Network.layered(
                new int[] {1, 2},
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                loss,
                Initialisation.uniform(1));
    }

    /** Largest |s - f(h - beta dLoss/ds)|, by loops of this test's own. */
    private static double defect(
            HopfieldExample e,
            double gamma,
            double[][] s,
            double[] target,
            double beta,
            boolean withOutput) {
        double worst = 0;
        int top = e.network().output().index();
        double[] g = Backprop.of(e.network()).outputError(s[top], target);
        for (Population p : e.network().populations()) {
            boolean skipped = p.role() == Population.Role.INPUT || p.index() == top && !withOutput;
            for (int i = 0; !skipped && i < p.size(); i++) {
                double h = e.theta().biases(p.index())[i] - (p.index() == top ? beta * g[i] : 0);
                for (Projection up : e.network().outOf(p.index())) {
                    // in these networks populations are numbered by depth
                    double gain = StrictMath.pow(gamma, up.post() - up.pre());
                    for (int k = 0; k < s[up.post()].length; k++) {
                        h += gain * e.theta().weights(up.index())[k][i] * s[up.post()][k];
                    }
                }
                for (Projection from : e.network().into(p.index())) {
                    for (int k = 0; k < s[from.pre()].length; k++) {
                        h += e.theta().weights(from.index())[i][k] * s[from.pre()][k];
                    }
                }
                double f = Elementwise.value(p.activation(), h);
                worst = Math.max(worst, Math.abs(s[p.index()][i] - f));
            }
        }
        return worst;
    }
}
