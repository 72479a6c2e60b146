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
    private final int[] heldAtKink;

    /**
     * Arrays are indexed by population; the error of an input is null.
     *
     * @param energy of every column, without the loss; NaN where the rule cannot tell
     */
    public Equilibrium(
            long phaseId, Phase phase, Matrix[] activity, Matrix[] error, double[] energy) {
        this(phaseId, phase, activity, error, energy, new int[energy.length]);
    }

    /**
     * The same with neurons held at kinks, see {@link #heldAtKink(int)}.
     *
     * @param heldAtKink how many, by column
     */
    public Equilibrium(
            long phaseId,
            Phase phase,
            Matrix[] activity,
            Matrix[] error,
            double[] energy,
            int[] heldAtKink) {
        this.phaseId = phaseId;
        this.phase = phase;
        this.activity = activity.clone();
        this.error = error.clone();
        this.energy = energy.clone();
        this.heldAtKink = heldAtKink.clone();
    }

    /**
     * Neurons of one column whose drive stands on a kink of f where their energy has its minimum.
     * Each feeds back by a slope between those of the two sides, so that the update is an element
     * of the generalised gradient (Clarke 1975), and f' of neither side.
     */
    public int heldAtKink(int column) {
        return heldAtKink[column];
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
