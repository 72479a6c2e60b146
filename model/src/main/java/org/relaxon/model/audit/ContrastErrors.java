package org.relaxon.model.audit;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.relaxon.model.cell.AuditFrame;
import org.relaxon.model.cell.Columns;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Resolution;
import org.relaxon.model.weights.Weights;

/**
 * How well the contrast s x^T - s0 x0^T of every projection is known, per column, where s and x are
 * the activities of its two ends and s0 and x0 those of the free state. With d = s - s0 the
 * contrast is d x0^T + s dx^T. Its accuracy depends on the error of d relative to d, which falls
 * with the nudge and with every layer below it. The error has two parts: the changes that cells did
 * not send, found by a sweep of both phases, and the rounding of the subtracted values.
 */
final class ContrastErrors {
    /** Roundings that enter an activity, in units in the last place. */
    private static final double ROUNDINGS = 4.0;

    /** Roundings by which activities at rest may differ between two sweeps. */
    private static final double NOISE = 10.0;

    private static final double ULP = Math.ulp(1.0);

    private final Wiring wiring;
    private final Network network;
    private final Phase phase;
    private final int columns;
    private final double[][] activity; // |s| per population and column; likewise all others
    private final double[][] free; // |s0|
    private final double[][] difference; // |d|
    private final double[][] withheld; // |error of d| that the sweeps found
    private final double[][] rounding; // |error of d| that rounding can leave
    private final double[][] differences; // d per population, flat; likewise all others
    private final double[][] activities; // s
    private final double[][] anchors; // s0
    private final double[][] wrongs; // errors of d that the sweeps found; null for none
    private final Weights[] structures; // per projection that is no matrix, once needed

    /**
     * @param held activities of the cells, as differences if the phase holds differences
     * @param anchor activities of the free state in the columns of the phase
     * @param off distance by which the sweep of this phase moved the activities, per population;
     *     null counts as 0
     * @param anchorOff the same for the free phase, in its own columns; null if it was not swept
     */
    ContrastErrors(
            Wiring wiring,
            Phase phase,
            AuditFrame held,
            AuditFrame anchor,
            double[][] off,
            double[][] anchorOff) {
        this.wiring = wiring;
        network = wiring.network();
        this.phase = phase;
        columns = phase.columns();
        int count = network.populations().size();
        activity = new double[count][columns];
        free = new double[count][columns];
        difference = new double[count][columns];
        withheld = new double[count][columns];
        rounding = new double[count][columns];
        differences = new double[count][];
        activities = new double[count][];
        anchors = new double[count][];
        wrongs = new double[count][];
        structures = new Weights[network.projections().size()];
        for (Population p : network.populations()) {
            int k = p.index();
            double[] wrong = off[k];
            if (wrong != null && anchorOff != null && !phase.differences()) {
                wrong = minusTiled(wrong, anchorOff[k]);
            }
            wrongs[k] = wrong;
            measure(p, held.activity(k), anchor.activity(k), wrong);
        }
    }

    /** The free state's part of the error, repeated to fill the columns of the phase. */
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
        differences[k] = d;
        activities[k] = s;
        anchors[k] = anchor;
        for (int c = 0; c < columns; c++) {
            activity[k][c] = length(s, c);
            free[k][c] = length(anchor, c);
            difference[k][c] = length(d, c);
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
        for (Projection p : network.projections()) {
            for (int c = 0; c < columns; c++) {
                if (phase.strength(c) == 0.0 && phase.imaginary(c) == 0.0) {
                    continue; // not nudged: there is no update
                }
                double moved = share(p, c, k -> error(withheld, p, k));
                double hidden = share(p, c, k -> hidden(p, k));
                known[p.index()][c] = moved;
                // a smaller threshold does not bring movements of this size to rest
                rounded[p.index()][c] = moved <= NOISE * hidden ? Math.max(moved, hidden) : hidden;
            }
        }
        return new Resolution(known, rounded);
    }

    /**
     * Whether the projection carries nothing in both phases, so that only the biases have an
     * update.
     */
    private boolean isSilent(Projection p, int c) {
        return p.connectivity().isFixed()
                || free[p.pre()][c] == 0.0 && difference[p.pre()][c] == 0.0;
    }

    /** Length of d x0^T + s dx^T. */
    private double size(Projection p, int c) {
        if (isSilent(p, c)) {
            return difference[p.post()][c];
        }
        OuterSum sum = sumOver(p);
        sum.add(of(differences, p.post(), c), of(anchors, p.pre(), c));
        sum.add(of(activities, p.post(), c), of(differences, p.pre(), c));
        return sum.length();
    }

    /**
     * Relative error of a column's contribution to an update, or of the sum of this column and the
     * one of opposite sign if that is larger: the two may cancel. Where the target is the
     * prediction of a network without feedback, contrasts at gamma and -gamma cancel to first
     * order.
     */
    private double share(Projection p, int c, IntToDoubleFunction error) {
        double own = Resolution.share(error.applyAsDouble(c), size(p, c));
        int other = opposite(c);
        if (other < 0) {
            return own;
        }
        double errors = error.applyAsDouble(c) + error.applyAsDouble(other);
        return Math.max(own, Resolution.share(errors, sum(p, c, other, sign(p, c, other))));
    }

