package org.relaxon.model.activation;

import org.relaxon.model.math.Elementary;

/**
 * An elementwise rate function f with what cells need of it: value, slope and a difference that
 * does not cancel.
 *
 * <p>{@code increment} is f(a + h) - f(a) computed from values at {@code a} and from {@code h},
 * never by subtracting two nearly equal numbers: with h of the size of the nudging strength a
 * subtraction would leave an error of order eps / beta in the gradient.
 */
public interface Activation {
    /** The name used in options and files. */
    String optionName();

    /** f(a). */
    double value(double a, Elementary math);

    /**
     * f'(a); at a kink the slope of the piece that {@link #piece} names.
     *
     * @param value f(a), so that it need not be computed again
     */
    double slope(double a, double value, Elementary math);

    /**
     * f(a + h) - f(a) with a small relative error for any h.
     *
     * @param value f(a)
     */
    double increment(double a, double value, double h, Elementary math);

    /**
     * The integral of f from 0 to a, the convex conjugate of the energy of a unit: needed for
     * energies alone. By default five-point Gauss-Legendre quadrature, which is exact to round-off
     * for functions without structure finer than an eighth; slow for large |a|.
     */
    default double integral(double a, Elementary math) {
        return Quadrature.integral(this, a, math);
    }

    /** A bound of |f'| over the whole line. */
    double steepest();

    /**
     * The least known c, at least 0, with which the parabola phi(a) + phi'(a) (y - a) + c (y - a)^2
     * / 2 lies above phi(y) = (target - f(y))^2 / 2 for every y: to move to its minimum never
     * raises phi (majorisation and minimisation; De Pierro 1995). Infinite at a kink that no
     * parabola covers. By default NaN: not known.
     *
     * @param value f(a)
     * @param target any real number, in or out of the range of f
     */
    default double majorant(double a, double value, double target, Elementary math) {
        return Double.NaN;
    }

    /** False if f' jumps somewhere. */
    default boolean smooth() {
        return true;
    }

    /**
     * Which linear piece {@code a} lies on; 0 for a smooth function. A change of piece is a kink.
     */
    default int piece(double a) {
        return 0;
    }

    /**
     * The drive at which f' jumps between a piece and the next one; NaN if there is none, or if it
     * is not known, and then no unit can be held there.
     *
     * @param piece the lower one, as {@link #piece} names it
     */
    default double kink(int piece) {
        return Double.NaN;
    }
}
