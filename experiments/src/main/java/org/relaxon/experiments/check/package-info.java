/**
 * The comparison of local updates with a reference: one class per claim, with expected figures and
 * verdict.
 */
package org.relaxon.experiments.check;
