package org.relaxon.model.math;

/**
 * The hyperbolic tangent of fdlibm 5.3, which defines {@link StrictMath#tanh}: the same bits,
 * without a call of native code for every number. Its two functions, s_tanh.c and s_expm1.c, are
 * reduced to the arguments that occur here; their notice is:
 *
 * <p>Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at SunPro, a Sun
 * Microsystems, Inc. business. Permission to use, copy, modify, and distribute this software is
 * freely granted, provided that this notice is preserved.
 */
final class StrictTanh {
    /** From this magnitude on the result is 1. */
    static final double SATURATED = 22.0;

    /** Below this magnitude the result is x (1 + x). */
    static final double TINY = 0x1p-55;

    static final double INVERSE_LN2 = 1.4426950408889634;
    static final double LN2_HIGH = 0.6931471803691238;
    static final double LN2_LOW = 1.9082149292705877e-10;
    static final double Q1 = -0.03333333333333313;
    static final double Q2 = 0.0015873015872548146;
    static final double Q3 = -7.93650757867488e-05;
    static final double Q4 = 4.008217827329362e-06;
    static final double Q5 = -2.0109921818362437e-07;

    /** 0.5 ln 2 and 1.5 ln 2, as the original compares them: by the upper halves of their bits. */
    static final double HALF_LN2 = Double.longBitsToDouble(0x3fd62e43L << 32);

    static final double THREE_HALVES_LN2 = Double.longBitsToDouble(0x3ff0a2b2L << 32);

    static final int BIAS = 1023;
    static final int FRACTION_BITS = 52;

    private StrictTanh() {}

    static double of(double x) {
        double size = Math.abs(x);
        if (!(size < SATURATED)) {
            return Double.isNaN(x) ? x : Math.copySign(1.0, x);
        }
        if (size < TINY) {
            return x * (1.0 + x);
        }
        if (size >= 1.0) {
            return Math.copySign(1.0 - 2.0 / (expm1(2.0 * size) + 2.0), x);
        }
        double t = expm1(-2.0 * size);
        return Math.copySign(-t / (t + 2.0), x);
    }

    /** e^y - 1 for y in (-2, 0) or [2, 44), none of them smaller than 2^-54. */
    private static double expm1(double y) {
        double size = Math.abs(y);
        double x = y;
        double c = 0.0;
        int k = 0;
        if (size >= HALF_LN2) {
            int sign = y < 0 ? -1 : 1;
            k = size < THREE_HALVES_LN2 ? sign : (int) (INVERSE_LN2 * y + 0.5 * sign);
            double high = y - k * LN2_HIGH;
            double low = k * LN2_LOW;
            x = high - low;
            c = (high - x) - low;
        }
        double half = 0.5 * x;
        double square = x * half;
        double r =
                1.0 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
        double t = 3.0 - r * half;
        double e = square * ((r - t) / (6.0 - x * t));
        if (k == 0) {
            return x - (x * e - square);
        }
        e = (x * (e - c) - c) - square;
        if (k == -1) {
            return 0.5 * (x - e) - 0.5;
        }
        if (k < 0 || k > 56) {
            return (1.0 - (e - x)) * power(k) - 1.0;
        }
        double part = k < 20 ? (1.0 - power(-k)) - (e - x) : (x - (e + power(-k))) + 1.0;
        return part * power(k);
    }

    /** 2^k. */
    private static double power(int k) {
        return Double.longBitsToDouble((long) (BIAS + k) << FRACTION_BITS);
    }
}
