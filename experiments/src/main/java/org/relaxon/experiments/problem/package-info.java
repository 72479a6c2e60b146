/**
 * The subject of an experiment: a network with its initial weights, and a batch of inputs and
 * targets, all a function of a few options and a seed.
 */
package org.relaxon.experiments.problem;
