package org.relaxon.model.cell;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which cells must not move at the same time if the energy is never to rise: cells joined by a
 * link, and for energies of prediction errors also cells that project to a common cell, because
 * both appear in that cell's error. Undirected; each cell's neighbours are in ascending order.
 */
public final class InteractionGraph {
    /** Beyond this many steps of search the diameter is bounded instead of computed. */
    private static final long SEARCH_MAX = 50_000_000L;

    private final int[][] neighbours;
    private final int diameter;

    private InteractionGraph(List<? extends Set<Integer>> sets) {
        neighbours =
                sets.stream()
                        .map(s -> s.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
        diameter = findDiameter();
    }

    /**
     * Joins cells that share a link, and on request those with a common target.
     *
     * @param wiring cells and links of the network
     * @param coParents whether cells that project to the same cell are neighbours
     * @return the graph, with one vertex per cell
     */
    public static InteractionGraph of(Wiring wiring, boolean coParents) {
        int count = wiring.cells().size();
        List<TreeSet<Integer>> sets =
                IntStream.range(0, count).mapToObj(k -> new TreeSet<Integer>()).toList();
        for (Link link : wiring.links()) {
            sets.get(link.from()).add(link.to());
            sets.get(link.to()).add(link.from());
        }
        for (int[] common : coParents ? wiring.sources() : new int[0][]) {
            List<Integer> together = IntStream.of(common).boxed().toList();
            together.forEach(cell -> sets.get(cell).addAll(together));
        }
        IntStream.range(0, count).forEach(k -> sets.get(k).remove(k));
        return new InteractionGraph(sets);
    }

    /** {@return the number of cells} */
    public int cells() {
        return neighbours.length;
    }

    /**
     * {@return the indices of the neighbours of a cell, ascending; do not write to them}
     *
     * @param cell index of the cell
     */
    public int[] neighbours(int cell) {
        return neighbours[cell];
    }

    /**
     * {@return the position of one cell among the neighbours of another; negative if it is not a
     * neighbour}
     *
     * @param of index of the cell to find
     * @param among index of the cell whose neighbours are searched
     */
    public int position(int of, int among) {
        return Arrays.binarySearch(neighbours[among], of);
    }

    /**
     * {@return the number of edges between the two cells that are farthest apart, in the component
     * where that is largest; for very large graphs an upper bound of at most twice that}
     */
    public int diameter() {
        return diameter;
    }

    private int findDiameter() {
        long edges = Arrays.stream(neighbours).mapToLong(n -> n.length).sum();
        if (edges * neighbours.length <= SEARCH_MAX) {
            return IntStream.range(0, neighbours.length)
                    .map(k -> farthest(k, new boolean[neighbours.length]))
                    .max()
                    .orElse(0);
        }
        boolean[] seen = new boolean[neighbours.length];
        int most = 0;
        for (int k = 0; k < neighbours.length; k++) {
            most = seen[k] ? most : Math.max(most, 2 * farthest(k, seen));
        }
        return most;
    }

    /** Breadth-first distance to the farthest cell that can be reached. */
    private int farthest(int start, boolean[] seen) {
        int[] distance = new int[neighbours.length];
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        int most = 0;
        while (!queue.isEmpty()) {
            int cell = queue.remove();
            most = distance[cell];
            for (int next : neighbours[cell]) {
                if (!seen[next]) {
                    seen[next] = true;
                    distance[next] = distance[cell] + 1;
                    queue.add(next);
                }
            }
        }
        return most;
    }
}
