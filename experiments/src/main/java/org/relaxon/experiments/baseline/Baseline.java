package org.relaxon.experiments.baseline;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;

/** Backprop beside a training: weights of its own, their gradient, and what they predict. */
public interface Baseline {
    /** {@return the current weights and biases; the arrays themselves, not copies} */
    Parameters parameters();

    /**
     * Computes the gradient of the loss summed over the batch, times a factor; changes no weight.
     *
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param share factor, finite
     * @param into overwritten
     */
    void gradient(Matrix input, Matrix target, double share, Parameters into);

    /**
     * {@return the activity of the output, shape (n_L, B), under the current weights}
     *
     * @param input shape (n_0, B)
     */
    Matrix output(Matrix input);
}
