package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;

/**
 * What the synapses and biases of one cell remember of their past gradients, and the gradient that
 * waits to be applied. Arrays are made when they are first needed.
 */
final class SynapticMemory {
    private final Afferent[] afferents;
    private final int neurons;
    private final double[][][][] weights = new double[2][][][];
    private final double[][] biases = new double[2][];
    private double[][][] gradient;
    private double[] biasGradient;
    private double[][][] applied; // what a presentation has applied so far
    private double[] biasApplied;

    SynapticMemory(Afferent[] afferents, int neurons) {
        this.afferents = afferents;
        this.neurons = neurons;
    }

    /** Zeroed rows per afferent to write a gradient of the weights into. */
    double[][][] clearedGradient() {
        if (gradient == null) {
            gradient = rows();
            biasGradient = new double[neurons];
        }
        for (double[][] block : gradient) {
            for (double[] row : block) {
                Arrays.fill(row, 0.0);
            }
        }
        Arrays.fill(biasGradient, 0.0);
        return gradient;
    }

    /** The gradient of the biases, zeroed by {@link #clearedGradient}. */
    double[] biasGradient() {
        return biasGradient;
    }

    /** True if the waiting gradient has no number that is not finite. */
    boolean isFinite() {
        boolean finite = isFinite(biasGradient);
        for (double[][] block : gradient) {
            for (double[] row : block) {
                finite &= isFinite(row);
            }
        }
        return finite;
    }

    private static boolean isFinite(double[] values) {
        double sum = 0.0; // of zeros, unless something is not finite
        for (double value : values) {
            sum += value * 0.0;
        }
        return sum == 0.0;
    }

    /** Applies the waiting gradient to the cell's own weights and biases. */
    void apply(LearningStep step, double[] bias) {
        Optimiser optimiser = step.optimiser();
        reserve(optimiser.memories());
        for (int k = 0; k < afferents.length; k++) {
            double[][] w = afferents[k].weights();
            for (int i = 0; i < w.length; i++) {
                scale(gradient[k][i], step.share());
                double[] m = weights[0] == null ? null : weights[0][k][i];
                double[] v = weights[1] == null ? null : weights[1][k][i];
                optimiser.apply(w[i], gradient[k][i], m, v, step, true);
            }
        }
        scale(biasGradient, step.share());
        optimiser.apply(bias, biasGradient, biases[0], biases[1], step, false);
    }

    /** Begins a presentation: nothing of it has been applied. */
    void beginPresentation() {
        applied = rows();
        biasApplied = new double[neurons];
    }

    /** Applies by how much the waiting gradient differs from what has been applied. */
    void applyIncrement(double rate, double[] bias) {
        for (int k = 0; k < afferents.length; k++) {
            double[][] w = afferents[k].weights();
            for (int i = 0; i < w.length; i++) {
                increment(w[i], gradient[k][i], applied[k][i], rate);
            }
        }
        increment(bias, biasGradient, biasApplied, rate);
    }

    private static void increment(double[] w, double[] g, double[] done, double rate) {
        for (int k = 0; k < w.length; k++) {
            w[k] -= rate * (g[k] - done[k]);
            done[k] = g[k];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int k = 0; factor != 1.0 && k < values.length; k++) {
            values[k] *= factor;
        }
    }

    private void reserve(int count) {
        for (int k = 0; k < count; k++) {
            if (weights[k] == null) {
                weights[k] = rows();
                biases[k] = new double[neurons];
            }
        }
    }

    private double[][][] rows() {
        double[][][] out = new double[afferents.length][][];
        for (int k = 0; k < out.length; k++) {
            double[][] w = afferents[k].weights();
            out[k] = new double[w.length][w[0].length];
        }
        return out;
    }

    /** Copies one memory out; zeros if there is none. */
    void save(int which, Parameters into, CellId id) {
        if (weights[which] == null) {
            return;
        }
        for (int k = 0; k < afferents.length; k++) {
            double[][] rows = into.weights(afferents[k].projection().index());
            for (int i = 0; i < neurons; i++) {
                System.arraycopy(weights[which][k][i], 0, rows[id.from() + i], 0, rows[0].length);
            }
        }
        System.arraycopy(biases[which], 0, into.biases(id.population()), id.from(), neurons);
    }

    /** Copies one memory in. */
    void load(int which, Parameters from, CellId id) {
        reserve(which + 1);
        for (int k = 0; k < afferents.length; k++) {
            double[][] rows = from.weights(afferents[k].projection().index());
            for (int i = 0; i < neurons; i++) {
                System.arraycopy(rows[id.from() + i], 0, weights[which][k][i], 0, rows[0].length);
            }
        }
        System.arraycopy(from.biases(id.population()), id.from(), biases[which], 0, neurons);
    }
}
