package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.phase.Phase;

class HopfieldEnergyTest {
    private static final double GAIN = 0.4;
    private static final int B = Chain.COLUMNS;

    private final Hopfield rule = new Hopfield("ep");

    private Lockstep settle(Chain net, double beta, double gamma) {
        double[] gains = new double[B];
        Arrays.fill(gains, gamma);
        return net.cells("block:2", rule)
                .open(Phase.nudged(net.input, net.target, beta).withGamma(gains))
                .settle(2000);
    }

    /** sum gamma^(l-L) [s atanh s + log(1 - s^2) / 2 - s a], and s^2/2 at the linear output. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 0.5, -0.5})
    void theEnergyOfTanhUnitsIsThatOfTheInverse(double gamma) {
        Chain net = Chain.of(1, GAIN, StandardActivation.TANH);
        Lockstep cells = settle(net, 0.3, gamma);
        for (int c = 0; c < B; c++) {
            double[][] s = HopfieldSweeps.nudged(net, c, 0.3, gamma);
            double expected = 0.0;
            double twin = 0.0;
            for (int l = 1; l <= net.depth; l++) {
                double[] a = net.drive(l, s[l - 1]);
                double sum = 0.0;
                for (int i = 0; i < a.length; i++) {
                    double x = s[l][i];
                    double atanh = 0.5 * Math.log((1 + x) / (1 - x));
                    double g = x * atanh + 0.5 * Math.log((1 - x) * (1 + x));
                    sum += (l == net.depth ? 0.5 * x * x : g) - x * a[i];
                }
                expected += Math.pow(gamma, l - net.depth) * sum;
                twin += sum;
            }
            assertEquals(expected, cells.audit().state().energy(c), 1e-12, "column " + c);
            assertTrue(gamma == 1.0 || Math.abs(expected - twin) > 1e-3, "gamma is not seen");
        }
    }

    /** F(beta) = min (I + beta L) has F' = L, whatever the activations: the envelope theorem. */
    @ParameterizedTest
    @EnumSource
    void theSlopeOfTheLeastEnergyIsTheLoss(StandardActivation f) {
        Chain net = Chain.of(2, GAIN, f, f);
        double step = 1e-4;
        for (double beta : new double[] {0.3, -0.2}) {
            double[][] least = new double[2][B];
            double[] loss = new double[B];
            for (int k = 0; k < 3; k++) {
                double at = beta + (k - 1) * step;
                Lockstep cells = settle(net, at, 1.0);
                for (int c = 0; c < B; c++) {
                    double l = loss(net, cells, c);
                    if (k == 1) {
                        loss[c] = l;
                    } else {
                        least[k / 2][c] = cells.audit().state().energy(c) + at * l;
                    }
                }
            }
            for (int c = 0; c < B; c++) {
                double slope = (least[1][c] - least[0][c]) / (2 * step);
                assertEquals(loss[c], slope, 1e-6 * Math.abs(loss[c]), f + ", beta " + beta);
            }
        }
    }

    private static double loss(Chain net, Lockstep cells, int c) {
        double[] x = new double[2];
        for (int i = 0; i < 2; i++) {
            x[i] = cells.activity(net.depth)[i * B + c];
        }
        return StandardLoss.SQUARED.value(x, net.t(c), 2, 1, 0);
    }

    @ParameterizedTest
    @EnumSource
    void bothFormsHaveTheSameEnergy(StandardActivation f) {
        Chain net = Chain.of(3, GAIN, f, f);
        Lockstep plain = settle(net, 0.3, 1.0);
        Lockstep cells = net.cells("layer", rule);
        cells.open(Phase.free(net.input)).settle(2000).save("free");
        double before = cells.audit().state().energy(0);
        cells.open(Phase.nudged(net.input, net.target, 0.3).differencesFrom("free")).settle(2000);
        for (int c = 0; c < B; c++) {
            double expected = plain.audit().state().energy(c);
            double found = cells.audit().state().energy(c);
            assertEquals(expected, found, 1e-13 * (1 + Math.abs(expected)), f.toString());
        }
        assertTrue(Math.abs(before - plain.audit().state().energy(0)) > 1e-6, "nothing moved");
    }

    /** An output that is held has no known G unless it is linear. */
    @Test
    void theEnergyOfADisplacedCurvedOutputIsUnknown() {
        for (StandardActivation f : StandardActivation.values()) {
            Chain net = Chain.of(4, GAIN, StandardActivation.TANH, f);
            Lockstep cells = net.cells("layer", rule);
            cells.open(Phase.free(net.input)).settle(2000).save("free");
            assertTrue(Double.isFinite(cells.audit().state().energy(0)), f.toString());
            Phase phase = Phase.nudged(net.input, net.target, 0.1).displaced();
            cells.open(phase.startingFrom("free")).settle(2000);
            boolean known = Double.isFinite(cells.audit().state().energy(0));
            assertEquals(f == StandardActivation.LINEAR, known, f.toString());
        }
    }
}
