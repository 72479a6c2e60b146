package org.relaxon.model.cell;

import org.relaxon.model.rule.Trait;
import org.relaxon.model.state.CellState;
import org.relaxon.model.weights.Weights;

/**
 * How the curvature of a cell's energy in its drives becomes one that each presynaptic neuron j
 * feels: the separable bound c_j = sum_i m_i |W_ij| sum_k |W_ik| (De Pierro 1995), where k runs
 * over the neurons that may move together with j: those of j's own cell, or all.
 */
final class Curvature {
    private final Cell cell;
    private final boolean ofOneCell;

    Curvature(Cell cell) {
        this.cell = cell;
        this.ofOneCell = cell.plan().traits().has(Trait.CURVATURE_OF_ONE_CELL);
    }

    /** The factor that multiplies the {@link #coupling}, flat (n, B); finite unless it is NaN. */
    double[] factor(CellState state) {
        double[] out = new double[state.slope().length];
        cell.plan().rule().dynamics().driveCurvature(state, out);
        double[] sums = ofOneCell ? null : cell.synapses().rowSums();
        for (int k = 0; k < out.length; k++) {
            double together = sums == null ? 1.0 : sums[k / state.columns()];
            out[k] = Math.min(out[k], Double.MAX_VALUE); // no infinity times a weight of 0
            out[k] = Math.min(out[k] * together, Double.MAX_VALUE);
        }
        return out;
    }

    /**
     * |W| of an incoming projection that is not clamped, times the sum over the neurons that may
     * move together if these belong to one cell: its neurons act through every projection that
     * leads from the same population to this one.
     */
    Weights coupling(Afferent own) {
        if (!ofOneCell) {
            return own.weights().magnitudes();
        }
        double[][] sums = new double[own.weights().rows()][own.links()];
        for (Afferent a : cell.ports().afferents()) {
            if (a.projection().pre() == own.projection().pre()) {
                a.addBlockSums(own, sums);
            }
        }
        return own.magnitudesTimes(sums);
    }

    /**
     * Writes what is sent back in two planes: gradient plus curvature times activity, and the
     * curvature.
     *
     * @param pulled W^T v, shape (n, columns)
     * @param bound curvature, likewise
     * @param most largest curvature that is sent
     * @param x activity, likewise
     * @param into shape (n, 2 x columns)
     */
    static void inPlanes(
            double[] pulled, double[] bound, double most, double[] x, int columns, double[] into) {
        for (int k = 0; k < pulled.length; k++) {
            int at = k / columns * 2 * columns + k % columns;
            double sent = Math.min(bound[k], most); // propagates NaN
            into[at] = pulled[k] + sent * x[k];
            into[at + columns] = sent;
        }
    }
}
