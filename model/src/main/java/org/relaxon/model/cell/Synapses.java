package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
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
    /** Below this number of neurons a product takes no longer than reading its factors. */
    private static final int ROWS_MIN = 4;

    private final Cell cell;
    private final double[] bias;
    private SynapticMemory memory; // null until something is to be remembered
    private Synapses twin = this; // a ring of all twins that share these weights
    private double[] rowSums; // of |W|; null after a change

    /** The rows of weights that the cell's afferents hold, and biases of zeros. */
    Synapses(Cell cell) {
        this.cell = cell;
        bias = new double[cell.id().size()];
    }

    /** The same biases and memory; the cell's afferents share the original's rows of weights. */
    Synapses(Cell cell, Synapses original) {
        this.cell = cell;
        bias = original.bias;
        memory = original.memory;
        twin = original.twin;
        original.twin = this;
    }

    private Afferent[] afferents() {
        return cell.ports().afferents();
    }

    /** Fills the first plane of the drive with the bias, whose difference is always 0. */
    void fillBias(CellState s) {
        double[] drive = s.drive();
        int width = drive.length / bias.length;
        for (int i = 0; i < bias.length; i++) {
            int row = i * width;
            double b = s.differences() ? 0.0 : bias[i];
            Arrays.fill(drive, row, row + s.columns(), b);
            Arrays.fill(drive, row + s.columns(), row + width, 0.0);
        }
    }

    /** Sum of |W| onto each neuron, clamped populations left out. */
    double[] rowSums() {
        if (rowSums == null) {
            rowSums = new double[bias.length];
            for (Afferent a : afferents()) {
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
        LocalRule rule = cell.plan().localRule();
        Kernels kernels = cell.kernels();
        Afferent[] afferents = afferents();
        double[] factor = new double[state.backward().length];
        rule.postsynaptic(state, columnWeights, factor);
        multiply(factor, scale);
        for (int k = 0; k < afferents.length; k++) {
            afferents[k].addOuter(kernels, factor, sums[k]);
        }
        if (!state.differences()) {
            addSums(factor, biases, firstBias);
        }
        int planes = cell.plan().traits().activityPlanes();
        double[] anchored = new double[bias.length * planes * anchorColumns];
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
        CellId id = cell.id();
        Weights[] own = new Weights[afferents().length];
        for (int k = 0; k < own.length; k++) {
            Afferent a = afferents()[k];
            double[][] all = gradient.weights(a.projection().index());
            own[k] = a.weights().over(all, id.from());
        }
        double[] biases = gradient.biases(id.population());
        update(state, anchorColumns, columnWeights, 1.0, own, biases, id.from());
    }

    /** Changes own weights and biases by -rate times the local update. */
    void learn(CellState state, int anchorColumns, double[] columnWeights, double rate) {
        Weights[] own = new Weights[afferents().length];
        for (int k = 0; k < own.length; k++) {
            own[k] = afferents()[k].weights();
        }
        FeedbackLearning feedback = FeedbackLearning.before(cell);
        update(state, anchorColumns, columnWeights, -rate, own, bias, 0);
        feedback.after(rate);
        changed();
    }

    /**
     * Whether the local update is finite; it is computed only where its factors do not prove it.
     */
    boolean isFinite(CellState state, int anchorColumns, double[] columnWeights) {
        return bias.length >= ROWS_MIN && isBounded(state, anchorColumns, columnWeights)
                || prepare(state, anchorColumns, columnWeights);
    }

    /**
     * Whether no partial sum of the local update can overflow: every stored number is a sum of at
     * most synapses x width products, of which none exceeds the product of the largest factor, the
     * largest activity and the scale. False if any of them is NaN.
     */
    private boolean isBounded(CellState state, int anchorColumns, double[] columnWeights) {
        if (anchorColumns > 0) {
            return false; // a second product may be added, of another state
        }
        double[] factor = new double[state.backward().length];
        cell.plan().localRule().postsynaptic(state, columnWeights, factor);
        double most = Columns.most(factor);
        double largest = cell.plan().largestSum();
        long width = factor.length / bias.length;
        boolean bounded = most * width <= largest;
        for (Afferent a : afferents()) {
            double presynaptic = Columns.most(a.recorded());
            double one = most * a.projection().connectivity().scale() * presynaptic;
            bounded &= presynaptic <= largest;
            bounded &= Math.abs(one) * a.weights().synapses() * width <= largest;
        }
        return bounded;
    }

    /** Computes the local update and stores it; true if all of it is finite. */
    boolean prepare(CellState state, int anchorColumns, double[] columnWeights) {
        memory().clearGradient();
        return prepareMore(state, anchorColumns, columnWeights);
    }

    /** Adds the local update to the stored one; true if all of the sum is finite. */
    boolean prepareMore(CellState state, int anchorColumns, double[] columnWeights) {
        memory();
        Weights[] sums = memory.gradient();
        update(state, anchorColumns, columnWeights, 1.0, sums, memory.biasGradient(), 0);
        return memory.isFinite();
    }

    /** Changes own weights and biases by the prepared update. */
    void learn(LearningStep step) {
        FeedbackLearning feedback = FeedbackLearning.before(cell);
        memory().apply(step, bias);
        feedback.after(step);
        changed();
    }

    /**
     * The same change in parts that can run side by side; nothing may read the weights before all
     * of them have run.
     *
     * @param most parts of one projection
     */
    List<Runnable> learning(LearningStep step, int most) {
        if (FeedbackLearning.follows(cell)) {
            return List.of(() -> learn(step));
        }
        changed();
        return memory().steps(step, bias, most);
    }

    /**
     * Changes own weights and biases by the local update, or by its change since the last time.
     * Feedback weights of its own that follow the weights step by step take no part.
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
        all.add(this, afferents(), cell.id().from());
    }

    /** What the synapses remember, of all twins. */
    SynapticMemory memory() {
        if (memory == null) {
            SynapticMemory ofAll = new SynapticMemory(afferents(), cell.id());
            forAllTwins(one -> one.memory = ofAll);
        }
        return memory;
    }

    static void multiply(double[] values, double scale) {
        for (int k = 0; scale != 1.0 && k < values.length; k++) {
            values[k] *= scale;
        }
    }

    /** The bias's presynaptic activity is a real 1. */
    void addSums(double[] factor, double[] into, int offset) {
        int planes = cell.plan().traits().activityPlanes();
        int width = factor.length / bias.length;
        for (int i = 0; i < bias.length; i++) {
            double sum = 0.0;
            for (int c = 0; c < width / planes; c++) {
                sum += factor[i * width + c];
            }
            into[offset + i] += sum;
        }
    }

    /** Whether all weights and biases are finite. */
    boolean isFinite() {
        boolean finite = SynapticMemory.isFinite(bias);
        for (Afferent a : afferents()) {
            Weights own = a.weights();
            finite = finite && SynapticMemory.isFinite(own);
            for (int i = 0; own.hasOwnFeedback() && i < own.storedRows(); i++) {
                finite = finite && SynapticMemory.isFinite(own.feedbackValues()[i]);
            }
        }
        return finite;
    }

    /** Copies this cell's rows of weights and biases out. */
    void save(Parameters into) {
        CellId id = cell.id();
        for (Afferent a : afferents()) {
            int projection = a.projection().index();
            a.weights().save(into.weights(projection), id.from());
            FeedbackLearning.copy(a, into.feedback(projection), id.from(), true);
        }
        System.arraycopy(bias, 0, into.biases(id.population()), id.from(), bias.length);
    }

    /** Copies this cell's rows of weights and biases in. */
    void load(Parameters from) {
        CellId id = cell.id();
        for (Afferent a : afferents()) {
            int projection = a.projection().index();
            a.weights().load(from.weights(projection), id.from());
            FeedbackLearning.copy(a, from.feedback(projection), id.from(), false);
        }
        System.arraycopy(from.biases(id.population()), id.from(), bias, 0, bias.length);
        changed();
    }

    /** Writes the cell's own weights and biases down, and what its synapses remember. */
    void save(StateWriter out) {
        for (Afferent a : afferents()) {
            SynapticMemory.save(a.weights(), out);
            FeedbackLearning.save(a, out);
        }
        out.writeDoubles(bias);
        out.writeBoolean(memory != null);
        if (memory != null) {
            memory.save(out);
        }
    }

    /** Reads them back, for all twins. */
    void load(StateReader in) {
        for (Afferent a : afferents()) {
            SynapticMemory.load(a.weights(), in);
            FeedbackLearning.load(a, in);
        }
        in.readDoubles(bias);
        if (in.readBoolean()) {
            memory().load(in);
        } else {
            forAllTwins(one -> one.memory = null);
        }
        changed();
    }

    private void changed() {
        for (Afferent a : afferents()) {
            a.weights().numbersChanged();
        }
        forAllTwins(Synapses::forget);
    }

    private void forAllTwins(Consumer<Synapses> action) {
        Synapses one = this;
        do {
            action.accept(one);
            one = one.twin;
        } while (one != this);
    }

    /** Discards values computed with other weights. */
    private void forget() {
        rowSums = null;
        for (Afferent a : afferents()) {
            a.weightsChanged();
        }
        cell.weightsChanged();
    }
}
