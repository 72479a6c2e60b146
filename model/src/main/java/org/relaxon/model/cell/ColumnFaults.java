package org.relaxon.model.cell;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.state.CellState;

/**
 * The columns that one cell has taken out of play in a phase. A column with a value that is not
 * finite or too large is silenced, so that its neighbours stay finite.
 */
final class ColumnFaults {
    /** An activity beyond this is divergence; its square still fits in a double. */
    static final double ACTIVITY_MAX = 1e150;

    private final CellId id;
    private final ColumnFault[] faults; // by column; null where there is none

    ColumnFaults(CellId id, int columns) {
        this.id = id;
        faults = new ColumnFault[columns];
    }

    /** By column; null where there is none. */
    ColumnFault[] toArray() {
        return faults.clone();
    }

    /** True if a cell can send these values: no column needs to be silenced. */
    static boolean areBounded(CellState state, double[][] weighted) {
        int columns = state.columns();
        boolean bounded =
                isBounded(state.activity(), columns) && isBounded(state.backward(), columns);
        for (double[] w : weighted) {
            bounded = bounded && isBounded(w, columns);
        }
        return bounded;
    }

    private static boolean isBounded(double[] values, int columns) {
        for (double size : Columns.sizes(values, columns)) {
            if (isOut(size)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOut(double value) {
        return !(Math.abs(value) <= ACTIVITY_MAX); // NaN is out
    }

    /** Finds values beyond the range of activities, NaN included, and silences their columns. */
    void guard(CellState state, double[][] weighted) {
        requireBounded(state.activity());
        requireBounded(state.backward());
        for (double[] w : weighted) { // a sum over neurons: the cell's first neuron stands for all
            for (int k = 0; k < w.length; k++) {
                if (isOut(w[k])) {
                    add(k % faults.length, id.from(), Reason.DIVERGED);
                }
            }
        }
        for (int c = 0; c < faults.length; c++) {
            if (faults[c] != null && faults[c].reason() == Reason.DIVERGED) {
                silence(c, state.activity());
                silence(c, state.error());
                silence(c, state.backward());
                for (double[] w : weighted) {
                    silence(c, w);
                }
            }
        }
    }

    private void requireBounded(double[] values) {
        for (int k = 0; k < values.length; k++) {
            if (isOut(values[k])) {
                add(k % faults.length, neuron(k, values), Reason.DIVERGED);
            }
        }
    }

    /** The neuron, within the population, that an element of a state array belongs to. */
    private int neuron(int element, double[] values) {
        return id.from() + element / (values.length / id.size());
    }

    private void silence(int column, double[] values) {
        for (int k = column; k < values.length; k += faults.length) {
            values[k] = 0.0;
        }
    }

    /** Keeps the first fault of a column, except that divergence outranks a kink. */
    private void add(int column, int neuron, Reason reason) {
        ColumnFault old = faults[column];
        boolean worse = old != null && reason.compareTo(old.reason()) < 0;
        if (old == null || worse) {
            faults[column] = new ColumnFault(column, reason, id, neuron);
        }
    }

    void save(StateWriter out) {
        for (ColumnFault fault : faults) {
            out.writeBoolean(fault != null);
            if (fault != null) {
                out.writeConstant(fault.reason());
                out.writeInt(fault.neuron());
            }
        }
    }

    void load(StateReader in) {
        for (int c = 0; c < faults.length; c++) {
            if (in.readBoolean()) {
                Reason reason = in.readConstant(Reason.values());
                int neuron = in.readInt(id.from(), id.to() - 1);
                faults[c] = new ColumnFault(c, reason, id, neuron);
            }
        }
    }
}
