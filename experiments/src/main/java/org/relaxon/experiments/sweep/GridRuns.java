package org.relaxon.experiments.sweep;

import java.util.Set;
import org.relaxon.runtime.Session;

/** The runs of a grid: turns each of its points into one row. */
public interface GridRuns {
    /** {@return the grid whose points are run} */
    Grid grid();

    /**
     * Runs a point. A run that is refused or fails becomes a row as well. A row whose reason is
     * that of a cancelled run is not kept.
     *
     * @param point to be run
     * @param open holds a session as long as it can be cancelled
     * @return the row of that point
     */
    SweepRow run(GridPoint point, Set<Session> open);
}
