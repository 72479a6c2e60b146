package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.compare.Order;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class LinearNudgeTest {
    private static final double TOLERANCE = 1e-10;

    /**
     * W1 = 2, W2 = 3, x0 = 1, so o = 6 and S = 1 + 9. With T = 17 and beta = 1: e2 = 11/11 = 1, e1
     * = 3, x1 = 5; held, with T = 16: e2 = 1, e1 = 3, x1 = 5.
     */
    @Test
    void aChainOfSingleNeuronsGivesTheNumbersWorkedByHand() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = network.zeros();
        theta.weights(0)[0][0] = 2;
        theta.weights(1)[0][0] = 3;
        LinearNudge closed = LinearNudge.of(network);

        for (Parameters found :
                List.of(
                        closed.nudged(theta, 1, Matrix.column(1), Matrix.column(17)),
                        closed.clamped(theta, Matrix.column(1), Matrix.column(16)))) {
            assertEquals(-3, found.weights(0)[0][0], 1e-14);
            assertEquals(-5, found.weights(1)[0][0], 1e-14);
            assertEquals(-3, found.biases(1)[0], 1e-14);
            assertEquals(-1, found.biases(2)[0], 1e-14);
        }
    }

    @Test
    void itEqualsEnvelopeAndFiniteDifferences() {
        for (NudgeProblem p : problems()) {
            LinearNudge closed = LinearNudge.of(p.network());
            for (double beta : new double[] {-0.1, 1e-3, 0.3, 1, 100}) {
                PredictiveCodingEnergy e =
                        PredictiveCodingEnergy.nudged(
                                p.network(),
                                Divergence.SQUARED_DISTANCE,
                                beta,
                                p.input(),
                                p.target());
                Parameters found = closed.nudged(p.theta(), beta, p.input(), p.target());
                assertSame(p, found, e);
                Parameters other = closed.nudged(p.theta(), 1.001 * beta, p.input(), p.target());
                assertTrue(
                        p.distance(other, e.envelopeGradient(p.theta())) > 1e-7,
                        "another beta must be seen");
            }
            assertSame(
                    p,
                    closed.clamped(p.theta(), p.input(), p.target()),
                    PredictiveCodingEnergy.clamped(
                            p.network(), Divergence.FENCHEL_YOUNG, p.input(), p.target()));
        }
    }

    private static void assertSame(NudgeProblem p, Parameters found, PredictiveCodingEnergy e) {
        Parameters differences = p.differences(e);
        assertTrue(p.distance(e.envelopeGradient(p.theta()), found) <= 1e-12);
        assertTrue(p.distance(differences, found) <= TOLERANCE);
        assertTrue(p.distance(p.planted(found, 1, x -> -x), differences) > 1e-3);
        assertTrue(p.distance(p.planted(found, 0, x -> 1.001 * x), differences) > 1e-6);
    }

    @Test
    void itTurnsIntoBackpropWithFirstOrder() {
        for (NudgeProblem p : problems()) {
            double coarse = fromBackprop(p, 1e-4);
            double fine = fromBackprop(p, 1e-9);

            assertEquals(1.0, Order.slope(1e-4, coarse, 1e-9, fine), 0.01);
            assertTrue(fromBackprop(p, 1) >= 0.1);
        }
    }

    private static double fromBackprop(NudgeProblem p, double beta) {
        return p.distance(
                LinearNudge.of(p.network()).nudged(p.theta(), beta, p.input(), p.target()),
                p.backprop());
    }

    @Test
    void whatIsNotLinearIsRefusedByName() {
        Network tanh =
                NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 1).network();
        Network entropy =
                NudgeProblem.chain(StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY, 1)
                        .network();
        NudgeProblem p = NudgeProblem.chain(StandardActivation.LINEAR, StandardLoss.SQUARED, 1);
        LinearNudge closed = LinearNudge.of(p.network());

        assertEquals(
                "linear closed form: population 1 has activation tanh",
                assertThrows(IllegalArgumentException.class, () -> LinearNudge.of(tanh))
                        .getMessage());
        assertEquals(
                "linear closed form: needs the squared loss, got cross-entropy",
                assertThrows(IllegalArgumentException.class, () -> LinearNudge.of(entropy))
                        .getMessage());
        for (double beta : new double[] {-2, 0, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> closed.nudged(p.theta(), beta, p.input(), p.target()));
        }
    }

    private static List<NudgeProblem> problems() {
        return List.of(
                NudgeProblem.chain(StandardActivation.LINEAR, StandardLoss.SQUARED, 1),
                NudgeProblem.chain(StandardActivation.LINEAR, StandardLoss.SQUARED, 2),
                NudgeProblem.withSkips(StandardActivation.LINEAR, Initialisation.uniform(3)));
    }
}
