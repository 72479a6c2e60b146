package org.relaxon.tools.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.RelaxationListener;

/**
 * The activity of one lane's cells while they settle, for a line of progress: how often they have
 * relaxed and how far they moved in the last relaxation. Thread-safe.
 */
final class Movement implements RelaxationListener {
    private final LongAdder relaxations = new LongAdder();
    private final Map<CellId, double[]> activities = new ConcurrentHashMap<>();
    private final Map<CellId, Double> moves = new ConcurrentHashMap<>();

    @Override
    public void relaxed(CellId cell, long step, double[] activity) {
        relaxations.increment();
        double[] before = activities.put(cell, activity);
        if (before != null && before.length == activity.length) {
            moves.put(cell, distance(before, activity));
        }
    }

    /** The largest difference; NaN if any is NaN. */
    private static double distance(double[] one, double[] two) {
        double largest = 0.0;
        for (int k = 0; k < one.length; k++) {
            largest = Math.max(largest, Math.abs(one[k] - two[k]));
        }
        return largest;
    }

    /** Relaxations of all cells since {@link #restart}. */
    long relaxations() {
        return relaxations.sum();
    }

    /** How far any cell moved in its last relaxation. */
    double largestMove() {
        return moves.values().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** Counts from zero. */
    void restart() {
        relaxations.reset();
    }
}
