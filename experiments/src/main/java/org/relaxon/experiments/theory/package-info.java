/**
 * The theory of an algorithm: the gradient that its estimate converges to, the error that a finite
 * strength leaves, whether a settled state is a minimum, and what the algorithm runs with by
 * default.
 */
package org.relaxon.experiments.theory;
