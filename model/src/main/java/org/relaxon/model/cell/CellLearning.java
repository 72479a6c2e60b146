package org.relaxon.model.cell;

import java.util.List;
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
    /** How far a cell has come with changing its weights while the network settles. */
    static final class Progress {
        private final Presentation presentation;
        private long updates;
        private boolean learned; // weights changed since the last prediction
        private boolean learnedAll = true;

        private Progress(Presentation presentation) {
            this.presentation = presentation;
        }

        private void save(StateWriter out) {
            presentation.save(out);
            out.writeLong(updates);
            out.writeBoolean(learned);
            out.writeBoolean(learnedAll);
        }

        private static Progress load(StateReader in) {
            Progress out = new Progress(Presentation.load(in));
            out.updates = in.readLong();
            out.learned = in.readBoolean();
            out.learnedAll = in.readBoolean();
            return out;
        }
    }

    private final Cell cell;
    private final Synapses synapses;

    CellLearning(Cell cell) {
        this.cell = cell;
        this.synapses = cell.synapses();
    }

    Cell cell() {
        return cell;
    }

    /** True while weights change during settling. */
    boolean isPresented() {
        return cell.presented() != null;
    }

    /** True if weights changed since the last reset of this flag. */
    boolean learned() {
        return isPresented() && cell.presented().learned;
    }

    /** The cell predicts with its present weights. */
    void predicted() {
        if (isPresented()) {
            cell.presented().learned = false;
        }
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
     * {@return whether the local update of every synapse is finite}
     *
     * @param columnWeights share of every column in the estimate, length B
     */
    public boolean isFinite(double[] columnWeights) {
        return synapses.isFinite(cell.now().state(), cell.now().anchorColumns(), columnWeights);
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
     * Adds this twin's local update to the prepared one; see {@link Cell#Cell(Cell)}.
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

    /**
     * {@return the sum of the local updates of twins, to be stored for {@link
     * #learn(LearningStep)}, in parts that can run side by side} The bits are those of {@link
     * #prepare} for the first and {@link #prepareMore} for each other twin.
     *
     * @param twins learning of cells that share their synapses, at least one
     * @param columnWeights share of every column in the estimate, by twin, length B each
     * @param most parts of one projection
     * @param notFinite is run, by the thread of a part, if a sum is not finite
     */
    public static List<Runnable> preparing(
            List<CellLearning> twins, List<double[]> columnWeights, int most, Runnable notFinite) {
        return new JointUpdate(twins, columnWeights, notFinite).parts(most);
    }

    /**
     * {@return {@link #learn(LearningStep)} in parts that can run side by side; nothing may read
     * the weights before all of them have run}
     *
     * @param step optimiser, rate and number of the change
     * @param most parts of one projection
     */
    public List<Runnable> learning(LearningStep step, int most) {
        return synapses.learning(step, most);
    }

    /** {@return the number of this cell's synapses} */
    public long synapses() {
        long sum = 0;
        for (Afferent a : cell.ports().afferents()) {
            sum += a.weights().synapses();
        }
        return sum;
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

    /** {@return whether all weights and biases of this cell are finite} */
    public boolean hasFiniteWeights() {
        return synapses.isFinite();
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
        cell.present(presentation == null ? null : new Progress(presentation));
        if (presentation != null) {
            synapses.memory().beginPresentation();
        }
    }

    /** {@return false if an update of the presentation was not finite and was skipped} */
    public boolean learnedAll() {
        return !isPresented() || cell.presented().learnedAll;
    }

    /**
     * Learns while the network settles, after a relaxation.
     *
     * @param heard whether the relaxation followed a received signal
     * @return true if the cell wants another turn, to send its new prediction
     */
    boolean afterRelaxing(boolean heard) {
        Progress now = cell.presented();
        if (now == null) {
            return false;
        }
        long most = now.presentation.wholeUpdates();
        boolean whole = most > 0;
        if (whole && (!heard || now.updates == most)) {
            return false;
        }
        now.updates++;
        CellPhase phase = cell.now();
        now.learned = synapses.learn(now.presentation, phase.state(), phase.anchorColumns());
        now.learnedAll &= now.learned;
        return whole && now.learned;
    }

    /** Writes weights, biases, memories and a presentation in progress down. */
    void save(StateWriter out) {
        synapses.save(out);
        out.writeBoolean(isPresented());
        if (isPresented()) {
            cell.presented().save(out);
        }
    }

    void load(StateReader in) {
        synapses.load(in);
        cell.present(in.readBoolean() ? Progress.load(in) : null);
    }
}
