package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.LocalRule;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.state.CellState;
import org.relaxon.model.weights.Weights;

/** The weights and biases of one cell: how they are loaded, saved and changed. */
final class Synapses {
    private final CellId id;
    private final Afferent[] afferents;
    private final Kernels kernels;
    private final LocalRule rule;
    private final int planes;
    private final double[] bias;
    private final SynapticMemory memory;
    private Synapses twin = this; // a ring of all twins that share these weights
    private double[] rowSums; // of |W|; null after a change

    /** {@code planes} of columns travel forward. */
    Synapses(CellId id, Afferent[] afferents, Kernels kernels, LocalRule rule, int planes) {
        this.id = id;
        this.afferents = afferents;
        this.kernels = kernels;
        this.rule = rule;
        this.planes = planes;
        bias = new double[id.size()];
        memory = new SynapticMemory(afferents, id);
    }

    /** The same weights, biases and memory, seen by afferents that share the original's rows. */
    Synapses(Synapses original, Afferent[] afferents, Kernels kernels) {
        this.id = original.id;
        this.afferents = afferents;
        this.kernels = kernels;
        rule = original.rule;
        planes = original.planes;
        bias = original.bias;
        memory = original.memory;
        twin = original.twin;
        original.twin = this;
    }

    /** Fills the first plane of the drive with the bias, whose difference is always 0. */
    void fillBias(CellState s) {
        double[] drive = s.drive();
        int width = drive.length / id.size();
        for (int i = 0; i < id.size(); i++) {
            int row = i * width;
            double b = s.differences() ? 0.0 : bias[i];
            Arrays.fill(drive, row, row + s.columns(), b);
            Arrays.fill(drive, row + s.columns(), row + width, 0.0);
        }
    }

    /** Sum of |W| onto each neuron, clamped populations left out. */
    double[] rowSums() {
        if (rowSums == null) {
            rowSums = new double[id.size()];
            for (Afferent a : afferents) {
                a.addRowSums(rowSums);
            }
        }
        return rowSums;
    }

    /**
     * Adds {@code scale} times this cell's local update to its rows of a gradient.
     *
     * @param anchorColumns columns of the state that the phase started from; 0 for a start at rest
     */
    void update(
            CellState state,
            int anchorColumns,
            double[] columnWeights,
            double scale,
            Weights[] sums,
            double[] biases,
            int firstBias) {
        double[] factor = new double[state.backward().length];
        rule.postsynaptic(state, columnWeights, factor);
        multiply(factor, scale);
        for (int k = 0; k < afferents.length; k++) {
            afferents[k].addOuter(kernels, factor, sums[k]);
        }
        if (!state.differences()) {
            addSums(factor, biases, firstBias);
        }
        double[] anchored = new double[id.size() * planes * anchorColumns];
        if (anchorColumns > 0 && rule.anchored(state, columnWeights, anchored)) {
            multiply(anchored, scale);
            for (int k = 0; k < afferents.length; k++) {
                afferents[k].addAnchoredOuter(kernels, anchored, sums[k]);
            }
            addSums(anchored, biases, firstBias);
        }
    }

    /** Adds the local update to this cell's part of a whole network's gradient. */
    void addTo(Parameters gradient, CellState state, int anchorColumns, double[] columnWeights) {
        Weights[] own = new Weights[afferents.length];
        for (int k = 0; k < own.length; k++) {
            double[][] all = gradient.weights(afferents[k].projection().index());
            own[k] = afferents[k].weights().over(all, id.from());
        }
        double[] biases = gradient.biases(id.population());
        update(state, anchorColumns, columnWeights, 1.0, own, biases, id.from());
    }

    /** Changes own weights and biases by -rate times the local update. */
    void learn(CellState state, int anchorColumns, double[] columnWeights, double rate) {
        Weights[] own = new Weights[afferents.length];
        for (int k = 0; k < own.length; k++) {
            own[k] = afferents[k].weights();
        }
        update(state, anchorColumns, columnWeights, -rate, own, bias, 0);
        changed();
    }

    /** Computes the local update and stores it; true if all of it is finite. */
    boolean prepare(CellState state, int anchorColumns, double[] columnWeights) {
        memory.clearGradient();
        return prepareMore(state, anchorColumns, columnWeights);
    }

    /** Adds the local update to the stored one; true if all of the sum is finite. */
    boolean prepareMore(CellState state, int anchorColumns, double[] columnWeights) {
        Weights[] sums = memory.gradient();
        update(state, anchorColumns, columnWeights, 1.0, sums, memory.biasGradient(), 0);
        return memory.isFinite();
    }

    /** Changes own weights and biases by the prepared update. */
    void learn(LearningStep step) {
        memory.apply(step, bias);
        changed();
    }

    /**
     * Changes own weights and biases by the local update, or by its change since the last time.
     *
     * @return false if it is not finite; nothing has changed then
     */
    boolean learn(Presentation presentation, CellState state, int anchorColumns) {
        if (!prepare(state, anchorColumns, presentation.columnWeights())) {
            return false;
        }
        if (presentation.wholeUpdates() > 0) {
            memory.apply(new LearningStep(Optimiser.sgd(), presentation.rate(), 1.0, 1), bias);
        } else {
            memory.applyIncrement(presentation.rate(), bias);
        }
        changed();
        return true;
    }

    void shareIn(SharedUpdates all) {
        all.add(this, afferents);
    }

    SynapticMemory memory() {
        return memory;
    }

    static void multiply(double[] values, double scale) {
        for (int k = 0; scale != 1.0 && k < values.length; k++) {
            values[k] *= scale;
        }
    }

    /** The bias's presynaptic activity is a real 1. */
    private void addSums(double[] factor, double[] into, int offset) {
        int width = factor.length / id.size();
        for (int i = 0; i < id.size(); i++) {
            double sum = 0.0;
            for (int c = 0; c < width / planes; c++) {
                sum += factor[i * width + c];
            }
            into[offset + i] += sum;
        }
    }

    /** Copies this cell's rows of weights and biases out. */
    void save(Parameters into) {
        for (Afferent a : afferents) {
            a.weights().save(into.weights(a.projection().index()), id.from());
        }
        System.arraycopy(bias, 0, into.biases(id.population()), id.from(), bias.length);
    }

    /** Copies this cell's rows of weights and biases in. */
    void load(Parameters from) {
        for (Afferent a : afferents) {
            a.weights().load(from.weights(a.projection().index()), id.from());
        }
        System.arraycopy(from.biases(id.population()), id.from(), bias, 0, bias.length);
        changed();
    }

    /** Writes the cell's own weights and biases down, and what its synapses remember. */
    void save(StateWriter out) {
        for (Afferent a : afferents) {
            SynapticMemory.save(a.weights(), out);
        }
        out.writeDoubles(bias);
        memory.save(out);
    }

    /** Reads them back, for all twins. */
    void load(StateReader in) {
        for (Afferent a : afferents) {
            SynapticMemory.load(a.weights(), in);
        }
        in.readDoubles(bias);
        memory.load(in);
        changed();
    }

    private void changed() {
        Synapses one = this;
        do {
            one.forget();
            one = one.twin;
        } while (one != this);
    }

    /** Discards values computed with other weights. */
    private void forget() {
        rowSums = null;
        for (Afferent a : afferents) {
            a.weightsChanged();
        }
    }
}
