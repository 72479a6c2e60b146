package org.relaxon.tools.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Measures two subjects in turn, round by round; one more round warms up and is not counted.
 *
 * @param count figures per subject
 * @param nanosPerFigure least time of one figure's measurement
 * @param stop polled between measurements; once true, there is no ratio
 */
record Rounds(int count, long nanosPerFigure, BooleanSupplier stop) {
    /** What one round measures. */
    interface Pair {
        /**
         * Figures of the subject and of its floor.
         *
         * @param round from 0, which warms up
         * @param settlings of the subject, counted
         */
        double[] measure(int round, Settlings settlings) throws IOException;
    }

    /** Null if it was stopped. */
    Ratio compare(String name, String unit, Pair pair, String floorName, boolean more)
            throws IOException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Settlings settlings = new Settlings(stop);
        for (int round = 0; round <= count; round++) {
            double[] figures = pair.measure(round, settlings);
            if (stop.getAsBoolean()) {
                return null;
            }
            if (round > 0) {
                ours.add(figures[0]);
                theirs.add(figures[1]);
            }
        }
        return new Ratio(
                name,
                unit,
                ours,
                theirs,
                floorName,
                more,
                settlings.settled(),
                settlings.count(),
                settlings.why());
    }

    /** NaN if one of the calls failed, or a stop is requested. */
    double millisPerCall(BooleanSupplier call) {
        long begin = System.nanoTime();
        long calls = 0;
        do {
            if (stop.getAsBoolean() || !call.getAsBoolean()) {
                return Double.NaN;
            }
            calls++;
        } while (System.nanoTime() - begin < nanosPerFigure);
        return (System.nanoTime() - begin) / 1e6 / calls;
    }
}
