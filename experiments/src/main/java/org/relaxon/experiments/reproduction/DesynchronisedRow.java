package org.relaxon.experiments.reproduction;

import java.util.List;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.TrainResult.Ending;

/**
 * One training.
 *
 * @param task name of the data
 * @param arm how its synapses changed
 * @param seed of weights, data and draws
 * @param steps requested presentations of a minibatch
 * @param rate learning rate
 * @param tests examples in the test set
 * @param synapses weights and biases of the network
 * @param updates how often a synapse changed, summed over all, from the draws
 * @param neverMoved share of the weights and biases that ended where they began
 * @param curve evaluations, the first before any learning
 * @param ending why the training ended
 * @param messages signals between cells, evaluations left out
 * @param synapticOperations multiplications by a weight while settling, evaluations left out
 */
public record DesynchronisedRow(
        String task,
        Arm arm,
        long seed,
        long steps,
        double rate,
        int tests,
        long synapses,
        long updates,
        double neverMoved,
        List<Evaluation> curve,
        Ending ending,
        long messages,
        long synapticOperations) {
    /**
     * Copies the list.
     *
     * @param task name of the data
     * @param arm how its synapses changed
     * @param seed of weights, data and draws
     * @param steps requested presentations of a minibatch
     * @param rate learning rate
     * @param tests examples in the test set
     * @param synapses weights and biases of the network
     * @param updates how often a synapse changed, summed over all, from the draws
     * @param neverMoved share of the weights and biases that ended where they began
     * @param curve evaluations, the first before any learning
     * @param ending why the training ended
     * @param messages signals between cells, evaluations left out
     * @param synapticOperations multiplications by a weight while settling, evaluations left out
     */
    public DesynchronisedRow {
        curve = List.copyOf(curve);
    }

    /**
     * {@return the mean loss on the test set at the end; NaN if the training did not reach its end}
     */
    public double loss() {
        return ending == Ending.DONE ? curve.get(curve.size() - 1).testLoss() : Double.NaN;
    }

    /**
     * {@return the share of the test set that is classified correctly at the end; NaN if the
     * training did not reach its end}
     */
    public double accuracy() {
        return ending == Ending.DONE ? curve.get(curve.size() - 1).testAccuracy() : Double.NaN;
    }

    /** {@return the mean cosine between local updates and backprop over the evaluations} */
    public double cosine() {
        return curve.stream().mapToDouble(Evaluation::cosine).average().orElse(Double.NaN);
    }
}
