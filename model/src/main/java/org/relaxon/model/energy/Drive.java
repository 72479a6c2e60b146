package org.relaxon.model.energy;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.math.Elementary;

/**
 * The drive of one neuron.
 *
 * @param value a = W x_pre + b, summed over all incoming projections
 * @param prediction f(a), with f the activation of the neuron's population
 * @param slope f'(a)
 */
public record Drive(double value, double prediction, double slope) {
    /**
     * The drive {@code a} of a neuron with activation {@code f}.
     *
     * @param a drive
     * @param f activation of the population
     * @param math arithmetic of exp and tanh
     * @return drive, prediction and slope
     */
    public static Drive of(double a, Activation f, Elementary math) {
        double mu = f.value(a, math);
        return new Drive(a, mu, f.slope(a, mu, math));
    }
}
