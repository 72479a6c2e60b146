package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class PrecisionPredictiveCodingTest {
    private static final int B = Chain.COLUMNS;
    private static final double[] P = {4.0, 0.25, 2.0};

    private final PrecisionPredictiveCoding rule = new PrecisionPredictiveCoding(P);

    @Test
    void precisionsAreCountedFromTheFirstPopulationThatIsNotClampedAndRepeat() {
        assertEquals(4.0, rule.precision(1));
        assertEquals(0.25, rule.precision(2));
        assertEquals(2.0, rule.precision(3));
        assertEquals(4.0, rule.precision(4));
        double[] handed = {3.0};
        PrecisionPredictiveCoding own = new PrecisionPredictiveCoding(handed);
        handed[0] = 9.0;
        assertEquals(3.0, own.precision(7));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY})
    void aPrecisionThatIsNotPositiveAndFiniteIsRefused(double p) {
        String said =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new PrecisionPredictiveCoding(1.0, p))
                        .getMessage();
        assertTrue(said.contains("precisions") && said.contains(String.valueOf(p)), said);
        assertThrows(IllegalArgumentException.class, PrecisionPredictiveCoding::new);
    }

    /** e = feedback / P, sends f' P e; an output rests at (P + beta)^-1 beta (T - mu). */
    @Test
    void oneCellByHand() {
        CellBench hidden = CellBench.hidden(StandardActivation.SIGMOID, 1, 0.1, 0.1);
        hidden.on(phase(), 2, 1).drive(0.0, 0.0).feedback(0.5, -2.0);
        rule.predict(hidden.state());
        rule.correct(hidden.state());
        assertArrayEquals(new double[] {2.0, -8.0}, hidden.state().error(), 1e-15);
        assertArrayEquals(new double[] {2.5, -7.5}, hidden.state().activity(), 1e-15);
        assertArrayEquals(new double[] {0.125, -0.5}, hidden.state().backward(), 1e-15);

        CellBench output =
                CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.5, 0.0);
        output.on(phase(), 3, 0).drive(1.0, 1.0).target(6.0, 6.0);
        rule.predict(output.state());
        rule.correct(output.state());
        assertArrayEquals(new double[] {0.5 * 5 / 2.5, 0.0}, output.state().error(), 1e-15);
        assertArrayEquals(new double[] {2.0, 0.0}, output.state().backward(), 1e-15);
        double[] energy = {10.0, 20.0};
        rule.energy().add(output.state(), energy);
        assertArrayEquals(new double[] {11.0, 20.0}, energy, 1e-15); // P e^2 / 2
    }

    private static Phase phase() {
        return Phase.free(Matrix.zeros(3, 2));
    }

    /** P e = W^T (f' P e) from above, swept down and up. */
    @ParameterizedTest
    @EnumSource
    void theFixedPointIsThatOfPlainSweeps(StandardActivation f) {
        Chain net = Chain.of(2, 0.5, f, f);
        double beta = 0.05;
        Lockstep cells = net.cells("block:2", rule);
        cells.open(Phase.nudged(net.input, net.target, beta)).settle(1000);
        Parameters expected = net.network.zeros();
        Parameters twin = net.network.zeros();
        for (int c = 0; c < B; c++) {
            double[][] x = net.forward(c);
            double[][] e = new double[net.depth + 1][];
            double[][] v = new double[net.depth + 1][];
            for (int sweep = 0; sweep < 200; sweep++) {
                for (int l = net.depth; l >= 1; l--) {
                    e[l] = new double[x[l].length];
                    v[l] = new double[x[l].length];
                    double[] a = net.drive(l, x[l - 1]);
                    double[] back = l == net.depth ? null : net.back(l + 1, v[l + 1]);
                    for (int i = 0; i < a.length; i++) {
                        double p = P[l - 1];
                        e[l][i] =
                                back == null
                                        ? beta / (p + beta) * (net.t(c)[i] - net.f(l, a[i]))
                                        : back[i] / p;
                        v[l][i] = net.slope(l, a[i]) * p * e[l][i];
                        x[l][i] = net.f(l, a[i]) + e[l][i];
                    }
                }
            }
            double off = net.distance(cells, c, B, x);
            assertTrue(off < 1e-14, f + ": off by " + off);
            for (int l = 1; l <= net.depth; l++) {
                Chain.addOuter(expected, l, -1.0 / beta, v[l], x[l - 1]);
                Chain.addOuter(twin, l, -1.0 / (beta * P[l - 1]), v[l], x[l - 1]);
            }
            assertTrue(cells.audit().residual(c) < 1e-12, f.toString());
        }
        double off = Chain.relative(cells.update(1, 1, 1), expected, net.depth);
        assertTrue(off < 1e-12, f + ": update off by " + off);
        assertTrue(Chain.relative(cells.update(1, 1, 1), twin, net.depth) > 0.1, "P is not seen");
    }

    @Test
    void precisionOneIsPredictiveCodingBitForBit() {
        Chain net = Chain.of(4, 0.7, StandardActivation.TANH);
        Phase phase = Phase.nudged(net.input, net.target, 0.1);
        Lockstep ones = net.cells("neuron", new PrecisionPredictiveCoding(1.0));
        Lockstep plain = net.cells("neuron", new PredictiveCoding());
        ones.open(phase).settle(1000);
        plain.open(phase).settle(1000);
        for (int l = 1; l <= 3; l++) {
            assertArrayEquals(plain.activity(l), ones.activity(l));
            assertArrayEquals(plain.error(l), ones.error(l));
        }
        Lockstep other = net.cells("neuron", rule).open(phase).settle(1000);
        assertFalse(java.util.Arrays.equals(plain.error(1), other.error(1)), "twin");
    }

    /** In the limit of small nudging P cancels. */
    @Test
    void whateverThePrecisionsTheLimitIsBackprop() {
        Chain net = Chain.of(5, 0.7, StandardActivation.TANH);
        for (double[] p : new double[][] {P, {0.5}, {1, 10, 0.1}}) {
            Lockstep cells = net.cells("layer", new PrecisionPredictiveCoding(p));
            cells.open(Phase.nudged(net.input, net.target, 1e-9)).settle(1000);
            double off = Chain.relative(cells.update(1, 1, 1), net.backprop(), net.depth);
            assertTrue(off < 1e-7, "off by " + off);
        }
        Phase small = Phase.nudged(net.input, net.target, 0.1);
        assertTrue(rule.accepts(small));
        assertFalse(rule.accepts(Phase.clamped(net.input, net.target)));
        assertFalse(rule.accepts(small.displaced()));
        assertFalse(rule.accepts(small.withGamma(new double[] {1, 1, 2})));
        assertTrue(rule.traits().has(Trait.READS_SLOPE) && rule.traits().has(Trait.ERROR_FORM));
        assertEquals("precision-pc", rule.optionName());
    }
}
