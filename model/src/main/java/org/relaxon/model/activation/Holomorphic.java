package org.relaxon.model.activation;

/**
 * The analytic continuation of the smooth standard activations, for holomorphic equilibrium
 * propagation (Laborieux and Zenke 2022). Strict arithmetic only.
 */
public enum Holomorphic {
    /** f(z) = z. */
    LINEAR {
        @Override
        public void value(double re, double im, double[] out, int atRe, int atIm) {
            out[atRe] = re;
            out[atIm] = im;
        }
    },

    /** tanh(x + iy) = (sinh 2x + i sin 2y) / (cosh 2x + cos 2y). */
    TANH {
        @Override
        public void value(double re, double im, double[] out, int atRe, int atIm) {
            double t = StrictMath.tanh(re);
            double u = StrictMath.tan(im);
            double scale = 1.0 + t * t * u * u; // tanh = (t + iu) / (1 + i t u)
            out[atRe] = t * (1.0 + u * u) / scale;
            out[atIm] = u * ((1.0 - t) * (1.0 + t)) / scale; // odd in every bit
        }
    },

    /** sigma(z) = (1 + tanh(z/2)) / 2. */
    SIGMOID {
        @Override
        public void value(double re, double im, double[] out, int atRe, int atIm) {
            TANH.value(0.5 * re, 0.5 * im, out, atRe, atIm);
            out[atRe] = 0.5 * (1.0 + out[atRe]);
            out[atIm] = 0.5 * out[atIm];
        }
    },

    /** log(1 + e^z), principal branch. */
    SOFTPLUS {
        @Override
        public void value(double re, double im, double[] out, int atRe, int atIm) {
            boolean flip = re > 0.0; // log(1 + e^z) = z + log(1 + e^-z), which does not overflow
            double size = StrictMath.exp(flip ? -re : re);
            double angle = flip ? -im : im;
            double x = size * StrictMath.cos(angle);
            double y = size * StrictMath.sin(angle);
            double half = 0.5 * StrictMath.log1p(x * (2.0 + x) + y * y);
            double turn = StrictMath.atan2(y, 1.0 + x);
            out[atRe] = flip ? re + half : half;
            out[atIm] = flip ? im + turn : turn;
        }
    };

    /**
     * Writes f(re + i im).
     *
     * @param re real part of the drive
     * @param im imaginary part of the drive
     * @param out receives the two parts of the value
     * @param atRe index of the real part in {@code out}
     * @param atIm index of the imaginary part in {@code out}
     */
    public abstract void value(double re, double im, double[] out, int atRe, int atIm);

    /**
     * {@return the analytic continuation of an activation}
     *
     * @param f a standard activation
     * @throws IllegalArgumentException if the activation has none
     */
    public static Holomorphic of(Activation f) {
        if (f == StandardActivation.LINEAR) {
            return LINEAR;
        }
        if (f == StandardActivation.TANH) {
            return TANH;
        }
        if (f == StandardActivation.SIGMOID) {
            return SIGMOID;
        }
        if (f == StandardActivation.SOFTPLUS) {
            return SOFTPLUS;
        }
        throw new IllegalArgumentException(
                "activation: %s is not holomorphic, as hep needs; use tanh, sigmoid, softplus or linear"
                        .formatted(f.optionName()));
    }
}
