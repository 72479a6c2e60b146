package org.relaxon.model.cell;

import org.relaxon.model.state.CellState;

/**
 * A cell's state and both ends of its synapses at one moment, so that a phase can start from it.
 */
final class Snapshot {
    private final double[][] state;
    private final double[][][] afferents;
    private final double[][][] efferents;

    private Snapshot(double[][] state, double[][][] afferents, double[][][] efferents) {
        this.state = state;
        this.afferents = afferents;
        this.efferents = efferents;
    }

    static Snapshot of(CellState state, Afferent[] afferents, Efferent[] efferents) {
        double[][][] in = new double[afferents.length][][];
        for (int k = 0; k < in.length; k++) {
            in[k] = copies(afferents[k].arrays());
        }
        double[][][] out = new double[efferents.length][][];
        for (int k = 0; k < out.length; k++) {
            out[k] = efferents[k].save();
        }
        return new Snapshot(copies(state.arrays()), in, out);
    }

    /** The phase that restores must have the columns of the one that saved. */
    void restore(CellState into, Afferent[] in, Efferent[] out) {
        copy(state, into.arrays());
        for (int k = 0; k < in.length; k++) {
            copy(afferents[k], in[k].arrays());
        }
        for (int k = 0; k < out.length; k++) {
            out[k].load(efferents[k]);
        }
    }

    private static double[][] copies(double[][] arrays) {
        double[][] out = new double[arrays.length][];
        for (int k = 0; k < out.length; k++) {
            out[k] = arrays[k].clone();
        }
        return out;
    }

    private static void copy(double[][] from, double[][] into) {
        for (int k = 0; k < from.length; k++) {
            if (from[k].length != into[k].length) {
                throw new IllegalArgumentException(
                        "start: the saved state has %d numbers where this phase needs %d"
                                .formatted(from[k].length, into[k].length));
            }
            System.arraycopy(from[k], 0, into[k], 0, from[k].length);
        }
    }
}
