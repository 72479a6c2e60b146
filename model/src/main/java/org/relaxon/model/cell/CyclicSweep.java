package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.state.CellState;

/**
 * How far the changes that cells did not send would still move a network whose projections close
 * cycles: one shard's part. There is no order in which one sweep up and down carries every change
 * to its end: cells relax one after another in a frame that always holds the newest activities and
 * the feedback that they imply, upwards and downwards in turn.
 */
public final class CyclicSweep {
    private final Cells cells;
    private final Rule judge;
    private final List<CellState> states = new ArrayList<>();
    private AuditFrame frame;

    /**
     * Prepares a sweep.
     *
     * @param cells cells of the shard
     * @param judge rule of the stated energy
     */
    public CyclicSweep(Cells cells, Rule judge) {
        this.cells = cells;
        this.judge = judge;
    }

    /**
     * Begins at the state that the cells hold; the frame receives the feedback that it implies.
     *
     * @param swept frame that holds the activities of all cells and receives the swept ones
     * @param anchorOff as for {@link CellAudit#sweepUp}
     */
    public void begin(AuditFrame swept, double[][] anchorOff) {
        frame = swept;
        cells.forEach(c -> begin(c, anchorOff));
    }

    /**
     * Relaxes the cells of this shard once, one after another.
     *
     * @param up whether in upward order
     * @param before length of the way of the cells that relaxed before in this pass
     * @return that of these cells added
     */
    public double pass(boolean up, double before) {
        double way = before;
        for (int k = 0; k < cells.size(); k++) {
            way = Math.hypot(way, relax(up ? k : cells.size() - 1 - k));
        }
        return way;
    }

    private void begin(Cell cell, double[][] anchorOff) {
        CellState held = cell.now().state();
        CellState state = cell.audit().anchored(judge, anchorOff);
        System.arraycopy(held.activity(), 0, state.activity(), 0, state.activity().length);
        cell.audit().recompute(held, state, frame, judge);
        states.add(state);
    }

    /** Relaxes one cell; the distance by which its activity moved. */
    private double relax(int index) {
        Cell cell = cells.get(index);
        CellState state = states.get(index);
        double[] said = state.backward().clone();
        double[] was = state.activity().clone();
        int at = cell.id().from() * (state.feedback().length / cell.id().size());
        double[] heard = frame.feedback(cell.id().population());
        System.arraycopy(heard, at, state.feedback(), 0, state.feedback().length);
        cell.synapses().fillBias(state);
        OwnSynapses own = cell.ports().own();
        for (Afferent a : cell.ports().afferents()) {
            double[] pre = frame.activity(a.projection().pre());
            if (own == null) {
                a.addTrueDrive(cell.kernels(), pre, state.drive());
            } else {
                a.addDriveOfOthers(cell.kernels(), pre, state.drive());
            }
        }
        if (own == null) {
            judge.predict(state);
            Held.correct(judge, state);
        } else {
            own.removeFeedback(said, state.feedback());
            own.relax(state, judge);
        }
        frame.activity(cell.id(), state.activity());
        sayMoved(cell, state, said);
        return Columns.distance(state.activity(), was, 1, 0);
    }

    /** Adds the weighted change of what a cell feeds back. */
    private void sayMoved(Cell cell, CellState state, double[] said) {
        double[] change = state.backward().clone();
        for (int k = 0; k < change.length; k++) {
            change[k] -= said[k];
        }
        for (Afferent a : cell.ports().afferents()) {
            if (!a.clamped()) {
                a.addTrueFeedback(cell.kernels(), change, frame.feedback(a.projection().pre()));
            }
        }
    }
}
