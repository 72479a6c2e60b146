package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;

/** Phases in which cells hold and send differences from the free state. */
class HopfieldDifferencesTest {
    private static final double GAIN = 0.4;
    private static final int B = Chain.COLUMNS;

    private final Hopfield rule = new Hopfield("ep");

    private Lockstep free(Chain net, String granularity, double... gamma) {
        Phase phase = Phase.free(net.input);
        if (gamma.length > 0) {
            double[] gains = new double[B];
            Arrays.fill(gains, gamma[0]);
            phase = phase.withGamma(gains);
        }
        return net.cells(granularity, rule).open(phase).settle(2000).save("free");
    }

    /** d = f(h0 + u) - f(h0), by hand: one neuron, two columns. */
    @Test
    void aHiddenCellHoldsTheIncrementFromItsFreeInput() {
        Phase free = Phase.free(Matrix.zeros(1, 2)).withGamma(new double[] {0.5, 0.5});
        CellBench anchor = CellBench.hidden(StandardActivation.SIGMOID, 1, 0.0, 0.0);
        anchor.on(free, 1, 1).drive(0.3, -0.2).feedback(1.0, 2.0);
        rule.correct(anchor.state());
        CellBench cell = CellBench.hidden(StandardActivation.SIGMOID, 1, 0.1, 0.1);
        cell.on(free.differencesFrom("free"), 1, 1).anchor(anchor);
        cell.drive(0.01, 0.02).feedback(0.4, -0.6);
        rule.correct(cell.state());
        double[] expected = {
            sigma(0.3 + 0.5 + 0.01 + 0.2) - sigma(0.8), sigma(-0.2 + 1.0 + 0.02 - 0.3) - sigma(0.8)
        };
        assertArrayEquals(expected, cell.state().activity(), 1e-15);
        assertTrue(cell.state().activity()[1] < 0 && cell.state().activity()[0] > 0);
    }

    private static double sigma(double a) {
        return 1.0 / (1.0 + StrictMath.exp(-a));
    }

