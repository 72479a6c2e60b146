package org.relaxon.model.state;

import java.util.List;
import java.util.Map;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.phase.Phase;

/**
 * The state of one cell that a rule may read and write: n neurons by B columns. Arrays are flat
 * row-major and shared, not copied, of shape (n, activity planes x B); only feedback has (n,
 * feedback planes x B). {@link #drive} and {@link #feedback} are inputs to the rule; the rule
 * writes everything else.
 */
public final class CellState {
    private final int neurons;
    private final int columns;
    private final double[] target;
    private final double[] drive;
    private final double[] feedback;
    private final double[] prediction;
    private final double[] slope;
    private final double[] error;
    private final double[] activity;
    private final double[] backward;
    private Setting setting;
    private CellState anchor;
    private double[] held; // null: no neuron; NaN: not this one
    private boolean moved;
    private Memories memories = Memories.NONE;

    /**
     * A state at rest.
     *
     * @param neurons number of neurons n
     * @param beta nudging strength per column, length B
     * @param activityPlanes planes of B columns that travel forward
     * @param feedbackPlanes planes of B columns that travel back
     * @param activation activation of the population
     * @param math transcendental functions of the run's kernel set
     * @param loss loss of an output cell; null elsewhere
     * @param target target of an output cell, flat (n, B); null elsewhere
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
        this(
                Setting.of(activation, math, loss, beta),
                neurons,
                activityPlanes,
                feedbackPlanes,
                target);
    }

    /**
     * A state at rest of another cell of the same population, in the same phase and planes.
     *
     * @param sample state of a cell
     * @param neurons number of neurons n
     * @param target target of an output cell, flat (n, B); null elsewhere
     */
    public CellState(CellState sample, int neurons, double[] target) {
        this(
                sample.setting,
                neurons,
                sample.activity.length / (sample.neurons * sample.columns),
                sample.feedback.length / (sample.neurons * sample.columns),
                target);
    }

    private CellState(Setting setting, int neurons, int forward, int back, double[] target) {
        this.setting = setting;
        this.neurons = neurons;
        this.target = target;
        columns = setting.beta().length;
        int forth = Math.multiplyExact(neurons, columns * forward);
        drive = new double[forth];
        prediction = new double[forth];
        slope = new double[forth];
        activity = new double[forth];
        feedback = new double[Math.multiplyExact(neurons, columns * back)];
        error = new double[forth];
        backward = new double[forth];
    }

    /**
     * Sets the place of this cell and the phase imposed on it.
     *
     * @param imposed the phase that settles
     * @param where index of its population
     * @param above projections between it and the output, 0 at the output
     * @return this state
     */
    public CellState on(Phase imposed, int where, int above) {
        setting = setting.on(imposed, where, above);
        return this;
    }

    /**
     * Adds the memories that a rule declares, all zero.
     *
     * @param declared memories, none twice
     * @param projections number of projections that reach this cell
     * @return this state
     */
    public CellState remembering(List<RuleMemory> declared, int projections) {
        memories =
                declared.isEmpty()
                        ? Memories.NONE
                        : new Memories(declared, projections, neurons, columns);
        return this;
    }

    /**
     * {@return the numbers of a memory by neuron and column}
     *
     * @param name name under which the rule declares it, with one array per cell
     * @throws IllegalArgumentException naming the memories that are declared
     */
    public StateView memory(String name) {
        return memories.view(name);
    }

    /**
     * {@return the numbers that a memory has for one projection, by neuron and column}
     *
     * @param name name under which the rule declares it, with one array per projection
     * @param projection position among the projections that reach this cell, from 0
     * @throws IllegalArgumentException naming the memories that are declared
     */
    public StateView memory(String name, int projection) {
        return memories.view(name + "." + projection);
    }

    /**
     * {@return the arrays of all memories by {@link RuleMemory#label}, flat (n, B), shared, in the
     * order declared}
     */
    public Map<String, double[]> memories() {
        return memories.byLabel();
    }

    /**
     * Copies the memories of another state of this cell that this one has as well.
     *
     * @param from state in the same columns
     */
    public void recall(CellState from) {
        memories.recall(from.memories);
    }

    /**
     * Copies drive, prediction and slope of another state of this cell.
     *
     * @param from state in the same planes and columns
     */
    public void predictAs(CellState from) {
        System.arraycopy(from.drive, 0, drive, 0, drive.length);
        System.arraycopy(from.prediction, 0, prediction, 0, prediction.length);
        System.arraycopy(from.slope, 0, slope, 0, slope.length);
    }

    /**
     * {@return the numbers of one plane by neuron and column}
     *
     * @param values one of the arrays of this state, flat (n, B)
     */
    public StateView view(double[] values) {
        return new StateView(values, neurons, columns);
    }

