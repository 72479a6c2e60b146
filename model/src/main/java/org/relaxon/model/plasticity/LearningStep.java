package org.relaxon.model.plasticity;

/**
 * One change of all weights.
 *
 * @param optimiser how each synapse uses its gradient
 * @param rate learning rate, finite
 * @param share factor of the summed gradient, such as 1 / examples for a mean; finite
 * @param number number of this change in a training, from 1
 */
public record LearningStep(Optimiser optimiser, double rate, double share, long number) {
    /**
     * Checks all but the optimiser.
     *
     * @param optimiser how each synapse uses its gradient
     * @param rate learning rate, finite
     * @param share factor of the summed gradient, such as 1 / examples for a mean; finite
     * @param number number of this change in a training, from 1
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public LearningStep {
        if (!Double.isFinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number, got " + rate);
        }
        if (!Double.isFinite(share)) {
            throw new IllegalArgumentException("share: need a finite number, got " + share);
        }
        if (number < 1) {
            throw new IllegalArgumentException("step: numbers start at 1, got " + number);
        }
    }
}
