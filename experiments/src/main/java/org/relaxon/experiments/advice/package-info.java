/** Advice for refused runs: only changes that were tried and settled. */
package org.relaxon.experiments.advice;
