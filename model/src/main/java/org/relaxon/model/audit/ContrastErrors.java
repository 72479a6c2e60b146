package org.relaxon.model.audit;

import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.math.Columns;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Resolution;

/**
 * How well the contrast s x^T - s0 x0^T of every projection is known, per column, where s and x are
 * the activities of its two ends and s0 and x0 those of the free state. With d = s - s0 it is d
 * x0^T + s dx^T, so what counts is how well d is known beside its own size, which falls with the
 * nudge and with every layer below it: from a sweep of both phases what cells kept to themselves,
 * and the rounding of what was subtracted.
 */
final class ContrastErrors {
    /** Roundings that enter an activity, in units of its last place. */
    private static final double ROUNDINGS = 4.0;

    /** Roundings by which activities at rest may still differ from one sweep to the next. */
    private static final double NOISE = 10.0;

    private static final double ULP = Math.ulp(1.0);

    private final Network network;
    private final Phase phase;
    private final int columns;
    private final double[][] activity; // |s| per population and column; likewise all others
    private final double[][] free; // |s0|
    private final double[][] difference; // |d|
    private final double[][] withheld; // |error of d| that the sweeps found
    private final double[][] rounding; // |error of d| that rounding can leave
    private final double[] pulled; // |error of d| at the output, of the free state's own error
    private final double[][] along; // cosine of d and s
    private final double[][] alongFree; // cosine of d and s0

    /**
     * @param held activities of the cells, in differences where the phase is one of these
     * @param anchor activities of the free state in the columns of the phase
     * @param off by which the sweep of this phase moved the activities, per population; 0 where
     *     null
     * @param anchorOff likewise of the free phase, in its own columns; null if it was not swept
     */
    ContrastErrors(
            Network network,
            Phase phase,
            AuditFrame held,
            AuditFrame anchor,
            double[][] off,
            double[][] anchorOff) {
        this.network = network;
        this.phase = phase;
        columns = phase.columns();
        int count = network.populations().size();
        activity = new double[count][columns];
        free = new double[count][columns];
        difference = new double[count][columns];
        withheld = new double[count][columns];
        rounding = new double[count][columns];
        along = new double[count][columns];
        alongFree = new double[count][columns];
        pulled = new double[columns];
        for (Population p : network.populations()) {
            int k = p.index();
            double[] wrong = off[k];
            if (wrong != null && anchorOff != null && !phase.differences()) {
                wrong = minusTiled(wrong, anchorOff[k]);
            }
            measure(p, held.activity(k), anchor.activity(k), wrong);
        }
        if (anchorOff != null && phase.differences()) {
            pull(anchorOff[network.output().index()]);
        }
    }

    /** The nudge is towards target minus free output, which is off by what that output is. */
    private void pull(double[] freeOutputOff) {
        int rows = network.output().size();
        double[] off = minusTiled(new double[rows * columns], freeOutputOff);
        for (int c = 0; c < columns; c++) {
            pulled[c] = Math.min(1.0, phase.magnitude(c)) * length(off, c);
        }
    }

    /** The free state's part of the error, once for every time that its columns fit. */
    private double[] minusTiled(double[] wide, double[] narrow) {
        double[] out = wide.clone();
        int rows = wide.length / columns; // neurons x planes
        int width = narrow.length / rows;
        for (int k = 0; k < out.length; k++) {
            out[k] -= narrow[k / columns * width + k % columns % width];
        }
        return out;
    }

