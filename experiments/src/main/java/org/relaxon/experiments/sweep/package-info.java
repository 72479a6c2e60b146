/**
 * Grids of runs: every point of several axes with every seed, in parallel, resumable, with maps of
 * what settled beside the lines that theory draws.
 */
package org.relaxon.experiments.sweep;
