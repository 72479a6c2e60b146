package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

class AmplificationTest {
    @Test
    void oneLinearLayerAmplifiesNothing() {
        Network network = network(StandardActivation.LINEAR, StandardLoss.SQUARED, 3, 2);

        Amplification found = amplification(network, Divergence.SQUARED_DISTANCE);

        assertEquals(1.0, found.typical(), 1e-15);
        assertEquals(1.0, found.most(), 1e-15);
        assertEquals(1.0, found.cancellation(), 1e-15);
    }

    /** S = 1 + W2 W2^T; with W2 = [[3, 0, 0], [0, 1, 0]] that is diag(10, 2). */
    @Test
    void oneHiddenLinearLayerGivesTheNumbersWorkedByHand() {
        Network network = network(StandardActivation.LINEAR, StandardLoss.SQUARED, 2, 3, 2);
        Parameters theta = network.zeros();
        theta.weights(1)[0][0] = 3;
        theta.weights(1)[1][1] = 1;

        Amplification found =
                Amplification.of(
                        network,
                        theta,
                        Matrix.zeros(2, 1),
                        Matrix.column(-0.1, -0.1),
                        Divergence.SQUARED_DISTANCE);

        assertEquals(10.0, found.most(), 1e-9);
        assertEquals(Math.sqrt((100 + 4) / 2.0), found.typical(), 1e-12);
    }

    /** At rest sigma' = 1/4, so S = 1 + W2 W2^T / 4 for Fenchel-Young divergences. */
    @Test
    void fenchelYoungWeighsAHiddenNeuronWithItsSlope() {
        Network network = network(StandardActivation.SIGMOID, StandardLoss.SQUARED, 2, 3, 1);
        Parameters theta = network.zeros();
        theta.weights(1)[0][2] = 4;

        Matrix input = Matrix.zeros(2, 1);
        Matrix target = Matrix.column(2.5); // the output is 2, so |g| = 1/2

        assertEquals(
                5.0,
                Amplification.of(network, theta, input, target, Divergence.FENCHEL_YOUNG).most(),
                1e-12);
        assertEquals(
                17.0,
                Amplification.of(network, theta, input, target, Divergence.SQUARED_DISTANCE).most(),
                1e-12);
    }

    /** Two equal outputs: L'' = [[1/4, -1/4], [-1/4, 1/4]] with norm 1/2. */
    @Test
    void crossEntropyMultipliesWithItsCurvature() {
        Network network = network(StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY, 3, 2);

        Amplification found =
                Amplification.of(
                        network,
                        network.zeros(),
                        Matrix.zeros(3, 1),
                        Matrix.column(1, 0),
                        Divergence.SQUARED_DISTANCE);

        assertEquals(0.5, found.typical(), 1e-15);
        assertEquals(Math.sqrt(0.5), found.most(), 1e-15); // |g| is larger than |L'' S|
    }

    /** Gradients d x of two examples: d = -1, x = (2, 1), then d = 1, x = (2, 1) + (0, 1). */
    @Test
    void examplesThatCancelAreSeen() {
        Network network = network(StandardActivation.LINEAR, StandardLoss.SQUARED, 2, 1);

        Amplification found =
                Amplification.of(
                        network,
                        network.zeros(),
                        Matrix.of(2, 2, new double[] {2, 2, 1, 2}),
                        Matrix.of(1, 2, new double[] {1, -1}),
                        Divergence.SQUARED_DISTANCE);

        // squares 4 + 1 + 1 and 4 + 4 + 1 with the bias; the sum is (0, 1) with bias 0
        assertEquals(Math.sqrt(6) + 3, found.cancellation(), 1e-14);
    }

