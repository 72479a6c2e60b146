package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Units;
import org.relaxon.model.state.CellState;

/**
 * Which changes are worth a signal for one cell: those beyond a threshold in the units of its rule
 * or, where errors are held as variables, beyond a share of their own size ({@link
 * ErrorResolution}).
 */
final class SendThresholds {
    /**
     * Below this share of the rounding of a form a change is noise and would never come to rest.
     */
    private static final double ROUND_OFF_SHARE = 0.01;

    /** Units in the last place of a product below which a change is rounding. */
    private static final double LEAST_ULPS = 4.0;

    /** The same in single precision, in units of that: a change has passed several roundings. */
    private static final double FLOATS = 2.0;

    /**
     * Thresholds and grids per column. Not changed once they are made: the cells of a population
     * share them until one refines its own.
     *
     * @param share of its size that a difference may move unsent; NaN: not used
     * @param errorShare of its size that an error may move unsent
     */
    record Worth(
            double[] activity,
            double[] feedback,
            double share,
            double errorShare,
            Grid activityGrid,
            Grid feedbackGrid) {

        /** As a phase begins, with thresholds lowered by a factor. */
        static Worth of(CellPlan plan, Phase phase, double lowered) {
            int columns = phase.columns();
            Units units = plan.units();
            double[] activity = new double[columns];
            double[] feedback = new double[columns];
            double[] activityUnit = new double[columns];
            double[] feedbackUnit = new double[columns];
            for (int c = 0; c < columns; c++) {
                double rounding = ROUND_OFF_SHARE * units.roundOff(phase, c);
                double least = Math.max(lowered * plan.signalling().least(), rounding);
                activityUnit[c] = units.activity(phase, c, plan.height());
                feedbackUnit[c] = units.feedback(phase, c, plan.height());
                activity[c] = least * activityUnit[c];
                feedback[c] = least * feedbackUnit[c];
            }
            double quantum = plan.signalling().quantum();
            return new Worth(
                    activity,
                    feedback,
                    Double.NaN,
                    plan.signalling().least(),
                    Grid.of(quantum, activityUnit),
                    Grid.of(quantum, feedbackUnit));
        }

        private Worth with(
                double[] ofActivity, double[] ofFeedback, double ofSize, double ofError) {
            return new Worth(ofActivity, ofFeedback, ofSize, ofError, activityGrid, feedbackGrid);
        }
    }

    private final CellPlan plan;
    private Worth worth;
    private double lowered = 1.0; // factor of the threshold at the beginning of a phase

    /**
     * Feedback last sent, before weights; NaN: does not count. Null where feedback is measured in
     * units of the phase.
     */
    private double[] saidError;

    SendThresholds(CellPlan plan) {
        this.plan = plan;
    }

    /** From the next {@link #open} on, changes smaller by a factor are worth a signal. */
    void lower(double factor) {
        lowered = factor;
    }

    /** Factor of the threshold at the beginning of a phase. */
    double lowered() {
        return lowered;
    }

    /**
     * Begins a phase.
     *
     * @param now the phase, opened with the factor that this cell has
     * @param learning whether weights change while it settles: feedback then changes although no
     *     error does
     */
    void open(CellPlan.Opened now, CellState state, boolean learning) {
        worth = now.worth();
        boolean relative = holdsErrors() && plan.signalling().quantum() == 0 && !learning;
        saidError = relative ? new double[state.backward().length] : null;
    }

    /** Share of a number's size below which a change is rounding. */
    private double leastShare() {
        return LEAST_ULPS * plan.ulp();
    }

    /**
     * Share of an error's size below which a change need not be sent: the rounding of the products
     * in single precision, which is far above what any resolution needs in double precision.
     */
    private double leastOfErrors() {
        return plan.precision() == Kernels.Precision.FLOAT ? leastShare() : 0.0;
    }

    private boolean holdsErrors() {
        return plan.traits().has(Trait.HOLDS_ERRORS);
    }

    /** See {@link Cell#refine}. */
    void refine(CellState state, double factor) {
        double least = holdsErrors() ? leastOfErrors() : leastShare();
        double share = worth.share;
        if (state.differences() || holdsErrors()) {
            double before = Double.isNaN(share) ? lowered * plan.signalling().least() : share;
            share = Math.max(leastShare(), before * factor);
        }
        worth =
                worth.with(
                        refined(worth.activity, state.activity(), factor, least),
                        refined(worth.feedback, state.backward(), factor, least),
                        share,
                        Math.max(leastOfErrors(), worth.errorShare * factor));
    }

