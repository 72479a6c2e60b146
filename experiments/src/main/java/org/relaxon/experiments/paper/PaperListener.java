package org.relaxon.experiments.paper;

import org.relaxon.runtime.Session;

/** Receives the progress of the experiment, on the thread that runs it. */
public interface PaperListener {
    /** Ignores all progress. */
    PaperListener SILENT =
            new PaperListener() {
                @Override
                public void opened(Session session) {}

                @Override
                public void rowFinished(PaperRow row, int done, int total) {}
            };

    /**
     * Reports the arrays of a row of cells that has settled.
     *
     * @param arrays states and updates of that row
     */
    default void settled(PaperArrays arrays) {}

    /**
     * Reports that a session was opened; cancelling it stops its settling.
     *
     * @param session open
     */
    void opened(Session session);

    /**
     * Reports that a row is finished.
     *
     * @param row finished, with or without figures
     * @param done number of rows so far, this one included
     * @param total number of rows of the plan
     */
    void rowFinished(PaperRow row, int done, int total);
}
