/** Backprop on the product's own kernels, as the yardstick of speed; it judges nothing. */
package org.relaxon.experiments.baseline;
