/**
 * Statements of theory before a run on whether a network will settle: contraction of the
 * fixed-point map, loop gain, step bound under delay, curvature of the energy. They are
 * predictions, to be compared with outcomes, and local to the free equilibrium.
 */
package org.relaxon.experiments.certificate;
