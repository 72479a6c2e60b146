package org.relaxon.testkit;

import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;

/** A convolution whose cells share their numbers, pooling, and synapses that are drawn. */
public final class ImageProblem {
    private ImageProblem() {}

    /** Three examples; a function of the seed. */
    public static Problem of(long seed) {
        Network network =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("image", 20)
                        .hidden("map", 24, StandardActivation.TANH)
                        .hidden("pool", 4, StandardActivation.TANH)
                        .output("label", 3, StandardActivation.LINEAR)
                        .project(
                                "kernel",
                                "image",
                                "map",
                                Connectivity.parse("convolution:1x4x5,filters=2,kernel=2"))
                        .project(
                                "mean",
                                "map",
                                "pool",
                                Connectivity.parse("average-pooling:2x3x4,size=2"))
                        .project("read", "pool", "label", Connectivity.random(2, seed))
                        .build(Initialisation.uniform(seed));
        return Problem.of(seed, 3, network);
    }
}
