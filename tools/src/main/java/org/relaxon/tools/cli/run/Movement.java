package org.relaxon.tools.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Sampling;

/**
 * The activity of one lane's cells while they settle, for a line of progress: how often they have
 * relaxed and how far they moved between the last two frames. Thread-safe.
 */
public final class Movement implements Observer {
    /** A prime number: cells that swing between a few states would seem to rest otherwise. */
    private static final Sampling SAMPLING = Sampling.everyRelaxations(17);

    private static final double NO_MOVE = -1.0; // one frame only

    /** Last frame of a cell, and how far the cell had moved since the frame before. */
    private record Moved(Frame frame, double distance) {}

    private final LongAdder relaxations = new LongAdder();
    private final Map<CellId, Moved> cells = new ConcurrentHashMap<>();

    /** {@return what is to be observed of a session} */
    public Observation observation() {
        return new Observation(SAMPLING, this);
    }

    @Override
    public void sampled(Frame frame) {
        cells.compute(frame.cell(), (cell, before) -> after(before, frame));
    }

    private Moved after(Moved before, Frame frame) {
        boolean goesOn = before != null && follows(before.frame(), frame);
        relaxations.add(frame.relaxations() - (goesOn ? before.frame().relaxations() : 0));
        if (before == null) {
            return new Moved(frame, NO_MOVE);
        }
        double[] one = before.frame().reading(Quantity.ACTIVITY).values();
        double[] two = frame.reading(Quantity.ACTIVITY).values();
        boolean still = goesOn && before.frame().relaxations() == frame.relaxations();
        return new Moved(
                frame, still || one.length != two.length ? before.distance() : distance(one, two));
    }

    /** Whether both frames are of one phase of one session. */
    private static boolean follows(Frame before, Frame frame) {
        return before.phaseId() == frame.phaseId() && before.sequence() < frame.sequence();
    }

    /** The largest difference; NaN if any is NaN. */
    private static double distance(double[] one, double[] two) {
        double largest = 0.0;
        for (int k = 0; k < one.length; k++) {
            largest = Math.max(largest, Math.abs(one[k] - two[k]));
        }
        return largest;
    }

    /** {@return relaxations of all cells since {@link #restart}, as of their last frames} */
    public long relaxations() {
        return relaxations.sum();
    }

    /**
     * {@return the relaxations of all lanes and, once any cell has two frames, the largest move}
     *
     * @param lanes movements of all lanes
     */
    public static String text(List<Movement> lanes) {
        double move =
                lanes.stream()
                        .mapToDouble(Movement::largestMove)
                        .filter(m -> !Double.isNaN(m))
                        .max()
                        .orElse(Double.NaN);
        String moved = Double.isNaN(move) ? "" : ", cells move by %.1e";
        long relaxations = lanes.stream().mapToLong(Movement::relaxations).sum();
        return String.format(Locale.ROOT, "%d relaxations" + moved, relaxations, move);
    }

    /**
     * How far any cell moved between its last two frames.
     *
     * @return the largest distance; NaN if no cell has two frames, or any is NaN
     */
    double largestMove() {
        return cells.values().stream()
                .mapToDouble(Moved::distance)
                .filter(m -> m != NO_MOVE)
                .max()
                .orElse(Double.NaN);
    }

    /** Counts from zero. */
    public void restart() {
        relaxations.reset();
    }
}
