/** Losses at the output: value, gradient, second derivatives, nudge. */
package org.relaxon.model.loss;
