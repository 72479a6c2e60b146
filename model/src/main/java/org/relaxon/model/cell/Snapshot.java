package org.relaxon.model.cell;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.state.CellState;

/**
 * A cell's state and both ends of its synapses at one moment, so that later phases can start from
 * it or contrast with it.
 */
final class Snapshot {
    private static final int ARRAYS_MAX = 1 << 16; // of a state, or projections of a cell
    private static final int BYTES_MIN = 4;

    private final int columns;
    private final boolean moving;
    private final double[][] state;
    private final double[][][] afferents;
    private final double[][] recorded;
    private final double[][][] efferents;

    private Snapshot(
            int columns,
            boolean moving,
            double[][] state,
            double[][][] afferents,
            double[][] recorded,
            double[][][] efferents) {
        this.columns = columns;
        this.moving = moving;
        this.state = state;
        this.afferents = afferents;
        this.recorded = recorded;
        this.efferents = efferents;
    }

    /**
     * @param moving true if signals may still be in flight
     */
    static Snapshot of(
            CellState state, Afferent[] afferents, Efferent[] efferents, boolean moving) {
        double[][][] out = new double[efferents.length][][];
        for (int k = 0; k < out.length; k++) {
            out[k] = efferents[k].save();
        }
        double[][][] in = new double[afferents.length][][];
        double[][] recorded = new double[afferents.length][];
        for (int k = 0; k < in.length; k++) {
            in[k] = copies(afferents[k].arrays());
            double[] heard = afferents[k].recorded();
            recorded[k] = afferents[k].clamped() ? heard : heard.clone();
        }
        double[][] own = copies(state.arrays());
        return new Snapshot(state.columns(), moving, own, in, recorded, out);
    }

    /**
     * The sum of a saved state and this one, which holds differences from it: the state of a cell
     * is linear in its received signals. Phases may start from the sum.
     *
     * @param saved the state that this one differs from, with as many columns or a share of them
     */
    Snapshot plus(Snapshot saved) {
        addTiled(saved.state, saved.columns, state, columns);
        for (int k = 0; k < afferents.length; k++) {
            addTiled(saved.afferents[k], saved.columns, afferents[k], columns);
            if (afferents[k].length == 0) {
                recorded[k] = tiled(saved.recorded[k], saved.columns, recorded[k].length, columns);
            } else {
                recorded[k] = afferents[k][0];
            }
        }
        for (int k = 0; k < efferents.length; k++) {
            efferents[k] = copies(efferents[k]);
            addTiled(saved.efferents[k], saved.columns, efferents[k], columns);
        }
        return this;
    }

    private static void addTiled(double[][] from, int narrow, double[][] into, int wide) {
        for (int k = 0; k < into.length; k++) {
            double[] wider = tiled(from[k], narrow, into[k].length, wide);
            for (int i = 0; i < wider.length; i++) {
                into[k][i] += wider[i];
            }
        }
    }

    private static double[] tiled(double[] from, int narrow, int length, int wide) {
        double[][] out = {new double[length]};
        copy(new double[][] {from}, out, narrow, wide);
        return out[0];
    }

    int columns() {
        return columns;
    }

    /** True if signals may have been in flight. */
    boolean moving() {
        return moving;
    }

    /** Gives the incoming synapses their records in this state, to contrast with. */
    void anchor(Afferent[] in) {
        for (int k = 0; k < in.length; k++) {
            in[k].anchorAt(recorded[k]);
        }
    }

    /** Copies the state, repeated to fill the columns of {@code into}. */
    void copyState(CellState into) {
        copy(state, into.arrays(), columns, into.columns());
    }

    /** Copies the values received and sent, likewise. */
    void restorePorts(int intoColumns, Afferent[] in, Efferent[] out) {
        for (int k = 0; k < in.length; k++) {
            copy(afferents[k], in[k].arrays(), columns, intoColumns);
        }
        for (int k = 0; k < out.length; k++) {
            double[][] tiled = new double[efferents[k].length][];
            for (int a = 0; a < tiled.length; a++) {
                int length = efferents[k][a].length / columns * intoColumns;
                tiled[a] = new double[length];
            }
            copy(efferents[k], tiled, columns, intoColumns);
            out[k].load(tiled);
        }
    }

    /** Discards products with weights that have changed since. */
    void weightsChanged() {
        for (double[][] arrays : afferents) {
            Afferent.weightsChanged(arrays);
        }
    }

    private static double[][] copies(double[][] arrays) {
        double[][] out = new double[arrays.length][];
        for (int k = 0; k < out.length; k++) {
            out[k] = arrays[k].clone();
        }
        return out;
    }

    /** Repeats every run of {@code columns} numbers until {@code wider} are filled. */
    private static void copy(double[][] from, double[][] into, int columns, int wider) {
        for (int k = 0; k < from.length; k++) {
            if (wider % columns != 0 || from[k].length / columns * wider != into[k].length) {
                throw new IllegalArgumentException(
                        "start: the saved state has %d numbers where this phase needs %d"
                                .formatted(from[k].length, into[k].length));
            }
            for (int at = 0; at < into[k].length; at += columns) {
                int row = at / wider;
                System.arraycopy(from[k], row * columns, into[k], at, columns);
            }
        }
    }

    /** The activity of a clamped population is shared between cells, here as in memory. */
    void save(StateWriter out) {
        out.writeInt(columns);
        out.writeBoolean(moving);
        save(state, out);
        out.writeInt(afferents.length);
        for (int k = 0; k < afferents.length; k++) {
            save(afferents[k], out);
            out.writeShared(recorded[k]);
        }
        out.writeInt(efferents.length);
        for (double[][] arrays : efferents) {
            save(arrays, out);
        }
    }

    private static void save(double[][] arrays, StateWriter out) {
        out.writeInt(arrays.length);
        for (double[] values : arrays) {
            out.writeDoubles(values);
        }
    }

    static Snapshot load(StateReader in) {
        int columns = in.readInt(1, Integer.MAX_VALUE);
        boolean moving = in.readBoolean();
        double[][] state = loadArrays(in);
        double[][][] afferents = new double[in.readCount(ARRAYS_MAX, BYTES_MIN)][][];
        double[][] recorded = new double[afferents.length][];
        for (int k = 0; k < afferents.length; k++) {
            afferents[k] = loadArrays(in);
            recorded[k] = in.readShared();
        }
        double[][][] efferents = new double[in.readCount(ARRAYS_MAX, BYTES_MIN)][][];
        for (int k = 0; k < efferents.length; k++) {
            efferents[k] = loadArrays(in);
        }
        return new Snapshot(columns, moving, state, afferents, recorded, efferents);
    }

    private static double[][] loadArrays(StateReader in) {
        double[][] arrays = new double[in.readCount(ARRAYS_MAX, BYTES_MIN)][];
        for (int k = 0; k < arrays.length; k++) {
            arrays[k] = in.readDoubles();
        }
        return arrays;
    }
}
