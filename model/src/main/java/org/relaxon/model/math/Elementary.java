package org.relaxon.model.math;

/** The transcendental functions that activations and losses may use, in two qualities. */
public enum Elementary {
    /** fdlibm, as {@link StrictMath}: the same bits on every machine. */
    STRICT {
        @Override
        public double exp(double x) {
            return StrictMath.exp(x);
        }

        @Override
        public double tanh(double x) {
            return StrictTanh.of(x);
        }

        @Override
        public void tanh(double[] from, double[] to) {
            TanhLoops vectors = VectorModule.tanh();
            if (vectors == null) {
                super.tanh(from, to);
            } else {
                vectors.tanh(from, to, from.length);
            }
        }
    },

    /**
     * Processor intrinsics through {@link Math}: within 2 ulp, bits may differ between machines.
     */
    FAST {
        @Override
        public double exp(double x) {
            return Math.exp(x);
        }

        @Override
        public double tanh(double x) {
            double magnitude = Math.abs(x);
            if (!(magnitude > TANH_BY_EXP_FROM)) {
                return Math.tanh(x); // keeps relative accuracy near 0, and NaN
            }
            return Math.copySign(1.0 - 2.0 / (Math.exp(2.0 * magnitude) + 1.0), x);
        }
    };

    /** Above this magnitude 1 - 2/(e^2x + 1) loses less than one bit to cancellation. */
    private static final double TANH_BY_EXP_FROM = 0.55;

    /**
     * {@return e to the power x}
     *
     * @param x exponent
     */
    public abstract double exp(double x);

    /**
     * {@return the hyperbolic tangent of x, accurate relative to its own size near 0}
     *
     * @param x argument
     */
    public abstract double tanh(double x);

    /**
     * Writes the hyperbolic tangents of many numbers, in the bits of {@link #tanh(double)}.
     *
     * @param from arguments
     * @param to receives the results, of the same length
     */
    public void tanh(double[] from, double[] to) {
        for (int k = 0; k < from.length; k++) {
            to[k] = tanh(from[k]);
        }
    }

    /**
     * {@return e to the power x, minus 1, accurate relative to its own size near 0}
     *
     * @param x exponent
     */
    public double expm1(double x) {
        return StrictMath.expm1(x);
    }

    /**
     * {@return the logarithm of 1 + x, accurate relative to its own size near 0}
     *
     * @param x argument, greater than -1
     */
    public double log1p(double x) {
        return StrictMath.log1p(x);
    }
}
