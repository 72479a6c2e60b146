package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
import org.relaxon.model.rule.StatedEnergy.Pair;
import org.relaxon.model.state.CellState;

/** Both forms of dual propagation with an asymmetric nudge: the original one and DP-top. */
class AsymmetricDualPropagationTest {
    private static final double[] DRIVES = {0.3, -0.4, 1.2, -2.0};
    private static final double[] FEEDBACK = {0.2, 1.4, -0.6, 0.8};

    private static CellState hidden(StandardActivation f, DualPropagation rule) {
        CellBench cell = CellBench.hidden(f, 2, 0.1, 0.1);
        cell.drive(DRIVES).feedback(FEEDBACK);
        rule.predict(cell.state());
        rule.correct(cell.state());
        return cell.state();
    }

    /**
     * Where f is linear: DP-top keeps the mean W s_prev, the original form adds (2 alpha - 1) u.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.2, 0.5, 0.7, 1.0})
    void onlyTheTopFormKeepsTheMeanOfALinearNeuron(double alpha) {
        CellState top = hidden(StandardActivation.LINEAR, DualPropagation.top(alpha));
        CellState plain = hidden(StandardActivation.LINEAR, DualPropagation.asymmetric(alpha));
        for (int k = 0; k < DRIVES.length; k++) {
            assertEquals(DRIVES[k], top.activity()[k], 1e-15);
            double moved = DRIVES[k] + (2.0 * alpha - 1.0) * FEEDBACK[k];
            assertEquals(moved, plain.activity()[k], 1e-15);
            assertEquals(FEEDBACK[k], top.error()[k], 1e-15);
            assertEquals(FEEDBACK[k], plain.error()[k], 1e-15);
        }
    }

    /** With alpha 0 the mean of DP-top is f(a) bit for bit, whatever f and the feedback. */
    @ParameterizedTest
    @EnumSource
    void withAlphaZeroNothingOfTheFeedbackTravelsForward(StandardActivation f) {
        CellState free = hidden(f, DualPropagation.top(0.0));
        CellState other = hidden(f, DualPropagation.asymmetric(0.0));
        assertArrayEquals(free.prediction(), free.activity());
        assertFalse(java.util.Arrays.equals(other.prediction(), other.activity()), f.toString());
    }

    @ParameterizedTest
    @EnumSource
    void aPairIsWhatItsTwoFormulasSay(StandardActivation f) {
        double alpha = 0.3;
        CellState top = hidden(f, DualPropagation.top(alpha));
        for (int k = 0; k < DRIVES.length; k++) {
            double up = f.value(DRIVES[k] + 0.7 * FEEDBACK[k], top.math());
            double down = f.value(DRIVES[k] - 0.3 * FEEDBACK[k], top.math());
            assertEquals(alpha * up + 0.7 * down, top.activity()[k], 1e-15);
            assertEquals(up - down, top.error()[k], 1e-15);
        }
    }

    /** s+ = (a + g beta T) / (1 + g beta) and s- = (a - k beta T) / (1 - k beta), k = 1 - g. */
    @Test
    void anOutputPairMinimisesItsTwoEnergies() {
        for (boolean top : new boolean[] {true, false}) {
            DualPropagation rule =
                    top ? DualPropagation.top(0.25) : DualPropagation.asymmetric(0.25);
            double g = top ? 0.75 : 0.25;
            CellBench cell =
                    CellBench.output(StandardActivation.LINEAR, StandardLoss.SQUARED, 0.4, 0.0);
            cell.drive(2.0, 5.0).target(6.0, 7.0);
            rule.predict(cell.state());
            rule.correct(cell.state());
            double up = (2 + g * 0.4 * 6) / (1 + g * 0.4);
            double down = (2 - (1 - g) * 0.4 * 6) / (1 - (1 - g) * 0.4);
            assertEquals(0.25 * up + 0.75 * down, cell.state().activity()[0], 1e-14);
            assertEquals(up - down, cell.state().error()[0], 1e-14);
            assertEquals(5.0, cell.state().activity()[1], "a free column");
            assertEquals(0.0, cell.state().error()[1]);
        }
    }

    private static List<Object> bits(Chain net, DualPropagation rule) {
        Lockstep cells = net.cells("block:2", rule);
        cells.open(Phase.nudged(net.input, net.target, 0.4)).settle(1000);
        Parameters update = cells.update(1, 1, 1);
        return List.of(
                java.util.Arrays.deepToString(update.weights(0)),
                java.util.Arrays.deepToString(update.weights(1)),
                java.util.Arrays.toString(update.biases(1)));
    }

    @ParameterizedTest
    @EnumSource
    void withAlphaOneHalfBothAreTheSymmetricOneBitForBit(StandardActivation f) {
        Chain net = Chain.of(1, 0.6, f);
        List<Object> symmetric = bits(net, new DualPropagation());
        assertEquals(symmetric, bits(net, DualPropagation.top(0.5)));
        assertEquals(symmetric, bits(net, DualPropagation.asymmetric(0.5)));
        assertFalse(symmetric.equals(bits(net, DualPropagation.top(0.51))), "alpha is not read");
    }

