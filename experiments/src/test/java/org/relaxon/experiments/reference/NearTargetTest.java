package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** The solvers where the target is near the output, as in every network that is well trained. */
class NearTargetTest {
    private static final double[] DISTANCES = {0, 1e-4, 1e-8, 1e-12, 1e-15};
    private static final double COARSE = 1e-4;

    /** A network, one input, its output and the way to the target. */
    record Fitted(Network network, Matrix input, double[] output, double[][] state) {
        Matrix target(double distance) {
            double[] t = output.clone();
            for (int i = 0; i < t.length; i++) {
                t[i] += distance * CounterRandom.normal(9, 9, i);
            }
            return Matrix.column(t);
        }

        Matrix[] reached() {
            Matrix[] out = new Matrix[state.length];
            for (int p = 0; p < out.length; p++) {
                out[p] = Matrix.column(state[p]);
            }
            return out;
        }
    }

    /** A reference gradient as a function of the target. */
    record Solver(String name, Fitted fitted, Function<Matrix, Parameters> gradient) {
        @Override
        public String toString() {
            return name + " " + fitted.network();
        }
    }

    static List<Solver> solvers() {
        List<Solver> all = new ArrayList<>();
        int[][] shapes = {{4, 3}, {1, 1, 1}, {4, 5, 3}, {3, 4, 4, 4, 4, 2}};
        StandardActivation[] activations = {
            StandardActivation.TANH, StandardActivation.SOFTPLUS, StandardActivation.LINEAR
        };
        for (int[] shape : shapes) {
            for (StandardActivation f : activations) {
                layered(feedforward(shape, f), all);
                contrastive(recurrent(shape, f), all);
            }
        }
        return all;
    }

    private static void layered(Fitted at, List<Solver> all) {
        Network n = at.network();
        for (Divergence d : Divergence.values()) {
            for (double beta : new double[] {1e-4, 1}) {
                all.add(
                        new Solver(
                                d + " " + beta,
                                at,
                                t ->
                                        PredictiveCodingEnergy.nudged(n, d, beta, at.input(), t)
                                                .envelopeGradient(n.parameters())));
            }
            all.add(
                    new Solver(
                            d + " clamped",
                            at,
                            t ->
                                    PredictiveCodingEnergy.clamped(n, d, at.input(), t)
                                            .envelopeGradient(n.parameters())));
        }
        all.add(
                new Solver(
                        "differences",
                        at,
                        t ->
                                FiniteDifference.gradient(
                                        n,
                                        n.parameters(),
                                        PredictiveCodingEnergy.clamped(
                                                n, Divergence.SQUARED_DISTANCE, at.input(), t))));
    }

    private static void contrastive(Fitted at, List<Solver> all) {
        Network n = at.network();
        Parameters theta = n.parameters();
        Matrix[] s = at.reached();
        Matrix x = at.input();
        all.add(
                new Solver(
                        "ep",
                        at,
                        t -> FiniteNudge.equilibriumPropagation(n, theta, x, t, s, 1e-3)));
        all.add(
                new Solver(
                        "ep centred",
                        at,
                        t -> FiniteNudge.equilibriumPropagationCentred(n, theta, x, t, s, 1e-3)));
        all.add(new Solver("coupled", at, t -> FiniteNudge.coupledLearning(n, theta, x, t, s, 1)));
        all.add(new Solver("implicit", at, t -> ImplicitGradient.of(n, theta, x, t, s).gradient()));
        all.add(
                new Solver(
                        "differences of minima",
                        at,
                        t ->
                                FiniteDifference.gradient(
                                        n, theta, HopfieldMinimumEnergy.clamped(n, x, t, s, s))));
    }

