package org.relaxon.experiments.reference;

import org.relaxon.model.network.Parameters;

/**
 * The difference between the minima of two energies as a function of the parameters: a scalar whose
 * exact derivative is what a contrast of the two minima must give.
 */
@FunctionalInterface
public interface MinimumEnergy {
    /** Summed over the batch, in the units of the energy, or per unit of nudge where it says so. */
    double difference(Parameters theta);
}
