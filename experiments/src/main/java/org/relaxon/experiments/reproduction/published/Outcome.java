package org.relaxon.experiments.reproduction.published;

/**
 * Where one run ended.
 *
 * @param alignment of its weight gradient with backprop
 * @param sweeps events over the number of hidden layers
 * @param reached90 sweeps until the multipliers of nine tenths of the hidden layers, without a gap
 *     from the output, have a quarter of their reference; NaN if they never have, or if it was not
 *     measured
 */
public record Outcome(Alignment alignment, double sweeps, double reached90) {}
