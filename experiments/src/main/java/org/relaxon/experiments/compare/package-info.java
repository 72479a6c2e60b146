/**
 * Compares a gradient with its reference: relative error, angle, signs, order in beta. Raw numbers:
 * nothing is clipped or averaged, and no epsilon is added.
 */
package org.relaxon.experiments.compare;
