package org.relaxon.runtime;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/** Networks of three neurons in a chain, made so that a reader can work them out on paper. */
final class Contrived {
    private Contrived() {}

    /**
     * Never rests at beta 50 and target 1: while the output is in the middle of its tanh the hidden
     * neuron is driven far up, which saturates the output, which takes the drive away again.
     */
    static Network restless() {
        return chain(StandardActivation.LINEAR, StandardActivation.TANH, 0.0, 6.0, 0.0);
    }

    /** As {@link #restless} in shape, with weights at which every phase settles. */
    static Parameters calm() {
        return chain(StandardActivation.LINEAR, StandardActivation.TANH, 0.5, 0.5, 0.1)
                .parameters();
    }

    /**
     * Output a = 3 x + 0.01 before rectification. At input 0 and target -1 it is just above the
     * kink when nothing is fed back, and below as soon as something is: it chatters, for the
     * activation does not say where its kink is. At input 1 and a target near 3 it stays far above.
     */
    static Network chattering() {
        return chain(StandardActivation.LINEAR, new Rectifier(), 1.0, 3.0, 0.01);
    }

    /** The same with an activation whose kink is known: the output is held there. */
    static Network holding() {
        return chain(StandardActivation.LINEAR, StandardActivation.RELU, 1.0, 3.0, 0.01);
    }

    /** Linear with weight 10: errors grow by 100 beta / (1 + beta) on every round trip. */
    static Network explosive() {
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
