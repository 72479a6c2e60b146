package org.relaxon.model.cell;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LearningStep;

/**
 * How one cell's synapses change: between settlings, by an estimate that spans phases, or while the
 * network settles. Each synapse uses only its own postsynaptic factor and its own record of the
 * presynaptic activity. Owned by the thread that owns the cell.
 */
public final class CellLearning {
    private final Cell cell;
    private final Synapses synapses;

    private Presentation presented; // while weights change; null otherwise
    private long updates; // of this presentation
    private boolean learned; // weights changed since the last prediction
    private boolean learnedAll;

    CellLearning(Cell cell, Synapses synapses) {
        this.cell = cell;
        this.synapses = synapses;
    }

    /** True while weights change during settling. */
    boolean isPresented() {
        return presented != null;
    }

    /** True if weights changed since the last reset of this flag. */
    boolean learned() {
        return learned;
    }

    /** The cell predicts with its present weights. */
    void predicted() {
        learned = false;
    }

    /**
     * Adds this cell's local update to a gradient: each synapse from its own postsynaptic factor
     * and its own record of the presynaptic activity.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param gradient receives the sum, in the shapes of the network's parameters
     */
    public void update(double[] columnWeights, Parameters gradient) {
        synapses.addTo(gradient, cell.now().state(), cell.now().anchorColumns(), columnWeights);
    }

    /**
     * Changes this cell's weights and biases by -rate times the local update, without gathering it
     * first.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param rate learning rate, finite
     */
    public void learn(double[] columnWeights, double rate) {
        synapses.learn(cell.now().state(), cell.now().anchorColumns(), columnWeights, rate);
    }

    /**
     * Computes the local update of each of this cell's synapses and stores it for {@link
     * #learn(LearningStep)}.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of it is finite
     */
    public boolean prepare(double[] columnWeights) {
        return synapses.prepare(cell.now().state(), cell.now().anchorColumns(), columnWeights);
    }

    /**
     * Adds this twin's local update to the prepared one; see {@link Cell#Cell(Wiring, Cell)}.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of the sum is finite
     */
    public boolean prepareMore(double[] columnWeights) {
        return synapses.prepareMore(cell.now().state(), cell.now().anchorColumns(), columnWeights);
    }

    /**
     * Applies the prepared update to this cell's weights and biases; each synapse uses its own
     * memory.
     *
     * @param step optimiser, rate and number of the change
     */
    public void learn(LearningStep step) {
        synapses.learn(step);
    }

    void shareIn(SharedUpdates all) {
        synapses.shareIn(all);
    }

    /**
     * Copies one memory of the synapses out.
     *
     * @param which 0 for the first memory, 1 for the second
     * @param into receives this cell's rows
     */
    public void saveMemory(int which, Parameters into) {
        synapses.memory().save(which, into);
    }

    /**
     * Copies one memory of the synapses in.
     *
     * @param which 0 for the first memory, 1 for the second
     * @param from source of this cell's rows
     */
    public void loadMemory(int which, Parameters from) {
        synapses.memory().load(which, from);
    }

    /**
     * Copies this cell's rows of weights and biases out.
     *
     * @param into receives this cell's rows
     */
    public void save(Parameters into) {
        synapses.save(into);
    }

    /**
     * Copies this cell's rows of weights and biases in.
     *
     * @param from source of this cell's rows
     */
    public void load(Parameters from) {
        synapses.load(from);
    }

    /**
     * From the next {@link Cell#open} on, changes weights after every relaxation.
     *
     * @param presentation how weights change; null ends it
     */
    public void present(Presentation presentation) {
        presented = presentation;
        learned = false;
        learnedAll = true;
        updates = 0;
        if (presentation != null) {
            synapses.memory().beginPresentation();
        }
    }

    /** {@return false if an update of the presentation was not finite and was skipped} */
    public boolean learnedAll() {
        return learnedAll;
    }

    /**
     * Learns while the network settles, after a relaxation.
     *
     * @param heard whether the relaxation followed a received signal
     * @return true if the cell wants another turn, to send its new prediction
     */
    boolean afterRelaxing(boolean heard) {
        if (presented == null) {
            return false;
        }
        boolean whole = presented.wholeUpdates() > 0;
        if (whole && (!heard || updates == presented.wholeUpdates())) {
            return false;
        }
        updates++;
        learned = synapses.learn(presented, cell.now().state(), cell.now().anchorColumns());
        learnedAll &= learned;
        return whole && learned;
    }

    /** Writes weights, biases, memories and a presentation in progress down. */
    void save(StateWriter out) {
        synapses.save(out);
        out.writeBoolean(presented != null);
        if (presented != null) {
            presented.save(out);
        }
        out.writeLong(updates);
        out.writeBoolean(learned);
        out.writeBoolean(learnedAll);
    }

    void load(StateReader in) {
        synapses.load(in);
        presented = in.readBoolean() ? Presentation.load(in) : null;
        updates = in.readLong();
        learned = in.readBoolean();
        learnedAll = in.readBoolean();
    }
}