    /** Rounding error of a column's contrast, from its activities and from the output's pull. */
    private double hidden(Projection p, int c) {
        List<Population> outputs = network.outputs();
        double above =
                Resolution.share(
                        Columns.length(outputs, rounding, c),
                        Columns.length(outputs, difference, c));
        double inherited = above == 0.0 ? 0.0 : above * size(p, c); // NaN: nothing is known
        return Math.max(error(rounding, p, c), inherited);
    }

    /** The column of the same example at the opposite sign; negative if there is none. */
    private int opposite(int c) {
        int other = (c + columns / 2) % columns;
        if (columns % 2 != 0 || phase.isComplex()) {
            return -1;
        }
        boolean pair = phase.beta(c) * phase.gamma(c) == -phase.beta(other) * phase.gamma(other);
        return pair && phase.magnitude(c) == phase.magnitude(other) ? other : -1;
    }

    /** Sign of one column's factor gamma^-height / beta in an update relative to the other's. */
    private double sign(Projection p, int c, int other) {
        boolean odd = wiring.height(p.post()) % 2 != 0;
        double gains = odd ? Math.signum(phase.gamma(c) * phase.gamma(other)) : 1.0;
        return gains * Math.signum(phase.beta(c) * phase.beta(other));
    }

    /**
     * Length of the sum of two columns' contrasts, the second with a sign. Similar terms are added
     * and subtracted first: with a = d, b = x0 and a', b' of the other column, a b^T + a' b'^T =
     * ((a + a') (b + b')^T + (a - a') (b - b')^T) / 2.
     */
    private double sum(Projection p, int c, int other, double sign) {
        if (isSilent(p, c) && isSilent(p, other)) {
            double[] d = of(differences, p.post(), c);
            return Columns.length(plus(d, of(differences, p.post(), other), sign), 1, 0);
        }
        OuterSum twice = sumOver(p);
        double[] d = of(differences, p.post(), c);
        double[] e = of(differences, p.post(), other);
        addBoth(twice, d, of(anchors, p.pre(), c), e, of(anchors, p.pre(), other), sign);
        double[] s = of(activities, p.post(), c);
        double[] t = of(activities, p.post(), other);
        addBoth(twice, s, of(differences, p.pre(), c), t, of(differences, p.pre(), other), sign);
        return 0.5 * twice.length();
    }

    private static void addBoth(
            OuterSum sum, double[] a, double[] b, double[] a2, double[] b2, double sign) {
        sum.add(plus(a, a2, sign), plus(b, b2, 1.0));
        sum.add(plus(a, a2, -sign), plus(b, b2, -1.0));
    }

    private static double[] plus(double[] a, double[] b, double factor) {
        double[] out = a.clone();
        for (int k = 0; k < out.length; k++) {
            out[k] += factor * b[k];
        }
        return out;
    }

    private double[] of(double[][] values, int population, int column) {
        return Columns.of(values[population], columns, column);
    }

    /** An empty sum of outer products where a projection has synapses, times their scale. */
    private OuterSum sumOver(Projection p) {
        if (p.connectivity().unscaled().isMatrix()) {
            return new OuterSum(p.connectivity().scale());
        }
        int k = p.index();
        if (structures[k] == null) {
            int post = network.population(p.post()).size();
            int pre = network.population(p.pre()).size();
            structures[k] = p.connectivity().zeros(0, post, pre);
        }
        return new StructuredSum(structures[k]);
    }

    /** To first order in the errors of the two ends. */
    private double error(double[][] of, Projection p, int c) {
        if (isSilent(p, c)) {
            return of[p.post()][c];
        }
        if (!p.connectivity().unscaled().isMatrix()) {
            OuterSum sum = sumOver(p); // of magnitudes: no errors cancel where synapses share
            sum.add(spread(of, p.post(), c), Columns.magnitudes(of(anchors, p.pre(), c)));
            sum.add(Columns.magnitudes(of(activities, p.post(), c)), spread(of, p.pre(), c));
            return sum.length();
        }
        double both = of[p.post()][c] * free[p.pre()][c] + activity[p.post()][c] * of[p.pre()][c];
        return p.connectivity().scale() * both;
    }

    /** Errors of one column, by neuron; a rounding is spread evenly. */
    private double[] spread(double[][] of, int population, int c) {
        int n = differences[population].length / columns;
        if (of == withheld) {
            double[] wrong = wrongs[population];
            return wrong == null
                    ? new double[n]
                    : Columns.magnitudes(Columns.of(wrong, columns, c));
        }
        double[] even = new double[n];
        Arrays.fill(even, of[population][c] / Math.sqrt(n));
        return even;
    }

    private double length(double[] values, int column) {
        return Columns.length(values, columns, column);
    }

    private double most(double[] values, int column) {
        return Columns.most(values, columns, column);
    }
}
