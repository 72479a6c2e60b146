package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The hyperbolic tangent in plain Java against {@link StrictMath}, in bits. */
class StrictTanhTest {
    private static final int DRAWS = 40_000;
    private static final double LN2 = 0.6931471805599453;

    private static double[] everywhere() {
        DoubleStream special =
                DoubleStream.of(
                        0.0,
                        -0.0,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        Double.MIN_VALUE,
                        -Double.MAX_VALUE,
                        0x1p-54);
        DoubleStream edges =
                DoubleStream.iterate(0.25 * LN2, a -> a < 23.0, a -> a + 0.25 * LN2)
                        .flatMap(StrictTanhTest::around);
        DoubleStream branches = DoubleStream.of(0x1p-55, 1.0, 22.0);
        DoubleStream bits =
                LongStream.range(0, DRAWS)
                        .map(k -> CounterRandom.bits(7, 1, k))
                        .mapToDouble(Double::longBitsToDouble);
        DoubleStream normal =
                LongStream.range(0, DRAWS)
                        .mapToDouble(
                                k ->
                                        CounterRandom.normal(7, 2, k)
                                                * StrictMath.scalb(8, (int) (-k % 24)));
        DoubleStream positive =
                DoubleStream.concat(
                        DoubleStream.concat(special, edges),
                        branches.flatMap(StrictTanhTest::around));
        return DoubleStream.concat(positive, DoubleStream.concat(bits, normal))
                .flatMap(x -> DoubleStream.of(x, -x))
                .toArray();
    }

    /** A number and its neighbours, a few ulps to either side. */
    private static DoubleStream around(double a) {
        return LongStream.rangeClosed(-4, 4)
                .mapToDouble(k -> Double.longBitsToDouble(Double.doubleToLongBits(a) + k));
    }

    private static double[] defined(double[] x) {
        return DoubleStream.of(x).map(StrictMath::tanh).toArray();
    }

    @Test
    void everyNumberHasTheBitsOfStrictMath() {
        double[] x = everywhere();
        double[] plain = DoubleStream.of(x).map(Elementary.STRICT::tanh).toArray();
        KernelsTest.assertBits(defined(x), plain, "tanh, seed 7");
    }

    /** The twin: e^2x - 1 by subtraction has other bits. */
    @Test
    void anotherFormulaIsSeen() {
        int others = 0;
        for (double x = 0.01; x < 1.0; x += 0.01) {
            double t = StrictMath.exp(-2.0 * x) - 1.0;
            others += StrictMath.tanh(x) == -t / (t + 2.0) ? 0 : 1;
        }
        assertTrue(others > 10, others + " of 99");
    }

    @Test
    void vectorsHaveTheSameBitsAtEveryPlace() {
        String missing = VectorModule.load();
        assumeTrue(missing == null, missing);
        double[] x = everywhere();
        for (int shift = 0; shift < 3; shift++) { // other numbers share a vector, and the rest
            double[] shifted = Arrays.copyOfRange(x, shift, x.length);
            double[] found = new double[shifted.length];
            VectorModule.tanh().tanh(shifted, found, found.length);
            KernelsTest.assertBits(defined(shifted), found, "from " + shift);
        }
        double[] same = x.clone();
        Elementary.STRICT.tanh(same, same);
        KernelsTest.assertBits(defined(x), same, "in place");
    }
}
