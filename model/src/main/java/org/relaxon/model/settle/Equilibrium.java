package org.relaxon.model.settle;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;

/** The state of the whole network when it settled, gathered once. */
public final class Equilibrium {
    private final long phaseId;
    private final Phase phase;
    private final Matrix[] activity;
    private final Matrix[] error;
    private final double[] energy;

    /**
     * Arrays are indexed by population; the error of an input is null.
     *
     * @param energy of every column, without the loss; NaN where the rule cannot tell
     */
    public Equilibrium(
            long phaseId, Phase phase, Matrix[] activity, Matrix[] error, double[] energy) {
        this.phaseId = phaseId;
        this.phase = phase;
        this.activity = activity.clone();
        this.error = error.clone();
        this.energy = energy.clone();
    }

    /** Id of the settling, unique within its session. */
    public long phaseId() {
        return phaseId;
    }

    public Phase phase() {
        return phase;
    }

    /** Number of populations, the input included. */
    public int populations() {
        return activity.length;
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

    /** Energy I of one column, dimensionless, without the loss; NaN if the rule cannot tell. */
    public double energy(int column) {
        return energy[column];
    }
}
