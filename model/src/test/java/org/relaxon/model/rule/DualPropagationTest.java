package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Lockstep;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.DeltaRule;

class DualPropagationTest {
    private static final int B = Chain.COLUMNS;
    private final DualPropagation rule = new DualPropagation();

    /** s+ = (a + beta T/2) / (1 + beta/2) and s- = (a - beta T/2) / (1 - beta/2). */
    @Test
    void anOutputPairIsWhatItsTwoFormulasSay() {
        CellBench cell =
                CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5, -1.2, 0.0);
        cell.drive(2.0, 1.0, 5.0).target(6.0, -3.0, 7.0);
        rule.predict(cell.state());
        rule.correct(cell.state());
        double[] up = {(2 + 0.25 * 6) / 1.25, (1 + 0.6 * 3) / 0.4, 5};
        double[] down = {(2 - 0.25 * 6) / 0.75, (1 - 0.6 * 3) / 1.6, 5};
        for (int c = 0; c < 3; c++) {
            double mean = 0.5 * (up[c] + down[c]);
            assertEquals(mean, cell.state().activity()[c], 1e-14, "column " + c);
            assertEquals(up[c] - down[c], cell.state().error()[c], 1e-14, "column " + c);
        }
        assertArrayEquals(cell.state().error(), cell.state().backward());
    }

    /** f(a +- h) with h half of the feedback: mean forward, difference back. */
    @ParameterizedTest
    @EnumSource
    void aHiddenPairIsTheRateAtTheDrivePlusAndMinusHalfTheFeedback(StandardActivation f) {
        CellBench cell = CellBench.hidden(f, 2, 0.1, 0.1);
        double[] a = {0.3, -0.4, 1.2, -2.0};
        double[] back = {0.2, 1.4, -0.6, 0.8};
        cell.drive(a).feedback(back);
        rule.predict(cell.state());
        rule.correct(cell.state());
        for (int k = 0; k < 4; k++) {
            double up = f.value(a[k] + 0.5 * back[k], cell.state().math());
            double down = f.value(a[k] - 0.5 * back[k], cell.state().math());
            assertEquals(0.5 * (up + down), cell.state().activity()[k], 1e-15);
            assertEquals(up - down, cell.state().error()[k], 1e-15);
        }
    }

    /** Pairs of states of one example, swept up and down until nothing moves. */
    private static double[][][] pairs(Chain net, int c, double beta) {
        int depth = net.depth;
        double[][] mean = net.forward(c);
        double[][] difference = new double[depth + 1][];
        for (int l = 1; l <= depth; l++) {
            difference[l] = new double[mean[l].length];
        }
        for (int sweep = 0; sweep < 300; sweep++) {
            for (int l = 1; l <= depth; l++) {
                double[] a = net.drive(l, mean[l - 1]);
                double[] back = l == depth ? null : net.back(l + 1, difference[l + 1]);
                for (int i = 0; i < a.length; i++) {
                    double t = l == depth ? net.t(c)[i] : 0.0;
                    double up =
                            l == depth
                                    ? (a[i] + 0.5 * beta * t) / (1 + 0.5 * beta)
                                    : net.f(l, a[i] + 0.5 * back[i]);
                    double down =
                            l == depth
                                    ? (a[i] - 0.5 * beta * t) / (1 - 0.5 * beta)
                                    : net.f(l, a[i] - 0.5 * back[i]);
                    mean[l][i] = 0.5 * (up + down);
                    difference[l][i] = up - down;
                }
            }
        }
        return new double[][][] {mean, difference};
    }

    @ParameterizedTest
    @EnumSource
    void theFixedPointAndTheUpdateAreThoseOfPairsSweptInOrder(StandardActivation f) {
        Chain net = Chain.of(1, 0.6, f);
        double beta = 0.4;
        Parameters expected = net.network.zeros();
        Parameters twin = net.network.zeros();
        double[][][][] swept = new double[B][][][];
        for (int c = 0; c < B; c++) {
            swept[c] = pairs(net, c, beta);
            double[][] forward = net.forward(c);
            for (int l = 1; l <= net.depth; l++) {
                double[] d = swept[c][1][l];
                Chain.addOuter(expected, l, -1.0 / beta, d, swept[c][0][l - 1]);
                Chain.addOuter(twin, l, -1.0 / beta, d, forward[l - 1]);
            }
        }
        for (String granularity : new String[] {"neuron", "block:2", "layer"}) {
            Lockstep cells = net.cells(granularity, rule);
            cells.open(Phase.nudged(net.input, net.target, beta)).settle(1000);
            for (int c = 0; c < B; c++) {
                double off = net.distance(cells, c, B, swept[c][0]);
                assertTrue(off < 1e-14, f + ": mean off by " + off);
                assertTrue(cells.audit().residual(c) < 1e-13, f.toString());
            }
            double off = Chain.relative(cells.update(1, 1, 1), expected, net.depth);
            assertTrue(off < 1e-13, f + ": update off by " + off);
            boolean curved = f.smooth() && f != StandardActivation.LINEAR; // else the mean is f(a)
            double wrong = Chain.relative(cells.update(1, 1, 1), twin, net.depth);
            assertTrue(!curved || wrong > 1e-4, "the mean of the pair is not seen: " + wrong);
        }
    }

    /** Exact for one layer of weights: g / R = 1 / (1 - beta^2 / 4) (theory.md, 0b). */
    @Test
    void theErrorFallsAsBetaSquaredToBackprop() {
        Chain net = Chain.of(2, 0.8, StandardActivation.TANH);
        Parameters backprop = net.backprop();
        double[] off = new double[2];
        double[] betas = {1e-2, 1e-3};
        for (int k = 0; k < 2; k++) {
            Lockstep cells = net.cells("layer", rule);
            cells.open(Phase.nudged(net.input, net.target, betas[k])).settle(1000);
            off[k] = Chain.relative(cells.update(1, 1, 1), backprop, net.depth);
        }
        assertEquals(100.0, off[0] / off[1], 1.0, "errors " + off[0] + ", " + off[1]);
        assertTrue(off[0] < 1e-4, "error " + off[0]);
    }

    @Test
    void whatItIsNotDefinedForIsRefusedByName() {
        for (StandardActivation f : StandardActivation.values()) {
            Network network = network(f, StandardLoss.SQUARED);
            if (f == StandardActivation.LINEAR) {
                rule.validate(network);
                continue;
            }
            String said = refusal(network);
            assertTrue(said.contains(f.optionName()) && said.contains("squared"), said);
        }
        String said = refusal(network(StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY));
        assertTrue(said.contains("dual-propagation") && said.contains("cross-entropy"), said);

        assertTrue(rule.accepts(phase(1.99)));
        assertTrue(rule.accepts(phase(-1.99)));
        assertFalse(rule.accepts(phase(2.0)));
        assertFalse(rule.accepts(phase(-2.0)));
        assertFalse(rule.accepts(phase(0.1).withGamma(new double[] {0.5, 1})));
        assertFalse(rule.accepts(phase(0.1).displaced()));
        assertFalse(rule.accepts(phase(0.1).differencesFrom("free")));
        assertFalse(rule.accepts(phase(0.1).withImaginary(new double[] {0, 1})));
        assertFalse(rule.traits().has(Trait.READS_SLOPE));
        assertSame(DeltaRule.INSTANCE, rule.localRule());
        assertEquals("dual-propagation", rule.optionName());
    }

    private static Phase phase(double beta) {
        return Phase.nudged(Matrix.zeros(3, 2), Matrix.zeros(2, 2), new double[] {0.1, beta});
    }

    private String refusal(Network network) {
        return assertThrows(IllegalArgumentException.class, () -> rule.validate(network))
                .getMessage();
    }

    private static Network network(StandardActivation output, Loss loss) {
        return Network.layered(
                Chain.SIZES, StandardActivation.TANH, output, loss, Initialisation.uniform(1));
    }
}
