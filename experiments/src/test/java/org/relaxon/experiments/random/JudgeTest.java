package org.relaxon.experiments.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/** The solutions that judge random runs, judged themselves. */
class JudgeTest {
    private static final double[] INPUT = {0.4, -0.9, 0.3};
    private static final double[] TARGET = {0.7, -0.2};

    private static Network network(StandardActivation f, int hidden) {
        int[] sizes = new int[hidden + 2];
        java.util.Arrays.fill(sizes, 4);
        sizes[0] = INPUT.length;
        sizes[hidden + 1] = TARGET.length;
        return Network.layered(
                sizes,
                f,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(3));
    }

    private static double error(Network network, double beta, boolean young) {
        Chain chain = new Chain(network, INPUT, TARGET);
        Divergences solver = new Divergences(chain, beta, young, false, null);
        double[] z = Equations.solve(chain, solver, new double[chain.unknowns]);
        assertNotNull(z);
        Parameters found = network.zeros();
        solver.addGradient(network, z, 1.0, found);
        Parameters due =
                Backprop.of(network)
                        .gradient(network.parameters(), Matrix.column(INPUT), Matrix.column(TARGET))
                        .gradient();
        return GradientComparison.of(network, found, due).projections().stream()
                .mapToDouble(p -> p.relativeError())
                .max()
                .orElseThrow();
    }

