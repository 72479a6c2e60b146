package org.relaxon.experiments.theory;

import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.compare.ReferenceGradient;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.FiniteDifference;
import org.relaxon.experiments.reference.ImplicitGradient;
import org.relaxon.experiments.reference.MetricWeightedGradient;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

/**
 * Gradients with which local updates are compared, by name; {@link ReferenceOf} chooses the one
 * that an algorithm converges to. They share no arithmetic with cells, kernels, losses or
 * activations of the model.
 */
public final class ReferenceGradients {
    private ReferenceGradients() {}

    /**
     * Computes the backprop gradient at the feedforward pass, for any acyclic network.
     *
     * @param network graph, activations and loss; its own parameters are not read
     * @param parameters weights and biases in the shapes of the network; NaN in gives NaN out
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @return loss and gradient, loss summed over the batch, and the output
     * @throws IllegalArgumentException naming the matrix whose shape does not fit
     */
    public static ReferenceGradient backprop(
            Network network, Parameters parameters, Matrix input, Matrix target) {
        return Backprop.of(network).gradient(parameters, input, target);
    }

    /**
     * Computes the gradient of the loss at the free equilibria of a Hopfield energy, by the
     * implicit function theorem: what equilibrium propagation tends to as beta goes to 0.
     *
     * @param network graph, activations and loss
     * @param parameters weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's entry is not read
     * @return loss and gradient, loss summed over the batch, and the output at the equilibria
     * @throws IllegalArgumentException naming column and distance if an equilibrium is further than
     *     1e-6 from the state reached, or a matrix that does not fit
     * @throws IllegalStateException if Newton does not converge or an equilibrium is degenerate
     */
    public static ReferenceGradient implicit(
            Network network, Parameters parameters, Matrix input, Matrix target, Matrix[] reached) {
        return ImplicitGradient.of(
                network, parameters, input, target, reached, NotAnEquilibriumException.FARTHEST);
    }

    /**
     * Computes what coupled learning tends to as beta goes to 0: the implicit gradient with the
     * output error weighted by the curvature of the energy at the output.
     *
     * @param network graph, activations and loss
     * @param parameters weights and biases in the shapes of the network
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param reached free states by population, shape (n, B); the input's entry is not read
     * @return loss and gradient, loss summed over the batch, and the output at the equilibria
     * @throws IllegalArgumentException as of {@link #implicit}
     * @throws IllegalStateException as of {@link #implicit}
     */
    public static ReferenceGradient metricWeighted(
            Network network, Parameters parameters, Matrix input, Matrix target, Matrix[] reached) {
        return MetricWeightedGradient.of(
                network, parameters, input, target, reached, NotAnEquilibriumException.FARTHEST);
    }

    /**
     * Computes the gradient of a scalar from its values alone, by central differences of two widths
     * combined (Richardson 1911); for at most {@value FiniteDifference#PARAMETERS_MAX} parameters.
     *
     * @param network whose shapes the parameters have
     * @param parameters where; not written to
     * @param scalar function of weights and biases, such as an energy at its minimum
     * @return its derivatives with respect to every weight and bias
     * @throws IllegalArgumentException if there are more parameters
     */
    public static Parameters finiteDifference(
            Network network, Parameters parameters, ToDoubleFunction<Parameters> scalar) {
        return FiniteDifference.gradient(network, parameters, scalar::applyAsDouble);
    }
}
