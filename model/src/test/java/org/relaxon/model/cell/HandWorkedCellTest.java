package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.signal.Signal;

/**
 * Cells of small networks with numbers that a reader can check on paper. The hard sigmoid (a + 1) /
 * 2 has slope 1/2 between -1 and 1, so that all numbers are short binary fractions.
 */
class HandWorkedCellTest {
    private final Phase phase = Phase.nudged(Matrix.column(1.0), Matrix.column(1.0), 1.0);

    /**
     * Chain 1-1-1 with x0 = 1, W1 = 1/2, W2 = 1, b1 = 0, b2 = -1/4, target 1, beta 1.
     *
     * <p>Hidden: a = 1/2, mu = 3/4. Output, having heard x1 = 3/4: a = 1/2, mu = 3/4, slope 1/2, e
     * = beta (T - mu) / (1 + beta) = 1/8, x = 7/8, v = slope e = 1/16, says back W2 v = 1/16.
     * Hidden, having heard it: e = 1/16, x = 13/16.
     */
    @Test
    void predictiveCodingOnPaper() {
        Lockstep net = network(new PredictiveCoding(), StandardActivation.HARD_SIGMOID);
        Cell hidden = net.cells().get(0);
        Cell output = net.cells().get(1);
        net.open(phase);

        net.relax(hidden);
        net.deliver();
        assertArrayEquals(new double[] {0.75}, net.activity(1));
        assertArrayEquals(new double[] {0.0}, net.error(1));

        net.relax(output);
        assertArrayEquals(new double[] {0.875}, net.activity(2));
        assertArrayEquals(new double[] {0.125}, net.error(2));
        Parameters update = update(net, output);
        assertEquals(-0.0625 * 0.75, update.weights(1)[0][0]); // -(1/beta) v x1
        assertEquals(-0.0625, update.biases(2)[0]);
        assertEquals(0.0, update.weights(0)[0][0]);

        net.deliver();
        net.relax(hidden);
        assertArrayEquals(new double[] {0.8125}, net.activity(1));
        assertArrayEquals(new double[] {0.0625}, net.error(1));
        Parameters below = update(net, hidden);
        assertEquals(-0.5 * 0.0625 * 1.0, below.weights(0)[0][0]); // -(1/beta) slope e x0
        assertEquals(-0.5 * 0.0625, below.biases(1)[0]);
    }

    /**
     * The same chain under Fenchel-Young: the output solves e = (1/2) beta (T - mu - e), that is e
     * = (1/8) / (3/2) = 1/12; back travels W2 e = 1/12 without any slope, and the hidden error is
     * f(1/2 + 1/12) - f(1/2) = 1/24.
     */
    @Test
    void fenchelYoungOnPaper() {
        Lockstep net = network(new FenchelYoung(), StandardActivation.HARD_SIGMOID);
        Cell hidden = net.cells().get(0);
        Cell output = net.cells().get(1);
        net.open(phase);
        net.relax(hidden);
        net.deliver();
        net.relax(output);
        assertEquals(1.0 / 12, net.error(2)[0], 1e-16);
        assertEquals(0.75 + 1.0 / 12, net.activity(2)[0], 1e-15);
        Parameters update = update(net, output);
        assertEquals(-0.75 / 12, update.weights(1)[0][0], 1e-16);
        assertEquals(-1.0 / 12, update.biases(2)[0], 1e-16);

        net.deliver();
        net.relax(hidden);
        assertEquals(1.0 / 24, net.error(1)[0], 1e-16);
        assertEquals(0.75 + 1.0 / 24, net.activity(1)[0], 1e-15);
    }

    /**
     * Beyond its kink the hard sigmoid is flat: there is an error, and nothing to learn from it.
     */
    @Test
    void aFlatPieceLearnsNothingUnderPredictiveCoding() {
        Lockstep net = network(new PredictiveCoding(), StandardActivation.HARD_SIGMOID, 8.0);
        net.open(phase).settle(10);
        assertEquals(1.0, net.activity(1)[0] - net.error(1)[0], 1e-15); // a = 8, on the flat piece
        assertTrue(net.error(1)[0] > 0.01);
        Parameters update = update(net, net.cells().get(0));
        assertEquals(0.0, Math.abs(update.weights(0)[0][0]));
    }

    /** ReLU: a = 1/2 and feedback -1 under Fenchel-Young end at x = max(-1/2, 0) = 0, e = -1/2. */
    @Test
    void fenchelYoungMovesTheDriveAndNotTheActivity() {
        Lockstep net = network(new FenchelYoung(), StandardActivation.RELU);
        Cell hidden = net.cells().get(0);
        net.open(phase);
        net.relax(hidden);
        net.deliver();
        hidden.receive(0, new Signal(1, 99, new double[] {-1.0}, 0, 1));
        net.relax(hidden);
        assertArrayEquals(new double[] {0.0}, net.activity(1));
        assertArrayEquals(new double[] {-0.5}, net.error(1));
    }

    private static Lockstep network(Rule rule, Activation f) {
        return network(rule, f, 0.5);
    }

    private static Lockstep network(Rule rule, Activation f, double w1) {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1}, f, f, StandardLoss.SQUARED, Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        p.weights(0)[0][0] = w1;
        p.weights(1)[0][0] = 1.0;
        p.biases(2)[0] = -0.25;
        return new Lockstep(drawn.with(p), Granularity.LAYER, rule, 0.0);
    }

    private static Parameters update(Lockstep net, Cell cell) {
        Parameters gradient = net.wiring().network().zeros();
        cell.learning().update(new double[] {1.0}, gradient);
        return gradient;
    }
}
