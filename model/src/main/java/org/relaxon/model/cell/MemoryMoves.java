package org.relaxon.model.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relaxon.model.state.CellState;

/**
 * How far the memories of a rule move: within one relaxation, where a move asks for another, and in
 * an audit, where it is a defect.
 */
final class MemoryMoves {
    private static final MemoryMoves NONE = new MemoryMoves(Map.of(), Map.of());

    private final Map<String, double[]> from;
    private final Map<String, double[]> to;

    private MemoryMoves(Map<String, double[]> from, Map<String, double[]> to) {
        this.from = from;
        this.to = to;
    }

    /** From the memories that a state has now to those that it will have. */
    static MemoryMoves of(CellState state) {
        Map<String, double[]> held = state.memories();
        if (held.isEmpty()) {
            return NONE;
        }
        Map<String, double[]> before = new LinkedHashMap<>();
        held.forEach((label, values) -> before.put(label, values.clone()));
        return new MemoryMoves(before, held);
    }

    /** From the memories that a cell holds to those that a judge of the same memories wrote. */
    static MemoryMoves between(CellState held, CellState judged) {
        return new MemoryMoves(held.memories(), judged.memories());
    }

    /** True if there are memories. */
    boolean any() {
        return !to.isEmpty();
    }

    /**
     * True if one of them moved by more than a threshold; NaN does not count.
     *
     * @param units of the threshold, by column
     */
    boolean exceed(double threshold, double[] units) {
        double[] moved = new double[units.length];
        raise(moved, units);
        for (double one : moved) {
            if (one > threshold) {
                return true;
            }
        }
        return false;
    }

    /**
     * Raises a defect per column to the largest move; NaN stays.
     *
     * @param units of the defects, by column
     */
    void raise(double[] defect, double[] units) {
        to.forEach(
                (label, values) -> {
                    double[] before = from.get(label);
                    for (int k = 0; before != null && k < values.length; k++) {
                        int c = k % units.length;
                        double move = Math.abs(values[k] - before[k]) / units[c];
                        defect[c] = Math.max(defect[c], move);
                    }
                });
    }
}
