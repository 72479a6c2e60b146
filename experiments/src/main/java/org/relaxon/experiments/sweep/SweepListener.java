package org.relaxon.experiments.sweep;

import java.io.IOException;

/** Receives every row as it is finished, one at a time, on the threads that run. */
@FunctionalInterface
public interface SweepListener {
    /**
     * Takes a finished row.
     *
     * @param row finished
     * @throws IOException if the row cannot be stored, which ends the sweep
     */
    void finished(SweepRow row) throws IOException;
}
