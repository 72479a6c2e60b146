package org.relaxon.tools.cli.sweep;

import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.runtime.Conditions.Timing;

/**
 * The request for a grid of runs.
 *
 * @param command as results record it
 * @param version of the program
 * @param host on which every run is made
 * @param grid axes and seeds
 * @param hash distinguishes sweeps whose rows must not be mixed
 * @param provenance all that determines the results of the runs: options, files by content, grid
 * @param timing delays and refractory periods that belong to the network
 * @param timeRemark on an axis that changes only the unit of time; empty for none
 */
record GridRequest(
        String command,
        String version,
        String host,
        Grid grid,
        String hash,
        Provenance provenance,
        Timing timing,
        String timeRemark) {}
