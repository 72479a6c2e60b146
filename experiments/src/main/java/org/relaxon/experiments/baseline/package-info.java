/**
 * Backprop on the product's own kernels, as the baseline for speed; it does not judge gradients.
 */
package org.relaxon.experiments.baseline;
