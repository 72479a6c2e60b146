package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.HebbianRule;

class HopfieldTest {
    private static final double GAIN = 0.4;
    private static final double SAME = 1e-13;
    private static final double FAR = 1e-4;
    private static final int B = Chain.COLUMNS;

    private final Hopfield rule = new Hopfield("ep");

    private static double[] all(double value) {
        double[] out = new double[B];
        Arrays.fill(out, value);
        return out;
    }

    private Lockstep settle(Chain net, String granularity, Phase phase) {
        return net.cells(granularity, rule).open(phase).settle(2000);
    }

    @ParameterizedTest
    @EnumSource
    void theFreeStateIsThatOfSequentialSweeps(StandardActivation f) {
        Chain net = Chain.of(1, GAIN, f, f);
        for (String granularity : new String[] {"neuron", "block:2", "layer"}) {
            Lockstep cells = settle(net, granularity, Phase.free(net.input));
            for (int c = 0; c < B; c++) {
                double[][] swept = HopfieldSweeps.nudged(net, c, 0.0, 1.0);
                double off = net.distance(cells, c, B, swept);
                assertTrue(off < SAME, f + ", " + granularity + ": " + off);
                double forward = net.distance(cells, c, B, net.forward(c));
                assertTrue(forward > FAR, "feedback does nothing: " + forward);
                assertTrue(cells.audit().residual(c) < SAME);
            }
        }
    }

    /** Every activation at the output, both signs of beta, and a gain of the feedback. */
    @ParameterizedTest
    @EnumSource
    void aNudgedStateIsThatOfSequentialSweeps(StandardActivation f) {
        Chain net = Chain.of(2, GAIN, f, f);
        for (double beta : new double[] {0.3, -0.3, 1e-3}) {
            for (double gamma : new double[] {1.0, 0.5, -0.5}) {
                Phase phase = Phase.nudged(net.input, net.target, beta).withGamma(all(gamma));
                Lockstep cells = settle(net, "block:2", phase);
                for (int c = 0; c < B; c++) {
                    String what = f + ", beta " + beta + ", gamma " + gamma;
                    double[][] swept = HopfieldSweeps.nudged(net, c, beta, gamma);
                    double off = net.distance(cells, c, B, swept);
                    assertTrue(off < SAME, what + ": " + off);
                    double other =
                            net.distance(cells, c, B, HopfieldSweeps.nudged(net, c, beta, -gamma));
                    assertTrue(other > FAR, what + ": the sign of gamma is not seen, " + other);
                }
            }
        }
    }

