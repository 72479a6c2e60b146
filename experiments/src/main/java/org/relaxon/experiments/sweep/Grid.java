package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All combinations of axes and seeds, in a fixed order: the first axis changes slowest, the seed
 * fastest.
 *
 * @param axes at least one, each name once
 * @param seeds at least one, each once
 */
public record Grid(List<Axis> axes, List<Long> seeds) {
    /** The most runs of a grid. */
    public static final int RUNS_MAX = 1_000_000;

    /**
     * Checks that the grid is not empty, not too large, and names nothing twice.
     *
     * @param axes at least one, each name once
     * @param seeds at least one, each once
     * @throws IllegalArgumentException naming the part that is missing, named twice or too large
     */
    public Grid {
        axes = List.copyOf(axes);
        seeds = List.copyOf(seeds);
        if (axes.isEmpty()) {
            throw new IllegalArgumentException("axis: need at least one, such as beta=1e-3,1e-4");
        }
        if (axes.stream().map(Axis::name).distinct().count() < axes.size()) {
            throw new IllegalArgumentException("axis: one is named twice in " + axes);
        }
        if (seeds.isEmpty() || seeds.stream().distinct().count() < seeds.size()) {
            throw new IllegalArgumentException("seeds: need at least one, each once: " + seeds);
        }
        long runs = seeds.size();
        for (Axis axis : axes) {
            runs *= axis.values().size();
            if (runs > RUNS_MAX) {
                throw new IllegalArgumentException(
                        "axis: the grid has more than %d runs".formatted(RUNS_MAX));
            }
        }
    }

    /** {@return the number of runs} */
    public int size() {
        return points() * seeds.size();
    }

    /** {@return the number of combinations without seeds} */
    public int points() {
        return axes.stream().mapToInt(a -> a.values().size()).reduce(1, (a, b) -> a * b);
    }

    /**
     * {@return the run at a position}
     *
     * @param index position in grid order, 0 to {@link #size} - 1
     * @throws IllegalArgumentException if there is no such position
     */
    public GridPoint point(int index) {
        if (index < 0 || index >= size()) {
            throw new IllegalArgumentException(
                    "run: %d is not in 0..%d".formatted(index, size() - 1));
        }
        int rest = index / seeds.size();
        List<String> values = new ArrayList<>();
        for (int a = axes.size() - 1; a >= 0; a--) {
            List<String> along = axes.get(a).values();
            values.add(along.get(rest % along.size()));
            rest /= along.size();
        }
        Collections.reverse(values);
        return new GridPoint(index, values, seeds.get(index % seeds.size()));
    }

    /** {@return all runs in grid order} */
    public List<GridPoint> all() {
        return IntStream.range(0, size()).mapToObj(this::point).toList();
    }

    /**
     * {@return the position of an axis, from 0; -1 if there is none of that name}
     *
     * @param name of the axis
     */
    public int axis(String name) {
        return axes.stream().map(Axis::name).toList().indexOf(name);
    }
}
