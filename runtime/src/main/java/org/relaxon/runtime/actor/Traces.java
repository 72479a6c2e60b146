package org.relaxon.runtime.actor;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.Samplers;

/** What runs leave behind beside the cells of one lane: counts, and how long things took. */
public interface Traces {
    /** Forgets times measured so far: a phase begins. */
    void begin();

    /** {@return the counts of the phase so far, all cells together} */
    CellCounters counters();

    /** {@return the histograms of the phase, by name} */
    Map<String, Histogram> histograms();

    /**
     * Attaches an observation to the cells. To be called between runs.
     *
     * @param observation replaces the one before; null removes it
     * @return the samplers of the cells
     */
    Samplers observe(Observation observation);
}
