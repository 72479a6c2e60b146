package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.compare.Order;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

class HolomorphicNudgeTest {
    static List<NudgeProblem> problems() {
        List<NudgeProblem> all = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            all.add(chain(StandardActivation.TANH, seed));
            all.add(chain(StandardActivation.SIGMOID, seed));
            all.add(chain(StandardActivation.SOFTPLUS, seed));
        }
        // nothing saturates here: a larger gain comes close to losing the minimum
        Initialisation weak = new Initialisation(Scheme.NORMAL, .2, 4);
        all.add(
                NudgeProblem.chain(
                        StandardActivation.LINEAR, StandardLoss.SQUARED, weak, 5, 7, 6, 3));
        all.add(NudgeProblem.withSkips(StandardActivation.TANH, init(5)));
        return all;
    }

    /** The implicit gradient: the derivative of the loss at the free state, by its values alone. */
    @ParameterizedTest
    @MethodSource("problems")
    void manyPointsGiveTheDerivativeOfTheLossAtTheFreeState(NudgeProblem p) {
        Parameters implicit = p.differences(theta -> lossOfFreeState(p, theta));
        Parameters found = estimate(p, 16, 0.05);

        assertTrue(p.distance(found, implicit) <= 1e-10);
        Parameters flipped = p.planted(found, 1, x -> -x);
        assertTrue(p.distance(flipped, implicit) > 1e-2);
        assertTrue(p.distance(p.scaled(found, 1 + 1e-7), implicit) > 5e-8);
        assertTrue(p.distance(found, p.backprop()) > 1e-3, "not the feedforward gradient");
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theOrderIsTheNumberOfPoints(NudgeProblem p) {
        Parameters exact = estimate(p, 16, 0.05);
        for (int points : new int[] {2, 4}) {
            double coarse = p.distance(estimate(p, points, 0.04), exact);
            double fine = p.distance(estimate(p, points, 0.02), exact);

            assertEquals(points, Order.slope(0.04, coarse, 0.02, fine), 0.05);
            Parameters scaled = p.scaled(estimate(p, points, 0.02), 1.01);
            assertTrue(Order.slope(0.04, coarse, 0.02, p.distance(scaled, exact)) < 0.5);
        }
    }

    /** s_L = (a + z T) / (1 + z); the mean of 1 / (1 + beta w) over the roots is 1/(1 - beta^N). */
    @Test
    void oneLayerIsStretchedByThePowerOfTheNumberOfPoints() {
        NudgeProblem p =
                NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, init(2), 5, 3);
        for (int points : new int[] {2, 4, 6}) {
            double beta = 0.5;
            Parameters expected = p.scaled(p.backprop(), 1 / (1 - StrictMath.pow(beta, points)));

            assertTrue(p.distance(estimate(p, points, beta), expected) <= 1e-14);
            assertTrue(p.distance(estimate(p, points, beta), p.backprop()) > 1e-2);
        }
    }

    @Test
    void givenFreeStatesAreFollowed() {
        NudgeProblem p = chain(StandardActivation.TANH, 6);
        Matrix[] reached = free(p, p.theta());
        Parameters own = estimate(p, 4, 0.1);

        assertTrue(p.distance(from(p, reached), own) <= 1e-13);
        for (double off : new double[] {0.5, Double.NaN}) {
            reached[1].values()[3] += off;
            assertEquals(
                    "holomorphic: example 1: the free state is not near an equilibrium",
                    assertThrows(IllegalStateException.class, () -> from(p, reached)).getMessage());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        for (StandardActivation f :
                List.of(StandardActivation.RELU, StandardActivation.HARD_SIGMOID)) {
            assertEquals(
                    "holomorphic: population 1: activation %s does not fit, it must be an analytic one"
                            .formatted(f.optionName()),
                    refusal(chain(f, 1), 2, 0.1));
        }
        NudgeProblem curved =
                NudgeProblem.of(
                        Network.layered(
                                new int[] {5, 7, 3},
                                StandardActivation.TANH,
                                StandardActivation.TANH,
                                StandardLoss.SQUARED,
                                init(1)),
                        1);
        assertEquals(
                "holomorphic: population 2: activation tanh does not fit, an output must be linear",
                refusal(curved, 2, 0.1));
        NudgeProblem p = chain(StandardActivation.TANH, 1);
        assertEquals("points: need an even number of at least 2, got 3", refusal(p, 3, 0.1));
        assertEquals("beta: need a finite number > 0, got NaN", refusal(p, 2, Double.NaN));
        assertEquals(
                "holomorphic: needs the squared loss, got cross-entropy",
                refusal(
                        NudgeProblem.chain(StandardActivation.TANH, StandardLoss.CROSS_ENTROPY, 1),
                        2,
                        1));
    }

    private static String refusal(NudgeProblem p, int points, double beta) {
        return assertThrows(IllegalArgumentException.class, () -> estimate(p, points, beta))
                .getMessage();
    }

    private static Initialisation init(long seed) {
        return new Initialisation(Scheme.NORMAL, .4, seed);
    }

    private static NudgeProblem chain(StandardActivation hidden, long seed) {
        return NudgeProblem.chain(hidden, StandardLoss.SQUARED, init(seed), 5, 7, 6, 3);
    }

    private static Parameters estimate(NudgeProblem p, int points, double beta) {
        return HolomorphicNudge.estimate(
                p.network(), p.theta(), points, beta, p.input(), p.target());
    }

    private static Parameters from(NudgeProblem p, Matrix[] reached) {
        return HolomorphicNudge.estimate(
                p.network(), p.theta(), 4, 0.1, p.input(), p.target(), reached);
    }

    private static double lossOfFreeState(NudgeProblem p, Parameters theta) {
        double[] out = free(p, theta)[p.network().output().index()].values();
        double sum = 0.0;
        for (int k = 0; k < out.length; k++) {
            double d = out[k] - p.target().values()[k];
            sum += 0.5 * d * d;
        }
        return sum;
    }

    /** Free states in real arithmetic, by sweeps from zeros. */
    private static Matrix[] free(NudgeProblem p, Parameters theta) {
        Network network = p.network();
        int columns = p.input().columns();
        Matrix[] s = new Matrix[network.populations().size()];
        for (Population q : network.populations()) {
            boolean clamped = q.role() == Population.Role.INPUT;
            s[q.index()] = clamped ? p.input() : Matrix.zeros(q.size(), columns);
        }
        for (int k = 0; k < 150; k++) {
            for (Population q : network.populations()) {
                for (int i = 0; q.role() != Population.Role.INPUT && i < q.size(); i++) {
                    for (int c = 0; c < columns; c++) {
                        double h = drive(network, theta, s, q.index(), i, c);
                        s[q.index()].values()[i * columns + c] =
                                Elementwise.value(q.activation(), h);
                    }
                }
            }
        }
        return s;
    }

    private static double drive(
            Network network, Parameters theta, Matrix[] s, int population, int i, int c) {
        double h = theta.biases(population)[i];
        for (Projection e : network.into(population)) {
            for (int j = 0; j < s[e.pre()].rows(); j++) {
                h += theta.weights(e.index())[i][j] * s[e.pre()].get(j, c);
            }
        }
        for (Projection e : network.outOf(population)) {
            for (int j = 0; j < s[e.post()].rows(); j++) {
                h += theta.weights(e.index())[j][i] * s[e.post()].get(j, c);
            }
        }
        return h;
    }
}
