/**
 * Compares a gradient with its reference: relative error, angle, signs, order in beta. Raw numbers:
 * nothing is clipped, averaged away or helped by an epsilon.
 */
package org.relaxon.experiments.compare;
