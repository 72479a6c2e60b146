package org.relaxon.experiments.problem;

import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * The network in which every projection is a matrix of its own and that computes the same: absent
 * synapses are 0, and synapses that share a number are equal. By the chain rule the derivative by a
 * stored number is the sum over the synapses that use it.
 */
final class DenseEquivalent {
    /** The most entries of all matrices together. */
    private static final long ENTRIES_MAX = 1L << 24;

    private DenseEquivalent() {}

    static boolean isDense(Network network) {
        return network.projections().stream()
                .allMatch(p -> p.connectivity().isMatrix() && !p.isTied());
    }

    /** Expands a network and its parameters. */
    static Network of(Network network) {
        NetworkBuilder builder = new NetworkBuilder(network.loss());
        for (Population p : network.populations()) {
            switch (p.role()) {
                case INPUT -> builder.input(p.name(), p.size());
                case HIDDEN -> builder.hidden(p.name(), p.size(), p.activation());
                case OUTPUT -> builder.output(p.name(), p.size(), p.activation());
            }
        }
        for (Projection p : network.projections()) {
            String pre = network.population(p.pre()).name();
            String post = network.population(p.post()).name();
            builder.project(p.name(), pre, post, Connectivity.allToAll());
        }
        Network dense = builder.build(Initialisation.uniform(0));
        return dense.with(expand(network, network.parameters(), dense));
    }

    /** The numbers that a network stores, as those of its dense equivalent. */
    static Parameters expand(Network network, Parameters stored, Network dense) {
        Parameters expanded = dense.zeros();
        for (Projection p : network.projections()) {
            expand(p.connectivity(), stored.weights(p.index()), expanded.weights(p.index()));
        }
        copyBiases(network, stored, expanded);
        return expanded;
    }

    static boolean fits(Network network) {
        long entries = 0;
        for (Projection p : network.projections()) {
            long pre = network.population(p.pre()).size();
            entries += pre * network.population(p.post()).size();
        }
        return entries <= ENTRIES_MAX;
    }

    private static void expand(Connectivity c, double[][] stored, double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            Connectivity.Onto onto = c.onto(i, matrix[i].length);
            for (int k = 0; k < onto.presynaptic().length; k++) {
                matrix[i][onto.presynaptic()[k]] =
                        !c.isFixed()
                                ? c.scale() * stored[onto.row()][onto.numbers()[k]]
                                : c.fixed();
            }
        }
    }

    /** A gradient by the entries of matrices as one by the numbers that a network stores. */
    static Parameters gather(Network network, Parameters gradient) {
        Parameters out = network.zeros();
        for (Projection p : network.projections()) {
            double[][] from = gradient.weights(p.index());
            double[][] to = out.weights(p.index());
            for (int i = 0; i < from.length && to.length > 0; i++) {
                Connectivity c = p.connectivity();
                Connectivity.Onto onto = c.onto(i, from[i].length);
                for (int k = 0; k < onto.presynaptic().length; k++) {
                    to[onto.row()][onto.numbers()[k]] += c.scale() * from[i][onto.presynaptic()[k]];
                }
            }
        }
        copyBiases(network, gradient, out);
        network.sumTied(out);
        return out;
    }

    private static void copyBiases(Network network, Parameters from, Parameters to) {
        for (Population p : network.populations()) {
            double[] source = from.biases(p.index());
            System.arraycopy(source, 0, to.biases(p.index()), 0, source.length);
        }
    }
}
