package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kernel against the plainest loops, in bits: the order of summation is part of the contract.
 */
class KernelsTest {
    private static final int[] PRE = {1, 2, 3, 4, 5, 7, 11};
    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64})
    void driveSumsFromLeftToRightInBits(int width) {
        for (int nPost = 1; nPost <= 9; nPost++) {
            for (int nPre : PRE) {
                double[][] w = random(nPost, nPre, 1);
                double[] x = flat(nPre * width, 2);
                double[] y = flat(nPost * width, 3);
                double[] expected = y.clone();
                for (int i = 0; i < nPost; i++) {
                    for (int c = 0; c < width; c++) {
                        double s = expected[i * width + c];
                        for (int j = 0; j < nPre; j++) {
                            s = s + w[i][j] * x[j * width + c];
                        }
                        expected[i * width + c] = s;
                    }
                }
                double[] before = x.clone();
                kernels.drive(w, nPre, x, width, y);
                assertBits(expected, y, "drive " + nPost + " x " + nPre + ", width " + width);
                assertBits(before, x, "the input is only read");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64})
    void feedbackSumsOverRowsInOrderInBits(int width) {
        for (int nPost = 1; nPost <= 9; nPost++) {
            for (int nPre : PRE) {
                double[][] w = random(nPost, nPre, 4);
                double[] v = flat(nPost * width, 5);
                double[] f = flat(nPre * width, 6); // must be overwritten
                double[] expected = new double[nPre * width];
                for (int j = 0; j < nPre; j++) {
                    for (int c = 0; c < width; c++) {
                        double s = 0.0;
                        for (int i = 0; i < nPost; i++) {
                            s = s + w[i][j] * v[i * width + c];
                        }
                        expected[j * width + c] = s;
                    }
                }
                kernels.feedback(w, nPre, v, width, f);
                assertBits(expected, f, "feedback " + nPost + " x " + nPre + ", width " + width);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 64})
    void outerAddsColumnsInOrderInBits(int width) {
        for (int nPost = 1; nPost <= 9; nPost++) {
            for (int nPre : PRE) {
                double[] v = flat(nPost * width, 7);
                double[] x = flat(nPre * width, 8);
                double[][] g = random(nPost, nPre, 9);
                double[][] expected = new double[nPost][];
                for (int i = 0; i < nPost; i++) {
                    expected[i] = g[i].clone();
                    for (int j = 0; j < nPre; j++) {
                        for (int c = 0; c < width; c++) {
                            expected[i][j] += v[i * width + c] * x[j * width + c];
                        }
                    }
                }
                kernels.outer(v, x, nPre, width, g);
                for (int i = 0; i < nPost; i++) {
                    assertBits(expected[i], g[i], "outer " + nPost + " x " + nPre + ", " + width);
                }
            }
        }
    }

    /** <W x, v> = <x, W^T v>: holds only if one kernel is the transpose of the other. */
    @Test
    void feedbackIsTheAdjointOfDrive() {
        double[][] w = random(5, 3, 10);
        double[] x = flat(3 * 2, 11);
        double[] v = flat(5 * 2, 12);
        double[] y = new double[5 * 2];
        double[] f = new double[3 * 2];
        kernels.drive(w, 3, x, 2, y);
        kernels.feedback(w, 3, v, 2, f);
        assertEquals(dot(y, v), dot(x, f), 1e-14);
    }

    /** The bars above would see a transposed index: with unequal sizes it changes the numbers. */
    @Test
    void aTransposedLayoutGivesOtherNumbers() {
        double[][] w = {{1, 2, 3}, {4, 5, 6}};
        double[] x = {1, 10, 2, 20, 3, 30}; // (3, 2) row-major
        double[] y = new double[4];
        kernels.drive(w, 3, x, 2, y);
        assertBits(new double[] {14, 140, 32, 320}, y, "W x");
        double[] columnMajor = {1, 2, 3, 10, 20, 30};
        double[] other = new double[4];
        kernels.drive(w, 3, columnMajor, 2, other);
        assertFalse(java.util.Arrays.equals(y, other));

        double[] f = new double[6];
        kernels.feedback(w, 3, new double[] {1, 10, 100, 1000}, 2, f);
        assertBits(new double[] {401, 4010, 502, 5020, 603, 6030}, f, "W^T v");
        double[][] g = new double[2][3];
        kernels.outer(new double[] {1, 10, 2, 20}, x, 3, 2, g);
        assertBits(new double[] {101, 202, 303}, g[0], "v x^T, row 0");
        assertBits(new double[] {202, 404, 606}, g[1], "v x^T, row 1");
    }

    @Test
    void onlyTheStatedNumberOfColumnsIsUsed() {
        double[][] w = {{1, 2, 1e9}, {3, 4, 1e9}, {5, 6, 1e9}, {7, 8, 1e9}, {9, 10, 1e9}};
        for (int width : new int[] {1, 2}) {
            double[] y = new double[5 * width];
            kernels.drive(w, 2, ones(2 * width), width, y);
            assertEquals(3, y[0]);
            assertEquals(19, y[4 * width]);
            double[] f = {5, 5, 5, 5, 5, 5};
            kernels.feedback(w, 2, ones(5 * width), width, f);
            assertEquals(25, f[0]);
            assertEquals(30, f[width]);
            assertEquals(5, f[2 * width]); // beyond the result nothing is written
            double[][] g = new double[5][3];
            kernels.outer(ones(5 * width), ones(3 * width), 2, width, g);
            assertEquals(width, g[4][1]);
            assertEquals(0, g[4][2]);
        }
    }

    /**
     * Scratch memory of a larger call must not leak into a smaller one, nor the other way round.
     */
    @Test
    void oneInstanceServesAllSizesInAnyOrder() {
        int[][] sizes = {{9, 11, 64}, {1, 1, 1}, {4, 2, 3}, {2, 7, 5}, {9, 3, 2}, {5, 11, 64}};
        for (int round = 0; round < 3; round++) {
            for (int[] s : sizes) {
                double[][] w = random(s[0], s[1], round);
                double[] x = flat(s[1] * s[2], 20 + round);
                double[] v = flat(s[0] * s[2], 30 + round);
                Kernels fresh = new Kernels(Kernels.Kind.STRICT);
                double[] y = new double[s[0] * s[2]];
                double[] yFresh = y.clone();
                kernels.drive(w, s[1], x, s[2], y);
                fresh.drive(w, s[1], x, s[2], yFresh);
                assertBits(yFresh, y, "drive");
                double[] f = new double[s[1] * s[2]];
                double[] fFresh = f.clone();
                kernels.feedback(w, s[1], v, s[2], f);
                fresh.feedback(w, s[1], v, s[2], fFresh);
                assertBits(fFresh, f, "feedback");
                double[][] g = new double[s[0]][s[1]];
                double[][] gFresh = new double[s[0]][s[1]];
                kernels.outer(v, x, s[1], s[2], g);
                fresh.outer(v, x, s[1], s[2], gFresh);
                for (int i = 0; i < s[0]; i++) {
                    assertBits(gFresh[i], g[i], "outer");
                }
            }
        }
    }

    /** A zero weight does not hide a value that is not a number. */
    @Test
    void nothingThatIsNotFiniteIsSkipped() {
        for (int width : new int[] {1, 3}) {
            for (int nPost : new int[] {1, 5}) {
                double[] x = ones(2 * width);
                x[width] = Double.NaN;
                double[] y = new double[nPost * width];
                kernels.drive(new double[nPost][2], 2, x, width, y);
                assertTrue(Double.isNaN(y[(nPost - 1) * width]));
                double[] v = ones(nPost * width);
                v[0] = Double.POSITIVE_INFINITY;
                double[] f = new double[2 * width];
                kernels.feedback(new double[nPost][2], 2, v, width, f);
                assertTrue(Double.isNaN(f[0]) && Double.isNaN(f[width]));
            }
        }
    }

    /** Zeros of either sign are not multiplied out, and weights that are not finite still show. */
    @Test
    void productsOfZerosAreThoseThatMultiplyingGives() {
        for (int width : new int[] {1, 8, 64}) {
            double[] v = new double[5 * width];
            Arrays.fill(v, width, 2 * width, -0.0);
            double[][] w = random(5, 3, 50);
            double[] f = flat(3 * width, 51);
            kernels.feedback(w, 3, v, width, f);
            assertBits(new double[3 * width], f, "zeros");
            v[4 * width] = -Double.MIN_VALUE;
            w[4][2] = -1.0;
            kernels.feedback(w, 3, v, width, f);
            assertEquals(Double.MIN_VALUE, f[2 * width], "the last row is not zeros");
            v[4 * width] = 0.0;
            w[4][2] = Double.NEGATIVE_INFINITY;
            kernels.feedback(w, 3, v, width, f);
            assertTrue(Double.isNaN(f[2 * width]), "infinity times 0");
            assertEquals(0.0, f[width]);
        }
    }

    /** Columns never mix: what one example does cannot be seen in another. */
    @Test
    void aColumnThatIsNotANumberLeavesTheOthersAlone() {
        double[][] w = random(5, 3, 40);
        double[] x = flat(3 * 4, 41);
        double[] clean = new double[5 * 4];
        kernels.drive(w, 3, x, 4, clean);
        x[4 + 2] = Double.NaN;
        double[] y = new double[5 * 4];
        kernels.drive(w, 3, x, 4, y);
        for (int k = 0; k < y.length; k++) {
            if (k % 4 == 2) {
                assertTrue(Double.isNaN(y[k]));
            } else {
                assertEquals(clean[k], y[k]);
            }
        }
    }

    @Test
    void bothKindsShareTheDenseKernelsAndDifferInTheirFunctions() {
        Kernels fast = new Kernels(Kernels.Kind.FAST);
        assertSame(Kernels.Kind.FAST, fast.kind());
        assertSame(Elementary.FAST, fast.elementary());
        assertSame(Kernels.Kind.STRICT, kernels.kind());
        assertSame(Elementary.STRICT, kernels.elementary());
        double[][] w = random(7, 5, 50);
        double[] x = flat(5 * 3, 51);
        double[] strictly = new double[7 * 3];
        double[] quickly = new double[7 * 3];
        kernels.drive(w, 5, x, 3, strictly);
        fast.drive(w, 5, x, 3, quickly);
        for (int k = 0; k < strictly.length; k++) {
            assertEquals(strictly[k], quickly[k], 4 * Math.ulp(strictly[k]));
        }
    }

    static void assertBits(double[] expected, double[] actual, String what) {
        assertEquals(expected.length, actual.length, what);
        for (int k = 0; k < expected.length; k++) {
            int at = k;
            assertEquals(
                    Double.doubleToLongBits(expected[k]),
                    Double.doubleToLongBits(actual[k]),
                    () -> what + ", element " + at + ": " + expected[at] + " " + actual[at]);
        }
    }

    /** Magnitudes from 1e-8 to 1e8, so that another order of summation shows in the bits. */
    private static double[] flat(int n, long stream) {
        double[] out = new double[n];
        for (int k = 0; k < n; k++) {
            double sign = CounterRandom.uniform(1, stream, 2L * k) < 0.5 ? -1 : 1;
            double exponent = 16 * CounterRandom.uniform(1, stream, 2L * k + 1) - 8;
            out[k] = sign * StrictMath.pow(10, exponent);
        }
        return stream < 10 ? out : normals(n, stream);
    }

    private static double[] normals(int n, long stream) {
        double[] out = new double[n];
        for (int k = 0; k < n; k++) {
            out[k] = CounterRandom.normal(2, stream, k);
        }
        return out;
    }

    private static double[][] random(int nPost, int nPre, long stream) {
        double[][] w = new double[nPost][];
        for (int i = 0; i < nPost; i++) {
            w[i] = normals(nPre, 1000 * stream + i);
        }
        return w;
    }

    private static double[] ones(int n) {
        double[] out = new double[n];
        java.util.Arrays.fill(out, 1.0);
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
