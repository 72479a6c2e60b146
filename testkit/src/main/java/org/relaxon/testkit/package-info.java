/**
 * Tests for your own hosts, rules, energies, activations, losses, delays and algorithms.
 *
 * <p>{@link org.relaxon.testkit.HostContract} tests a host; {@link
 * org.relaxon.testkit.DerivativeCheck}, {@link org.relaxon.testkit.ConvergenceOrder} and {@link
 * org.relaxon.testkit.Agreement} check a member of the family; {@link
 * org.relaxon.testkit.PlantedMistakes} and {@link org.relaxon.testkit.PlantedHosts} show that these
 * checks can fail. A check throws an {@link AssertionError} that names what is wrong.
 */
package org.relaxon.testkit;
