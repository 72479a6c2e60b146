/** Backprop on the product's own kernels, as the yardstick of speed; it judges nothing. */
@Internal
package org.relaxon.experiments.baseline;

import org.relaxon.model.Internal;
