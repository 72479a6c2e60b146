package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.Order;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class DualPropagationNudgeTest {
    /** In a linear network m = a, so D is backprop's error times -beta / (1 - beta^2/4). */
    @Test
    void linearNetworksAreStretchedByAQuarterOfTheSquare() {
        for (NudgeProblem p :
                List.of(
                        NudgeProblem.chain(StandardActivation.LINEAR, StandardLoss.SQUARED, 2),
                        NudgeProblem.withSkips(
                                StandardActivation.LINEAR, Initialisation.uniform(3)))) {
            for (double beta : new double[] {1e-2, 0.5, 1.5}) {
                Parameters expected = p.scaled(p.backprop(), 1 / (1 - beta * beta / 4));

                assertTrue(p.distance(estimate(p, beta), expected) <= 1e-12);
                assertTrue(p.distance(estimate(p, beta), p.backprop()) >= 2e-5);
            }
        }
    }

    /** x0 = 1, W1 = .7, W2 = 1.2, T = .9, beta = 1: its equations, read from its own estimate. */
    @Test
    void aChainOfSingleNeuronsSatisfiesItsEquationsAtALargeNudge() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = network.zeros();
        theta.weights(0)[0][0] = 0.7;
        theta.weights(1)[0][0] = 1.2;
        Parameters found =
                DualPropagationNudge.estimate(
                        network, theta, 1, Matrix.column(1), Matrix.column(0.9));
        double top = -found.biases(2)[0];
        double mean = found.weights(1)[0][0] / found.biases(2)[0];
        double h = 0.5 * 1.2 * top;
        double above = StrictMath.tanh(0.7 + h);
        double below = StrictMath.tanh(0.7 - h);
        double a = 1.2 * mean;

        assertEquals((a + 0.45) / 1.5 - (a - 0.45) / 0.5, top, 1e-14);
        assertEquals((above + below) / 2, mean, 1e-14);
        assertEquals(above - below, -found.biases(1)[0], 1e-14);
        assertEquals(found.biases(1)[0], found.weights(0)[0][0]);
        double doubled = StrictMath.tanh(0.7 + 2 * h) - StrictMath.tanh(0.7 - 2 * h);
        assertTrue(Math.abs(doubled + found.biases(1)[0]) > 1e-2, "a lost half would be seen");
    }

    @Test
    void theDistanceToBackpropIsOfSecondOrder() {
        for (NudgeProblem p : problems()) {
            double coarse = p.distance(estimate(p, 1e-2), p.backprop());
            double fine = p.distance(estimate(p, 1e-3), p.backprop());
            double least = p.distance(estimate(p, 1e-4), p.backprop());

            assertEquals(2.0, Order.slope(1e-2, coarse, 1e-3, fine), 0.02);
            assertEquals(2.0, Order.slope(1e-3, fine, 1e-4, least), 0.05);
            double stretched = p.distance(p.scaled(estimate(p, 1e-3), 1 + 1e-5), p.backprop());
            assertTrue(Order.slope(1e-2, coarse, 1e-3, stretched) < 1.5);
            Parameters flipped = p.planted(estimate(p, 1e-4), 0, x -> -x);
            assertTrue(p.distance(flipped, p.backprop()) > 1e-2);
        }
    }

    /**
     * 34 layers of small weights, of which 1e-20 and less of the error is left at the input: far
     * below the rounding of activities, from whose difference it would be zero.
     */
    @ParameterizedTest
    @EnumSource(
            value = StandardActivation.class,
            names = {"SOFTPLUS", "HARD_SIGMOID", "TANH"})
    void whatReachesTheDeepestLayerKeepsItsDigits(StandardActivation f) {
        int[] layers = new int[35];
        Arrays.fill(layers, 2);
        Initialisation small = new Initialisation(Initialisation.Scheme.UNIFORM, 0.3, 985);
        Network network =
                Network.layered(layers, f, StandardActivation.LINEAR, StandardLoss.SQUARED, small);
        Parameters theta = network.parameters();
        Matrix x = Matrix.column(0.3, -0.2);
        Matrix t = Matrix.column(0.1, 0.4);
        Parameters found = DualPropagationNudge.estimate(network, theta, 1e-4, x, t);
        Parameters backprop = Backprop.of(network).gradient(theta, x, t).gradient();
        for (var part : GradientComparison.of(network, found, backprop).projections()) {
            assertTrue(part.relativeError() <= 1e-7, part.name() + " " + part.relativeError());
        }
        double deepest = Math.abs(backprop.biases(1)[0]);
        assertTrue(deepest > 0 && deepest < 1e-18, "a difference would have lost it: " + deepest);
    }

    @Test
    void aLargeNudgeIsNotBackprop() {
        for (NudgeProblem p : problems()) {
            assertTrue(p.distance(estimate(p, 0.5), p.backprop()) >= 1e-2);
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 1);
        NudgeProblem entropy =
                NudgeProblem.chain(StandardActivation.TANH, StandardLoss.CROSS_ENTROPY, 1);
        NudgeProblem curved =
                NudgeProblem.of(
                        Network.layered(
                                new int[] {5, 7, 3},
                                StandardActivation.TANH,
                                StandardActivation.TANH,
                                StandardLoss.SQUARED,
                                Initialisation.uniform(1)),
                        1);

        for (double beta : new double[] {0, -1, 2, Double.NaN}) {
            assertEquals("beta: need a number between 0 and 2, got " + beta, refusal(p, beta));
        }
        assertEquals(
                "dual propagation: needs the squared loss, got cross-entropy",
                refusal(entropy, 0.1));
        assertEquals("dual propagation: needs a linear output, got tanh", refusal(curved, 0.1));
    }

    private static String refusal(NudgeProblem p, double beta) {
        return assertThrows(IllegalArgumentException.class, () -> estimate(p, beta)).getMessage();
    }

    private static List<NudgeProblem> problems() {
        List<NudgeProblem> all = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            all.add(NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, seed));
            all.add(NudgeProblem.chain(StandardActivation.SOFTPLUS, StandardLoss.SQUARED, seed));
            all.add(
                    NudgeProblem.withSkips(
                            StandardActivation.SIGMOID, Initialisation.uniform(seed)));
        }
        return all;
    }

    private static Parameters estimate(NudgeProblem p, double beta) {
        return DualPropagationNudge.estimate(p.network(), p.theta(), beta, p.input(), p.target());
    }
}
