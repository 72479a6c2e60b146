package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;

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
}
