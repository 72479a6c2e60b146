package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors against scalar loops and the plainest sums, in bits. A JVM without them skips these. */
class VectorLoopsTest {
    private static final double[] SPECIAL = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        0.0,
        Double.MIN_VALUE,
        -3e-310,
        1e300,
        -1e300
    };

    private static String missing;

    @BeforeAll
    static void load() {
        missing = VectorModule.load();
        assumeTrue(missing == null, missing);
    }

    private static double[] drawn(int n, long stream, boolean special) {
        double[] out = new double[n];
        for (int k = 0; k < n; k++) {
            boolean odd = special && CounterRandom.uniform(3, stream, k) < 0.1;
            out[k] =
                    odd
                            ? SPECIAL[k % SPECIAL.length]
                            : CounterRandom.normal(4, stream, k) * StrictMath.pow(10, k % 17 - 8);
        }
        return out;
    }

    private static double[][] matrix(int rows, int columns, long stream, boolean special) {
        double[][] out = new double[rows][];
        Arrays.setAll(out, i -> drawn(columns, 1000 * stream + i, special));
        return out;
    }

    /** All three products, by any loops, one after another. */
    private static double[] products(DenseLoops loops, int[] size, boolean special) {
        int nPost = size[0];
        int nPre = size[1];
        int width = size[2];
        double[][] w = matrix(nPost, nPre + 1, 1, special); // the last column is not used
        double[] x = drawn(nPre * width, 2, special);
        double[] v = drawn(nPost * width, 3, special);
        double[] y = drawn(nPost * width, 4, special);
        double[] f = drawn(nPre * width, 5, special);
        double[][] g = matrix(nPost, nPre + 1, 6, special);
        loops.drive(w, nPre, x, width, y);
        loops.feedback(w, nPre, v, width, f);
        loops.outer(v, x, nPre, width, g);
        return Stream.of(new double[][] {y, f}, g)
                .flatMap(Stream::of)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** As the definition states them; {@code turned} goes the other way. */
    private record Plain(boolean turned) implements DenseLoops {
        private int at(int k, int n) {
            return turned ? n - 1 - k : k;
        }

        @Override
        public void drive(double[][] w, int nPre, double[] x, int width, double[] y) {
            for (int k = 0; k < w.length * width; k++) {
                for (int j = 0; j < nPre; j++) {
                    int pre = at(j, nPre);
                    y[k] += w[k / width][pre] * x[pre * width + k % width];
                }
            }
        }

        @Override
        public void feedback(double[][] w, int nPre, double[] v, int width, double[] f) {
            for (int k = 0; k < nPre * width; k++) {
                f[k] = 0.0;
                for (int i = 0; i < w.length; i++) {
                    int post = at(i, w.length);
                    f[k] += w[post][k / width] * v[post * width + k % width];
                }
            }
        }

        @Override
        public void outer(double[] v, double[] x, int nPre, int width, double[][] g) {
            for (int i = 0; i < g.length; i++) {
                for (int j = 0; j < nPre; j++) {
                    for (int c = 0; c < width; c++) {
                        int column = at(c, width);
                        g[i][j] += v[i * width + column] * x[j * width + column];
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.relaxon.model.math.ProductShapes#all")
    void vectorsAndScalarsHaveTheBitsOfTheChain(int[] size) {
        DenseLoops vectors = VectorModule.loops();
        for (boolean special : new boolean[] {false, true}) {
            String what = Arrays.toString(size) + (special ? " with special values" : "");
            double[] expected = products(new Plain(false), size, special);
            KernelsTest.assertBits(expected, products(vectors, size, special), what);
            KernelsTest.assertBits(expected, products(new ScalarLoops(), size, special), what);
        }
    }

    /** The twin: sums in another order are seen. */
    @ParameterizedTest
    @ValueSource(ints = {3, 64, 130})
    void anotherOrderIsSeen(int width) {
        int[] size = ProductShapes.size(6, 7, width);
        double[] expected = products(new Plain(true), size, false);
        assertFalse(Arrays.equals(expected, products(VectorModule.loops(), size, false)));
    }

    /** Scratch memory of one product does not reach the next. */
    @Test
    void oneInstanceServesAllSizes() {
        DenseLoops one = VectorModule.make();
        for (int round = 0; round < 2; round++) {
            ProductShapes.all()
                    .forEach(
                            size ->
                                    KernelsTest.assertBits(
                                            products(VectorModule.make(), size, true),
                                            products(one, size, true),
                                            Arrays.toString(size)));
        }
    }

    /** Cells have kernels of their own, and may be thousands; threads are few. */
    @Test
    void scratchOfVectorsBelongsToTheThread() throws InterruptedException {
        DenseLoops[] found = {VectorModule.loops(), VectorModule.loops(), null};
        Thread other = new Thread(() -> found[2] = VectorModule.loops());
        other.start();
        other.join();
        assertSame(found[0], found[1]);
        assertNotNull(found[2]);
        assertNotSame(found[0], found[2]);
        for (Field own : Kernels.class.getDeclaredFields()) {
            assertNotEquals(DenseLoops.class, own.getType(), own + " is held by every cell");
        }
    }

    @Test
    void onlyAnOptimisingCompilerServes() {
        assertTrue(VectorModule.isOptimised("mixed mode, sharing"));
        assertFalse(VectorModule.isOptimised("interpreted mode, sharing"));
        assertFalse(VectorModule.isOptimised("mixed mode, emulated-client, sharing"));
    }

    /** A product of this size alone is not worth compiling vectors. */
    @Test
    void aSmallProductUsesScalars() {
        assertFalse(VectorModule.serves(100));
        assertNotNull(new Kernels(Kernels.Kind.STRICT));
        assertEquals(null, missing);
    }
}
