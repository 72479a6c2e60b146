package org.relaxon.experiments.reference;

import org.relaxon.model.network.Parameters;

/**
 * The difference between the minima of two energies as a function of the parameters: a scalar whose
 * exact derivative must equal the contrast of the two minima.
 */
@FunctionalInterface
public interface MinimumEnergy {
    /**
     * {@return the difference, summed over the batch, in units of the energy, or per unit of nudge
     * where the class states this}
     *
     * @param theta weights and biases in the shapes of the network
     */
    double difference(Parameters theta);
}
