package org.relaxon.runtime.cluster;

import org.relaxon.model.cell.ColumnFault;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.settle.Reason;

/** Writes down the faults of columns, null where there is none. */
final class FaultForm {
    private final Wiring wiring;

    FaultForm(Wiring wiring) {
        this.wiring = wiring;
    }

    static void save(ColumnFault[] byColumn, StateWriter out) {
        for (ColumnFault one : byColumn) {
            out.writeBoolean(one != null);
            if (one != null) {
                out.writeInt(one.column());
                out.writeConstant(one.reason());
                out.writeInt(one.cell().index());
                out.writeInt(one.neuron());
                out.writeText(one.why());
            }
        }
    }

    ColumnFault[] load(StateReader in, int columns) {
        ColumnFault[] out = new ColumnFault[columns];
        for (int c = 0; c < columns; c++) {
            if (in.readBoolean()) {
                out[c] =
                        new ColumnFault(
                                in.readInt(0, columns - 1),
                                in.readConstant(Reason.values()),
                                wiring.cells().get(in.readInt(0, wiring.cells().size() - 1)),
                                in.readInt(),
                                in.readText());
            }
        }
        return out;
    }
}
