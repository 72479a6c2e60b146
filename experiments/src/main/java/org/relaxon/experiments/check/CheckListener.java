package org.relaxon.experiments.check;

/** Receives the progress of a check, on the thread that runs it. */
@FunctionalInterface
public interface CheckListener {
    /** Ignores all progress. */
    CheckListener SILENT = (finished, done, total) -> {};

    /**
     * Reports that a case was judged.
     *
     * @param finished case with its verdict
     * @param done number of cases judged so far, this one included
     * @param total number of cases of the plan
     */
    void caseFinished(CheckCase finished, int done, int total);
}
