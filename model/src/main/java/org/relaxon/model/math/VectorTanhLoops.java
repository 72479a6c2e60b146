package org.relaxon.model.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link StrictTanh} for several numbers at a time: every case is computed, and one is taken. */
final class VectorTanhLoops implements TanhLoops {
    private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = S.length();

    /** 1.5 times 2^52: a number of moderate size loses its fraction when this is added. */
    private static final double ROUNDING = 0x1.8p52;

    @Override
    public void tanh(double[] from, double[] to, int n) {
        int k = 0;
        for (; k + LANES <= n; k += LANES) {
            tanh(DoubleVector.fromArray(S, from, k)).intoArray(to, k);
        }
        for (; k < n; k++) {
            to[k] = StrictTanh.of(from[k]);
        }
    }

    private static DoubleVector tanh(DoubleVector x) {
        DoubleVector size = x.abs();
        VectorMask<Double> large = size.compare(VectorOperators.GE, 1.0);
        DoubleVector twice = size.mul(2.0);
        DoubleVector t = expm1(twice.neg().blend(twice, large), twice, large);
        DoubleVector divisor = t.add(2.0);
        DoubleVector below = t.neg().div(divisor);
        DoubleVector above =
                DoubleVector.broadcast(S, 1.0).sub(DoubleVector.broadcast(S, 2.0).div(divisor));
        DoubleVector saturated = DoubleVector.broadcast(S, 1.0);
        VectorMask<Double> inside = size.compare(VectorOperators.LT, StrictTanh.SATURATED);
        DoubleVector result = signed(saturated.blend(below.blend(above, large), inside), x);
        VectorMask<Double> tiny = size.compare(VectorOperators.LT, StrictTanh.TINY);
        result = result.blend(x.mul(x.add(1.0)), tiny);
        return result.blend(x, x.compare(VectorOperators.NE, x)); // NaN
    }

    /** The magnitude of one number with the sign of another. */
    private static DoubleVector signed(DoubleVector magnitude, DoubleVector sign) {
        LongVector bit = sign.reinterpretAsLongs().and(Long.MIN_VALUE);
        return magnitude.reinterpretAsLongs().or(bit).reinterpretAsDoubles();
    }

    /** e^y - 1 with |y| = size, for negative y unless it is large. */
    private static DoubleVector expm1(DoubleVector y, DoubleVector size, VectorMask<Double> large) {
        DoubleVector one = DoubleVector.broadcast(S, 1.0);
        DoubleVector wanted = size.mul(StrictTanh.INVERSE_LN2).add(0.5);
        DoubleVector count = wanted.add(ROUNDING).sub(ROUNDING);
        count = count.blend(count.sub(1.0), count.compare(VectorOperators.GT, wanted));
        count = count.blend(one, size.compare(VectorOperators.LT, StrictTanh.THREE_HALVES_LN2));
        VectorMask<Double> none = size.compare(VectorOperators.LT, StrictTanh.HALF_LN2);
        count = count.blend(0.0, none);
        DoubleVector k = count.neg().blend(count, large);
        DoubleVector high = y.sub(k.mul(StrictTanh.LN2_HIGH));
        DoubleVector low = k.mul(StrictTanh.LN2_LOW);
        DoubleVector x = high.sub(low);
        DoubleVector c = high.sub(x).sub(low);
        DoubleVector half = x.mul(0.5);
        DoubleVector square = x.mul(half);
        DoubleVector r = series(square);
        DoubleVector t = DoubleVector.broadcast(S, 3.0).sub(r.mul(half));
        DoubleVector e = square.mul(r.sub(t).div(DoubleVector.broadcast(S, 6.0).sub(x.mul(t))));
        DoubleVector unreduced = x.sub(x.mul(e).sub(square));
        e = x.mul(e.sub(c)).sub(c).sub(square);
        return scaled(x, e, k).blend(unreduced, none);
    }

    private static DoubleVector series(DoubleVector square) {
        return square.mul(StrictTanh.Q5)
                .add(StrictTanh.Q4)
                .mul(square)
                .add(StrictTanh.Q3)
                .mul(square)
                .add(StrictTanh.Q2)
                .mul(square)
                .add(StrictTanh.Q1)
                .mul(square)
                .add(1.0);
    }

    /** 2^k (x - e + 1) - 1, in the order that suits the size of k. */
    private static DoubleVector scaled(DoubleVector x, DoubleVector e, DoubleVector k) {
        DoubleVector one = DoubleVector.broadcast(S, 1.0);
        DoubleVector power = power(k);
        DoubleVector inverse = power(k.neg());
        DoubleVector small = one.sub(inverse).sub(e.sub(x)).mul(power);
        DoubleVector middle = x.sub(e.add(inverse)).add(1.0).mul(power);
        DoubleVector rest = one.sub(e.sub(x)).mul(power).sub(1.0);
        DoubleVector half = x.sub(e).mul(0.5).sub(0.5);
        DoubleVector out = small.blend(middle, k.compare(VectorOperators.GE, 20.0));
        out = out.blend(rest, k.compare(VectorOperators.GT, 56.0));
        out = out.blend(rest, k.compare(VectorOperators.LT, 0.0));
        return out.blend(half, k.compare(VectorOperators.EQ, -1.0));
    }

    /** 2^k: the sum has k and the bias of an exponent in its last bits. */
    private static DoubleVector power(DoubleVector k) {
        return k.add(ROUNDING + StrictTanh.BIAS)
                .reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, StrictTanh.FRACTION_BITS)
                .reinterpretAsDoubles();
    }
}
