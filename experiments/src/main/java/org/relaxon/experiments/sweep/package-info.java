/**
 * Grids of runs: every point of several axes with every seed, in parallel, resumable, with maps of
 * settled runs and the lines predicted by theory.
 */
package org.relaxon.experiments.sweep;