    /**
     * (a + beta (T - s0)) / (1 + beta) at a linear output, and beta (T - s0) at a displaced one.
     */
    @Test
    void anOutputCellHoldsTheDifferenceThatItsFormulaSays() {
        CellBench anchor = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.0);
        anchor.drive(2.0);
        rule.correct(anchor.state());
        Phase phase = Phase.nudged(Matrix.zeros(1, 1), Matrix.zeros(1, 1), 0.25);
        CellBench nudged = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.25);
        nudged.on(phase.differencesFrom("free"), 1, 0).anchor(anchor).drive(0.5).target(6.0);
        rule.correct(nudged.state());
        assertEquals((0.5 + 0.25 * 4.0) / 1.25, nudged.state().activity()[0], 1e-15);

        CellBench held = CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.25);
        held.on(phase.displaced().differencesFrom("free"), 1, 0).anchor(anchor);
        held.drive(0.5).target(6.0);
        rule.correct(held.state());
        assertEquals(1.0, held.state().activity()[0], 1e-15);

        CellBench idle = CellBench.output(StandardActivation.TANH, StandardLoss.SQUARED, 0.0);
        CellBench idleFree = CellBench.output(StandardActivation.TANH, StandardLoss.SQUARED, 0.0);
        idleFree.drive(0.7);
        rule.correct(idleFree.state());
        idle.on(Phase.free(Matrix.zeros(1, 1)).differencesFrom("free"), 1, 0).anchor(idleFree);
        idle.drive(0.2);
        rule.correct(idle.state());
        assertEquals(
                StrictMath.tanh(0.9) - StrictMath.tanh(0.7), idle.state().activity()[0], 1e-16);
    }

    /** Every activation, hidden and at the output, nudged and displaced. */
    @ParameterizedTest
    @EnumSource
    void theDifferenceIsThatOfTheTwoStatesOfSequentialSweeps(StandardActivation f) {
        Chain net = Chain.of(6, GAIN, f, f);
        for (double beta : new double[] {0.2, -0.2}) {
            for (double gamma : new double[] {1.0, -0.5}) {
                Lockstep cells = free(net, "block:2", gamma);
                double[] gains = new double[B];
                Arrays.fill(gains, gamma);
                Phase phase =
                        Phase.nudged(net.input, net.target, beta)
                                .withGamma(gains)
                                .differencesFrom("free");
                cells.open(phase).settle(2000);
                for (int c = 0; c < B; c++) {
                    double[][] s = HopfieldSweeps.nudged(net, c, beta, gamma);
                    double[][] s0 = HopfieldSweeps.nudged(net, c, 0.0, gamma);
                    double off = net.distance(cells, c, B, HopfieldSweeps.minus(s, s0));
                    assertTrue(off < 1e-13, f + ", " + beta + ", " + gamma + ": " + off);
                    double twin = net.distance(cells, c, B, HopfieldSweeps.minus(s0, s));
                    assertTrue(twin > 1e-3, f + ": the sign is not seen: " + twin);
                    assertTrue(cells.audit().residual(c) < 1e-12, f.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nudged", "displaced", "gamma"})
    void bothFormsGiveTheSameGradient(String kind) {
        Chain net = Chain.of(7, GAIN, StandardActivation.TANH);
        double gamma = kind.equals("gamma") ? 0.5 : 1.0;
        for (String granularity : new String[] {"neuron", "layer"}) {
            Lockstep cells = free(net, granularity, gamma);
            double[] gains = new double[B];
            Arrays.fill(gains, gamma);
            Phase phase = Phase.nudged(net.input, net.target, 0.1).withGamma(gains);
            phase = kind.equals("nudged") ? phase : phase.displaced();
            Parameters plain = cells.open(phase.startingFrom("free")).settle(2000).update(1, 1, 1);
            Parameters differences =
                    cells.open(phase.differencesFrom("free")).settle(2000).update(1, 1, 1);
            double off = Chain.relative(differences, plain, net.depth);
            assertTrue(off < 1e-12, kind + ": " + off);
            Parameters half = cells.update(0.5, 0.5, 0.5);
            assertTrue(Chain.relative(half, plain, net.depth) > 0.4, "twin");
        }
    }

    /**
     * G(beta) is smooth: G(1e-9) and G(1e-8) differ by some 1e-8 of their size. Differences show
     * it; the plain form has lost eps / beta, seven digits.
     */
    @Test
    void nothingOfTheSizeOfBetaIsLost() {
        Chain net = Chain.of(8, GAIN, StandardActivation.TANH);
        Parameters[] form = new Parameters[3];
        for (int k = 0; k < 3; k++) {
            double beta = k == 1 ? 1e-8 : 1e-9;
            Lockstep cells = free(net, "layer");
            Phase phase = Phase.nudged(net.input, net.target, beta);
            phase = k == 2 ? phase.startingFrom("free") : phase.differencesFrom("free");
            form[k] = cells.open(phase).settle(2000).update(1, 1, 1);
        }
        double differences = Chain.relative(form[0], form[1], net.depth);
        double plain = Chain.relative(form[2], form[0], net.depth);
        assertTrue(differences < 5e-8, "differences: " + differences);
        assertTrue(plain > 5e-8, "the plain form is not that good: " + plain);
    }

    /** Centred: six columns contrast with a free state of three. */
    @Test
    void aCentredPhaseOfDifferencesIsHalfTheSumOfItsTwoSides() {
        Chain net = Chain.of(9, GAIN, StandardActivation.SOFTPLUS);
        Lockstep cells = free(net, "block:2");
        Phase both = Estimator.CENTRED.phase(net.input, net.target, 0.1).differencesFrom("free");
        Parameters centred = cells.open(both).settle(2000).update(0.5, 0.5, 0.5, 0.5, 0.5, 0.5);
        Parameters sum = net.network.zeros();
        for (double beta : new double[] {0.1, -0.1}) {
            for (int c = 0; c < B; c++) {
                double[][] s = HopfieldSweeps.nudged(net, c, beta, 1.0);
                double[][] s0 = HopfieldSweeps.nudged(net, c, 0.0, 1.0);
                for (int l = 1; l <= net.depth; l++) {
                    Chain.addOuter(sum, l, -0.5 / beta, s[l], s[l - 1]);
                    Chain.addOuter(sum, l, 0.5 / beta, s0[l], s0[l - 1]);
                }
            }
        }
        double off = Chain.relative(centred, sum, net.depth);
        assertTrue(off < 1e-12, "off by " + off);
    }

    /** Units in which thresholds are measured: beta gamma^height, 1 in the plain form. */
    @Test
    void differencesAreMeasuredInTheirOwnSize() {
        Phase phase =
                Phase.nudged(Matrix.zeros(1, 3), Matrix.zeros(1, 3), new double[] {-.1, 0, 4});
        phase = phase.withGamma(new double[] {-0.5, 0.5, 2.0});
        assertEquals(1.0, rule.dynamics().units().activity(phase, 0, 2));
        assertEquals(1.0, rule.dynamics().units().feedback(phase, 0, 2));
        Phase d = phase.differencesFrom("free");
        assertEquals(0.1 * 0.25, rule.dynamics().units().activity(d, 0, 2), 1e-18);
        assertEquals(0.1, rule.dynamics().units().feedback(d, 0, 0), 1e-18);
        assertEquals(0.125, rule.dynamics().units().activity(d, 1, 3), 1e-18);
        assertEquals(1.0, rule.dynamics().units().feedback(d, 2, 3), 1e-18); // never above 1
        Phase none = d.withGamma(new double[] {0, 0, 0}).differencesFrom("free");
        assertEquals(0.1, rule.dynamics().units().activity(none, 0, 2), 1e-18);
    }
}
