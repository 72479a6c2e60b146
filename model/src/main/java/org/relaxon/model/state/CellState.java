package org.relaxon.model.state;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.phase.Phase;

/**
 * What a rule may read and write of one cell: n neurons by B columns. Arrays are flat row-major and
 * shared, not copied, of shape (n, activity planes x B), only feedback has (n, feedback planes x
 * B). {@link #drive} and {@link #feedback} are inputs to the rule; everything else is the rule's to
 * write.
 */
public final class CellState {
    private final int neurons;
    private final int columns;
    private final Activation activation;
    private final Elementary math;
    private final Loss loss;
    private final double[] target;
    private final double[] beta;
    private final double[] drive;
    private final double[] feedback;
    private final double[] prediction;
    private final double[] slope;
    private final double[] error;
    private final double[] activity;
    private final double[] backward;
    private Phase phase; // null: a nudge of real strengths and gain 1
    private int population;
    private int height;
    private CellState anchor;
    private boolean moved;

    /**
     * A state at rest.
     *
     * @param beta nudging strength per column, length B
     * @param activityPlanes planes of B columns that travel forward
     * @param feedbackPlanes planes of B columns that travel back
     * @param loss of an output cell; null elsewhere
     * @param target of an output cell, flat (n, B); null elsewhere
     */
    public CellState(
            int neurons,
            double[] beta,
            int activityPlanes,
            int feedbackPlanes,
            Activation activation,
            Elementary math,
            Loss loss,
            double[] target) {
        this.neurons = neurons;
        this.columns = beta.length;
        this.activation = activation;
        this.math = math;
        this.loss = loss;
        this.target = target;
        this.beta = beta;
        int forth = Math.multiplyExact(neurons, columns * activityPlanes);
        int back = Math.multiplyExact(neurons, columns * feedbackPlanes);
        drive = new double[forth];
        prediction = new double[forth];
        slope = new double[forth];
        activity = new double[forth];
        feedback = new double[back];
        error = new double[forth];
        backward = new double[forth];
    }

    /**
     * Says where this cell stands and what is imposed on it.
     *
     * @param where index of its population
     * @param above projections between it and the output, 0 at the output
     */
    public CellState on(Phase imposed, int where, int above) {
        phase = imposed;
        population = where;
        height = above;
        return this;
    }

    /** Remembers the state that this phase started from, in the columns of this phase. */
    public void anchorAt(CellState saved) {
        anchor = saved;
    }

    /** The state that this phase started from, in the columns of this phase; null if at rest. */
    public CellState anchor() {
        return anchor;
    }

    /** Remembers whether the last step of gradient dynamics changed any activity. */
    public void moved(boolean any) {
        moved = any;
    }

    /** Whether the last step of gradient dynamics changed any activity. */
    public boolean moved() {
        return moved;
    }

    /** True if activity and drive are differences from the {@link #anchor}. */
    public boolean differences() {
        return phase != null && phase.differences();
    }

    /** How the target acts on an output cell. */
    public Phase.Output output() {
        return phase == null ? Phase.Output.NUDGED : phase.output();
    }

    /** Imaginary part of the nudging strength of a column. */
    public double betaImaginary(int column) {
        return phase == null ? 0.0 : phase.imaginary(column);
    }

    /** Gain of all feedback in a column. */
    public double gamma(int column) {
        return phase == null ? 1.0 : phase.gamma(column);
    }

    /** Index of the population that this cell is part of. */
    public int population() {
        return population;
    }

    /** Projections between this cell and the output; 0 at the output. */
    public int height() {
        return height;
    }

    public int neurons() {
        return neurons;
    }

    public int columns() {
        return columns;
    }

    public Activation activation() {
        return activation;
    }

    /** The transcendental functions of the run's kernel set. */
    public Elementary math() {
        return math;
    }

    /** True if this cell belongs to the output population, which the loss nudges. */
    public boolean isOutput() {
        return loss != null;
    }

    /** The loss at an output cell; null elsewhere. */
    public Loss loss() {
        return loss;
    }

    /** Target of an output cell; null elsewhere. In a free phase the loss is not asked. */
    public double[] target() {
        return target;
    }

    /** Nudging strength of each column. */
    public double[] beta() {
        return beta;
    }

    /** Input a = W x_pre + b, summed over all incoming projections. */
    public double[] drive() {
        return drive;
    }

    /** Sum of the received weighted feedback. */
    public double[] feedback() {
        return feedback;
    }

    /** Of feedback in two planes, the gradient plus curvature x activity heard at element k. */
    public double pulled(int k) {
        return feedback[k / columns * 2 * columns + k % columns];
    }

    /** Of feedback in two planes, the curvature at element k of (n, B). */
    public double curvature(int k) {
        return feedback[(k / columns * 2 + 1) * columns + k % columns];
    }

    /** Prediction mu = f(a). */
    public double[] prediction() {
        return prediction;
    }

    /** f'(a). */
    public double[] slope() {
        return slope;
    }

    /**
     * Prediction error x - mu, held as a variable of its own; in general what {@link #backward}
     * follows from.
     */
    public double[] error() {
        return error;
    }

    /** Activity x: what travels forward. */
    public double[] activity() {
        return activity;
    }

    /** The value v whose weighted form W^T v travels back, and which the local update uses. */
    public double[] backward() {
        return backward;
    }

    /** The arrays that make up this state, for snapshots. */
    public double[][] arrays() {
        return new double[][] {drive, feedback, prediction, slope, error, activity, backward};
    }
}
