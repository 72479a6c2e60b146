package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.weights.Weights;

/**
 * One step of an optimiser on all weights of a projection onto one cell. Numbers in single
 * precision become doubles a few rows at a time, and are rounded once when the step is made.
 */
final class RowSteps {
    private static final int ROWS = 4; // at a time: with their memories within a cache

    private final Weights weights;
    private final Weights gradient;
    private final Weights first; // memories; null if there are none
    private final Weights second;

    /** The gradient is all 0 afterwards. */
    RowSteps(Weights weights, Weights gradient, Weights first, Weights second) {
        this.weights = weights;
        this.gradient = gradient;
        this.first = first;
        this.second = second;
    }

    /** {@return the step in parts that can run side by side} */
    List<Runnable> parts(LearningStep step, int projection, int row, int most) {
        List<Weights> w = weights.slices(most);
        List<Weights> g = gradient.slices(most);
        List<Weights> m = first == null ? null : first.slices(most);
        List<Weights> v = second == null ? null : second.slices(most);
        List<Runnable> parts = new ArrayList<>();
        int from = row;
        for (int k = 0; k < w.size(); k++) {
            Weights mk = m == null ? null : m.get(k);
            Weights vk = v == null ? null : v.get(k);
            RowSteps one = new RowSteps(w.get(k), g.get(k), mk, vk);
            int own = from;
            parts.add(() -> one.apply(step, projection, own));
            from += w.get(k).rows();
        }
        return parts;
    }

    /**
     * Makes the step.
     *
     * @param projection index of the projection whose weights they are
     * @param row the postsynaptic neuron of the first row
     */
    private void apply(LearningStep step, int projection, int row) {
        if (weights.precision() == Kernels.Precision.DOUBLE) {
            double[][] m = first == null ? null : first.values();
            double[][] v = second == null ? null : second.values();
            apply(weights.values(), gradient.values(), m, v, step, projection, row);
            return;
        }
        double[][] w = new double[ROWS][weights.columns()];
        double[][] g = new double[ROWS][weights.columns()];
        double[][] m = first == null ? null : new double[ROWS][weights.columns()];
        double[][] v = second == null ? null : new double[ROWS][weights.columns()];
        for (int i = 0; i < weights.rows(); i += ROWS) {
            read(weights, i, w);
            read(gradient, i, g);
            read(first, i, m);
            read(second, i, v);
            apply(w, g, m, v, step, projection, row + i);
            write(w, i, weights);
            write(m, i, first);
            write(v, i, second);
        }
        gradient.clear();
    }

    private static void apply(
            double[][] w,
            double[][] g,
            double[][] m,
            double[][] v,
            LearningStep step,
            int projection,
            int row) {
        step.optimiser().applyToRows(w, g, step.share(), m, v, step, projection, row);
    }

    private static void read(Weights from, int begin, double[][] to) {
        for (int i = 0; from != null && i < to.length && begin + i < from.rows(); i++) {
            from.row(begin + i, to[i]);
        }
    }

    private static void write(double[][] from, int begin, Weights to) {
        for (int i = 0; to != null && i < from.length && begin + i < to.rows(); i++) {
            to.store(begin + i, from[i]);
        }
    }
}