    /** Two hidden neurons, one output: s = tanh(W x + b + gamma V^T s), s_o by its formula. */
    @Test
    void oneRelaxationOfEachCellIsWhatItsFormulaSays() {
        CellBench hidden = CellBench.hidden(StandardActivation.TANH, 2, 1.0, 1.0);
        hidden.drive(0.1, 0.2, 0.3, 0.4).feedback(0.5, -0.6, 0.7, -0.8);
        hidden.on(Phase.free(Matrix.zeros(1, 2)).withGamma(new double[] {0.5, 2.0}), 1, 1);
        rule.correct(hidden.state());
        assertArrayEquals(
                new double[] {
                    StrictMath.tanh(0.1 + 0.25),
                    StrictMath.tanh(0.2 - 1.2),
                    StrictMath.tanh(0.3 + 0.35),
                    StrictMath.tanh(0.4 - 1.6)
                },
                hidden.state().activity(),
                1e-16);
        assertArrayEquals(hidden.state().activity(), hidden.state().backward());
        assertNotSame(hidden.state().activity(), hidden.state().backward());

        CellBench output =
                CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5, 0.0);
        output.drive(2.0, 3.0).target(8.0, 9.0);
        rule.correct(output.state());
        // (a + beta T) / (1 + beta) = (2 + 4) / 1.5; the second column is free
        assertArrayEquals(new double[] {4.0, 3.0}, output.state().activity(), 1e-15);
    }

    @Test
    void aDisplacedOutputIsHeldAtItsFreeValuePlusBetaTimesTheDistance() {
        Chain net = Chain.of(3, GAIN, StandardActivation.TANH);
        for (double gamma : new double[] {1.0, 0.3, -0.3}) {
            for (double beta : new double[] {1.0, 0.01}) {
                Lockstep cells = net.cells("neuron", rule);
                cells.open(Phase.free(net.input).withGamma(all(gamma))).settle(2000).save("free");
                Phase phase =
                        Phase.nudged(net.input, net.target, beta)
                                .withGamma(all(gamma))
                                .displaced()
                                .startingFrom("free");
                cells.open(phase).settle(2000);
                for (int c = 0; c < B; c++) {
                    double[] s0 = HopfieldSweeps.nudged(net, c, 0.0, gamma)[net.depth];
                    double[] held = s0.clone();
                    for (int i = 0; i < held.length; i++) {
                        held[i] += beta * (net.t(c)[i] - s0[i]);
                    }
                    double[][] swept = HopfieldSweeps.held(net, c, gamma, held);
                    double off = net.distance(cells, c, B, swept);
                    assertTrue(off < SAME, "gamma " + gamma + ", beta " + beta + ": " + off);
                    double[][] nudged = HopfieldSweeps.nudged(net, c, beta, gamma);
                    assertTrue(net.distance(cells, c, B, nudged) > 1e-6, "a nudge is no hold");
                    assertTrue(cells.audit().residual(c) < SAME);
                }
            }
        }
    }

    /** dW_l = -(1/beta) gamma^-height [s s_pre^T - s0 s0_pre^T], summed over examples. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 0.5, -0.5})
    void theUpdateIsTheContrastTimesGammaToTheMinusHeight(double gamma) {
        Chain net = Chain.of(4, GAIN, StandardActivation.SIGMOID);
        double beta = 0.2;
        Parameters expected = net.network.zeros();
        Parameters unscaled = net.network.zeros();
        for (int c = 0; c < B; c++) {
            double[][] s = HopfieldSweeps.nudged(net, c, beta, gamma);
            double[][] s0 = HopfieldSweeps.nudged(net, c, 0.0, gamma);
            for (int l = 1; l <= net.depth; l++) {
                double scale = -1.0 / beta;
                Chain.addOuter(unscaled, l, scale, s[l], s[l - 1]);
                Chain.addOuter(unscaled, l, -scale, s0[l], s0[l - 1]);
                scale /= Math.pow(gamma, net.depth - l);
                Chain.addOuter(expected, l, scale, s[l], s[l - 1]);
                Chain.addOuter(expected, l, -scale, s0[l], s0[l - 1]);
            }
        }
        for (String granularity : new String[] {"neuron", "layer"}) {
            Lockstep cells = net.cells(granularity, rule);
            cells.open(Phase.free(net.input).withGamma(all(gamma))).settle(2000).save("free");
            Phase phase = Phase.nudged(net.input, net.target, beta).withGamma(all(gamma));
            Parameters found = cells.open(phase.startingFrom("free")).settle(2000).update(1, 1, 1);
            double off = Chain.relative(found, expected, net.depth);
            assertTrue(off < 1e-11, "gamma " + gamma + ": " + off);
            double twin = Chain.relative(found, unscaled, net.depth);
            assertTrue(gamma == 1.0 || twin > 0.05, "gamma^-height is not seen: " + twin);
        }
    }

    @Test
    void crossEntropyNeedsALinearOutputAndSettlesWhereItsEquationHolds() {
        Network network =
                Network.layered(
                        Chain.SIZES,
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.CROSS_ENTROPY,
                        new Initialisation(Initialisation.Scheme.NORMAL, GAIN, 5));
        rule.validate(network);
        Chain plain = Chain.of(5, GAIN, StandardActivation.TANH);
        Matrix target = Matrix.of(2, B, new double[] {1, 0, 1, 0, 1, 0});
        Lockstep cells =
                new Lockstep(network, org.relaxon.model.network.Granularity.NEURON, rule, 0.0)
                        .open(Phase.nudged(plain.input, target, 0.4))
                        .settle(2000);
        double[] s = cells.activity(3);
        for (int c = 0; c < B; c++) {
            double[] below = new double[4];
            for (int j = 0; j < 4; j++) {
                below[j] = cells.activity(2)[j * B + c];
            }
            double[] a = plain.drive(3, below); // the same draws
            double sum = Math.exp(s[c]) + Math.exp(s[B + c]);
            for (int i = 0; i < 2; i++) {
                double p = Math.exp(s[i * B + c]) / sum;
                double right = a[i] + 0.4 * (target.get(i, c) - p);
                assertEquals(right, s[i * B + c], 1e-13, "column " + c);
            }
        }
    }

    @Test
    void whatItIsNotDefinedForIsRefusedByName() {
        Network skip =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 2)
                        .hidden("a", 2, StandardActivation.TANH)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("in-a", "in", "a")
                        .project("a-out", "a", "out")
                        .project("shortcut", "in", "out")
                        .build(Initialisation.uniform(1));
        rule.validate(skip); // with a gain of 1 every acyclic graph has its energy
        Phase plain = Phase.nudged(Matrix.zeros(2, 1), Matrix.zeros(2, 1), 0.1);
        plain.validate(skip);
        Phase weak = plain.withGamma(new double[] {0.1});
        String said =
                assertThrows(IllegalArgumentException.class, () -> weak.validate(skip))
                        .getMessage();
        assertTrue(said.contains("gamma") && said.contains("shortcut"), said);
        Phase phase = Phase.nudged(Matrix.zeros(3, 1), Matrix.zeros(2, 1), 0.1);
        assertTrue(rule.accepts(phase));
        assertTrue(rule.accepts(phase.displaced().startingFrom("free")));
        assertTrue(rule.accepts(phase.differencesFrom("free")));
        assertTrue(rule.accepts(phase.withGamma(new double[] {0.1})));
        assertFalse(rule.accepts(phase.withImaginary(new double[] {0.1})));
        assertFalse(rule.accepts(Phase.clamped(Matrix.zeros(3, 1), Matrix.zeros(2, 1))));
        assertEquals("ep", rule.optionName());
        assertEquals("coupled", new Hopfield("coupled").optionName());
        assertEquals(HebbianRule.INSTANCE, rule.localRule());
        assertFalse(rule.traits().has(Trait.READS_SLOPE));
        assertFalse(rule.traits().has(Trait.ERROR_FORM));
        assertEquals(rule, rule.dynamics().judge(rule));
    }
}
