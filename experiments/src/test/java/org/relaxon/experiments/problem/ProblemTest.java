package org.relaxon.experiments.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;

class ProblemTest {
    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals(
                "input has shape (2, 1), the network needs (3, B) with one B >= 1",
                refusal(StandardLoss.SQUARED, Matrix.zeros(2, 1), Matrix.zeros(2, 1)));
        assertEquals(
                "target has shape (2, 2), the network needs (2, B) with one B >= 1",
                refusal(StandardLoss.SQUARED, Matrix.zeros(3, 1), Matrix.zeros(2, 2)));
        assertEquals(
                "target[1, 0] is NaN; it must be finite",
                refusal(StandardLoss.SQUARED, Matrix.zeros(3, 1), Matrix.column(0, Double.NaN)));
        assertEquals(
                "input has shape (3, 0), the network needs (3, B) with one B >= 1",
                refusal(StandardLoss.SQUARED, Matrix.zeros(3, 0), Matrix.zeros(2, 0)));
    }

    @Test
    void aCrossEntropyTargetMustBeADistribution() {
        assertEquals(
                "target[0, 0] is -0.5; cross-entropy needs shares >= 0",
                refusal(StandardLoss.CROSS_ENTROPY, Matrix.zeros(3, 1), Matrix.column(-0.5, 1.5)));
        assertEquals(
                "target: column 0 sums to 0.75; cross-entropy needs columns that sum to 1",
                refusal(StandardLoss.CROSS_ENTROPY, Matrix.zeros(3, 1), Matrix.column(0.25, 0.5)));
    }

    @Test
    void aCrossEntropyTargetMayHaveBeenRoundedToFloat32() {
        double off = 1e-7;
        Network network =
                Network.layered(
                        new int[] {3, 2},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.CROSS_ENTROPY,
                        Initialisation.uniform(1));
        Matrix input = Matrix.zeros(3, 1);
        assertEquals(
                1,
                new Problem(network, input, Matrix.column(0.25, 0.75 + off), "random", "test")
                        .examples());
        assertEquals(
                "target: column 0 sums to 1.00001; cross-entropy needs columns that sum to 1",
                refusal(StandardLoss.CROSS_ENTROPY, input, Matrix.column(0.25, 0.75 + 100 * off)));
    }

    /** Matrices that were kept from the first call would be those of other weights. */
    @Test
    void matricesFollowWeightsThatChangeInPlace() {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 3)
                        .output("out", 2, StandardActivation.LINEAR)
                        .project("some", "in", "out", Connectivity.random(2, 1))
                        .build(Initialisation.uniform(1));
        Problem problem =
                new Problem(network, Matrix.zeros(3, 1), Matrix.zeros(2, 1), "random", "test");
        double[][] before = problem.dense().orElseThrow().network().parameters().weights(0);
        network.parameters().weights(0)[0][0] += 1.0;
        double[][] after = problem.dense().orElseThrow().network().parameters().weights(0);
        int at = Connectivity.random(2, 1).onto(0, 3).presynaptic()[0];
        assertEquals(before[0][at] + 1.0, after[0][at]);
        assertArrayEquals(before[1], after[1]);
    }

    private static String refusal(Loss loss, Matrix input, Matrix target) {
        Network network =
                Network.layered(
                        new int[] {3, 2},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        loss,
                        Initialisation.uniform(1));
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> new Problem(network, input, target, "random", "test"))
                .getMessage();
    }
}
