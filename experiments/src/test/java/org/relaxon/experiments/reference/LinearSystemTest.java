package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSystemTest {
    private static final int LAYERS = 6;
    private static final int WIDTH = 4;
    private static final int N = LAYERS * WIDTH;
    private static final int CUT = 3;

    /** 1 - D W of layers with couplings in both directions, and a layer whose slopes are 0. */
    private static DMatrixRMaj layered(long seed, int cut) {
        SplittableRandom r = new SplittableRandom(seed);
        DMatrixRMaj out = CommonOps_DDRM.identity(N);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                int layer = i / WIDTH;
                boolean near = Math.abs(layer - j / WIDTH) == 1;
                double w = 4 * r.nextDouble() - 2;
                boolean flat = layer == cut || i % WIDTH == 1;
                if (near && !flat) {
                    out.set(i, j, -w);
                }
            }
        }
        return out;
    }

    private static double[] topOnly() {
        return IntStream.range(0, N)
                .mapToDouble(i -> i / WIDTH == LAYERS - 1 ? 1 + i : 0)
                .toArray();
    }

    private static void requireSolution(DMatrixRMaj a, double[] b, double[] x) {
        DMatrixRMaj ax = new DMatrixRMaj(a.numRows, 1);
        CommonOps_DDRM.mult(a, DMatrixRMaj.wrap(a.numRows, 1, x), ax);
        assertArrayEquals(b, ax.data, 1e-10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatALayerOfSlopeZeroCutsOffIsExactlyZero(long seed) {
        DMatrixRMaj a = layered(seed, CUT);
        double[] x = new LinearSystem(a).solve(topOnly());
        requireSolution(a, topOnly(), x);
        for (int i = 0; i < (CUT + 1) * WIDTH; i++) {
            assertEquals(0.0, Math.abs(x[i]), "unknown " + i);
        }
        assertTrue(Math.abs(x[N - WIDTH]) > 0.0, "nothing above the layer that cuts");
    }

    /** The twin: with slopes in every layer all layers answer. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void withoutSuchALayerNothingIsCutOff(long seed) {
        DMatrixRMaj a = layered(seed, -1);
        double[] x = new LinearSystem(a).solve(topOnly());
        requireSolution(a, topOnly(), x);
        assertTrue(Math.abs(x[0]) > 0.0, "nothing below");
    }

    /** The adjoint of the same: neurons of slope 0 have columns of the identity. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theTransposedSystemIsSolvedAndCutOffAsWell(long seed) {
        DMatrixRMaj a = CommonOps_DDRM.transpose(layered(seed, CUT), null);
        double[] x = new LinearSystem(a).solve(topOnly());
        requireSolution(a, topOnly(), x);
        for (int i = 0; i < CUT * WIDTH; i++) {
            assertEquals(0.0, Math.abs(x[i]), "unknown " + i);
        }
    }

    /** Alone one after another, with nothing left to eliminate, and every row in between. */
    @Test
    void triangularSystemsAreSubstituted() {
        DMatrixRMaj a =
                new DMatrixRMaj(
                        new double[][] {{2, 0, 0, 0}, {1, 4, 0, 0}, {3, 1, 5, 0}, {1, 1, 1, 8}});
        double[] b = {2, 9, 20, 24};
        requireSolution(a, b, new LinearSystem(a).solve(b));
        DMatrixRMaj t = CommonOps_DDRM.transpose(a, null);
        requireSolution(t, b, new LinearSystem(t).solve(b));
    }

    @Test
    void singularAndUndefinedSystemsAreRefused() {
        double[] b = {1, 1, 1};
        for (double bad : new double[] {0.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            DMatrixRMaj a = CommonOps_DDRM.identity(3);
            a.set(1, 1, bad);
            assertThrows(IllegalStateException.class, () -> new LinearSystem(a).solve(b), "" + bad);
            a.set(1, 1, 1.0);
            a.set(2, 0, Double.NaN);
            assertThrows(IllegalStateException.class, () -> new LinearSystem(a).solve(b));
        }
        DMatrixRMaj twice = new DMatrixRMaj(new double[][] {{1, 2, 0}, {2, 4, 0}, {0, 0, 1}});
        assertThrows(IllegalStateException.class, () -> new LinearSystem(twice).solve(b));
    }
}
