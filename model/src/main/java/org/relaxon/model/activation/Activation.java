package org.relaxon.model.activation;

import java.util.List;
import org.relaxon.model.math.Elementary;

/**
 * An elementwise rate function f, with the value, the slope and a cancellation-free difference that
 * cells need.
 *
 * <p>{@code increment} is f(a + h) - f(a), computed from values at {@code a} and from {@code h}
 * without subtracting two nearly equal numbers: with h of the size of the nudging strength, a
 * subtraction would leave an error of order eps / beta in the gradient.
 */
public interface Activation {
    /** {@return the name used in options and files} */
    String optionName();

    /**
     * The same function with other parameters: {@code NAME:A,B} in options.
     *
     * @param parameters finite numbers, at least one
     * @return the activation, whose {@link #optionName} is the name, a colon and its parameters
     * @throws IllegalArgumentException stating why the parameters are refused; by default there are
     *     none
     */
    default Activation with(List<Double> parameters) {
        throw new IllegalArgumentException(optionName() + " has no parameters");
    }

    /**
     * {@return f(a)}
     *
     * @param a drive, dimensionless
     * @param math transcendental functions of the run's kernel set
     */
    double value(double a, Elementary math);

    /**
     * {@return f'(a); at a kink the slope of the piece that {@link #piece} names}
     *
     * @param a drive, dimensionless
     * @param value f(a), so that it need not be computed again
     * @param math transcendental functions of the run's kernel set
     */
    double slope(double a, double value, Elementary math);

    /**
     * Writes f(a) and f'(a) of many drives, in the bits of {@link #value} and {@link #slope}.
     *
     * @param a drives, dimensionless
     * @param values receives f(a), same length
     * @param slopes receives f'(a), same length
     * @param math transcendental functions of the run's kernel set
     */
    default void evaluate(double[] a, double[] values, double[] slopes, Elementary math) {
        for (int k = 0; k < a.length; k++) {
            values[k] = value(a[k], math);
            slopes[k] = slope(a[k], values[k], math);
        }
    }

    /**
     * {@return f(a + h) - f(a), with a small relative error for any h}
     *
     * @param a drive, dimensionless
     * @param value f(a)
     * @param h change of the drive, of any size and sign
     * @param math transcendental functions of the run's kernel set
     */
    double increment(double a, double value, double h, Elementary math);

    /**
     * {@return the integral of f from 0 to a, the convex conjugate of the energy of a unit: needed
     * for energies alone} By default five-point Gauss-Legendre quadrature, which is exact to
     * round-off for functions without structure finer than an eighth; slow for large |a|.
     *
     * @param a drive, dimensionless
     * @param math transcendental functions of the run's kernel set
     */
    default double integral(double a, Elementary math) {
        return Quadrature.integral(this, a, math);
    }

    /** {@return an upper bound of |f'| over the whole line} */
    double steepest();

    /**
     * {@return the least known c, at least 0, with which the parabola phi(a) + phi'(a) (y - a) + c
     * (y - a)^2 / 2 lies above phi(y) = (target - f(y))^2 / 2 for every y; a move to its minimum
     * never raises phi (majorisation and minimisation; De Pierro 1995)} Infinite at a kink that no
     * parabola covers. By default NaN: not known.
     *
     * @param a drive, dimensionless
     * @param value f(a)
     * @param target any real number, in or out of the range of f
     * @param math transcendental functions of the run's kernel set
     */
    default double majorant(double a, double value, double target, Elementary math) {
        return Double.NaN;
    }

    /** {@return false if f' jumps somewhere} */
    default boolean smooth() {
        return true;
    }

    /**
     * {@return the index of the linear piece on which {@code a} lies; 0 for a smooth function} A
     * change of piece is a kink.
     *
     * @param a drive, dimensionless
     */
    default int piece(double a) {
        return 0;
    }

    /**
     * {@return the drive at which f' jumps between a piece and the next one; NaN if there is none
     * or if it is unknown, in which case no unit can be held there}
     *
     * @param piece the lower one, as {@link #piece} names it
     */
    default double kink(int piece) {
        return Double.NaN;
    }
}
