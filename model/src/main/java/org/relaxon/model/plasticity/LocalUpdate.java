package org.relaxon.model.plasticity;

import org.relaxon.model.network.Parameters;

/**
 * The local updates of all synapses and biases, gathered for comparison and stated as gradients:
 * same sign as dLoss/dW, loss summed over examples.
 *
 * @param gradient one number per synapse and bias
 * @param estimator the estimator used
 * @param examples number of examples that settled and take part
 */
public record LocalUpdate(Parameters gradient, Estimator estimator, int examples) {}
