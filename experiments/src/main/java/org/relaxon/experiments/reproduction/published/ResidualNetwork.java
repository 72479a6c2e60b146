package org.relaxon.experiments.reproduction.published;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.network.Population.Role;

/**
 * The residual network of arXiv 2605.31022: p_i = s_i W_i f(z_{i-1}) + c_i z_{i-1}, without f in
 * the first layer, with c_i = 1 for hidden layers from the second on and 0 elsewhere. No biases.
 *
 * @param depth L, number of weight matrices, at least 2
 * @param width N, neurons of a hidden layer
 * @param inputs D
 * @param outputs number of outputs
 * @param activation f
 */
public record ResidualNetwork(
        int depth, int width, int inputs, int outputs, Activation activation) {
    /**
     * Checks the sizes.
     *
     * @param depth L, number of weight matrices, at least 2
     * @param width N, neurons of a hidden layer
     * @param inputs D
     * @param outputs number of outputs
     * @param activation f
     * @throws IllegalArgumentException naming the size that is too small
     */
    public ResidualNetwork {
        if (depth < 2) {
            throw new IllegalArgumentException("depth: need at least 2 layers, got " + depth);
        }
        if (width < 1 || inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "width, inputs, outputs: need at least 1 of each, got %d, %d and %d"
                            .formatted(width, inputs, outputs));
        }
    }

    /** {@return the number of hidden layers, whose states are free} */
    public int free() {
        return depth - 1;
    }

    /**
     * {@return the name of the projection with the weights of a layer}
     *
     * @param layer 1 to L
     */
    public static String weights(int layer) {
        return "W" + layer;
    }

    /**
     * {@return the same function as a network of cells} The state before the activation, which the
     * skips carry, is a linear population of its own: z_i receives W_i from f_{i-1} and the
     * identity from z_{i-1}, and f_i the identity from z_i. Under Depth-muP its scales are those of
     * the publication.
     */
    public NetworkPlan plan() {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        nodes.add(new Node("x", inputs, Role.INPUT, null));
        String below = "x";
        for (int l = 1; l < depth; l++) {
            String z = "z" + l;
            String f = "f" + l;
            nodes.add(new Node(z, width, Role.HIDDEN, StandardActivation.LINEAR));
            nodes.add(new Node(f, width, Role.HIDDEN, activation));
            edges.add(new Edge(weights(l), below, z));
            if (l > 1) {
                edges.add(new Edge("skip" + l, "z" + (l - 1), z, Connectivity.identity()));
            }
            edges.add(new Edge("to" + l, z, f, Connectivity.identity()));
            below = f;
        }
        nodes.add(new Node("y", outputs, Role.OUTPUT, StandardActivation.LINEAR));
        edges.add(new Edge(weights(depth), below, "y"));
        return new NetworkPlan(nodes, edges);
    }
}
