package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;

/**
 * The settlings of a lane since its weights changed that its present state and its saved states
 * come from. States live in cells; repeating these settlings makes them again.
 */
final class History {
    private final List<PastSettling> order = new ArrayList<>(); // those that matter, oldest first
    private final Map<String, PastSettling> saved = new HashMap<>();
    private PastSettling last; // null if the cells hold no state

    /** The cells begin something else; their present state ends unless it is saved. */
    void begin() {
        last = null;
        prune();
    }

    /** A settling has ended. */
    void add(Phase phase, Budget budget, int lowered, Settlement verdict) {
        PastSettling start = phase.start() == null ? null : saved.get(phase.start());
        last = new PastSettling(phase, budget, lowered, start, verdict);
        order.add(last);
    }

    /** The present state is saved. */
    void save(String name) {
        if (last != null) {
            last.name(name);
            saved.put(name, last);
            prune();
        }
    }

    /** What the present state comes from; null if there is none. */
    PastSettling last() {
        return last;
    }

    /** All of it, oldest first; nothing is left. */
    List<PastSettling> take() {
        List<PastSettling> all = List.copyOf(order);
        order.clear();
        saved.clear();
        last = null;
        return all;
    }

    /** All of it, oldest first. */
    List<PastSettling> all() {
        return List.copyOf(order);
    }

    private void prune() {
        Set<PastSettling> needed = new LinkedHashSet<>();
        saved.values().forEach(one -> need(one, needed));
        need(last, needed);
        order.retainAll(needed);
    }

    private static void need(PastSettling one, Set<PastSettling> needed) {
        for (PastSettling k = one; k != null && needed.add(k); k = k.start()) {
            // and what it started from
        }
    }
}
