/**
 * What an experiment is about: a network with its initial weights, and a batch of inputs and
 * targets, all of it a function of a few options and a seed.
 */
package org.relaxon.experiments.problem;
