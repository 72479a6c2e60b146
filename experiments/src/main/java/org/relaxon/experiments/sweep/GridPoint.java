package org.relaxon.experiments.sweep;

import java.util.List;

/**
 * One run of a grid.
 *
 * @param index position in grid order, from 0
 * @param values one per axis, in the order of the axes
 * @param seed of weights, data, delays and jitter
 */
public record GridPoint(int index, List<String> values, long seed) {
    /**
     * Copies the values.
     *
     * @param index position in grid order, from 0
     * @param values one per axis, in the order of the axes
     * @param seed of weights, data, delays and jitter
     */
    public GridPoint {
        values = List.copyOf(values);
    }
}
