package org.relaxon.experiments.training;

/**
 * How one minibatch's local update lies to the gradient that backprop computes at the same weights,
 * over the examples that settled.
 *
 * @param step changes of the weights made before
 * @param cosine between the two, over all weights and biases, without epsilon; NaN if no example
 *     settled or a gradient is zero
 * @param oneMinusCosine 1 - cosine, without the cancellation; NaN likewise
 * @param relativeError |g - R| / |R|; NaN likewise
 * @param examples that were compared
 */
public record Alignment(
        long step, double cosine, double oneMinusCosine, double relativeError, int examples) {
    static Alignment none(long step) {
        return new Alignment(step, Double.NaN, Double.NaN, Double.NaN, 0);
    }

    /** False if there was nothing to compare. */
    public boolean exists() {
        return !Double.isNaN(cosine);
    }
}
