package org.relaxon.experiments.reference;

import org.relaxon.experiments.effort.Effort;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.connectivity.Connectivity.Onto;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;

/**
 * The synapses of one projection, as lists by postsynaptic neuron, with the products that backprop
 * takes of them. Written for the reference alone.
 */
final class SynapseLists {
    private final Onto[] onto;
    private final double fixed;
    private final double scale;
    private final long synapses;

    private SynapseLists(Onto[] onto, Connectivity c) {
        this.onto = onto;
        fixed = c.fixed();
        scale = c.scale();
        long count = 0;
        for (Onto one : onto) {
            count += one.presynaptic().length;
        }
        synapses = count;
    }

    /** Null for a matrix, which needs no lists. */
    static SynapseLists of(Network network, Projection e) {
        Connectivity c = e.connectivity();
        if (c.isMatrix()) {
            return null;
        }
        Onto[] onto = new Onto[network.population(e.post()).size()];
        for (int i = 0; i < onto.length; i++) {
            onto[i] = c.onto(i, network.population(e.pre()).size());
        }
        return new SynapseLists(onto, c);
    }

    private double strength(double[][] stored, Onto own, int k) {
        return Double.isNaN(fixed) ? scale * stored[own.row()][own.numbers()[k]] : fixed;
    }

    /** Adds W x. */
    void addProduct(double[][] stored, double[] pre, double[] into) {
        Effort.spend(synapses);
        for (int i = 0; i < into.length; i++) {
            for (int k = 0; k < onto[i].presynaptic().length; k++) {
                into[i] += strength(stored, onto[i], k) * pre[onto[i].presynaptic()[k]];
            }
        }
    }

    /** Adds W^T v. */
    void addTransposed(double[][] stored, double[] delta, double[] into) {
        for (int i = 0; i < delta.length; i++) {
            for (int k = 0; k < onto[i].presynaptic().length; k++) {
                into[onto[i].presynaptic()[k]] += strength(stored, onto[i], k) * delta[i];
            }
        }
    }

    /** Adds the derivative of v^T W x by every stored number. */
    void addOuter(double[] delta, double[] pre, double[][] into) {
        for (int i = 0; Double.isNaN(fixed) && i < delta.length; i++) {
            for (int k = 0; k < onto[i].presynaptic().length; k++) {
                double x = pre[onto[i].presynaptic()[k]];
                into[onto[i].row()][onto[i].numbers()[k]] += scale * delta[i] * x;
            }
        }
    }
}
