/**
 * Grids of runs: every point of several axes with every seed, in parallel, resumable, with maps of
 * settled runs and the lines predicted by theory.
 */
@Internal
package org.relaxon.experiments.sweep;

import org.relaxon.model.Internal;
