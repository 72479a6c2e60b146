package org.relaxon.model.loss;

import java.util.List;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/**
 * A scalar loss L(x, T) of the output, per example. Values are read and written at column {@code c}
 * of flat arrays of shape (n, stride).
 *
 * <p>A user's loss states value, gradient and second derivatives; its nudge follows from them.
 * {@link StandardLoss} lists the losses that come with the library.
 */
public interface Loss {
    /** {@return the name in options} */
    String optionName();

    /**
     * The same loss with other parameters: {@code NAME:A,B} in options.
     *
     * @param parameters finite numbers, at least one
     * @return the loss, whose {@link #optionName} is the name, a colon and its parameters
     * @throws IllegalArgumentException stating why the parameters are refused; by default there are
     *     none
     */
    default Loss with(List<Double> parameters) {
        throw new IllegalArgumentException(optionName() + " has no parameters");
    }

    /**
     * {@return L of one example}
     *
     * @param x output activity, flat (n, stride)
     * @param target same layout
     * @param n number of outputs
     * @param stride distance between two neurons of one column in the flat arrays
     * @param c column of the example
     */
    double value(double[] x, double[] target, int n, int stride, int c);

    /**
     * Writes -dL/dx of one column.
     *
     * @param x output activity, flat (n, stride)
     * @param target targets, in the layout of the activity or prediction
     * @param n number of outputs
     * @param stride distance between two neurons of one column in the flat arrays
     * @param c column of the example
     * @param math transcendental functions of the run's kernel set
     * @param out result, same layout; only column {@code c} is written
     */
    void pull(double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out);

    /**
     * Writes the second derivatives of one column.
     *
     * @param x output activity, flat (n, stride)
     * @param target targets, in the layout of the activity or prediction
     * @param n number of outputs
     * @param stride distance between two neurons of one column in the flat arrays
     * @param c column of the example
     * @param math transcendental functions of the run's kernel set
     * @param out their diagonal, shape (n), or if the loss {@link #couplesOutputs} all of them,
     *     flat (n, n)
     */
    void curvature(
            double[] x, double[] target, int n, int stride, int c, Elementary math, double[] out);

    /**
     * Writes the output error e that minimises |e|^2/2 + beta L(mu + e, T) for one column: the
     * proximal step of beta L at mu, minus mu. By default Newton's method to round-off.
     *
     * @param mu prediction, flat (n, stride)
     * @param target targets, in the layout of the activity or prediction
     * @param beta nudging strength that the loss {@link #accepts(double)}
     * @param n number of outputs
     * @param stride distance between two neurons of one column in the flat arrays
     * @param c column of the example
     * @param math transcendental functions of the run's kernel set
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

    /**
     * {@return whether the nudge of one output neuron depends on the others, so that they share a
     * cell}
     */
    boolean couplesOutputs();

    /** {@return whether targets must be distributions: nonnegative, with sum 1} */
    default boolean needsDistribution() {
        return false;
    }

    /**
     * {@return whether the nudge has one well-defined minimiser at this nudging strength; false for
     * NaN}
     *
     * @param beta nudging strength
     */
    boolean accepts(double beta);

    /** {@return the allowed range of the nudging strength, in words} */
    String betaRange();

    /**
     * {@return whether this loss is defined for an output with this activation}
     *
     * @param output activation of the output population
     */
    boolean accepts(Activation output);
}
