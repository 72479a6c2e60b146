/**
 * What is claimed of an estimate, and the yardstick that measures it: references, predictions,
 * windows, floors.
 */
package org.relaxon.experiments.claims;
