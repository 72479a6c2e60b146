package org.relaxon.runtime.settling;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Work;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.settling.CellCounters.Incident;
import org.relaxon.runtime.shard.Crew;
import org.relaxon.runtime.shard.Shards;

/**
 * How one host runs cells until nothing is in flight. Between two runs all cells belong to the
 * caller; {@link #begin} and {@link #resume} hand them over and return them.
 */
public interface Runner extends AutoCloseable {
    /** {@return all cells; to be touched only between runs} */
    Shards shards();

    /** {@return the threads that work on cells between runs} */
    default Crew crew() {
        return Crew.CALLER;
    }

    /**
     * Opens a phase and runs until the network is quiescent or must stop.
     *
     * @param phaseId id that the parcels of this settling carry
     * @param phase inputs, targets and strengths imposed
     * @param budget limits of the settling
     * @return null if quiescent, else why it stopped
     */
    Reason begin(long phaseId, Phase phase, Budget budget);

    /**
     * Continues after a pause: the senders of the given links resend their last signal.
     *
     * @param unheard links whose last signal did not arrive
     * @param pauseNanos length of the pause in nanoseconds of host time
     * @return null if quiescent, else why it stopped
     */
    Reason resume(List<Link> unheard, long pauseNanos);

    /**
     * {@return this runner as one that can stop between two events}
     *
     * @throws UnsupportedOperationException if it cannot; the message names the host
     */
    SteppedRunner stepped();

    /** {@return the counts of the phase so far, all cells together} */
    CellCounters counters();

    /** {@return the host time since the phase began, nanoseconds} */
    long hostNanos();

    /** {@return the number of complete probe waves of the phase} */
    long probeWaves();

    /**
     * {@return a hash of the deliveries of the phase, 0 if this host's order is not reproducible}
     */
    long traceHash();

    /** {@return the histograms of the phase, by name} */
    Map<String, Histogram> histograms();

    /**
     * {@return the cost of the phase so far}
     *
     * @param rounds audits of the phase
     * @param wallNanos wall-clock time of the phase, nanoseconds
     */
    default RunReport report(int rounds, long wallNanos) {
        CellCounters c = counters();
        Work work = shards().work();
        return new RunReport(
                c.said,
                c.received - c.wakeUps,
                c.stale,
                c.of(Incident.LATE),
                c.lost(),
                c.of(Incident.REPEATED),
                c.of(Incident.ABANDONED),
                c.relaxations,
                c.chain,
                work.synaptic(),
                work.dense(),
                work.events(),
                work.spikes(),
                rounds,
                probeWaves(),
                hostNanos(),
                wallNanos,
                traceHash(),
                c.stateHash,
                c.faults(),
                histograms());
    }

    /**
     * Attaches an observation to the cells. To be called between runs.
     *
     * @param observation replaces the one before; null removes it
     * @return the samplers of the cells
     * @throws IllegalArgumentException if there are no such neurons, or no such time
     */
    Samplers observe(Observation observation);

    /** Makes the current run stop soon; thread-safe. */
    void cancel();

    @Override
    void close();
}
