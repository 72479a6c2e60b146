package org.relaxon.experiments.reference;

import org.relaxon.model.activation.StandardActivation;

/**
 * A complex number, with the rate functions that continue analytically off the real axis.
 *
 * @param re real part
 * @param im imaginary part
 */
record Complex(double re, double im) {
    /** Beyond this real part |tanh| = 1 to round-off, and cosh of twice it might overflow. */
    private static final double SATURATED = 20.0;

    Complex plus(Complex z) {
        return new Complex(re + z.re, im + z.im);
    }

    Complex minus(Complex z) {
        return new Complex(re - z.re, im - z.im);
    }

    Complex times(Complex z) {
        return new Complex(re * z.re - im * z.im, re * z.im + im * z.re);
    }

    Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    /** Whether {@link #rate} is defined for an activation. */
    static boolean continues(StandardActivation f) {
        return switch (f) {
            case LINEAR, TANH, SIGMOID, SOFTPLUS -> true;
            case RELU, HARD_SIGMOID -> false;
        };
    }

    /** f(z); softplus on the branch that is real on the real axis. */
    Complex rate(StandardActivation f) {
        return switch (f) {
            case LINEAR -> this;
            case TANH -> tanh();
            case SIGMOID -> sigma();
            case SOFTPLUS -> re > 0.0 ? plus(times(-1.0).logOfOnePlusExp()) : logOfOnePlusExp();
            case RELU, HARD_SIGMOID -> throw new IllegalArgumentException(f.optionName());
        };
    }

    /** f'(z). */
    Complex rateSlope(StandardActivation f) {
        return switch (f) {
            case LINEAR -> new Complex(1.0, 0.0);
            case TANH -> {
                Complex t = tanh();
                yield new Complex(1.0, 0.0).minus(t.times(t));
            }
            case SIGMOID -> {
                Complex s = sigma();
                yield s.minus(s.times(s));
            }
            case SOFTPLUS -> sigma();
            case RELU, HARD_SIGMOID -> throw new IllegalArgumentException(f.optionName());
        };
    }

    /** tanh(x + iy) = (sinh 2x + i sin 2y) / (cosh 2x + cos 2y). */
    private Complex tanh() {
        if (Math.abs(re) > SATURATED) {
            double tail = 2.0 * StrictMath.exp(-2.0 * Math.abs(re)) * StrictMath.sin(2.0 * im);
            return new Complex(Math.signum(re), tail);
        }
        double below = StrictMath.cosh(2.0 * re) + StrictMath.cos(2.0 * im);
        return new Complex(StrictMath.sinh(2.0 * re) / below, StrictMath.sin(2.0 * im) / below);
    }

    /** 1 / (1 + e^-z) = (1 + tanh(z/2)) / 2. */
    private Complex sigma() {
        Complex t = times(0.5).tanh();
        return new Complex(0.5 * (1.0 + t.re), 0.5 * t.im);
    }

    /** log(1 + e^z), principal branch, for a real part that is not positive. */
    private Complex logOfOnePlusExp() {
        double size = StrictMath.exp(re);
        double c = size * StrictMath.cos(im);
        double s = size * StrictMath.sin(im);
        return new Complex(
                0.5 * StrictMath.log1p(2.0 * c + size * size), StrictMath.atan2(s, 1.0 + c));
    }
}
