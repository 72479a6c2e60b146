package org.relaxon.experiments.reproduction;

/**
 * What the cells of a chain have to settle, and what a slow cell delays. All are predictive coding
 * in error form; the nudging strength decides which changes of activities are worth a signal, and
 * so how often signals cross the chain.
 */
public enum StragglerWork {
    /** Changes of activities that the errors cause are sent too: about 40 rounds. */
    ACTIVITIES("activities and errors", 1e-12, false, true),
    /** The same, but the result of a relaxation leaves when the pause after it is over. */
    LATE_RESULTS("results wait too", 1e-12, true, true),
    /** No such change is worth a signal: the activity goes up once, the error down once. */
    ERRORS("errors alone", 1e-15, false, false),
    /** A nudge that bends activities, so that signals cross the chain more often. */
    STRONG_NUDGE("stronger nudge", 1e-6, false, false);

    private final String reportName;
    private final double beta;
    private final boolean late;
    private final boolean onCluster;

    StragglerWork(String reportName, double beta, boolean late, boolean onCluster) {
        this.reportName = reportName;
        this.beta = beta;
        this.late = late;
        this.onCluster = onCluster;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return reportName;
    }

    /** {@return the nudging strength} */
    public double beta() {
        return beta;
    }

    /** {@return whether results leave a cell at the end of its pause, not before it} */
    public boolean isLate() {
        return late;
    }

    /** {@return whether it is settled on nodes too, and not in virtual time alone} */
    public boolean onCluster() {
        return onCluster;
    }
}
