package org.relaxon.experiments.sweep;

import java.util.Set;
import org.relaxon.runtime.Session;

/** The runs of a grid: turns each of its points into one row. */
public interface GridRuns {
    /** The runs of this. */
    Grid grid();

    /**
     * Runs a point. What it cannot do becomes a row as well. A row whose reason is that of a run
     * which was cancelled is not kept.
     *
     * @param open holds a session as long as it can be cancelled
     */
    SweepRow run(GridPoint point, Set<Session> open);
}
