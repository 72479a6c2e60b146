package org.relaxon.model.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Numbers of projections on the longest paths, those that close a cycle left out. */
record PathLengths(List<Population> populations, List<Projection> projections) {
    /** Of each population, on a path from an input to it. */
    int[] fromInputs() {
        int[] depth = new int[populations.size()];
        for (Projection p : byPost()) {
            depth[p.post()] = Math.max(depth[p.post()], depth[p.pre()] + 1);
        }
        return depth;
    }

    /** Of each population, on a path from it to an output. */
    int[] toOutputs() {
        int[] height = new int[populations.size()];
        List<Projection> down = new ArrayList<>(byPost());
        Collections.reverse(down);
        for (Projection p : down) {
            height[p.pre()] = Math.max(height[p.pre()], height[p.post()] + 1);
        }
        return height;
    }

    /** Those that lead onwards, by their ends. */
    private List<Projection> byPost() {
        List<Projection> sorted = new ArrayList<>(projections);
        sorted.removeIf(p -> !p.leadsOnwards());
        sorted.sort(Comparator.comparingInt(Projection::post));
        return sorted;
    }
}
