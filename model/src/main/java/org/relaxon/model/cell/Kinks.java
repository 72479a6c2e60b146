package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.state.CellState;

/**
 * Watches the neurons of one cell for chatter at a kink of f, where f' jumps with every small
 * change of the drive, so that a cell whose messages contain f' may never rest.
 *
 * <p>As a function of the drive a, the energy (x - f(a))^2 / 2 of a neuron bends upwards at a kink
 * where the error e = x - f and the jump of f' have opposite signs. The minimum is then the kink
 * itself: the drive stays on it, and the feedback is W^T (s e) with s between the slopes of the two
 * sides, the element of the generalised derivative (Clarke 1975) at which the presynaptic cells
 * rest. A neuron that has chattered there searches for s by itself. Its feedback moves its own
 * drive by about e |w|^2 per unit of s, so it moves s against the distance of its drive from the
 * kink, in steps that are halved whenever the drive has overshot. In a deep network cells further
 * below respond as well: the drive moves several times as far, with a delay of several messages,
 * and steps that grew at once would keep the drive swinging for ever. Steps therefore grow only
 * after the drive has stayed on one side for twice as long as a recent swing took. If the drive
 * leaves to one side for good, s ends at the slope of that side, and nothing is held.
 *
 * <p>Where the energy bends downwards, a neuron leaves the kink. One that has not left after {@link
 * #FLIPS_MAX} jumps keeps its slope for the rest of the phase; an audit then finds whether the
 * drive came to rest on the side of that slope.
 */
final class Kinks {
    /** Jumps of one neuron in one phase before its slope is kept. */
    static final int FLIPS_MAX = 64;

    /** Jumps within reach of a kink before the neuron looks for a slope between the two. */
    static final int FLIPS_FREE = 8;

    /** Steps of the search, per presynaptic cell, before the slope is kept. */
    private static final int STEPS_MAX = 1500;

    /**
     * Largest distance from a kink that the neuron can hold, in units of the span of its own
     * feedback.
     */
    private static final double REACH = 4.0;

    private static final double PACE_MIN = 1e-4;

    /** Swings without an overshoot before steps grow. */
    private static final int CALM = 2;

    /** Swings after which an earlier, longer one is forgotten; some are short by chance. */
    private static final int FORGETTING = 4;

    /** Least number of steps in which the step size doubles. */
    private static final int DOUBLING_MIN = 7;

    private final IntToDoubleFunction gain;
    private final int stepsMax;
    private final byte[] piece;
    private final byte[] flips; // FLIPS_MAX: given up
    private final double[] kept; // slope of a neuron that searches or is given up
    private final double[] pace; // 0: the neuron does not search
    private final double[] kink; // at which it searches
    private final double[] distance; // from the kink when it last moved
    private final int[] steps;
    private final int[] onOneSide; // steps since the drive last overshot
    private final int[] swing; // steps between two overshoots, a recent maximum

    /**
     * @param length neurons x columns
     * @param gain squared length of a neuron's weights from cells that can move, by row
     * @param presynaptic cells that can move
     */
    Kinks(int length, IntToDoubleFunction gain, int presynaptic) {
        this.gain = gain;
        stepsMax = STEPS_MAX * (1 + presynaptic);
        piece = new byte[length];
        flips = new byte[length];
        kept = new double[length];
        pace = new double[length];
        kink = new double[length];
        distance = new double[length];
        steps = new int[length];
        onOneSide = new int[length];
        swing = new int[length];
        Arrays.fill(piece, (byte) -1);
    }

    /** Counts jumps and replaces slopes of held neurons. */
    void hold(CellState s) {
        double[] slope = s.slope();
        for (int k = 0; k < slope.length; k++) {
            byte now = (byte) s.activation().piece(s.drive()[k]);
            if (isLost(k)) {
                slope[k] = kept[k];
            } else if (pace[k] > 0.0) {
                search(s, k);
            } else if (now != piece[k] && piece[k] >= 0) {
                flip(s, k);
            }
            piece[k] = now;
        }
    }

    private void flip(CellState s, int k) {
        flips[k]++;
        HeldSlope here = HeldSlope.at(s, k, gain.applyAsDouble(k / s.columns()));
        if (flips[k] >= FLIPS_FREE && here.bendsUpwards() && here.reaches(REACH)) {
            pace[k] = 1.0;
            kink[k] = here.kink();
            kept[k] = s.slope()[k];
            distance[k] = Double.NaN;
            search(s, k);
        } else {
            kept[k] = s.slope()[k];
        }
    }

    /** One step towards the slope that keeps the drive on the kink, if the drive has moved. */
    private void search(CellState s, int k) {
        HeldSlope here = HeldSlope.at(s, k, kink[k], gain.applyAsDouble(k / s.columns()));
        if (!here.bendsUpwards()) {
            return; // the slope of its own side: it leaves
        }
        double off = here.distance();
        if (off != distance[k]) {
            adapt(k, off * distance[k] < 0.0);
            distance[k] = off;
            kept[k] = here.towards(kept[k], pace[k]);
            if (++steps[k] > stepsMax) {
                flips[k] = FLIPS_MAX;
            }
        }
        s.slope()[k] = kept[k];
    }

    private void adapt(int k, boolean overshot) {
        onOneSide[k]++;
        if (overshot) {
            pace[k] = Math.max(PACE_MIN, pace[k] / 2);
            swing[k] = Math.max(onOneSide[k], swing[k] - swing[k] / FORGETTING);
            onOneSide[k] = 0;
        } else if (onOneSide[k] > CALM * swing[k]) {
            double doubling = Math.max(DOUBLING_MIN, swing[k]);
            pace[k] = Math.min(1.0, pace[k] * StrictMath.pow(2.0, 1.0 / doubling));
        }
    }

    boolean isLost(int k) {
        return flips[k] >= FLIPS_MAX;
    }

    void save(StateWriter out) {
        out.writeBytes(piece);
        out.writeBytes(flips);
        numbers().forEach(out::writeDoubles);
        counts().forEach(out::writeInts);
    }

    void load(StateReader in) {
        in.readBytes(piece);
        in.readBytes(flips);
        numbers().forEach(in::readDoubles);
        counts().forEach(in::readInts);
    }

    private List<double[]> numbers() {
        return List.of(kept, pace, kink, distance);
    }

    private List<int[]> counts() {
        return List.of(steps, onOneSide, swing);
    }
}
