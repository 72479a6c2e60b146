package org.relaxon.model.cell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;
import org.relaxon.model.state.RuleMemory;

/**
 * How far the memories of a rule are from their rest, from a move by one relaxation and the share
 * of the distance that it declares: within a phase, where a distance asks for another relaxation,
 * and in an audit, where it is a defect.
 */
final class MemoryMoves {
    private static final MemoryMoves NONE = new MemoryMoves(List.of(), Map.of(), Map.of());

    private final List<RuleMemory> declared;
    private final Map<String, double[]> from;
    private final Map<String, double[]> to;

    private MemoryMoves(
            List<RuleMemory> declared, Map<String, double[]> from, Map<String, double[]> to) {
        this.declared = declared;
        this.from = from;
        this.to = to;
    }

    /** From the memories that a state has now to those that it will have. */
    static MemoryMoves of(CellState state, Rule rule) {
        Map<String, double[]> held = state.memories();
        if (held.isEmpty()) {
            return NONE;
        }
        Map<String, double[]> before = new LinkedHashMap<>();
        held.forEach((label, values) -> before.put(label, values.clone()));
        return new MemoryMoves(rule.traits().memory(), before, held);
    }

    /** From the memories that a cell holds to those that a judge of the same memories wrote. */
    static MemoryMoves between(CellState held, CellState judged, Rule judge) {
        return new MemoryMoves(judge.traits().memory(), held.memories(), judged.memories());
    }

    /** Corrects with the memories where they rest, which a relaxation may reach by parts only. */
    static void correctToRest(Rule judge, CellState truth) {
        MemoryMoves memories = of(truth, judge);
        Held.correct(judge, truth);
        if (memories.complete()) {
            Held.correct(judge, truth);
        }
    }

    /** True if there are memories. */
    boolean any() {
        return !to.isEmpty();
    }

    /**
     * True if one of them was farther from its rest than a threshold; NaN does not count.
     *
     * @param units of the threshold, by column
     */
    boolean exceed(double threshold, double[] units) {
        double[] moved = new double[units.length];
        raise(moved, units, 0.0);
        for (double one : moved) {
            if (one > threshold) {
                return true;
            }
        }
        return false;
    }

    /**
     * Raises a defect per column to the largest distance, and where a relaxation goes a part of the
     * way at least to the one at which a move is lost in rounding; NaN stays.
     *
     * @param units of the defects, by column
     */
    void raise(double[] defect, double[] units) {
        raise(defect, units, 0.5);
    }

    private void raise(double[] defect, double[] units, double roundings) {
        to.forEach(
                (label, values) -> {
                    double[] before = from.get(label);
                    double share = RuleMemory.share(declared, label);
                    double lost = share < 1.0 ? roundings : 0.0;
                    for (int k = 0; before != null && k < values.length; k++) {
                        int c = k % units.length;
                        double move = Math.abs(values[k] - before[k]);
                        double least = lost * Math.ulp(values[k]);
                        double distance = Math.max(move, least) / share;
                        defect[c] = Math.max(defect[c], distance / units[c]);
                    }
                });
    }

    /**
     * Moves the memories by the rest of their way.
     *
     * @return whether any moves by a part of the way in one relaxation
     */
    private boolean complete() {
        boolean any = false;
        for (Map.Entry<String, double[]> one : to.entrySet()) {
            double share = RuleMemory.share(declared, one.getKey());
            double[] before = from.get(one.getKey());
            double[] values = one.getValue();
            for (int k = 0; share < 1.0 && k < values.length; k++) {
                values[k] = before[k] + (values[k] - before[k]) / share;
                any = true;
            }
        }
        return any;
    }
}
