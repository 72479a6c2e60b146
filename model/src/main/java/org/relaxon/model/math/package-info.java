/**
 * Arithmetic that appears in signatures: matrices, kernels, elementary functions, random numbers by
 * counter, text of numbers.
 */
package org.relaxon.model.math;
