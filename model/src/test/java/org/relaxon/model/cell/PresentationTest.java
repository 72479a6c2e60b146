package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.PredictiveCoding;

/** What a cell does to its synapses while it settles. */
class PresentationTest {
    private static final double[] SHARES = {0.5, 0.25};
    private static final double RATE = 0.03;

    private final Network network =
            Network.layered(
                    new int[] {3, 4, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(5));

    private static Matrix normal(int rows, int stream) {
        return Lockstep.normal(rows, SHARES.length, stream);
    }

    private Lockstep open() {
        Lockstep net = new Lockstep(network, Granularity.LAYER, PredictiveCoding.coordinate(), 0.0);
        return net.open(Phase.nudged(normal(3, 1), normal(2, 2), 1.0));
    }

    private static Lockstep present(Lockstep net, long wholeUpdates) {
        net.cells()
                .forEach(c -> c.learning().present(new Presentation(SHARES, RATE, wholeUpdates)));
        return net;
    }

    private static void round(Lockstep net) {
        net.cells().forEach(net::relax);
        net.deliver();
    }

    private void assertSame(Parameters expected, Parameters actual) {
        for (int p = 0; p < 2; p++) {
            for (int i = 0; i < expected.weights(p).length; i++) {
                assertArrayEquals(expected.weights(p)[i], actual.weights(p)[i]);
            }
            assertArrayEquals(expected.biases(p + 1), actual.biases(p + 1));
        }
    }

    private static double moved(Parameters one, Parameters two) {
        double most = 0.0;
        for (int p = 0; p < 2; p++) {
            for (int i = 0; i < one.weights(p).length; i++) {
                for (int j = 0; j < one.weights(p)[i].length; j++) {
                    double d = one.weights(p)[i][j] - two.weights(p)[i][j];
                    most = Math.max(most, Math.abs(d));
                }
            }
        }
        return most;
    }

    /** Each is what learning by hand after a relaxation on news would be, in every bit. */
    @Test
    void aWholeUpdateIsOneStepOfDescentAfterEveryRelaxationOnNews() {
        Lockstep alone = present(open(), 3);
        Lockstep byHand = open();
        LearningStep step = new LearningStep(Optimiser.sgd(), RATE, 1.0, 1);
        for (int k = 0; k < 4; k++) {
            round(alone);
            byHand.cells().forEach(byHand::relax);
            if (k > 0) { // at first nothing had been heard
                byHand.learn(SHARES, step);
            }
            byHand.deliver();
            if (k == 0) {
                assertSame(network.parameters(), alone.parameters());
            }
            if (k == 1) { // afterwards the two say different things about changed weights
                assertSame(byHand.parameters(), alone.parameters());
                assertTrue(moved(alone.parameters(), network.parameters()) > 1e-4);
            }
        }
    }

    @Test
    void afterItsLastWholeUpdateACellOnlySettles() {
        Lockstep net = present(open(), 2);
        round(net);
        round(net);
        round(net);
        Parameters after = net.parameters();
        net.settle(500);
        assertSame(after, net.parameters());
        Lockstep more = present(open(), 100);
        more.settle(20);
        assertTrue(moved(after, more.parameters()) > 1e-4);
    }

    @Test
    void incrementsComeToRestAndWholeUpdatesOutweighThem() {
        Lockstep increments = present(open(), 0);
        increments.settle(500);
        Parameters rested = increments.parameters();
        increments.settle(500);
        assertTrue(moved(rested, increments.parameters()) < 1e-12);
        Lockstep whole = present(open(), 500);
        whole.settle(100);
        double one = moved(rested, network.parameters());
        assertTrue(moved(whole.parameters(), network.parameters()) > 3 * one);
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThrows(NullPointerException.class, () -> new Presentation(null, 1, 0));
        for (double rate : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new Presentation(SHARES, rate, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Presentation(SHARES, 1, -1));
    }
}
