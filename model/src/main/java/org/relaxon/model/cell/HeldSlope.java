package org.relaxon.model.cell;

import org.relaxon.model.activation.Activation;
import org.relaxon.model.state.CellState;

/**
 * The position of one neuron relative to the nearest kink of its activation, and the slopes that it
 * allows.
 *
 * @param kink drive at which f' jumps; NaN if there is none
 * @param distance distance of the drive from it
 * @param left f' just below it
 * @param right f' just above it
 * @param error x - f(a)
 * @param gain change of the drive per unit of feedback: the squared length of the weights from
 *     cells that can move
 */
record HeldSlope(
        double kink, double distance, double left, double right, double error, double gain) {
    /**
     * Distance from a kink at which the slope of each side is read; f is nearly straight on both
     * sides.
     */
    private static final double BESIDE = 1e-9;

    /** The neuron at element k of a state, relative to the kink nearest to its drive. */
    static HeldSlope at(CellState s, int k, double gain) {
        Activation f = s.activation();
        double a = s.drive()[k];
        int piece = f.piece(a);
        double below = f.kink(piece - 1);
        double above = f.kink(piece);
        boolean nearer = !(Math.abs(above - a) <= Math.abs(a - below)) && !Double.isNaN(below);
        return at(s, k, nearer ? below : above, gain);
    }

    /** The same relative to a given kink. */
    static HeldSlope at(CellState s, int k, double kink, double gain) {
        return new HeldSlope(
                kink,
                s.drive()[k] - kink,
                slope(s, kink - BESIDE),
                slope(s, kink + BESIDE),
                s.error()[k],
                gain);
    }

    private static double slope(CellState s, double a) {
        return s.activation().slope(a, s.activation().value(a, s.math()), s.math());
    }

    /** True if the kink is a minimum of the energy as a function of the drive. */
    boolean bendsUpwards() {
        return error * (right - left) < 0.0;
    }

    /** True if the neuron's feedback can move its drive to the kink and beyond. */
    boolean reaches(double times) {
        return gain > 0.0 && Math.abs(distance) <= times * Math.abs(error * (right - left)) * gain;
    }

    /**
     * The slope moved towards the one that brings the drive to the kink; pace 1 moves all the way.
     */
    double towards(double slope, double pace) {
        double moved = slope - pace * distance / (error * gain);
        return Math.max(Math.min(left, right), Math.min(Math.max(left, right), moved));
    }

    /** True if a slope is between those of the two sides. */
    boolean contains(double slope) {
        return Math.min(left, right) <= slope && slope <= Math.max(left, right);
    }
}
