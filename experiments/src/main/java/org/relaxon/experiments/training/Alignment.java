package org.relaxon.experiments.training;

/**
 * How one minibatch's local update lies to the gradient that backprop computes at the same weights.
 *
 * @param step changes of the weights made before
 * @param cosine between the two, over all weights and biases, without epsilon; NaN if the minibatch
 *     did not settle whole or a gradient is zero
 * @param relativeError |g - R| / |R|; NaN likewise
 */
public record Alignment(long step, double cosine, double relativeError) {
    static Alignment none(long step) {
        return new Alignment(step, Double.NaN, Double.NaN);
    }
}
