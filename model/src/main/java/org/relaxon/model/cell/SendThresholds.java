package org.relaxon.model.cell;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Signalling;
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

    /** Share of a number's size below which a change is rounding. */
    private static final double LEAST_SHARE = 4.0 * Math.ulp(1.0);

    private final Signalling signalling;
    private final Units units;
    private final boolean holdsErrors;
    private final int height;

    private Phase phase;
    private double[] activity;
    private double[] feedback;
    private double lowered = 1.0; // factor of the threshold at the beginning of a phase
    private double share =
            Double.NaN; // of its size that a difference may move unsent; NaN: not used
    private ErrorResolution resolution; // null where feedback is measured in units of the phase
    private Grid activityGrid;
    private Grid feedbackGrid;

    SendThresholds(Signalling signalling, Rule rule, int height) {
        this.signalling = signalling;
        this.units = rule.dynamics().units();
        this.holdsErrors = rule.traits().has(Trait.HOLDS_ERRORS);
        this.height = height;
    }

    Signalling signalling() {
        return signalling;
    }

    /** From the next {@link #open} on, changes smaller by a factor are worth a signal. */
    void lower(double factor) {
        lowered = factor;
    }

    /**
     * Begins a phase.
     *
     * @param learning whether weights change while it settles: feedback then changes although no
     *     error does
     */
    void open(Phase now, CellState state, boolean learning) {
        phase = now;
        int columns = now.columns();
        activity = new double[columns];
        feedback = new double[columns];
        double[] activityUnit = new double[columns];
        double[] feedbackUnit = new double[columns];
        for (int c = 0; c < columns; c++) {
            double rounding = ROUND_OFF_SHARE * units.roundOff(now, c);
            double least = Math.max(lowered * signalling.least(), rounding);
            activityUnit[c] = units.activity(now, c, height);
            feedbackUnit[c] = units.feedback(now, c, height);
            activity[c] = least * activityUnit[c];
            feedback[c] = least * feedbackUnit[c];
        }
        share = Double.NaN;
        boolean relative = holdsErrors && signalling.quantum() == 0 && !learning;
        resolution = relative ? ErrorResolution.of(signalling.least(), state) : null;
        activityGrid = Grid.of(signalling.quantum(), activityUnit);
        feedbackGrid = Grid.of(signalling.quantum(), feedbackUnit);
    }

    /** See {@link Cell#refine}. */
    void refine(CellState state, double factor) {
        double least = holdsErrors ? 0.0 : LEAST_SHARE;
        refine(activity, state.activity(), factor, least);
        refine(feedback, state.backward(), factor, least);
        if (resolution != null) {
            resolution.refine(factor);
        }
        if (phase.differences() || holdsErrors) {
            double before = Double.isNaN(share) ? lowered * signalling.least() : share;
            share = Math.max(LEAST_SHARE, before * factor);
        }
    }

    /**
     * Keeps thresholds above the rounding of compared activities; smaller changes would never come
     * to rest.
     *
     * @param least share of the largest value below which a change is its rounding
     */
    private static void refine(double[] threshold, double[] values, double factor, double least) {
        double[] size = ErrorResolution.sizes(values, threshold.length);
        for (int c = 0; c < threshold.length; c++) {
            double rounding = Math.min(threshold[c], least * size[c]);
            threshold[c] = Math.max(threshold[c] * factor, rounding);
        }
    }

    /**
     * Change per column that need not be sent: smaller where differences are refined, and at least
     * the rounding of the value where the threshold of activities was lowered.
     */
    private double[] allowed(double[] threshold, double[] values) {
        boolean relative = !Double.isNaN(share);
        if (!relative && lowered == 1.0) {
            return threshold;
        }
        double[] out = ErrorResolution.sizes(values, threshold.length);
        for (int c = 0; c < out.length; c++) {
            double given = threshold[c] / lowered;
            double rounding = LEAST_SHARE * out[c];
            out[c] =
                    relative
                            ? Math.max(rounding, Math.min(threshold[c], share * out[c]))
                            : Math.min(given, Math.max(threshold[c], rounding));
        }
        return out;
    }

    /** Change of an activity that need not be sent, per column. */
    double[] ofActivity(double[] values) {
        return allowed(activity, values);
    }

    /** Change of weighted feedback that need not be sent, per column. */
    double[] ofFeedback(double[] values) {
        return allowed(feedback, values);
    }

    Grid activityGrid() {
        return activityGrid;
    }

    Grid feedbackGrid() {
        return feedbackGrid;
    }

    /**
     * Decides when a change of feedback is worth a signal; null where {@link #ofFeedback} decides.
     */
    ErrorResolution resolution() {
        return resolution;
    }

    /** Records that the state's feedback has been sent. */
    void said(CellState state) {
        if (resolution != null) {
            resolution.said(state);
        }
    }

    /** Makes the next value sent count as new whatever it is. */
    void forget() {
        if (resolution != null) {
            resolution.forget();
        }
    }

    /** Writes the factor of the next phases down. */
    void saveFactor(StateWriter out) {
        out.writeDouble(lowered);
    }

    void loadFactor(StateReader in) {
        lowered = in.readDouble();
    }

    /** Writes the thresholds of the open phase down; its grids follow from the phase. */
    void save(StateWriter out) {
        out.writeDoubles(activity);
        out.writeDoubles(feedback);
        out.writeDouble(share);
        if (resolution != null) {
            resolution.save(out);
        }
    }

    /** Reads the thresholds of a phase back that has been opened. */
    void load(StateReader in) {
        in.readDoubles(activity);
        in.readDoubles(feedback);
        share = in.readDouble();
        if (resolution != null) {
            resolution.load(in);
        }
    }
}
