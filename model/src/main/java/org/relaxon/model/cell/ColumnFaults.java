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
    private final int columns;
    private ColumnFault[] faults; // by column; null as long as there is none

    ColumnFaults(CellId id, int columns) {
        this.id = id;
        this.columns = columns;
    }

    /** By column; null where there is none. */
    ColumnFault[] toArray() {
        return faults == null ? new ColumnFault[columns] : faults.clone();
    }

    /** Finds values beyond the range of activities, NaN included, and silences their columns. */
    void guard(CellState state, double[][] weighted) {
        requireBounded(state.activity());
        requireBounded(state.backward());
        for (double[] w : weighted) { // a sum over neurons: the cell's first neuron stands for all
            for (int k = 0; k < w.length; k++) {
                if (!(Math.abs(w[k]) <= ACTIVITY_MAX)) {
                    add(k % columns, id.from(), Reason.DIVERGED);
                }
            }
        }
        for (int c = 0; faults != null && c < columns; c++) {
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
            if (!(Math.abs(values[k]) <= ACTIVITY_MAX)) {
                add(k % columns, neuron(k, values), Reason.DIVERGED);
            }
        }
    }

    /** The neuron, within the population, that an element of a state array belongs to. */
    private int neuron(int element, double[] values) {
        return id.from() + element / (values.length / id.size());
    }

    private void silence(int column, double[] values) {
        for (int k = column; k < values.length; k += columns) {
            values[k] = 0.0;
        }
    }

    /** Keeps the first fault of a column, except that divergence outranks a kink. */
    private void add(int column, int neuron, Reason reason) {
        faults = faults == null ? new ColumnFault[columns] : faults;
        ColumnFault old = faults[column];
        boolean worse = old != null && reason.compareTo(old.reason()) < 0;
        if (old == null || worse) {
            faults[column] = new ColumnFault(column, reason, id, neuron);
        }
    }

    void save(StateWriter out) {
        out.writeBoolean(faults != null);
        for (int c = 0; faults != null && c < columns; c++) {
            out.writeBoolean(faults[c] != null);
            if (faults[c] != null) {
                out.writeConstant(faults[c].reason());
                out.writeInt(faults[c].neuron());
            }
        }
    }

    void load(StateReader in) {
        faults = in.readBoolean() ? new ColumnFault[columns] : null;
        for (int c = 0; faults != null && c < columns; c++) {
            if (in.readBoolean()) {
                Reason reason = in.readConstant(Reason.values());
                int neuron = in.readInt(id.from(), id.to() - 1);
                faults[c] = new ColumnFault(c, reason, id, neuron);
            }
        }
    }
}
