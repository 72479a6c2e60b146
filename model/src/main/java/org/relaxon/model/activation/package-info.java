/**
 * Activations f of populations: value, slope, a difference that does not cancel, integral and
 * bounds.
 */
package org.relaxon.model.activation;
