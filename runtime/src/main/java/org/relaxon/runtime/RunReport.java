package org.relaxon.runtime;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one settling cost.
 *
 * @param messages signals that cells sent to each other, lost ones included
 * @param delivered signals that reached a cell
 * @param stale of these, dropped because a newer one had arrived before
 * @param late of these, dropped because their phase was over
 * @param lost signals that a cut swallowed
 * @param relaxations times a cell recomputed its state
 * @param synapticOperations multiplications by a weight, clamped inputs not counted
 * @param auditRounds audits
 * @param probeWaves complete waves of the quiescence detector
 * @param hostNanos time to settle: virtual on the virtual host, wall-clock on actors; sweeps x 1 on
 *     the synchronous host
 * @param wallNanos wall-clock time, audits included
 * @param traceHash hash over (time, sequence, link, version, payload bits) of every delivery on the
 *     virtual host; 0 on others
 * @param histograms by name; the unit is the end of the name
 */
public record RunReport(
        long messages,
        long delivered,
        long stale,
        long late,
        long lost,
        long relaxations,
        long synapticOperations,
        int auditRounds,
        long probeWaves,
        long hostNanos,
        long wallNanos,
        long traceHash,
        Map<String, Histogram> histograms) {

    /** The counts of two settlings together; trace and histograms are those of the later one. */
    RunReport plus(RunReport later) {
        return new RunReport(
                messages + later.messages,
                delivered + later.delivered,
                stale + later.stale,
                late + later.late,
                lost + later.lost,
                relaxations + later.relaxations,
                synapticOperations + later.synapticOperations,
                auditRounds + later.auditRounds,
                probeWaves + later.probeWaves,
                hostNanos + later.hostNanos,
                wallNanos + later.wallNanos,
                later.traceHash,
                later.histograms);
    }
}
