package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.Projection;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.UpdateGate;
import org.relaxon.model.weights.Weights;

/**
 * What a change of a cell's weights does to the feedback weights that it has of its own: one step,
 * from before the local update to after it. Both matrices lie in this cell, so that every synapse
 * sees its partner.
 */
final class FeedbackLearning {
    private static final FeedbackLearning NONE = new FeedbackLearning(null, null);

    private final Cell cell;
    private final double[][][] before; // by afferent; null where feedback weights do not change

    private FeedbackLearning(Cell cell, double[][][] before) {
        this.cell = cell;
        this.before = before;
    }

    /** Whether any feedback weights of a cell follow its weights. */
    static boolean follows(Cell cell) {
        return Arrays.stream(cell.ports().afferents()).anyMatch(FeedbackLearning::follows);
    }

    private static boolean follows(Afferent afferent) {
        FeedbackWeights own = afferent.projection().ownFeedback();
        return own != null && own.learns();
    }

    /** Begins a step: keeps the weights whose feedback weights will follow them. */
    static FeedbackLearning before(Cell cell) {
        Afferent[] afferents = cell.ports().afferents();
        double[][][] kept = null;
        for (int k = 0; k < afferents.length; k++) {
            if (follows(afferents[k])) {
                kept = kept == null ? new double[afferents.length][][] : kept;
                kept[k] = copy(afferents[k].weights().values());
            }
        }
        return kept == null ? NONE : new FeedbackLearning(cell, kept);
    }

    /** Completes it for all synapses, at the learning rate of the local update. */
    void after(double rate) {
        after(rate, UpdateGate.OPEN, 1);
    }

    /** Completes it for the synapses whose gate opens; the others keep both of their weights. */
    void after(LearningStep step) {
        after(step.rate(), step.optimiser().gate(), step.number());
    }

    private void after(double rate, UpdateGate gate, long number) {
        for (int k = 0; before != null && k < before.length; k++) {
            Afferent a = cell.ports().afferents()[k];
            for (int i = 0; before[k] != null && i < before[k].length; i++) {
                double[] w = a.weights().values()[i];
                double[] b = a.weights().feedbackValues()[i];
                double[] held = gate.isOpen() ? null : b.clone();
                a.projection()
                        .ownFeedback()
                        .complete(before[k][i], w, b, rate, cell.plan().freeNeurons());
                if (held != null) {
                    Projection p = a.projection();
                    int neuron = p.firstRow(cell.id().from()) + i;
                    long row = UpdateGate.weights(p.weightsOf(), neuron);
                    gate.hold(w, before[k][i], row, 0, number);
                    gate.hold(b, held, row, 0, number);
                }
            }
        }
    }

    private static double[][] copy(double[][] rows) {
        double[][] out = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            out[i] = rows[i].clone();
        }
        return out;
    }

    /** Copies a cell's rows of feedback weights of their own out to a whole matrix, or in. */
    static void copy(Afferent a, double[][] whole, int first, boolean out) {
        if (a.weights().hasOwnFeedback()) {
            double[][] own = a.weights().feedbackValues();
            for (int i = 0; i < own.length; i++) {
                double[] from = out ? own[i] : whole[first + i];
                double[] to = out ? whole[first + i] : own[i];
                System.arraycopy(from, 0, to, 0, own[i].length);
            }
        }
    }

    static void save(Afferent a, StateWriter out) {
        Weights weights = a.weights();
        for (int i = 0; weights.hasOwnFeedback() && i < weights.rows(); i++) {
            out.writeDoubles(weights.feedbackValues()[i]);
        }
    }

    static void load(Afferent a, StateReader in) {
        Weights weights = a.weights();
        for (int i = 0; weights.hasOwnFeedback() && i < weights.rows(); i++) {
            in.readDoubles(weights.feedbackValues()[i]);
        }
    }
}
