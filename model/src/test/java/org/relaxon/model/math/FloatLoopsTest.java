package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Products in single precision: bits of vectors and scalars, and how far they are from doubles. */
class FloatLoopsTest {
    private static final float[] SPECIAL = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -0.0f,
        0.0f,
        Float.MIN_VALUE,
        -3e-39f,
        1e38f,
        -1e38f
    };

    private static float[] drawn(int n, long stream, boolean special) {
        float[] out = new float[n];
        for (int k = 0; k < n; k++) {
            boolean odd = special && CounterRandom.uniform(3, stream, k) < 0.1;
            double plain = CounterRandom.normal(4, stream, k) * StrictMath.pow(10, k % 9 - 4);
            out[k] = odd ? SPECIAL[k % SPECIAL.length] : (float) plain;
        }
        return out;
    }

    private static float[][] matrix(int rows, int columns, long stream, boolean special) {
        float[][] out = new float[rows][];
        Arrays.setAll(out, i -> drawn(columns, 1000 * stream + i, special));
        return out;
    }

    /** All three products and both conversions, by any loops, as canonical bits. */
    private static int[] products(FloatLoops loops, int[] size, boolean special) {
        int nPost = size[0];
        int nPre = size[1];
        int width = size[2];
        float[][] w = matrix(nPost, nPre + 1, 1, special); // the last column is not used
        float[] x = drawn(nPre * width, 2, special);
        float[] v = drawn(nPost * width, 3, special);
        float[] y = drawn(nPost * width, 4, special);
        float[] f = drawn(nPre * width, 5, special);
        float[][] g = matrix(nPost, nPre + 1, 6, special);
        loops.drive(w, nPre, x, width, y);
        loops.feedback(w, nPre, v, width, f);
        loops.outer(v, x, nPre, width, g);
        double[] wide = new double[nPost * width];
        loops.addTo(y, wide.length, 0x1p-70, wide);
        loops.addTo(v, wide.length, 0x1p3, wide);
        float[] narrow = new float[wide.length];
        loops.round(wide, wide.length, 0x1p40, narrow);
        return Stream.of(new float[][] {y, f, narrow}, g)
                .flatMap(Stream::of)
                .flatMapToInt(FloatLoopsTest::bits)
                .toArray();
    }

    private static java.util.stream.IntStream bits(float[] values) {
        return java.util.stream.IntStream.range(0, values.length)
                .map(k -> Float.floatToIntBits(values[k]));
    }

    /** As the definition states them; {@code turned} goes the other way. */
    private record Plain(boolean turned) implements FloatLoops {
        private int at(int k, int n) {
            return turned ? n - 1 - k : k;
        }

        @Override
        public void drive(float[][] w, int nPre, float[] x, int width, float[] y) {
            for (int k = 0; k < w.length * width; k++) {
                for (int j = 0; j < nPre; j++) {
                    int pre = at(j, nPre);
                    y[k] = Math.fma(w[k / width][pre], x[pre * width + k % width], y[k]);
                }
            }
        }

        @Override
        public void feedback(float[][] w, int nPre, float[] v, int width, float[] f) {
            for (int k = 0; k < nPre * width; k++) {
                f[k] = 0.0f;
                for (int i = 0; i < w.length; i++) {
                    int post = at(i, w.length);
                    f[k] = Math.fma(w[post][k / width], v[post * width + k % width], f[k]);
                }
            }
        }

        @Override
        public void outer(float[] v, float[] x, int nPre, int width, float[][] g) {
            for (int i = 0; i < g.length; i++) {
                for (int j = 0; j < nPre; j++) {
                    for (int c = 0; c < width; c++) {
                        int b = at(c, width);
                        g[i][j] = Math.fma(v[i * width + b], x[j * width + b], g[i][j]);
                    }
                }
            }
        }

        @Override
        public void round(double[] from, int n, double factor, float[] to) {
            for (int k = 0; k < n; k++) {
                to[k] = (float) (from[k] * factor);
            }
        }

        @Override
        public void addTo(float[] from, int n, double factor, double[] to) {
            for (int k = 0; k < n; k++) {
                to[k] = to[k] + (double) from[k] * factor;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.relaxon.model.math.ProductShapes#all")
    void vectorsAndScalarsHaveTheBitsOfTheChain(int[] size) {
        String missing = VectorModule.load();
        for (boolean special : new boolean[] {false, true}) {
            String what = Arrays.toString(size) + (special ? " with special values" : "");
            int[] expected = products(new Plain(false), size, special);
            assertArrayEquals(expected, products(new ScalarFloatLoops(), size, special), what);
            assumeTrue(missing == null, missing);
            assertArrayEquals(expected, products(VectorModule.floatLoops(), size, special), what);
        }
    }

    /** The twin: sums in another order are seen. */
    @ParameterizedTest
    @ValueSource(ints = {3, 64, 130})
    void anotherOrderIsSeen(int width) {
        int[] size = ProductShapes.size(6, 7, width);
        int[] expected = products(new Plain(true), size, false);
        assertFalse(Arrays.equals(expected, products(new ScalarFloatLoops(), size, false)));
    }

    /** Scratch memory of one product does not reach the next. */
    @Test
    void oneInstanceServesAllSizes() {
        String missing = VectorModule.load();
        assumeTrue(missing == null, missing);
        FloatLoops vectors = VectorModule.makeFloats();
        FloatLoops scalars = new ScalarFloatLoops();
        for (int round = 0; round < 2; round++) {
            ProductShapes.all()
                    .forEach(
                            size -> {
                                int[] fresh = products(VectorModule.makeFloats(), size, true);
                                assertArrayEquals(fresh, products(vectors, size, true));
                                assertArrayEquals(fresh, products(scalars, size, true));
                            });
        }
    }

    /** Largest difference from sums in double precision, in roundings of the sum of magnitudes. */
    private static double roundings(double unit, int[] size, boolean feedback) {
        int rows = feedback ? size[1] : size[0];
        int terms = feedback ? size[0] : size[1];
        float[][] w = matrix(size[0], size[1], 7, false);
        double[] x = new double[terms * size[2]];
        Arrays.setAll(x, k -> unit * CounterRandom.normal(8, 1, k));
        double[] found = new double[rows * size[2]];
        Kernels kernels = new Kernels(Kernels.Kind.STRICT_FLOAT);
        if (feedback) {
            kernels.feedback(w, size[1], x, size[2], found);
        } else {
            kernels.drive(w, size[1], x, size[2], found);
        }
        double most = 0.0;
        for (int k = 0; k < found.length; k++) {
            double sum = 0.0;
            double magnitudes = 0.0;
            for (int j = 0; j < terms; j++) {
                int row = k / size[2];
                double weight = feedback ? w[j][row] : w[row][j];
                double term = weight * x[j * size[2] + k % size[2]];
                sum += term;
                magnitudes += Math.abs(term);
            }
            double off = Math.abs(found[k] - sum) / magnitudes;
            most = Math.max(most, off / Kernels.Precision.FLOAT.rounding());
        }
        return most;
    }

    /** A chain of n sums has at most n roundings, and one more of each factor. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1e-4, 1e-45, 1e-150, 1e150})
    void errorIsARoundingOfFloatWhateverTheUnit(double unit) {
        for (boolean feedback : new boolean[] {false, true}) {
            int[] size = ProductShapes.size(37, 41, 5);
            double most = roundings(unit, size, feedback);
            assertTrue(most <= 42.0, most + " roundings at " + unit);
            assertTrue(most >= 0.1, most + " roundings: these are not sums in single precision");
        }
    }

    @Test
    void zerosGiveZerosAndWhatIsNotFiniteStays() {
        Kernels kernels = new Kernels(Kernels.Kind.FAST_FLOAT);
        double[] f = {5.0, 5.0};
        kernels.feedback(new float[][] {{1, 2}}, 2, new double[1], 1, f);
        assertArrayEquals(new double[2], f);
        kernels.feedback(new float[][] {{Float.NaN, 2}}, 2, new double[1], 1, f);
        assertTrue(Double.isNaN(f[0]));
        double[] y = {1.0};
        kernels.drive(new float[][] {{2}}, 1, new double[] {Double.POSITIVE_INFINITY}, 1, y);
        assertEquals(Double.POSITIVE_INFINITY, y[0]);
    }

    @Test
    void kindsHaveFunctionsAndAPrecision() {
        for (Kernels.Kind kind : Kernels.Kind.values()) {
            for (Kernels.Precision precision : Kernels.Precision.values()) {
                Kernels.Kind in = kind.in(precision);
                assertEquals(precision, in.precision());
                assertEquals(kind.elementary(), in.elementary());
                assertEquals(kind.functions(), in.functions());
            }
        }
        assertEquals(2, Kernels.Kind.named().size());
        assertEquals("float", Kernels.Precision.FLOAT.optionName());
    }
}
