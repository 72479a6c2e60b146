package org.relaxon.tools.cli.network;

import java.util.Arrays;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/**
 * How many neurons of a population no synapse reaches, or reach none themselves, although the
 * population has projections.
 *
 * @param unreached neurons that have only their bias; 0 for an input
 * @param silent neurons whose activity nothing depends on; 0 for an output
 */
record Unconnected(int unreached, int silent) {
    static Unconnected of(Network network, Population p) {
        boolean[] reached = new boolean[p.size()];
        for (Projection e : network.into(p.index())) {
            if (e.connectivity().unscaled().isMatrix()) {
                Arrays.fill(reached, true);
                continue;
            }
            int presynaptic = network.population(e.pre()).size();
            for (int i = 0; i < reached.length; i++) {
                reached[i] |= e.connectivity().onto(i, presynaptic).presynaptic().length > 0;
            }
        }
        boolean[] reaches = new boolean[p.size()];
        for (Projection e : network.outOf(p.index())) {
            if (e.connectivity().unscaled().isMatrix()) {
                Arrays.fill(reaches, true);
                continue;
            }
            for (int i = 0; i < network.population(e.post()).size(); i++) {
                for (int j : e.connectivity().onto(i, p.size()).presynaptic()) {
                    reaches[j] = true;
                }
            }
        }
        return new Unconnected(
                p.role() == Population.Role.INPUT ? 0 : missing(reached),
                p.role() == Population.Role.OUTPUT ? 0 : missing(reaches));
    }

    private static int missing(boolean[] found) {
        int sum = 0;
        for (boolean one : found) {
            sum += one ? 0 : 1;
        }
        return sum;
    }
}
