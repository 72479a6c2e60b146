package org.relaxon.model.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.model.weights.Weights;

/**
 * What the synapses and biases of one cell remember of their past gradients, and the gradient that
 * waits to be applied. Arrays are allocated when first needed.
 */
final class SynapticMemory {
    private final Afferent[] afferents;
    private final CellId id;
    private final int neurons;
    private Weights[][] weights; // null as long as nothing is remembered
    private double[][] biases;
    private Weights[] gradient;
    private double[] biasGradient;
    private boolean summed; // whether they may hold other numbers than zeros
    private Weights[] applied; // what a presentation has applied so far
    private double[] biasApplied;

    SynapticMemory(Afferent[] afferents, CellId id) {
        this.afferents = afferents;
        this.id = id;
        this.neurons = id.size();
    }

    /** No gradient waits any more. */
    void clearGradient() {
        if (gradient == null) {
            gradient = zeros();
            biasGradient = new double[neurons];
        }
        if (summed) {
            clear(gradient, biasGradient);
        }
        summed = false;
    }

    /** Sums per afferent to add a gradient of the weights to. */
    Weights[] gradient() {
        summed = true;
        return gradient;
    }

    private static void clear(Weights[] blocks, double[] biases) {
        for (Weights block : blocks) {
            block.clear();
        }
        Arrays.fill(biases, 0.0);
    }

    /** The gradient of the biases, zeroed by {@link #clearGradient}. */
    double[] biasGradient() {
        return biasGradient;
    }

    /** True if the waiting gradient has no number that is not finite. */
    boolean isFinite() {
        boolean finite = isFinite(biasGradient);
        for (Weights block : gradient) {
            finite = finite && isFinite(block);
        }
        return finite;
    }

    /** Whether all numbers that weights store are finite. */
    static boolean isFinite(Weights block) {
        double[] scratch = block.scratch();
        boolean finite = true;
        for (int i = 0; finite && i < block.storedRows(); i++) {
            finite = isFinite(block.row(i, scratch));
        }
        return finite;
    }

    static boolean isFinite(double[] values) {
        return Columns.most(values) <= Double.MAX_VALUE;
    }

    /** Applies the waiting gradient to the cell's own weights and biases; none waits afterwards. */
    void apply(LearningStep step, double[] bias) {
        steps(step, bias, 1).forEach(Runnable::run);
    }

    /** The same in parts that can run side by side, at most so many for each projection. */
    List<Runnable> steps(LearningStep step, double[] bias, int most) {
        reserve(step.optimiser().memories());
        List<Runnable> parts = new ArrayList<>();
        parts.add(() -> applyToBiases(step, bias));
        for (int k = 0; k < afferents.length; k++) {
            Weights own = afferents[k].weights();
            Projection projection = afferents[k].projection();
            int index = projection.weightsOf();
            int row = projection.firstRow(id.from());
            RowSteps all = new RowSteps(own, gradient[k], memory(0, k), memory(1, k));
            parts.addAll(all.parts(step, index, row, most));
        }
        summed = false; // once all parts have run
        return parts;
    }

    private Weights memory(int which, int afferent) {
        return has(which) ? weights[which][afferent] : null;
    }

    private void applyToBiases(LearningStep step, double[] bias) {
        Synapses.multiply(biasGradient, step.share());
        long row = UpdateGate.biases(id.population());
        double[] m = has(0) ? biases[0] : null;
        double[] v = has(1) ? biases[1] : null;
        step.optimiser().apply(bias, biasGradient, m, v, step, false, row, id.from());
        Arrays.fill(biasGradient, 0.0);
    }

    /** Begins a presentation: nothing of it has been applied. */
    void beginPresentation() {
        if (applied == null) {
            applied = zeros();
            biasApplied = new double[neurons];
        }
        clear(applied, biasApplied);
    }

    /** Applies the difference between the waiting gradient and the part already applied. */
    void applyIncrement(double rate, double[] bias) {
        for (int k = 0; k < afferents.length; k++) {
            Weights own = afferents[k].weights();
            double[] ofWeights = own.scratch();
            double[] ofGradient = gradient[k].scratch();
            double[] ofApplied = applied[k].scratch();
            for (int i = 0; i < own.storedRows(); i++) {
                double[] w = own.row(i, ofWeights);
                double[] done = applied[k].row(i, ofApplied);
                increment(w, gradient[k].row(i, ofGradient), done, rate);
                own.store(i, w);
                applied[k].store(i, done);
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

    private boolean has(int which) {
        return weights != null && weights[which] != null;
    }

    private void reserve(int count) {
        if (weights == null && count > 0) {
            weights = new Weights[2][];
            biases = new double[2][];
        }
        for (int k = 0; k < count; k++) {
            if (weights[k] == null) {
                weights[k] = zeros();
                biases[k] = new double[neurons];
            }
        }
    }

    private Weights[] zeros() {
        Weights[] out = new Weights[afferents.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = afferents[k].weights().zeros();
        }
        return out;
    }

    /** Copies one memory out; zeros if there is none. */
    void save(int which, Parameters into) {
        if (!has(which)) {
            return;
        }
        for (int k = 0; k < afferents.length; k++) {
            double[][] whole = into.weights(afferents[k].projection().index());
            weights[which][k].save(whole, id.from());
        }
        System.arraycopy(biases[which], 0, into.biases(id.population()), id.from(), neurons);
    }

    /** Copies one memory in. */
    void load(int which, Parameters from) {
        reserve(which + 1);
        for (int k = 0; k < afferents.length; k++) {
            double[][] whole = from.weights(afferents[k].projection().index());
            weights[which][k].load(whole, id.from());
        }
        System.arraycopy(from.biases(id.population()), id.from(), biases[which], 0, neurons);
    }

    /** The numbers that weights store. */
    static void save(Weights block, StateWriter out) {
        double[] scratch = block.scratch();
        for (int i = 0; i < block.storedRows(); i++) {
            out.writeDoubles(block.row(i, scratch));
        }
    }

    static void load(Weights block, StateReader in) {
        double[] scratch = block.scratch();
        for (int i = 0; i < block.storedRows(); i++) {
            double[] row = block.row(i, scratch);
            in.readDoubles(row);
            block.store(i, row);
        }
    }

    /** Writes down all but the gradient, which waits only between two calls of the owner. */
    void save(StateWriter out) {
        for (int which = 0; which < 2; which++) {
            out.writeBoolean(has(which));
            if (has(which)) {
                save(weights[which], biases[which], out);
            }
        }
        out.writeBoolean(applied != null);
        if (applied != null) {
            save(applied, biasApplied, out);
        }
    }

    private static void save(Weights[] blocks, double[] biases, StateWriter out) {
        for (Weights block : blocks) {
            save(block, out);
        }
        out.writeDoubles(biases);
    }

    void load(StateReader in) {
        weights = null;
        biases = null;
        for (int which = 0; which < 2; which++) {
            if (in.readBoolean()) {
                reserve(which + 1);
                load(weights[which], biases[which], in);
            }
        }
        applied = null;
        biasApplied = null;
        if (in.readBoolean()) {
            beginPresentation();
            load(applied, biasApplied, in);
        }
    }

    private static void load(Weights[] blocks, double[] biases, StateReader in) {
        for (Weights block : blocks) {
            load(block, in);
        }
        in.readDoubles(biases);
    }
}
