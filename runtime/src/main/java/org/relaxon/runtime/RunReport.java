package org.relaxon.runtime;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.relaxon.runtime.fault.FaultCounts;

/**
 * The cost of one settling.
 *
 * @param messages signals, or bundles of signals that travel with a turn, that cells sent to each
 *     other, including lost ones, excluding copies and repetitions
 * @param delivered signals that reached a cell
 * @param stale those of the delivered signals dropped because a newer one had arrived before
 * @param late those of the delivered signals dropped because their phase was over
 * @param lost signals that a fault swallowed
 * @param repeated signals sent again because they had not been confirmed
 * @param abandoned signals given up after many repetitions
 * @param relaxations times a cell recomputed its state
 * @param criticalPath relaxations of the longest chain in which each depends on the one before: as
 *     the next of the same cell, or of a cell that has received a signal sent by it
 * @param synapticOperations multiplications by a weight in relaxations, forth and back; the
 *     products of clamped inputs, audits and changes of weights are not counted
 * @param denseOperations multiplications that the same products would have taken as wholes; more
 *     only under {@link RunPlan#withDrive}
 * @param eventOperations operations of an event-driven accumulator: one for every activity that
 *     arrived changed and every synapse that it reaches, as neuromorphic benchmarks count effective
 *     synaptic operations (NeuroBench, Yik et al. 2025)
 * @param spikes unit steps that activities took on a grid, once per receiver; 0 for exact signals
 * @param auditRounds audits
 * @param probeWaves complete waves of the quiescence detector
 * @param hostNanos time to settle: virtual on the virtual host, wall-clock on actors; sweeps x 1 on
 *     the synchronous host
 * @param wallNanos wall-clock time, audits included
 * @param traceHash hash over (time, sequence, link, version, payload bits) of every delivery on the
 *     virtual host; 0 on others
 * @param stateHash hash over every cell's sequence of states, where cells are in step (turn-taking,
 *     handshake) or sweep; 0 elsewhere
 * @param faults the faults that happened
 * @param histograms by name, which ends with the unit
 */
public record RunReport(
        long messages,
        long delivered,
        long stale,
        long late,
        long lost,
        long repeated,
        long abandoned,
        long relaxations,
        long criticalPath,
        long synapticOperations,
        long denseOperations,
        long eventOperations,
        long spikes,
        int auditRounds,
        long probeWaves,
        long hostNanos,
        long wallNanos,
        long traceHash,
        long stateHash,
        FaultCounts faults,
        Map<String, Histogram> histograms) {

    /**
     * What computing has cost in counts alone, which leave out time and what a host adds to a run.
     * On hosts that replay, virtual and in sweeps, they are a function of the network, the phases
     * and the plan, whatever the machine. On actors they vary from run to run, as the order does in
     * which cells take turns.
     *
     * @param messages as above; each crosses one link
     * @param relaxations likewise
     * @param criticalPath likewise
     * @param synapticOperations likewise
     */
    public record Ledger(
            long messages, long relaxations, long criticalPath, long synapticOperations) {
        /** Nothing done yet. */
        public static final Ledger NONE = new Ledger(0, 0, 0, 0);

        /**
         * {@return the cost of this work and of other work that began after its end}
         *
         * @param later the other work
         */
        public Ledger plus(Ledger later) {
            return with(later, criticalPath + later.criticalPath);
        }

        /**
         * {@return the cost of this work and of other work beside it, none of which waited for the
         * other}
         *
         * @param other the other work
         */
        public Ledger beside(Ledger other) {
            return with(other, Math.max(criticalPath, other.criticalPath));
        }

        private Ledger with(Ledger other, long path) {
            return new Ledger(
                    messages + other.messages,
                    relaxations + other.relaxations,
                    path,
                    synapticOperations + other.synapticOperations);
        }
    }

    /** {@return the counts of what computing has cost} */
    public Ledger ledger() {
        return new Ledger(messages, relaxations, criticalPath, synapticOperations);
    }

    /**
     * {@return the report on a settling of which nothing is known}
     *
     * @param wallNanos wall-clock time until it ended
     */
    public static RunReport ofNothing(long wallNanos) {
        return new RunReport(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                wallNanos,
                0,
                0,
                FaultCounts.NONE,
                Map.of());
    }

    /** The counts of two settlings together; hashes and histograms are those of the later one. */
    RunReport plus(RunReport later) {
        return new RunReport(
                messages + later.messages,
                delivered + later.delivered,
                stale + later.stale,
                late + later.late,
                lost + later.lost,
                repeated + later.repeated,
                abandoned + later.abandoned,
                relaxations + later.relaxations,
                criticalPath + later.criticalPath,
                synapticOperations + later.synapticOperations,
                denseOperations + later.denseOperations,
                eventOperations + later.eventOperations,
                spikes + later.spikes,
                auditRounds + later.auditRounds,
                probeWaves + later.probeWaves,
                hostNanos + later.hostNanos,
                wallNanos + later.wallNanos,
                later.traceHash,
                later.stateHash,
                faults.plus(later.faults),
                later.histograms);
    }
}
