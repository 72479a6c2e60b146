package org.relaxon.testkit;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * How fast an error vanishes with a strength: the exponent p of error = c strength^p, by least
 * squares over the logarithms. An estimate at a finite nudge has order 1, or 2 if it is centred.
 */
public final class ConvergenceOrder {
    /** How far below its claim a measured order may be: the next term of the series. */
    private static final double ROOM = 0.1;

    private final double[] strengths;
    private final double[] errors;

    private ConvergenceOrder(double[] strengths, double[] errors) {
        this.strengths = strengths;
        this.errors = errors;
    }

    /**
     * Measures an error at several strengths.
     *
     * @param error error at a strength
     * @param strengths at least two different ones, above 0
     * @return the errors with their order
     * @throws IllegalArgumentException if the strengths are too few, equal or not above 0
     */
    public static ConvergenceOrder of(DoubleUnaryOperator error, double... strengths) {
        if (Arrays.stream(strengths).distinct().count() < 2) {
            throw new IllegalArgumentException(
                    "strengths: need two different ones, not " + Arrays.toString(strengths));
        }
        for (double strength : strengths) {
            if (!(strength > 0.0 && strength < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "strengths: " + strength + " is not a finite number above 0");
            }
        }
        return new ConvergenceOrder(
                strengths.clone(), Arrays.stream(strengths).map(error).toArray());
    }

    /** {@return the measured order; NaN if an error is 0 or not finite} */
    public double order() {
        double meanX = Arrays.stream(strengths).map(Math::log).average().orElseThrow();
        double meanY = Arrays.stream(errors).map(Math::log).average().orElseThrow();
        double xy = 0.0;
        double xx = 0.0;
        for (int k = 0; k < strengths.length; k++) {
            double x = Math.log(strengths[k]) - meanX;
            xy += x * (Math.log(errors[k]) - meanY);
            xx += x * x;
        }
        double slope = xy / xx;
        return Double.isFinite(slope) ? slope : Double.NaN;
    }

    /**
     * Requires an order.
     *
     * @param least what is claimed, such as 1 or 2; up to 0.1 less is accepted
     * @throws AssertionError with all strengths and errors, if the order is lower or not a number
     */
    public void requireAtLeast(double least) {
        if (!(order() >= least - ROOM)) {
            throw new AssertionError(
                    String.format(Locale.ROOT, "order %.2f, not %.2f: %s", order(), least, this));
        }
    }

    /**
     * Requires errors that do not depend on the strength.
     *
     * @param room largest error that counts as none
     * @throws AssertionError with all strengths and errors, if one is larger or not a number
     */
    public void requireExact(double room) {
        for (double error : errors) {
            if (!(error <= room)) {
                throw new AssertionError(
                        String.format(Locale.ROOT, "not exact to %.2g: %s", room, this));
            }
        }
    }

    /** For display: every error with its strength. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < errors.length; k++) {
            out.append(k == 0 ? "" : ", ");
            out.append(String.format(Locale.ROOT, "%.3g at %.3g", errors[k], strengths[k]));
        }
        return out.toString();
    }
}