    /**
     * Keeps thresholds above the rounding of compared activities; smaller changes would never come
     * to rest.
     *
     * @param least share of the largest value below which a change is its rounding
     */
    private static double[] refined(
            double[] threshold, double[] values, double factor, double least) {
        double[] size = Columns.sizes(values, threshold.length);
        double[] out = new double[threshold.length];
        for (int c = 0; c < threshold.length; c++) {
            double rounding = Math.min(threshold[c], least * size[c]);
            out[c] = Math.max(threshold[c] * factor, rounding);
        }
        return out;
    }

    /**
     * Change per column that need not be sent: smaller where differences are refined, and at least
     * the rounding of the value where the threshold of activities was lowered.
     */
    private double[] allowed(double[] threshold, double[] values) {
        double share = worth.share;
        boolean relative = !Double.isNaN(share);
        boolean floats = plan.precision() == Kernels.Precision.FLOAT;
        if (!relative && lowered == 1.0 && !floats) {
            return threshold;
        }
        double[] out = Columns.sizes(values, threshold.length);
        for (int c = 0; c < out.length; c++) {
            double given = threshold[c] / lowered;
            double rounding = leastShare() * out[c];
            double own =
                    relative
                            ? Math.max(rounding, Math.min(threshold[c], share * out[c]))
                            : Math.min(given, Math.max(threshold[c], rounding));
            out[c] = floats ? Math.max(own, FLOATS * rounding) : own;
        }
        return out;
    }

    /** Change of an activity that need not be sent, per column. */
    double[] ofActivity(double[] values) {
        return allowed(worth.activity, values);
    }

    /** Change of weighted feedback that need not be sent, per column. */
    double[] ofFeedback(double[] values) {
        return allowed(worth.feedback, values);
    }

    /**
     * Change of the value that feedback is weighed from that a product driven by events need not
     * follow, per column: what need not be sent, or none where whole errors decide that.
     */
    double[] ofBackward(CellState state) {
        return ofErrors() ? new double[state.columns()] : allowed(worth.feedback, state.backward());
    }

    /**
     * Whether a signal repeats the value last sent of every neuron that has moved by no more than
     * is allowed.
     */
    boolean holdsBack() {
        return plan.signalling().isEventDriven();
    }

    Grid activityGrid() {
        return worth.activityGrid;
    }

    Grid feedbackGrid() {
        return worth.feedbackGrid;
    }

    /** Whether a change of feedback is measured by the size of the error: see {@link #moved}. */
    boolean ofErrors() {
        return saidError != null;
    }

    /** True if the error has moved beyond what may stay unsent; only with {@link #ofErrors}. */
    boolean moved(CellState state) {
        return ErrorResolution.moved(state, saidError, worth.errorShare, plan.ulp());
    }

    /** Records that the state's feedback has been sent. */
    void said(CellState state) {
        if (saidError != null) {
            System.arraycopy(state.backward(), 0, saidError, 0, saidError.length);
        }
    }

    /** Makes the next value sent count as new whatever it is. */
    void forget() {
        if (saidError != null) {
            Arrays.fill(saidError, Double.NaN);
        }
    }

    /** Writes the factor of the next phases down. */
    void saveFactor(StateWriter out) {
        out.writeDouble(lowered);
    }

    void loadFactor(StateReader in) {
        lowered = in.readDouble();
    }

    /** Writes what does not follow from the phase down: what was refined since it was opened. */
    void save(Phase phase, StateWriter out) {
        boolean own = worth != plan.open(phase, lowered).worth();
        out.writeBoolean(own);
        if (own) {
            out.writeDoubles(worth.activity);
            out.writeDoubles(worth.feedback);
            out.writeDouble(worth.share);
            out.writeDouble(worth.errorShare);
        }
        if (saidError != null) {
            out.writeDoubles(saidError);
        }
    }

    /** Reads the thresholds of a phase back that has been opened. */
    void load(StateReader in) {
        if (in.readBoolean()) {
            double[] activity = new double[worth.activity.length];
            double[] feedback = new double[worth.feedback.length];
            in.readDoubles(activity);
            in.readDoubles(feedback);
            worth = worth.with(activity, feedback, in.readDouble(), in.readDouble());
        }
        if (saidError != null) {
            in.readDoubles(saidError);
        }
    }
}