    /** In every array, however far it is from the output; first order in beta. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30})
    void minimaOfDivergencesTendToBackpropInEveryArray(int hidden) {
        for (boolean young : new boolean[] {false, true}) {
            for (StandardActivation f :
                    new StandardActivation[] {
                        StandardActivation.TANH,
                        StandardActivation.SIGMOID,
                        StandardActivation.SOFTPLUS
                    }) {
                double fine = error(network(f, hidden), 1e-8, young);
                double order =
                        Math.log10(
                                error(network(f, hidden), 1e-4, young)
                                        / error(network(f, hidden), 1e-5, young));
                assertTrue(fine <= 1e-5, f + " " + young + ": " + fine);
                assertEquals(1.0, order, 0.05, f + " " + young);
            }
        }
    }

    @Test
    void newtonsDerivativesAreThoseOfItsEquations() {
        for (boolean young : new boolean[] {false, true}) {
            Chain chain = new Chain(network(StandardActivation.TANH, 2), INPUT, TARGET);
            Divergences solver = new Divergences(chain, 0.3, young, false, null);
            double[] z = new double[chain.unknowns];
            java.util.Arrays.setAll(z, k -> 0.2 * Math.sin(1 + k));
            requireDerivative(solver, z);
        }
    }

    private static void requireDerivative(Equations equations, double[] z) {
        double h = 1e-5;
        for (int j = 0; j < z.length; j++) {
            double[] up = z.clone();
            double[] down = z.clone();
            up[j] += h;
            down[j] -= h;
            double[] r = equations.residual(up);
            double[] q = equations.residual(down);
            for (int i = 0; i < r.length; i++) {
                double expected = (r[i] - q[i]) / (2 * h);
                // the mean slope's own derivative is taken at its middle
                assertEquals(expected, equations.jacobian(z).get(i, j), 2e-3, i + ", " + j);
            }
        }
    }

    /** Two units that hold each other with weight 2 have a saddle at 0, and minima beside it. */
    @Test
    void aSaddleHasANegativeEigenvalueAndItsMinimaHaveNone() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 2},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(3));
        Parameters theta = network.zeros();
        theta.weights(1)[0][0] = 2;
        Chain chain = new Chain(network.with(theta), new double[] {0}, TARGET);
        Recurrent solver = new Recurrent(chain);
        double[] zero = solver.free(new double[3]);
        assertArrayEquals(new double[3], zero, 1e-12);
        assertTrue(Solutions.least(solver.hessian(zero, 0.0, new double[3])) < -0.1);
        double[] one = solver.free(new double[] {1, 2, 0});
        assertTrue(Math.abs(one[0]) > 0.5, "the saddle again");
        assertTrue(Solutions.least(solver.hessian(one, 0.0, new double[3])) > 1e-4);
    }

    /** Layers of one ReLU neuron each, of weight 1, under two outputs that are held at a target. */
    private static Chain line(double bias1, double bias2, double target) {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1, 2},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(3));
        Parameters theta = network.zeros();
        for (int p = 0; p < 3; p++) {
            for (double[] row : theta.weights(p)) {
                row[0] = 1;
            }
        }
        theta.biases(1)[0] = bias1;
        theta.biases(2)[0] = bias2;
        return new Chain(network.with(theta), new double[] {1}, new double[] {target, target});
    }

    private static ReleasedPoint released(Chain chain, double x1, double x2) {
        double[][] x = {null, {x1}, {x2}, chain.target};
        double[] f1 = chain.drive(1, chain.input);
        double[] f2 = chain.drive(2, x[1]);
        double e1 = x1 - chain.f[1].value(f1[0]);
        double e2 = x2 - chain.f[2].value(f2[0]);
        double[][] errors = {null, {e1}, {e2}, {chain.target[0] - x2, chain.target[1] - x2}};
        return ReleasedPoint.of(
                chain, new Divergences(chain, 1.0, false, true, null), true, x, errors);
    }

    /** x1 = .9 holds 2[0] at 0: its error -2/3 is sent back at the slope .15, as error -.1 asks. */
    @Test
    void aUnitThatAnErrorHoldsOnItsKinkIsFoundThere() {
        Chain chain = line(0.0, -0.9, -1.0);
        Divergences plain = new Divergences(chain, 1.0, false, true, null);
        assertNull(Equations.solve(chain, plain, new double[chain.unknowns]), "it is no kink");
        ReleasedPoint found = released(chain, 0.9 + 1e-10, -0.667);
        assertNotNull(found);
        assertArrayEquals(
                new double[] {-0.1, -2.0 / 3, -1.0 / 3, -1.0 / 3, 0.15}, found.z(), 1e-14);
        assertTrue(Solutions.least(found.solver().hessian(found.z())) > 0);
    }

    /** At x1 = .2 it would need the slope 1.2, and is let go to the side that is no kink. */
    @Test
    void aUnitThatNeedsASlopeOfNeitherSideIsLetGo() {
        Chain chain = line(0.0, -0.2, -1.0);
        ReleasedPoint found = released(chain, 0.2 + 1e-10, -0.667);
        assertNotNull(found);
        double x1 = found.solver().activities(found.z())[1][0];
        assertTrue(x1 > 0.2 + 0.01, "still on the kink");
        assertEquals(4, found.z().length);
    }

    /** Beside a kink from which the energy falls Newton's method leaves; the state does not. */
    @Test
    void ofTwoSolutionsTheOneNextToTheStateIsMeant() {
        Chain chain = line(-2.0, 0.0, 1.0);
        ReleasedPoint here = released(chain, 1e-10, 2.0 / 3);
        assertArrayEquals(new double[] {0, 2.0 / 3, 1.0 / 3, 1.0 / 3}, here.z(), 1e-14);
        Divergences plain = new Divergences(chain, 1.0, false, true, null);
        double[] left = Equations.solve(chain, plain, new double[] {1e-10, 0.66, 0.33, 0.33});
        assertTrue(left[0] > 0.1, "the second solution is gone");
        double x2 = left[1] + left[0];
        assertArrayEquals(left, released(chain, left[0], x2).z(), 1e-14);
    }

    @Test
    void slopesOfUnitsOnKinksEnterNewtonsDerivatives() {
        Chain chain = line(0.0, -0.9, -1.0);
        Divergences solver =
                new Divergences(chain, 1.0, false, true, null)
                        .with(List.of(new Divergences.Held(2, 0, 0.0)));
        requireDerivative(solver, new double[] {-0.05, -0.6, 0.3, 0.2, 0.4});
    }

    @Test
    void aRunIsAFunctionOfItsSeedAndSeedsDiffer() {
        assertEquals(RandomRun.of(17).toString(), RandomRun.of(17).toString());
        long distinct =
                java.util.stream.LongStream.range(0, 200)
                        .mapToObj(RandomRun::of)
                        .map(RandomRun::command)
                        .distinct()
                        .count();
        assertEquals(200, distinct);
    }
}
