/**
 * Training on a set: minibatches settled one after the other, weights changed by the synapses
 * themselves, with backprop for comparison on the same examples, and checkpoints.
 */
package org.relaxon.experiments.training;
