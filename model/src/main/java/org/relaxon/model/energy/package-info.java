/** Energies that are stated by a term phi(x, a) and its derivatives. */
package org.relaxon.model.energy;