    private void measure(Population p, double[] held, double[] anchor, double[] wrong) {
        int k = p.index();
        boolean moves = p.role() != Population.Role.INPUT;
        double[] d = new double[held.length];
        double[] s = new double[held.length];
        for (int i = 0; i < d.length; i++) {
            boolean differences = moves && phase.differences();
            d[i] = differences ? held[i] : held[i] - anchor[i];
            s[i] = differences ? held[i] + anchor[i] : held[i];
        }
        for (int c = 0; c < columns; c++) {
            activity[k][c] = length(s, c);
            free[k][c] = length(anchor, c);
            difference[k][c] = length(d, c);
            along[k][c] = cosine(d, s, c);
            alongFree[k][c] = cosine(d, anchor, c);
            withheld[k][c] = wrong == null ? 0.0 : length(wrong, c);
            rounding[k][c] = moves ? rounding(p, c, d, s, anchor) : 0.0;
        }
    }

    private double rounding(Population p, int column, double[] d, double[] s, double[] anchor) {
        int elements = d.length / columns;
        double[] from = phase.differences() ? d : s;
        double terms = most(from, column);
        if (p.role() == Population.Role.OUTPUT && phase.target() != null) {
            double strength = Math.min(1.0, phase.magnitude(column));
            double target = most(phase.target().values(), column);
            terms = Math.max(terms, strength * (target + most(anchor, column)));
        }
        return ROUNDINGS * ULP * terms * Math.sqrt(elements);
    }

    Resolution resolution() {
        double[][] known = new double[network.projections().size()][columns];
        double[][] rounded = new double[known.length][columns];
        int output = network.output().index();
        for (Projection p : network.projections()) {
            for (int c = 0; c < columns; c++) {
                if (phase.beta(c) == 0.0 && phase.imaginary(c) == 0.0) {
                    continue; // not nudged: there is no update to know
                }
                double size = size(p, c); // of W's update, or of b's where nothing drives W
                known[p.index()][c] =
                        Math.max(
                                Resolution.share(error(withheld, p, c), size),
                                Resolution.share(pulled[c], difference[output][c]));
                double hidden =
                        Math.max(
                                Resolution.share(error(rounding, p, c), size),
                                Resolution.share(rounding[output][c], difference[output][c]));
                double moved = known[p.index()][c];
                // what a sweep moves by no more than this, no smaller threshold makes rest
                rounded[p.index()][c] = moved <= NOISE * hidden ? Math.max(moved, hidden) : hidden;
            }
        }
        return new Resolution(known, rounded);
    }

    /** Nothing comes in, in both phases: the biases alone have an update. */
    private boolean isSilent(Projection p, int c) {
        return free[p.pre()][c] == 0.0 && difference[p.pre()][c] == 0.0;
    }

    /** Length of d x0^T + s dx^T. */
    private double size(Projection p, int c) {
        if (isSilent(p, c)) {
            return difference[p.post()][c];
        }
        double post = difference[p.post()][c] * free[p.pre()][c];
        double pre = activity[p.post()][c] * difference[p.pre()][c];
        double most = Math.max(post, pre);
        if (!(most > 0.0) || Double.isInfinite(most)) {
            return most;
        }
        double turned = along[p.post()][c] * alongFree[p.pre()][c];
        double a = post / most;
        double b = pre / most;
        return most * Math.sqrt(Math.max(0.0, a * a + b * b + 2.0 * a * b * turned));
    }

    /** To first order in the errors of the two ends. */
    private double error(double[][] of, Projection p, int c) {
        if (isSilent(p, c)) {
            return of[p.post()][c];
        }
        return of[p.post()][c] * free[p.pre()][c] + activity[p.post()][c] * of[p.pre()][c];
    }

    private double cosine(double[] a, double[] b, int column) {
        double mostA = most(a, column);
        double mostB = most(b, column);
        if (!(mostA > 0.0) || !(mostB > 0.0)) {
            return 0.0;
        }
        double sum = 0.0;
        for (int k = column; k < a.length; k += columns) {
            sum += a[k] / mostA * (b[k] / mostB);
        }
        return sum / (length(a, column) / mostA * (length(b, column) / mostB));
    }

    private double length(double[] values, int column) {
        return Columns.length(values, columns, column);
    }

    private double most(double[] values, int column) {
        return Columns.most(values, columns, column);
    }
}
