package org.relaxon.experiments.paper;

import org.relaxon.runtime.Session;

/** Is told how the experiment gets on, on the thread that runs it. */
public interface PaperListener {
    /** Hears nothing. */
    PaperListener SILENT =
            new PaperListener() {
                @Override
                public void opened(Session session) {}

                @Override
                public void rowFinished(PaperRow row, int done, int total) {}
            };

    /** A row of cells has settled, with these arrays. */
    default void settled(PaperArrays arrays) {}

    /** A session begins; whoever wants to stop what it settles cancels it. */
    void opened(Session session);

    /**
     * A row is there.
     *
     * @param done number of rows so far, this one included
     * @param total number of rows of the plan
     */
    void rowFinished(PaperRow row, int done, int total);
}