    @ParameterizedTest
    @MethodSource("solvers")
    void aSmallErrorIsOneAndItsGradientIsProportionalToIt(Solver solver) {
        Network n = solver.fitted().network();
        Parameters coarse = solver.gradient().apply(solver.fitted().target(COARSE));
        double size = norm(n, coarse, null, 0.0) / COARSE;

        for (double d : DISTANCES) {
            Parameters found = solver.gradient().apply(solver.fitted().target(d));
            double off = norm(n, found, coarse, d / COARSE);
            double curvature = 20 * size * d * COARSE;
            double rounding = 1e-13 * (1 + size);
            assertTrue(off <= curvature + rounding, "%s %s: %s".formatted(solver, d, off));
        }
        assertTrue(size > 1e-3, "nothing to tell apart: " + size);
    }

    @Test
    void theExampleOfOneCellPerLayer() {
        Network n =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = n.zeros();
        theta.weights(0)[0][0] = 1.0;
        theta.weights(1)[0][0] = 1.0;
        Matrix one = Matrix.column(1.0);
        PredictiveCodingEnergy energy =
                PredictiveCodingEnergy.clamped(n, Divergence.SQUARED_DISTANCE, one, one);

        Parameters found = FiniteDifference.gradient(n, theta, energy);

        assertEquals(0.0, norm(n, found, null, 0.0), 1e-13);
    }

    /** Feedback holds a ReLU unit on its kink, where the gradient does not vanish. */
    @Test
    void whatIsNoMinimumIsRefusedHoweverNearTheTarget() {
        Network n =
                Network.layered(
                        new int[] {1, 1, 1, 1},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters theta = n.zeros();
        theta.weights(0)[0][0] = 1.0;
        theta.weights(1)[0][0] = 1.0;
        theta.weights(2)[0][0] = 1.0;
        for (double d : new double[] {1, 1e-4}) {
            PredictiveCodingEnergy energy =
                    PredictiveCodingEnergy.nudged(
                            n,
                            Divergence.SQUARED_DISTANCE,
                            1e6,
                            Matrix.column(d * 1e-3),
                            Matrix.column(-d));
            assertThrows(IllegalStateException.class, () -> energy.difference(theta));
        }
    }

    private static Fitted feedforward(int[] shape, StandardActivation f) {
        Network n = network(shape, f, Initialisation.uniform(3));
        double[] input = input(shape[0]);
        double[][] x = Backprop.of(n).forward(n.parameters(), input).x();
        return new Fitted(n, Matrix.column(input), x[x.length - 1], x);
    }

    private static Fitted recurrent(int[] shape, StandardActivation f) {
        Network n = network(shape, f, new Initialisation(Initialisation.Scheme.NORMAL, 0.4, 3));
        double[] input = input(shape[0]);
        double[][] s = HopfieldEquilibrium.of(n, n.parameters(), 1).free(input);
        return new Fitted(n, Matrix.column(input), s[s.length - 1], s);
    }

    private static Network network(int[] shape, StandardActivation f, Initialisation init) {
        return Network.layered(shape, f, StandardActivation.LINEAR, StandardLoss.SQUARED, init);
    }

    private static double[] input(int size) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = CounterRandom.normal(5, 5, i);
        }
        return x;
    }

    /** |a - factor b|, with b of null for nothing. */
    private static double norm(Network n, Parameters a, Parameters b, double factor) {
        double sum = 0.0;
        for (Projection e : n.projections()) {
            for (int i = 0; i < a.weights(e.index()).length; i++) {
                for (int j = 0; j < a.weights(e.index())[i].length; j++) {
                    double other = b == null ? 0.0 : factor * b.weights(e.index())[i][j];
                    sum += StrictMath.pow(a.weights(e.index())[i][j] - other, 2);
                }
            }
        }
        for (Population p : n.populations()) {
            for (int i = 0; i < a.biases(p.index()).length; i++) {
                double other = b == null ? 0.0 : factor * b.biases(p.index())[i];
                sum += StrictMath.pow(a.biases(p.index())[i] - other, 2);
            }
        }
        return Math.sqrt(sum);
    }
}