    /** in -> a -> out and in -> out: S = 1 + W W^T with W of a -> out only. */
    @Test
    void aSkipConnectionFromTheInputAddsNothing() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 2)
                        .hidden("a", 1, StandardActivation.LINEAR)
                        .output("out", 1, StandardActivation.LINEAR)
                        .project("in-a", "in", "a")
                        .project("a-out", "a", "out")
                        .project("in-out", "in", "out")
                        .build(Initialisation.uniform(1));
        Parameters theta = network.zeros();
        theta.weights(1)[0][0] = 2;
        theta.weights(2)[0][1] = 100;

        Amplification found =
                Amplification.of(
                        network,
                        theta,
                        Matrix.column(1, 0),
                        Matrix.column(0.5),
                        Divergence.SQUARED_DISTANCE);

        assertEquals(5.0, found.most(), 1e-12);
    }

    @Test
    void aZeroErrorHasNoTypicalAmplification() {
        Network network = network(StandardActivation.TANH, StandardLoss.SQUARED, 3, 2);
        Parameters theta = network.zeros();
        Amplification found =
                Amplification.of(
                        network,
                        theta,
                        Matrix.zeros(3, 1),
                        Matrix.zeros(2, 1),
                        Divergence.SQUARED_DISTANCE);

        assertTrue(Double.isNaN(found.typical()));
    }

    private static Network network(StandardActivation hidden, Loss loss, int... sizes) {
        return Network.layered(
                sizes, hidden, StandardActivation.LINEAR, loss, Initialisation.uniform(3));
    }

    /** A target close to the output, so that |g| is small. */
    private static Matrix output(Network network) {
        Matrix input = Matrix.column(1, -1, 2);
        double[] target =
                Backprop.of(network)
                        .gradient(network.parameters(), input, Matrix.zeros(2, 1))
                        .output()
                        .values()
                        .clone();
        target[0] += 0.25;
        return Matrix.column(target);
    }

    private static Amplification amplification(Network network, Divergence divergence) {
        return Amplification.of(
                network,
                network.parameters(),
                Matrix.column(1, -1, 2),
                output(network),
                divergence);
    }

    /** The figures of large sparse networks come from lists, those of small ones from matrices. */
    @Test
    void listsOfSynapsesGiveTheFiguresOfMatrices() throws IOException {
        for (long seed = 1; seed <= 5; seed++) {
            Problem sparse =
                    ProblemSpec.defaults()
                            .withGraph(sparse(seed))
                            .withSeed(seed)
                            .withBatch(3)
                            .build();
            Problem dense = sparse.dense().orElseThrow();
            for (Amplification.Divergence d : Amplification.Divergence.values()) {
                Amplification expected = figures(dense, d);
                Amplification found = figures(sparse, d);
                assertEquals(expected.typical(), found.typical(), 1e-12 * expected.typical());
                assertEquals(expected.most(), found.most(), 1e-12 * expected.most());
                double cancels = expected.cancellation();
                // entries of a matrix without a synapse have a gradient as well
                assertTrue(found.cancellation() >= 1 - 1e-12, "" + found.cancellation());
                assertEquals(cancels, found.cancellation(), 0.5 * cancels);
            }
        }
    }

    private static NetworkPlan sparse(long seed) {
        return new NetworkPlan(
                List.of(
                        new Node("x", 9, Population.Role.INPUT, null),
                        new Node("low", 8, Population.Role.HIDDEN, null),
                        new Node("map", 6, Population.Role.HIDDEN, null),
                        new Node("y", 3, Population.Role.OUTPUT, null)),
                List.of(
                        edge("x", "low", "random:4,seed=" + seed),
                        edge("low", "map", "convolution:2x2x2,filters=6,kernel=2"),
                        edge("x", "map", "random:2,seed=" + seed),
                        edge("map", "y", "random:3,seed=" + seed)));
    }

    private static Edge edge(String from, String to, String connectivity) {
        return new Edge(from + to, from, to, Connectivity.parse(connectivity));
    }

    private static Amplification figures(Problem p, Amplification.Divergence divergence) {
        return Amplification.of(
                p.network(), p.network().parameters(), p.input(), p.target(), divergence);
    }
}
