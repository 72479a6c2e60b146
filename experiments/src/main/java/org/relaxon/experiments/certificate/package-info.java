/**
 * What theory says before a run about whether a network will settle: contraction of the fixed-point
 * map, loop gain, step bound under delay, curvature of the energy. Predictions, to be printed
 * beside outcomes; local to the free equilibrium.
 */
package org.relaxon.experiments.certificate;
