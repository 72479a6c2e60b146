package org.relaxon.model.audit;

import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.UpdateErrors;

/**
 * One shard's part of one audit. Every step visits the shard's own cells in their order and adds to
 * what the step has found in the shards before: {@link Audit} takes the parts in the order of their
 * cells, so that the result has the same bits for any number of shards. What a step reads and adds
 * to is all that a shard learns of the other shards.
 */
public interface AuditPart {
    /**
     * Puts activities and errors into the frame.
     *
     * @param frame receives them
     */
    void publish(AuditFrame frame);

    /**
     * Recomputes every cell from the frame, and adds the feedback that this implies.
     *
     * @param frame what all cells have published
     */
    void recompute(AuditFrame frame);

    /**
     * Fills the rows of these cells.
     *
     * @param frame what all cells have published and recomputed
     * @param byCell defects by cell and column
     */
    void defects(AuditFrame frame, double[][] byCell);

    /**
     * First half of a sweep; parts in upward order. Ends the use of what was recomputed.
     *
     * @param frame state that is swept
     * @param anchorOff see {@link Audit#run}
     * @param published frame of {@link #recompute}
     */
    void sweepUp(AuditFrame frame, double[][] anchorOff, AuditFrame published);

    /**
     * Second half of a sweep; parts in downward order.
     *
     * @param frame state that is swept
     */
    void sweepBack(AuditFrame frame);

    /**
     * Upwards again.
     *
     * @param frame state that is swept
     */
    void sweepAgain(AuditFrame frame);

    /**
     * Begins a sweep of a network with cycles at the state that these cells hold.
     *
     * @param frame state that is swept, now and by {@link #passCyclic}
     * @param anchorOff see {@link Audit#run}
     */
    void beginCyclic(AuditFrame frame, double[][] anchorOff);

    /**
     * {@return the way of one pass of such a sweep, with that of the parts before}
     *
     * @param up whether cells are visited in upward order
     * @param way that of the parts before
     */
    double passCyclic(boolean up, double way);

    /**
     * Adds the distance between local updates and those of the swept state.
     *
     * @param frame state that was swept
     * @param errors receives the distance in addition
     */
    void addUnresolved(AuditFrame frame, UpdateErrors errors);

    /**
     * Puts the activities that the phase started from into the frame.
     *
     * @param anchor receives them
     */
    void publishAnchor(AuditFrame anchor);

    /**
     * Adds the energy of these cells.
     *
     * @param byColumn sums by column
     */
    void addEnergy(double[] byColumn);

    /**
     * Replaces a column's fault by a graver one of these cells.
     *
     * @param byColumn faults by column, null where there is none yet
     */
    void worst(ColumnFault[] byColumn);

    /**
     * Fills the columns in which no cell before is held at a kink.
     *
     * @param byColumn held neurons by column, null where there is none yet
     */
    void held(ColumnFault[] byColumn);

    /**
     * Adds the version last sent on every link from these cells.
     *
     * @param byLink sums by link
     */
    void addSent(long[] byLink);

    /**
     * Subtracts the version last received on every link to these cells.
     *
     * @param byLink sums by link
     */
    void subtractReceived(long[] byLink);
}
