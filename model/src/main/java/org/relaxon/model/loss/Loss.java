package org.relaxon.model.loss;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/**
 * A scalar loss L(x, T) of the output, per example. Values are read and written at column {@code c}
 * of flat arrays of shape (n, stride).
 *
 * <p>A loss from elsewhere states value, gradient and second derivatives; its nudge follows from
 * them. {@link StandardLoss} has those that come with the library.
 */
public interface Loss {
    /** The name in options. */
    String optionName();

    /**
     * L of one example.
     *
     * @param x output activity, flat (n, stride)
     * @param target same layout
     */
    double value(double[] x, double[] target, int n, int stride, int c);

    /**
     * Writes -dL/dx of one column.
     *
     * @param x output activity, flat (n, stride)
     * @param out result, same layout; only column {@code c} is written
     */
    void pull(double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out);

    /**
     * Writes the second derivatives of one column.
     *
     * @param x output activity, flat (n, stride)
     * @param out their diagonal, shape (n), or if the loss {@link #couplesOutputs} all of them,
     *     flat (n, n)
     */
    void curvature(
            double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out);

    /**
     * Writes the output error e that minimises |e|^2/2 + beta L(mu + e, T) for one column: the
     * proximal step of beta L at mu, less mu. By default Newton's method to round-off.
     *
     * @param mu prediction, flat (n, stride)
     * @param beta nudging strength that the loss {@link #accepts(double)}
     * @param e result, same layout; only column {@code c} is written
     */
    default void nudge(
            double[] mu,
            double[] target,
            double beta,
            int n,
            int stride,
            int c,
            Elementary math,
            double[] e) {
        new ProximalStep(this, mu, target, beta, n, stride, c, math).write(e);
    }

    /** True if the nudge of one output neuron depends on the others, so that they share a cell. */
    boolean couplesOutputs();

    /** True if targets have to be distributions: nonnegative, with sum 1. */
    default boolean needsDistribution() {
        return false;
    }

    /** Whether its nudge has one well-defined minimiser at this nudging strength; NaN has none. */
    boolean accepts(double beta);

    /** The allowed range of the nudging strength, in words. */
    String betaRange();

    /** Whether this loss is defined for an output with this activation. */
    boolean accepts(Activation output);
}
