package org.relaxon.experiments.compare;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;

/**
 * The result of a reference for a batch of B examples.
 *
 * @param gradient dLoss/dtheta, loss <em>summed</em> over the batch
 * @param lossPerColumn loss of every example, length B; do not write to it
 * @param output activity of the output population, shape (n_L, B)
 */
public record ReferenceGradient(Parameters gradient, double[] lossPerColumn, Matrix output) {
    /** {@return the loss summed over the batch} */
    public double loss() {
        double sum = 0.0;
        for (double loss : lossPerColumn) {
            sum += loss;
        }
        return sum;
    }
}
