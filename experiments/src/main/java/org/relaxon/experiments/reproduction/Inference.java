package org.relaxon.experiments.reproduction;

import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;

/** A way to bring predictive coding to its equilibrium under delays. */
public enum Inference {
    /** x - eta dE/dx with the newest values received: delays break it. */
    GRADIENT("gradient steps", true, Discipline.EAGER),
    /** The same with a step of half the bound for the present delay. */
    SMALLER_STEP("smaller step", true, Discipline.EAGER),
    /** The same steps, each taken when all neighbours have answered the last one. */
    HANDSHAKE("handshake", true, Discipline.HANDSHAKE),
    /** The same steps, neighbours one after the other. */
    TURN_TAKING("turn-taking", true, Discipline.TURN_TAKING),
    /** To the minimum of the cell's own energy in one move. */
    COORDINATE("coordinate", false, Discipline.EAGER),
    /** To the value that the messages imply, with the error as a separate variable: the default. */
    ERROR_FORM("error form", false, Discipline.EAGER),
    /** Gradient steps under random delays of the same mean; for comparison, not a remedy. */
    RANDOM_DELAYS("gradient steps, random delays", true, Discipline.EAGER);

    private final String reportName;
    private final boolean steps;
    private final Discipline discipline;

    Inference(String reportName, boolean steps, Discipline discipline) {
        this.reportName = reportName;
        this.steps = steps;
        this.discipline = discipline;
    }

    /** {@return the name in tables and files} */
    public String reportName() {
        return reportName;
    }

    /** {@return true if there is a step eta} */
    public boolean hasStep() {
        return steps;
    }

    /** {@return true if it must settle at every delay} */
    public boolean isRepair() {
        return this != GRADIENT && this != RANDOM_DELAYS;
    }

    Discipline discipline() {
        return discipline;
    }

    /** The dynamics, eta ignored where there is no step. */
    PredictiveCoding rule(double eta) {
        return switch (this) {
            case COORDINATE -> Algorithms.coordinate();
            case ERROR_FORM -> new PredictiveCoding();
            default -> Algorithms.gradient(eta);
        };
    }

    DelayModel delay(long nanos) {
        if (nanos == 0) {
            return Delays.none();
        }
        return this == RANDOM_DELAYS ? Delays.exponential(nanos) : Delays.constant(nanos);
    }
}
