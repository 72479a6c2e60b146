package org.relaxon.experiments.reproduction;

import org.relaxon.runtime.discipline.Discipline;

/** Which cells wait for which, where some of them are slow. */
public enum StragglerWay {
    /** A cell relaxes as soon as it receives a signal and its own pause is over. */
    EAGER("eager", Discipline.EAGER),
    /** Neighbours relax one after the other. */
    TURN_TAKING("turn-taking", Discipline.TURN_TAKING),
    /** A cell relaxes when all neighbours have answered its last signal. */
    HANDSHAKE("handshake", Discipline.HANDSHAKE),
    /** Sweeps over all cells behind a barrier; each takes as long as the slowest cell. */
    SYNCHRONOUS("synchronous", Discipline.EAGER);

    private final String reportName;
    private final Discipline discipline;

    StragglerWay(String reportName, Discipline discipline) {
        this.reportName = reportName;
        this.discipline = discipline;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return reportName;
    }

    Discipline discipline() {
        return discipline;
    }
}
