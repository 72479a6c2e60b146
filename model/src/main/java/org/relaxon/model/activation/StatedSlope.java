package org.relaxon.model.activation;

import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Numeral;

/**
 * Checks a user's activation against itself by central differences at some drives. Without this
 * check a wrong slope would appear on both sides of every comparison.
 */
public final class StatedSlope {
    private static final double[] DRIVES = {-3.1, -1.7, -0.6, -0.1, 0.2, 0.7, 1.3, 2.9};
    private static final double[] CHANGES = {0.3, -0.8};

    /** Balances truncation, about h^2, and rounding, about 1e-16 / h. */
    private static final double STEP = 1e-4;

    private static final double TOLERANCE = 1e-6;

    private final Activation f;
    private final double a;

    private StatedSlope(Activation f, double a) {
        this.f = f;
        this.a = a;
    }

    /**
     * Refuses an activation whose slope, increment, integral or bound contradicts its value. Skips
     * drives next to a kink, where differences of two widths disagree.
     *
     * @param f the activation to check
     * @throws IllegalArgumentException naming the wrong method and both numbers
     */
    public static void require(Activation f) {
        for (double a : DRIVES) {
            StatedSlope here = new StatedSlope(f, a);
            here.requireFinite("value", here.value(a));
            double difference = here.difference(STEP);
            double narrower = here.difference(0.1 * STEP);
            if (Math.abs(difference - narrower) <= TOLERANCE * Math.max(1.0, Math.abs(narrower))) {
                here.requireSlope(difference);
            }
            here.requireIncrement();
            here.requireIntegral();
        }
    }

    private double difference(double h) {
        return (value(a + h) - value(a - h)) / (2.0 * h);
    }

    private double value(double at) {
        return f.value(at, Elementary.STRICT);
    }

    private void requireSlope(double difference) {
        double stated = f.slope(a, value(a), Elementary.STRICT);
        compare("slope", "f'(a)", stated, difference);
        double most = f.steepest();
        if (!(Math.abs(stated) <= most * (1.0 + TOLERANCE))) {
            throw new IllegalArgumentException(
                    "activation: steepest of %s is no bound of the slope: it gives %s, the slope at a = %s is %s"
                            .formatted(
                                    f.optionName(),
                                    Numeral.inSentence(most),
                                    Numeral.inSentence(a),
                                    Numeral.inSentence(stated)));
        }
    }

    private void requireIncrement() {
        for (double h : CHANGES) {
            double stated = f.increment(a, value(a), h, Elementary.STRICT);
            compare("increment", "f(a + h) - f(a)", stated, value(a + h) - value(a));
        }
    }

    private void requireIntegral() {
        double up = f.integral(a + STEP, Elementary.STRICT);
        double down = f.integral(a - STEP, Elementary.STRICT);
        requireFinite("integral", up);
        compare("integral", "the integral of f", (up - down) / (2.0 * STEP), value(a));
    }

    private void compare(String method, String what, double stated, double found) {
        requireFinite(method, stated);
        double size = Math.max(1.0, Math.max(Math.abs(stated), Math.abs(found)));
        if (!(Math.abs(stated - found) <= TOLERANCE * size)) {
            throw new IllegalArgumentException(
                    "activation: %s of %s is not %s: at a = %s it gives %s, from value follows %s"
                            .formatted(
                                    method,
                                    f.optionName(),
                                    what,
                                    Numeral.inSentence(a),
                                    Numeral.inSentence(stated),
                                    Numeral.inSentence(found)));
        }
    }

    private void requireFinite(String method, double given) {
        if (!Double.isFinite(given)) {
            throw new IllegalArgumentException(
                    "activation: %s of %s gives %s at a = %s"
                            .formatted(
                                    method,
                                    f.optionName(),
                                    Numeral.inSentence(given),
                                    Numeral.inSentence(a)));
        }
    }
}
