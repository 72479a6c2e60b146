package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.Holomorphic;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.HebbianRule;

class HolomorphicHopfieldTest {
    private static final int B = Chain.COLUMNS;
    private static final double GAIN = 0.4;
    private final HolomorphicHopfield rule = new HolomorphicHopfield();

    /** s = (a + beta T) / (1 + beta) with a = 2 + i, beta = .5 i, T = 4: (2 + 3i) / (1 + .5i). */
    @Test
    void aComplexOutputIsWhatItsFormulaSays() {
        CellBench cell =
                CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 1, 2, 0.0, 0.0);
        Phase phase =
                Phase.nudged(Matrix.zeros(1, 2), Matrix.zeros(1, 2), new double[] {0.0, 0.0})
                        .withImaginary(new double[] {0.5, 0.0});
        cell.on(phase, 1, 0).drive(2.0, 5.0, 1.0, 6.0).target(4.0, 9.0);
        rule.correct(cell.state());
        // (2 + 3i)(1 - .5i) / 1.25 = (3.5 + 2i) / 1.25; the second column is free
        assertArrayEquals(new double[] {2.8, 5.0, 1.6, 6.0}, cell.state().activity(), 1e-15);
        assertArrayEquals(cell.state().activity(), cell.state().backward());
    }

    /** The equilibrium at p + iq by sequential sweeps in complex numbers, [layer][neuron][2]. */
    private static double[][][] sweep(Chain net, int c, double p, double q) {
        double[][] re = new double[net.depth + 1][];
        double[][] im = new double[net.depth + 1][];
        for (int l = 0; l <= net.depth; l++) {
            re[l] = new double[net.network.population(l).size()];
            im[l] = new double[re[l].length];
        }
        re[0] = net.x(c);
        for (int k = 0; k < 400; k++) {
            for (int l = net.depth; l >= 1; l--) {
                double[] a = net.drive(l, re[l - 1]);
                double[] bias = net.drive(l, new double[re[l - 1].length]);
                double[] b = Chain.minus(net.drive(l, im[l - 1]), bias);
                if (l == net.depth) {
                    for (int i = 0; i < a.length; i++) {
                        double x = a[i] + p * net.t(c)[i];
                        double y = b[i] + q * net.t(c)[i];
                        double size = (1 + p) * (1 + p) + q * q;
                        re[l][i] = (x * (1 + p) + y * q) / size;
                        im[l][i] = (y * (1 + p) - x * q) / size;
                    }
                    continue;
                }
                double[] back = net.back(l + 1, re[l + 1]);
                double[] turn = net.back(l + 1, im[l + 1]);
                Holomorphic f = Holomorphic.of(net.network.population(l).activation());
                for (int i = 0; i < a.length; i++) {
                    double[] out = new double[2];
                    f.value(a[i] + back[i], b[i] + turn[i], out, 0, 1);
                    re[l][i] = out[0];
                    im[l][i] = out[1];
                }
            }
        }
        return new double[][][] {re, im};
    }

    private static final StandardActivation[] ALLOWED = {
        StandardActivation.TANH,
        StandardActivation.SIGMOID,
        StandardActivation.SOFTPLUS,
        StandardActivation.LINEAR
    };

    private Lockstep settle(Chain net, String granularity, Estimator roots, double beta) {
        Lockstep cells = net.cells(granularity, rule);
        cells.open(Phase.free(net.input)).settle(2000).save("free");
        Phase phase = roots.phase(net.input, net.target, beta).startingFrom("free");
        return cells.open(phase).settle(2000);
    }

    @Test
    void everyRootRestsWhereComplexSweepsDo() {
        for (StandardActivation f : ALLOWED) {
            Chain net = Chain.of(1, GAIN, f);
            for (String granularity : new String[] {"neuron", "layer"}) {
                Lockstep cells = settle(net, granularity, Estimator.roots(8), 0.3);
                int width = 5 * B;
                for (int k = 0; k < 5; k++) {
                    double p = 0.3 * Math.cos(Math.PI * k / 4);
                    double q = 0.3 * Math.sin(Math.PI * k / 4);
                    for (int c = 0; c < B; c++) {
                        double[][][] s = sweep(net, c, p, q);
                        for (int l = 1; l <= net.depth; l++) {
                            double[] found = cells.activity(l);
                            for (int i = 0; i < s[0][l].length; i++) {
                                int at = i * 2 * width + k * B + c;
                                String what = f + ", root " + k + ", layer " + l;
                                assertEquals(s[0][l][i], found[at], 1e-13, what);
                                assertEquals(s[1][l][i], found[at + width], 1e-13, what);
                            }
                        }
                        assertTrue(cells.audit().residual(k * B + c) < 1e-13, f.toString());
                    }
                }
            }
        }
    }

    /** The mean over all N roots of -(1/beta w) s s_pre^T, no conjugation, real by symmetry. */
    @Test
    void theUpdateIsTheMeanOverAllRoots() {
        int points = 8;
        double beta = 0.4;
        for (StandardActivation f : ALLOWED) {
            Chain net = Chain.of(2, GAIN, f);
            Parameters expected = net.network.zeros();
            Parameters conjugated = net.network.zeros();
            for (int k = 0; k < points; k++) { // all N, although the estimator settles N/2 + 1
                double p = beta * Math.cos(2 * Math.PI * k / points);
                double q = beta * Math.sin(2 * Math.PI * k / points);
                double scale = -1.0 / (points * beta * beta);
                for (int c = 0; c < B; c++) {
                    double[][][] s = sweep(net, c, p, q);
                    for (int l = 1; l <= net.depth; l++) {
                        add(expected, l, scale * p, scale * q, s, 1);
                        add(conjugated, l, scale * p, scale * q, s, -1);
                    }
                }
            }
            for (String granularity : new String[] {"neuron", "layer"}) {
                Lockstep cells = settle(net, granularity, Estimator.roots(points), beta);
                double[] weights = new double[5 * B];
                for (int k = 0; k < weights.length; k++) {
                    boolean end = k < B || k >= 4 * B;
                    weights[k] = (end ? 1.0 : 2.0) / points;
                }
                Parameters found = cells.update(weights);
                double off = Chain.relative(found, expected, net.depth);
                assertTrue(off < 1e-12, f + ": off by " + off);
                double twin = Chain.relative(found, conjugated, net.depth);
                boolean curved = f != StandardActivation.LINEAR || twin > 1e-3;
                assertTrue(curved && twin > 1e-4, f + ": conjugation is not seen: " + twin);
            }
        }
    }

    /** Adds Re[(p - iq) s s_pre]; with sign -1 the conjugate of s_pre. */
    private static void add(Parameters into, int l, double p, double q, double[][][] s, int sign) {
        for (int i = 0; i < s[0][l].length; i++) {
            double re = p * s[0][l][i] + q * s[1][l][i];
            double im = p * s[1][l][i] - q * s[0][l][i];
            into.biases(l)[i] += re;
            for (int j = 0; j < s[0][l - 1].length; j++) {
                into.weights(l - 1)[i][j] += re * s[0][l - 1][j] - sign * im * s[1][l - 1][j];
            }
        }
    }

    /** At real strengths it is the real rule with an idle second plane. */
    @Test
    void twoPointsAreCentredEquilibriumPropagation() {
        Chain net = Chain.of(3, GAIN, StandardActivation.TANH);
        Lockstep cells = settle(net, "block:2", Estimator.roots(2), 0.1);
        for (int l = 1; l <= 3; l++) {
            double[] x = cells.activity(l);
            for (int k = 0; k < x.length; k++) {
                assertTrue(k % (4 * B) < 2 * B || x[k] == 0.0, "the second plane is not idle");
            }
        }
        Lockstep real = net.cells("block:2", new Hopfield("ep"));
        real.open(Estimator.CENTRED.phase(net.input, net.target, 0.1)).settle(2000);
        double[] half = {.5, .5, .5, .5, .5, .5};
        double off = Chain.relative(cells.update(half), real.update(half), net.depth);
        assertTrue(off < 1e-11, "off by " + off);
    }

    @ParameterizedTest
    @EnumSource
    void anActivationIsAllowedIffItHasAContinuation(StandardActivation f) {
        Network hidden = network(f, StandardActivation.LINEAR, StandardLoss.SQUARED);
        if (f == StandardActivation.RELU || f == StandardActivation.HARD_SIGMOID) {
            assertTrue(refusal(hidden).contains(f.optionName()));
        } else {
            rule.validate(hidden);
        }
        if (f != StandardActivation.LINEAR) {
            assertTrue(
                    refusal(network(StandardActivation.TANH, f, StandardLoss.SQUARED))
                            .contains(f.optionName()));
        }
        String said =
                refusal(
                        network(
                                StandardActivation.TANH,
                                StandardActivation.LINEAR,
                                StandardLoss.CROSS_ENTROPY));
        assertTrue(said.contains("hep") && said.contains("cross-entropy"), said);
    }

    @Test
    void whatItAccepts() {
        Phase phase = Phase.nudged(Matrix.zeros(3, 1), Matrix.zeros(2, 1), 0.1);
        assertTrue(rule.accepts(phase));
        assertTrue(rule.accepts(phase.withImaginary(new double[] {0.3})));
        assertFalse(rule.accepts(phase.displaced()));
        assertFalse(rule.accepts(phase.differencesFrom("free")));
        assertFalse(rule.accepts(phase.withGamma(new double[] {0.3})));
        assertEquals(2, rule.traits().activityPlanes());
        assertEquals(2, rule.traits().feedbackPlanes());
        assertEquals(1.0, rule.dynamics().units().feedback(phase, 0, 1));
        assertEquals(HebbianRule.INSTANCE, rule.localRule());
        double[] energy = {1.0};
        rule.energy().add(null, energy);
        assertTrue(Double.isNaN(energy[0]));
    }

    private String refusal(Network network) {
        return assertThrows(IllegalArgumentException.class, () -> rule.validate(network))
                .getMessage();
    }

    private static Network network(StandardActivation f, StandardActivation out, Loss loss) {
        var drawn = Initialisation.uniform(1);
        return loss.accepts(out)
                ? Network.layered(Chain.SIZES, f, out, loss, drawn)
                : Network.layered(Chain.SIZES, f, out, StandardLoss.SQUARED, drawn);
    }
}