    private static double off(Chain net, DualPropagation rule, double beta) {
        Lockstep cells = net.cells("layer", rule);
        cells.open(Phase.nudged(net.input, net.target, beta)).settle(1000);
        return Chain.relative(cells.update(1, 1, 1), net.backprop(), net.depth);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.25, 0.5, 0.75, 1.0})
    void theOrderIsTwoForOneHalfAndOneForEveryOtherAlpha(double alpha) {
        Chain net = Chain.of(2, 0.8, StandardActivation.TANH);
        double order = alpha == 0.5 ? 100.0 : 10.0;
        for (DualPropagation rule :
                new DualPropagation[] {
                    DualPropagation.top(alpha), DualPropagation.asymmetric(alpha)
                }) {
            double coarse = off(net, rule, 1e-3);
            double fine = off(net, rule, 1e-4);
            assertEquals(order, coarse / fine, 0.05 * order, rule.optionName() + " " + alpha);
        }
    }

    /** Mean and difference of one neuron of tanh. */
    private static double[] pair(DualPropagation rule, double drive, double feedback) {
        CellBench cell = CellBench.hidden(StandardActivation.TANH, 1, 0.1);
        cell.drive(drive).feedback(feedback);
        rule.predict(cell.state());
        rule.correct(cell.state());
        return new double[] {cell.state().activity()[0], cell.state().error()[0]};
    }

    /**
     * dD/du minus dm/da: 0 at a stationary point of one function, whose second derivatives swap.
     */
    private static double asymmetry(DualPropagation rule) {
        double h = 1e-5;
        double byFeedback = pair(rule, 0.7, 0.9 + h)[1] - pair(rule, 0.7, 0.9 - h)[1];
        double byDrive = pair(rule, 0.7 + h, 0.9)[0] - pair(rule, 0.7 - h, 0.9)[0];
        return (byFeedback - byDrive) / (2.0 * h);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.3, 0.5, 1.0})
    void onlyTheOriginalFormIsASaddleOfOneFunction(double alpha) {
        assertEquals(0.0, asymmetry(DualPropagation.asymmetric(alpha)), 1e-9);
        assertTrue(DualPropagation.asymmetric(alpha).energy().missing().contains("saddle"));
        double top = asymmetry(DualPropagation.top(alpha));
        if (alpha == 0.5) {
            assertEquals(0.0, top, 1e-9);
        } else {
            assertTrue(Math.abs(top) > 0.05, "alpha " + alpha + ": " + top);
            String missing = DualPropagation.top(alpha).energy().missing();
            assertTrue(missing.contains("follow no one function"), missing);
        }
    }

    private static Phase phase(double beta) {
        return Phase.nudged(Matrix.zeros(3, 1), Matrix.zeros(2, 1), beta);
    }

    @Test
    void theRangeOfBetaFollowsFromTheTwoStates() {
        assertTrue(DualPropagation.top(0.0).accepts(phase(1e6)), "only s+ moves");
        assertTrue(DualPropagation.top(1.0).accepts(phase(0.99)));
        assertFalse(DualPropagation.top(1.0).accepts(phase(1.0)), "s- is no extremum");
        assertTrue(DualPropagation.asymmetric(1.0).accepts(phase(1e6)));
        assertFalse(DualPropagation.top(0.25).accepts(phase(4.0)));
        assertFalse(DualPropagation.top(0.0).accepts(phase(-1.0)));
        assertFalse(Pair.EVEN.accepts(Double.NaN));
    }

    @Test
    void alphaOutOfRangeIsRefused() {
        for (double alpha : new double[] {-0.1, 1.1, Double.NaN}) {
            for (boolean top : new boolean[] {true, false}) {
                IllegalArgumentException e =
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> {
                                    Object unused =
                                            top
                                                    ? DualPropagation.top(alpha)
                                                    : DualPropagation.asymmetric(alpha);
                                });
                assertTrue(e.getMessage().startsWith("alpha: " + alpha), e.getMessage());
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new StatedEnergy(
                                StatedEnergy.Kind.HOPFIELD, List.of(), null, null, Pair.EVEN));
    }

    /** A message names the range that the rule accepts, open where one state is not moved. */
    @Test
    void theRangeOfBetaIsStatedAsItIsAccepted() {
        assertEquals("greater than -2.0 and less than 2.0", Pair.EVEN.betaRange());
        assertTrue(Pair.EVEN.accepts(1.99) && !Pair.EVEN.accepts(2.0));
        assertEquals("greater than -1.0", new Pair(1.0, 1.0).betaRange());
        assertTrue(new Pair(1.0, 1.0).accepts(1e9) && !new Pair(1.0, 1.0).accepts(-1.0));
        assertEquals("less than 1.0", new Pair(0.0, 0.0).betaRange());
        assertTrue(new Pair(0.0, 0.0).accepts(-1e9) && !new Pair(0.0, 0.0).accepts(1.0));
    }
}
