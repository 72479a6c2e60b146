package org.relaxon.model.audit;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.CellAudit;
import org.relaxon.model.cell.Cells;
import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.CyclicSweep;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.UpdateErrors;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/**
 * One shard's part of one audit. Every step visits the shard's own cells in their order and adds to
 * what the step has found in the shards before: {@link Audit} takes the parts in the order of their
 * cells, so that the result has the same bits for any number of shards. What a step reads and adds
 * to is all that a shard learns of the other shards.
 */
public final class AuditPart {
    private final Cells cells;
    private final Wiring wiring;
    private final Rule judge;
    private final List<CellState> truths = new ArrayList<>();
    private final List<CellState> swept = new ArrayList<>();
    private final CyclicSweep cyclic;

    AuditPart(Cells cells, Wiring wiring, Rule judge) {
        this.cells = cells;
        this.wiring = wiring;
        this.judge = judge;
        cyclic = new CyclicSweep(cells, judge);
    }

    /** Puts activities and errors into the frame. */
    void publish(AuditFrame frame) {
        cells.forEach(c -> c.audit().publish(frame));
    }

    /** Recomputes every cell from the frame, and adds the feedback that this implies. */
    void recompute(AuditFrame frame) {
        cells.forEach(c -> truths.add(c.audit().recompute(frame, judge)));
    }

    /** Fills the rows of these cells: defects by cell and column. */
    void defects(AuditFrame frame, double[][] byCell) {
        for (int k = 0; k < truths.size(); k++) {
            Cell cell = cells.get(k);
            cell.audit().defect(frame, truths.get(k), judge, byCell[cell.id().index()]);
        }
    }

    /** First half of a sweep; parts in upward order. Ends the use of what was recomputed. */
    void sweepUp(AuditFrame frame, double[][] anchorOff, AuditFrame published) {
        for (int k = 0; k < truths.size(); k++) {
            CellAudit one = cells.get(k).audit();
            swept.add(one.sweepUp(frame, judge, anchorOff, published, truths.get(k)));
        }
        truths.clear();
    }

    /** Second half of a sweep; parts in downward order. */
    void sweepBack(AuditFrame frame) {
        for (int k = swept.size() - 1; k >= 0; k--) {
            cells.get(k).audit().sweepBack(frame, swept.get(k), judge);
        }
    }

    /** Upwards again. */
    void sweepAgain(AuditFrame frame) {
        for (int k = 0; k < swept.size(); k++) {
            cells.get(k).audit().sweepAgain(frame, swept.get(k), judge);
        }
    }

    /** Begins a sweep of a network with cycles at the state that these cells hold. */
    void beginCyclic(AuditFrame frame, double[][] anchorOff) {
        cyclic.begin(frame, anchorOff);
    }

    /**
     * One pass of such a sweep; {@code way} is that of the parts before, and is returned longer.
     */
    double passCyclic(boolean up, double way) {
        return cyclic.pass(up, way);
    }

    /** Adds the distance between local updates and those of the swept state. */
    void addUnresolved(AuditFrame frame, UpdateErrors errors) {
        for (int k = 0; k < swept.size(); k++) {
            cells.get(k).audit().addUnresolved(frame, swept.get(k), errors);
        }
    }

    /** Puts the activities that the phase started from into the frame. */
    void publishAnchor(AuditFrame anchor) {
        cells.forEach(c -> c.audit().publishAnchor(anchor));
    }

    void addEnergy(double[] byColumn) {
        cells.forEach(c -> c.audit().addEnergy(byColumn));
    }

    /** Replaces a column's fault by a graver one of these cells; null where there is none yet. */
    void worst(ColumnFault[] byColumn) {
        for (Cell cell : cells) {
            for (ColumnFault fault : cell.audit().faults()) {
                if (fault != null && isGraver(fault, byColumn[fault.column()])) {
                    byColumn[fault.column()] = fault;
                }
            }
        }
    }

    private static boolean isGraver(ColumnFault fault, ColumnFault than) {
        return than == null || fault.reason().compareTo(than.reason()) < 0;
    }

    /** Fills the columns in which no cell before is held at a kink. */
    void held(ColumnFault[] byColumn) {
        for (Cell cell : cells) {
            ColumnFault[] own = cell.audit().held();
            for (int c = 0; c < own.length; c++) {
                byColumn[c] = byColumn[c] == null ? own[c] : byColumn[c];
            }
        }
    }

    /** Adds the version last sent on every link from these cells. */
    void addSent(long[] byLink) {
        for (Cell cell : cells) {
            for (Link link : wiring.outgoing(cell.id().index())) {
                byLink[link.index()] += cell.lastSignals().sentVersion(link);
            }
        }
    }

    /** Subtracts the version last received on every link to these cells. */
    void subtractReceived(long[] byLink) {
        for (Cell cell : cells) {
            for (Link link : wiring.incoming(cell.id().index())) {
                byLink[link.index()] -= cell.lastSignals().receivedVersion(link.slot());
            }
        }
    }
}
