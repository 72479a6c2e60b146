package org.relaxon.runtime.settling;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RelaxationListener;

/**
 * How one host moves cells until nothing is in flight. Between two runs all cells belong to the
 * caller; {@link #begin} and {@link #resume} hand them over and return them.
 */
public interface Runner extends AutoCloseable {
    /** All cells, by index; to be touched only between runs. */
    List<Cell> cells();

    /**
     * Opens a phase and runs until the network is quiescent or must stop.
     *
     * @return null if quiescent, else why it stopped
     */
    Reason begin(long phaseId, Phase phase, Budget budget);

    /**
     * Goes on after a pause: the senders of the given links say their last word again.
     *
     * @return null if quiescent, else why it stopped
     */
    Reason resume(List<Link> unheard, long pauseNanos);

    /** Counts of the phase so far, all cells together. */
    CellCounters counters();

    /** Host time since the phase began, nanoseconds. */
    long hostNanos();

    /** Complete probe waves of the phase. */
    long probeWaves();

    /** Hash of the deliveries of the phase, 0 if this host's order is not reproducible. */
    long traceHash();

    /** Histograms of the phase, by name. */
    Map<String, Histogram> histograms();

    /**
     * Tells somebody of every relaxation from now on; null for nobody. To be called between runs.
     */
    void watch(RelaxationListener listener);

    /** Makes the current run stop soon; thread-safe. */
    void cancel();

    @Override
    void close();
}
