package org.relaxon.experiments.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.ImplicitGradient;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Problem;

/** Networks with several inputs and outputs against networks with one of each. */
class SeveralEndsTest {
    private static final int EXAMPLES = 3;
    private static final double BETA = 1e-4;

    /** left 2, right 3 -> h 4; h -> near 2; h -> far 3. */
    private static Network forked(Loss loss, boolean near, boolean far) {
        NetworkBuilder builder = new NetworkBuilder(loss);
        builder.input("left", 2).input("right", 3).hidden("h", 4, StandardActivation.TANH);
        if (near) {
            builder.output("near", 2, StandardActivation.LINEAR);
        }
        if (far) {
            builder.output("far", 3, StandardActivation.LINEAR);
        }
        builder.project("a", "left", "h").project("b", "right", "h");
        if (near) {
            builder.project("c", "h", "near");
        }
        if (far) {
            builder.project("d", "h", "far");
        }
        return builder.build(Initialisation.uniform(3));
    }

    /** The same with left and right as one input. */
    private static Network joined(Loss loss) {
        return new NetworkBuilder(loss)
                .input("both", 5)
                .hidden("h", 4, StandardActivation.TANH)
                .output("far", 3, StandardActivation.LINEAR)
                .project("ab", "both", "h")
                .project("d", "h", "far")
                .build(Initialisation.uniform(3));
    }

    private static Matrix drawn(int rows, int stream) {
        return Problem.normal(5, stream, rows, EXAMPLES);
    }

    private static Matrix rows(Matrix m, int from, int to) {
        double[] values = m.values();
        int columns = m.columns();
        return Matrix.of(
                to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
    }

    private static Matrix target(Loss loss, int rows, int stream) {
        Matrix t = drawn(rows, stream);
        if (loss == StandardLoss.CROSS_ENTROPY) {
            for (int k = 0; k < rows * EXAMPLES; k++) {
                t.values()[k] = k / EXAMPLES == k % EXAMPLES % rows ? 1.0 : 0.0;
            }
        }
        return t;
    }

    private static Matrix stacked(Matrix above, Matrix below) {
        double[] values =
                Arrays.copyOf(above.values(), above.values().length + below.values().length);
        System.arraycopy(below.values(), 0, values, above.values().length, below.values().length);
        return Matrix.of(above.rows() + below.rows(), EXAMPLES, values);
    }

    private static void copyBiases(Network from, Network to, Parameters into) {
        for (Population p : to.populations()) {
            for (Population q : from.populations()) {
                if (q.name().equals(p.name())) {
                    double[] b = from.parameters().biases(q.index());
                    System.arraycopy(b, 0, into.biases(p.index()), 0, b.length);
                }
            }
        }
    }

    private static void copy(Network from, Network to, Parameters into) {
        copyBiases(from, to, into);
        to.projections()
                .forEach(
                        e -> {
                            int k = index(from, e.name());
                            double[][] w = from.parameters().weights(k);
                            for (int i = 0; i < w.length; i++) {
                                into.weights(e.index())[i] = w[i].clone();
                            }
                        });
    }

    private static int index(Network network, String projection) {
        return network.projections().stream()
                .filter(e -> e.name().equals(projection))
                .findFirst()
                .orElseThrow()
                .index();
    }

    /** The gradient of a sum of losses is the sum of their gradients. */
    @ParameterizedTest
    @ValueSource(strings = {"SQUARED", "CROSS_ENTROPY"})
    void outputsAddTheirLosses(String name) {
        Loss loss = StandardLoss.valueOf(name);
        Network both = forked(loss, true, true);
        Matrix input = drawn(5, 1);
        Matrix near = target(loss, 2, 2);
        Matrix far = target(loss, 3, 3);
        ReferenceGradient whole =
                Backprop.of(both).gradient(both.parameters(), input, stacked(near, far));
        Parameters sum = both.zeros();
        double[] losses = new double[EXAMPLES];
        for (boolean first : new boolean[] {true, false}) {
            Network one = forked(loss, first, !first);
            Parameters theta = one.parameters().copy();
            copy(both, one, theta);
            ReferenceGradient part = Backprop.of(one).gradient(theta, input, first ? near : far);
            one.projections()
                    .forEach(
                            e -> {
                                double[][] into = sum.weights(index(both, e.name()));
                                double[][] w = part.gradient().weights(e.index());
                                for (int i = 0; i < w.length; i++) {
                                    for (int j = 0; j < w[i].length; j++) {
                                        into[i][j] += w[i][j];
                                    }
                                }
                            });
            for (int c = 0; c < EXAMPLES; c++) {
                losses[c] += part.lossPerColumn()[c];
            }
        }
        for (int e = 0; e < 4; e++) {
            for (int i = 0; i < sum.weights(e).length; i++) {
                assertArrayEquals(sum.weights(e)[i], whole.gradient().weights(e)[i], 1e-14);
            }
        }
        for (int c = 0; c < EXAMPLES; c++) {
            assertEquals(losses[c], whole.lossPerColumn()[c], 1e-14);
        }
    }

    /** Two inputs are one input whose weights stand side by side, on a host as well. */
    @Test
    void inputsAreSidesOfOne() {
        Network two = forked(StandardLoss.SQUARED, false, true);
        Network one = joined(StandardLoss.SQUARED);
        Parameters theta = one.zeros();
        for (int i = 0; i < 4; i++) {
            double[] a = two.parameters().weights(0)[i];
            double[] b = two.parameters().weights(1)[i];
            System.arraycopy(a, 0, theta.weights(0)[i], 0, 2);
            System.arraycopy(b, 0, theta.weights(0)[i], 2, 3);
        }
        for (int i = 0; i < 3; i++) {
            theta.weights(1)[i] = two.parameters().weights(2)[i].clone();
        }
        copyBiases(two, one, theta);
        Matrix input = drawn(5, 1);
        Matrix target = drawn(3, 3);
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        Parameters split = estimate(two, ep, input, target).update().gradient();
        Parameters whole = estimate(one.with(theta), ep, input, target).update().gradient();
        for (int i = 0; i < 4; i++) {
            double[] row = whole.weights(0)[i];
            assertArrayEquals(Arrays.copyOf(row, 2), split.weights(0)[i], 1e-8);
            assertArrayEquals(Arrays.copyOfRange(row, 2, 5), split.weights(1)[i], 1e-8);
        }
        assertArrayEquals(rows(input, 2, 5).values(), two.rowsOf(input, 1));
    }

    private static GradientEstimate estimate(
            Network network, Algorithm algorithm, Matrix input, Matrix target) {
        RunPlan plan = RunPlan.of(algorithm.rule()).withThreshold(1e-14).withTolerance(1e-8);
        try (Host host = new VirtualHost();
                Session session = host.open(network, plan)) {
            Method method = new Method(algorithm, Estimator.CENTRED, BETA);
            return GradientEstimate.of(session, method, input, target, Budget.DEFAULT);
        }
    }

    /** x 2 -> low 3 -> middle 2 -> high 3 -> y 2; weights small enough for one basin. */
    private static Network nudgedInside(Population.Role middle) {
        NetworkBuilder builder =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 2)
                        .hidden("low", 3, StandardActivation.TANH);
        if (middle == Population.Role.OUTPUT) {
            builder.output("middle", 2, StandardActivation.TANH);
        } else {
            builder.hidden("middle", 2, StandardActivation.TANH);
        }
        return builder.hidden("high", 3, StandardActivation.TANH)
                .output("y", 2, StandardActivation.LINEAR)
                .project("a", "x", "low")
                .project("b", "low", "middle")
                .project("c", "middle", "high")
                .project("d", "high", "y")
                .build(new Initialisation(Initialisation.Scheme.NORMAL, 0.4, 2));
    }

