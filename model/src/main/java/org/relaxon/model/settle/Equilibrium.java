package org.relaxon.model.settle;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;

/** The state of the whole network when it settled, gathered once. */
public final class Equilibrium {
    private final long phaseId;
    private final Phase phase;
    private final Matrix[] activity;
    private final Matrix[] error;

    /** Arrays are indexed by population; the error of an input is null. */
    public Equilibrium(long phaseId, Phase phase, Matrix[] activity, Matrix[] error) {
        this.phaseId = phaseId;
        this.phase = phase;
        this.activity = activity.clone();
        this.error = error.clone();
    }

    /** Id of the settling, unique within its session. */
    public long phaseId() {
        return phaseId;
    }

    public Phase phase() {
        return phase;
    }

    /** Activity x of a population, shape (n, planes x columns). */
    public Matrix activity(int population) {
        return activity[population];
    }

    /**
     * Prediction error e = x - mu of a population, shape (n, planes x columns); null for an input.
     */
    public Matrix error(int population) {
        return error[population];
    }
}
