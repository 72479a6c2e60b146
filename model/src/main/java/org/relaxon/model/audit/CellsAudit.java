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

/** The part of cells that are in this JVM. */
final class CellsAudit implements AuditPart {
    private final Cells cells;
    private final Wiring wiring;
    private final Rule judge;
    private final List<CellState> truths = new ArrayList<>();
    private final List<CellState> swept = new ArrayList<>();
    private final CyclicSweep cyclic;

    CellsAudit(Cells cells, Wiring wiring, Rule judge) {
        this.cells = cells;
        this.wiring = wiring;
        this.judge = judge;
        cyclic = new CyclicSweep(cells, judge);
    }

    @Override
    public void publish(AuditFrame frame) {
        cells.forEach(c -> c.audit().publish(frame));
    }

    @Override
    public void recompute(AuditFrame frame) {
        cells.forEach(c -> truths.add(c.audit().recompute(frame, judge)));
    }

    @Override
    public void defects(AuditFrame frame, double[][] byCell) {
        for (int k = 0; k < truths.size(); k++) {
            Cell cell = cells.get(k);
            cell.audit().defect(frame, truths.get(k), judge, byCell[cell.id().index()]);
        }
    }

    @Override
    public void sweepUp(AuditFrame frame, double[][] anchorOff, AuditFrame published) {
        for (int k = 0; k < truths.size(); k++) {
            CellAudit one = cells.get(k).audit();
            swept.add(one.sweepUp(frame, judge, anchorOff, published, truths.get(k)));
        }
        truths.clear();
    }

    @Override
    public void sweepBack(AuditFrame frame) {
        for (int k = swept.size() - 1; k >= 0; k--) {
            cells.get(k).audit().sweepBack(frame, swept.get(k), judge);
        }
    }

    @Override
    public void sweepAgain(AuditFrame frame) {
        for (int k = 0; k < swept.size(); k++) {
            cells.get(k).audit().sweepAgain(frame, swept.get(k), judge);
        }
    }

    @Override
    public void beginCyclic(AuditFrame frame, double[][] anchorOff) {
        cyclic.begin(frame, anchorOff);
    }

    @Override
    public double passCyclic(boolean up, double way) {
        return cyclic.pass(up, way);
    }

    @Override
    public void addUnresolved(AuditFrame frame, UpdateErrors errors) {
        for (int k = 0; k < swept.size(); k++) {
            cells.get(k).audit().addUnresolved(frame, swept.get(k), errors);
        }
    }

    @Override
    public void publishAnchor(AuditFrame anchor) {
        cells.forEach(c -> c.audit().publishAnchor(anchor));
    }

    @Override
    public void addEnergy(double[] byColumn) {
        cells.forEach(c -> c.audit().addEnergy(byColumn));
    }

    @Override
    public void worst(ColumnFault[] byColumn) {
        for (Cell cell : cells) {
            for (ColumnFault fault : cell.audit().faults()) {
                if (fault != null && fault.isGraverThan(byColumn[fault.column()])) {
                    byColumn[fault.column()] = fault;
                }
            }
        }
    }

    @Override
    public void held(ColumnFault[] byColumn) {
        for (Cell cell : cells) {
            ColumnFault[] own = cell.audit().held();
            for (int c = 0; c < own.length; c++) {
                byColumn[c] = byColumn[c] == null ? own[c] : byColumn[c];
            }
        }
    }

    @Override
    public void addSent(long[] byLink) {
        for (Cell cell : cells) {
            for (Link link : wiring.outgoing(cell.id().index())) {
                byLink[link.index()] += cell.lastSignals().sentVersion(link);
            }
        }
    }

    @Override
    public void subtractReceived(long[] byLink) {
        for (Cell cell : cells) {
            for (Link link : wiring.incoming(cell.id().index())) {
                byLink[link.index()] -= cell.lastSignals().receivedVersion(link.slot());
            }
        }
    }
}
