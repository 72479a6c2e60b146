/**
 * What is claimed of an estimate, and the yardstick that measures it: references, predictions,
 * windows, floors.
 */
@Internal
package org.relaxon.experiments.claims;

import org.relaxon.model.Internal;
