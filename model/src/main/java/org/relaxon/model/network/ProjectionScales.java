package org.relaxon.model.network;

import java.util.List;
import org.relaxon.model.network.Initialisation.Scheme;

/**
 * Scales with which signals keep their size whatever width and depth, for weights of unit variance.
 * Projections of fixed strengths are skips: they count neither in a depth nor among the projections
 * onto a population.
 *
 * @param scheme one that scales
 * @param nodes populations by index
 * @param edges projections by index
 */
record ProjectionScales(Scheme scheme, List<Population> nodes, List<Projection> edges) {
    /**
     * The projections with their scales. One that uses the weights of another has the same scale,
     * and one whose scale is stated keeps it.
     *
     * @throws IllegalArgumentException naming a projection that closes a cycle under Depth-muP,
     *     where no path is longest
     */
    List<Projection> scaled() {
        int depth = scheme == Scheme.DEPTH_MUP ? depth() : 1;
        return edges.stream()
                .map(
                        e -> {
                            Projection owner = edges.get(e.weightsOf());
                            boolean stated = owner.connectivity().scale() != 1.0;
                            return stated || isSkip(owner) ? e : e.scaled(scale(owner, depth));
                        })
                .toList();
    }

    private static boolean isSkip(Projection e) {
        return e.connectivity().isFixed();
    }

    private double scale(Projection e, int depth) {
        int fanIn = e.connectivity().fanIn(nodes.get(e.pre()).size());
        long count = edges.stream().filter(o -> o.post() == e.post() && !isSkip(o)).count();
        double shared = StrictMath.sqrt((double) count);
        if (scheme == Scheme.DEPTH_MUP && nodes.get(e.post()).role() == Population.Role.OUTPUT) {
            return 1.0 / (fanIn * shared);
        }
        boolean merges = edges.stream().anyMatch(o -> o.post() == e.post() && isSkip(o));
        return 1.0 / (StrictMath.sqrt(merges ? (double) fanIn * depth : fanIn) * shared);
    }

    /** Projections with weights on the longest path from an input. */
    private int depth() {
        int[] depth = new int[nodes.size()];
        int deepest = 1;
        for (Population p : nodes) {
            for (Projection e : edges) {
                if (!e.leadsOnwards()) {
                    throw new IllegalArgumentException(
                            "init: %s has no depth where a projection closes a cycle, as %s; use ntp"
                                    .formatted(scheme.optionName(), e.name()));
                }
                if (e.post() == p.index()) {
                    int own = depth[e.pre()] + (isSkip(e) ? 0 : 1);
                    depth[p.index()] = Math.max(depth[p.index()], own);
                }
            }
            deepest = Math.max(deepest, depth[p.index()]);
        }
        return deepest;
    }
}
