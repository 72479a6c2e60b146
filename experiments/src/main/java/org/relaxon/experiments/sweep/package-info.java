/**
 * Grids of runs: every point of several axes with every seed, in parallel, resumable, with maps of
 * what settled beside the lines that theory draws.
 */
@Internal
package org.relaxon.experiments.sweep;

import org.relaxon.model.Internal;
