package org.relaxon.runtime;

import org.relaxon.model.network.CellId;

/** Observes a run, relaxation by relaxation. */
@FunctionalInterface
public interface RelaxationListener {
    /**
     * Receives one relaxation. Called on the thread that runs the cell.
     *
     * @param cell the cell that has recomputed its state
     * @param step its recomputations in this phase, from 1
     * @param activity its present activity, flat (n, planes x B); a copy
     */
    void relaxed(CellId cell, long step, double[] activity);
}