    /** The nudge of a population between others is part of the loss; without it, it is not. */
    @Test
    void anyPopulationCanBeNudged() {
        Network network = nudgedInside(Population.Role.OUTPUT);
        Matrix input = drawn(2, 1);
        Matrix target = drawn(4, 2);
        for (Algorithm ep :
                new Algorithm[] {
                    Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                    Algorithms.equilibriumPropagation(0.5)
                }) {
            GradientEstimate found = estimate(network, ep, input, target);
            Equilibrium free = ((Conclusive) found.free()).equilibrium();
            Matrix[] reached = new Matrix[5];
            for (int p = 1; p < 5; p++) {
                reached[p] = free.activity(p);
            }
            Parameters exact =
                    ImplicitGradient.of(network, network.parameters(), input, target, reached)
                            .gradient();
            Network hidden = nudgedInside(Population.Role.HIDDEN);
            Parameters less =
                    ImplicitGradient.of(
                                    hidden,
                                    network.parameters(),
                                    input,
                                    rows(target, 2, 4),
                                    reached)
                            .gradient();
            assertTrue(off(found.update().gradient(), exact) < 1e-6, ep.label());
            assertTrue(off(found.update().gradient(), less) > 0.1, "twin " + ep.label());
        }
    }

    private static double off(Parameters a, Parameters b) {
        double off = 0.0;
        double size = 0.0;
        for (int e = 0; e < 4; e++) {
            for (int i = 0; i < a.weights(e).length; i++) {
                for (int j = 0; j < a.weights(e)[i].length; j++) {
                    off = Math.hypot(off, a.weights(e)[i][j] - b.weights(e)[i][j]);
                    size = Math.hypot(size, b.weights(e)[i][j]);
                }
            }
        }
        return off / size;
    }

    @Test
    void energiesThatCannotNudgeItRefuseItByName() {
        Network network = nudgedInside(Population.Role.OUTPUT);
        for (Algorithm pc :
                new Algorithm[] {
                    Algorithms.precisionPc(2.0),
                    Algorithms.fenchelYoung(),
                    Algorithms.fixedPrediction()
                }) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> estimate(network, pc, drawn(2, 1), drawn(4, 2)));
            assertTrue(e.getMessage().contains("output middle projects onwards by c"), e::toString);
        }
    }
}
