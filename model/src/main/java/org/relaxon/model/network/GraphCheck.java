package org.relaxon.model.network;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Whether populations and projections make a graph that can run. */
record GraphCheck(Collection<Population> populations, Collection<Projection> projections) {
    /** Whether a path of projections leads from one population to another. */
    boolean leads(int from, int to) {
        boolean[] reached = new boolean[populations.size()];
        reached[from] = true;
        for (boolean grows = true; grows; ) {
            grows = false;
            for (Projection e : projections) {
                grows |= reached[e.pre()] && !reached[e.post()];
                reached[e.post()] |= reached[e.pre()];
            }
        }
        return reached[to];
    }

    void requireRoles() {
        requireAny(Population.Role.INPUT);
        requireAny(Population.Role.OUTPUT);
    }

    private void requireAny(Population.Role role) {
        if (populations.stream().noneMatch(p -> p.role() == role)) {
            throw new IllegalArgumentException(
                    "a network needs at least one %s population, got 0"
                            .formatted(role.name().toLowerCase(Locale.ROOT)));
        }
    }

    void requireJoined(Population p) {
        boolean fed = projections.stream().anyMatch(e -> e.post() == p.index() && e.leadsOnwards());
        boolean heard = projections.stream().anyMatch(e -> e.pre() == p.index() && !e.isLateral());
        if (p.role() != Population.Role.INPUT && !fed) {
            throw new IllegalArgumentException(
                    "population %s has no input from one that is listed before it"
                            .formatted(p.name()));
        }
        if (p.role() != Population.Role.OUTPUT && !heard) {
            throw new IllegalArgumentException("population " + p.name() + " feeds nothing");
        }
    }

    /** Whether two populations have the sizes of those of a projection whose weights are used. */
    void requireSizes(String name, Population pre, Population post, Projection owner) {
        List<Population> nodes = List.copyOf(populations);
        Population from = nodes.get(owner.pre());
        Population to = nodes.get(owner.post());
        if (from.size() != pre.size() || to.size() != post.size()) {
            throw new IllegalArgumentException(
                    "projection %s: %s -> %s has shape (%d, %d), and %s, whose weights it uses, (%d, %d)"
                            .formatted(
                                    name,
                                    pre.name(),
                                    post.name(),
                                    post.size(),
                                    pre.size(),
                                    owner.name(),
                                    to.size(),
                                    from.size()));
        }
    }
}
