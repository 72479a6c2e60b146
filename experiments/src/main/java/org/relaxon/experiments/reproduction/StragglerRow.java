package org.relaxon.experiments.reproduction;

import org.relaxon.model.settle.Reason;

/**
 * One settling beside a straggler, or without one.
 *
 * @param of how it was settled
 * @param seed of network and data
 * @param reason why it did not settle; null if it did
 * @param nanos time to settle: of the wall clock on a cluster, else virtual; for sweeps their
 *     number times the pause of the slowest cell
 * @param difference relative difference of the update from that of the synchronous baseline; NaN if
 *     one of them did not settle
 * @param error relative difference of the update from backprop; NaN if it did not settle
 * @param messages signals sent, or bundles of signals that travel with a turn
 * @param relaxations of all cells
 */
public record StragglerRow(
        StragglerCase of,
        long seed,
        Reason reason,
        double nanos,
        double difference,
        double error,
        long messages,
        long relaxations) {
    /** Largest relative difference between updates that count as the same. */
    public static final double DIFFERENCE_MAX = 1e-9;

    /** {@return true if the run settled} */
    public boolean settled() {
        return reason == null;
    }

    /** {@return true if it settled at the gradient of the synchronous baseline} */
    public boolean isSame() {
        return difference <= DIFFERENCE_MAX; // NaN fails
    }
}