    /**
     * Sets the neurons that the phase holds.
     *
     * @param values activities, flat (n, B), NaN for neurons that settle; null if all settle
     * @return this state
     */
    public CellState holding(double[] values) {
        held = values;
        return this;
    }

    /** {@return whether the phase holds any neuron of this cell} */
    public boolean holds() {
        return held != null;
    }

    /**
     * {@return whether the phase holds an element}
     *
     * @param k index of the element in (n, B)
     */
    public boolean isHeld(int k) {
        return held != null && !Double.isNaN(held[k]);
    }

    /**
     * {@return the activity at which an element is held, as a difference where cells hold
     * differences}
     *
     * @param k index of the element in (n, B)
     */
    public double held(int k) {
        return differences() ? held[k] - anchor.activity[k] : held[k];
    }

    /**
     * {@return the number by which the update of a column is divided; see {@link Phase#strength}}
     *
     * @param column index of the column, from 0
     */
    public double strength(int column) {
        return setting.strength(column);
    }

    /**
     * Records the state that this phase started from, in the columns of this phase.
     *
     * @param saved the state to start from
     */
    public void anchorAt(CellState saved) {
        anchor = saved;
    }

    /** {@return the state that this phase started from, in its columns; null if at rest} */
    public CellState anchor() {
        return anchor;
    }

    /**
     * Records whether the last step of gradient dynamics changed any activity.
     *
     * @param any true if an activity changed
     */
    public void moved(boolean any) {
        moved = any;
    }

    /** {@return whether the last step of gradient dynamics changed any activity} */
    public boolean moved() {
        return moved;
    }

    /** {@return whether activity and drive are differences from the {@link #anchor}} */
    public boolean differences() {
        return setting.differences();
    }

    /** {@return the phase imposed; null if none is} */
    public Phase phase() {
        return setting.phase();
    }

    /** {@return how the target acts on an output cell} */
    public Phase.Output output() {
        return setting.output();
    }

    /**
     * {@return the imaginary part of the nudging strength of a column}
     *
     * @param column index of the column, from 0
     */
    public double betaImaginary(int column) {
        return setting.betaImaginary(column);
    }

    /**
     * {@return the gain of all feedback in a column}
     *
     * @param column index of the column, from 0
     */
    public double gamma(int column) {
        return setting.gamma(column);
    }

    /** {@return the index of the population that this cell is part of} */
    public int population() {
        return setting.population();
    }

    /** {@return the number of projections between this cell and the output; 0 at the output} */
    public int height() {
        return setting.height();
    }

    /** {@return the number of neurons n} */
    public int neurons() {
        return neurons;
    }

    /** {@return the number of columns B} */
    public int columns() {
        return columns;
    }

    /** {@return the activation of the population} */
    public Activation activation() {
        return setting.activation();
    }

    /** {@return the transcendental functions of the run's kernel set} */
    public Elementary math() {
        return setting.math();
    }

    /** {@return whether this cell belongs to the output population, which the loss nudges} */
    public boolean isOutput() {
        return setting.loss() != null;
    }

    /** {@return the loss at an output cell; null elsewhere} */
    public Loss loss() {
        return setting.loss();
    }

    /**
     * {@return the target of an output cell; null elsewhere} In a free phase the loss is not
     * evaluated.
     */
    public double[] target() {
        return target;
    }

    /** {@return the nudging strength of each column} */
    public double[] beta() {
        return setting.beta();
    }

    /** {@return the drive a = W x_pre + b, summed over all incoming projections} */
    public double[] drive() {
        return drive;
    }

    /** {@return the sum of the received weighted feedback} */
    public double[] feedback() {
        return feedback;
    }

    /**
     * {@return the sum of gradient and curvature x activity that element k of a feedback in two
     * planes received}
     *
     * @param k index of the element in (n, B)
     */
    public double pulled(int k) {
        return feedback[k / columns * 2 * columns + k % columns];
    }

    /**
     * {@return the curvature that element k of a feedback in two planes received}
     *
     * @param k index of the element in (n, B)
     */
    public double curvature(int k) {
        return feedback[(k / columns * 2 + 1) * columns + k % columns];
    }

    /** {@return the prediction mu = f(a)} */
    public double[] prediction() {
        return prediction;
    }

    /** {@return f'(a)} */
    public double[] slope() {
        return slope;
    }

    /**
     * {@return the prediction error x - mu, held as a separate variable; in general the value from
     * which {@link #backward} follows}
     */
    public double[] error() {
        return error;
    }

    /** {@return the activity x, which is sent forward} */
    public double[] activity() {
        return activity;
    }

    /** {@return the value v whose W^T v travels back, and which the local update uses} */
    public double[] backward() {
        return backward;
    }

    /** {@return the arrays that make up this state, memories last, for snapshots} */
    public double[][] arrays() {
        double[][] own = {drive, feedback, prediction, slope, error, activity, backward};
        return memories.appendedTo(own);
    }
}
