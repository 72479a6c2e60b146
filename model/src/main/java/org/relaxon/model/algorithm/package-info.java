/**
 * Algorithms of the family: a rule, the phases to settle, and the gradient that the estimate
 * converges to.
 */
package org.relaxon.model.algorithm;
