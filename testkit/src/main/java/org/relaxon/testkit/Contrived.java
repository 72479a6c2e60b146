package org.relaxon.testkit;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;

/** Networks of three neurons in a chain, made so that a reader can work them out on paper. */
public final class Contrived {
    private Contrived() {}

    /**
     * Never rests at beta 50 and target 1: while the output is in the middle of its tanh the hidden
     * neuron is driven far up, which saturates the output, which takes the drive away again.
     *
     * @return the network
     */
    public static Network restless() {
        return chain(StandardActivation.LINEAR, StandardActivation.TANH, 0.0, 6.0, 0.0);
    }

    /**
     * A phase in which {@link #restless} never rests.
     *
     * @return the phase
     */
    public static Phase neverResting() {
        return Phase.nudged(Matrix.column(1.0), Matrix.column(1.0), 50.0);
    }

    /** {@return parameters in the shapes of {@link #restless} with which every phase settles} */
    public static Parameters calm() {
        return chain(StandardActivation.LINEAR, StandardActivation.TANH, 0.5, 0.5, 0.1)
                .parameters();
    }

    /**
     * Output a = 3 x + 0.01 before rectification. At input 0 and target -1 it is just above the
     * kink when nothing is fed back, and below as soon as something is: it chatters, for the
     * activation does not state its kinks. At input 1 and a target near 3 it stays far above.
     *
     * @return the network
     */
    public static Network chattering() {
        return chain(StandardActivation.LINEAR, new Rectifier(), 1.0, 3.0, 0.01);
    }

    /** {@return the same with an activation whose kink is known: the output is held there} */
    public static Network holding() {
        return chain(StandardActivation.LINEAR, StandardActivation.RELU, 1.0, 3.0, 0.01);
    }

    /** {@return linear with weight 10: errors grow by 100 beta / (1 + beta) on a round trip} */
    public static Network explosive() {
        return chain(StandardActivation.LINEAR, StandardActivation.LINEAR, 1.0, 10.0, 0.0);
    }

    private static Network chain(
            Activation hidden, Activation output, double up, double top, double bias) {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        hidden,
                        output,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = network.zeros();
        p.weights(0)[0][0] = up;
        p.weights(1)[0][0] = top;
        p.biases(2)[0] = bias;
        return network.with(p);
    }
}
