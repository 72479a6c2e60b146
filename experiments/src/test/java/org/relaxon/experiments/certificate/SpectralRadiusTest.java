package org.relaxon.experiments.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.CounterRandom;

class SpectralRadiusTest {
    @Test
    void agreesWithAllEigenvaluesOfADenseMatrix() {
        double[][] a = random(7, 1);

        assertEquals(dense(a), SpectralRadius.ofNonnegative(of(a), 7, 3), 1e-8);
    }

    /** The planted mistake: signs left in. */
    @Test
    void aMatrixWithSignsHasAnotherRadius() {
        double[][] a = random(7, 1);
        double expected = dense(a);
        for (int i = 0; i < 7; i++) {
            a[i][(i + 1) % 7] *= -1;
        }

        assertFalse(Math.abs(dense(a) - expected) < 1e-3);
    }

    /** Blocks 0 -> 1 -> 0 of sizes 3 and 5: eigenvalues in pairs +-r. */
    @Test
    void aPeriodicMatrixConverges() {
        double[][] a = random(8, 2);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                a[i][j] *= (i < 3) == (j < 3) ? 0 : 1;
            }
        }

        assertEquals(dense(a), SpectralRadius.ofNonnegative(of(a), 8, 4), 1e-8);
    }

    /** Small gains, as small beta makes them: the relative error counts. */
    @Test
    void aWeakLoopIsFoundAsExactlyAsAStrongOne() {
        double[][] a = new double[5][5];
        a[1][0] = 20;
        a[2][1] = 30;
        a[0][2] = 1e-13; // rho = (600e-13)^(1/3)
        a[3][2] = 5; // fed by the loop, feeds nothing
        a[1][4] = 7; // feeds the loop, fed by nothing

        double found = SpectralRadius.ofNonnegative(of(a), 5, 5);

        assertEquals(1.0, found / Math.cbrt(6e-11), 1e-8);
    }

    @Test
    void aNilpotentMatrixHasExactlyZero() {
        double[][] a = random(6, 3);
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++) {
                a[i][j] = 0;
            }
        }

        assertEquals(0.0, SpectralRadius.ofNonnegative(of(a), 6, 6));
        a[0][5] = 1e-6;
        assertTrue(SpectralRadius.ofNonnegative(of(a), 6, 6) > 0.01);
    }

    @Test
    void whatIsNotANumberStaysSo() {
        double[][] a = random(4, 5);
        a[2][1] = Double.NaN;

        assertTrue(Double.isNaN(SpectralRadius.ofNonnegative(of(a), 4, 3)));
    }

    @Test
    void bothEndsOfASymmetricMatrixAgreeWithTheDenseOnes() {
        double[][] a = random(9, 6);
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i] * ((i + j) % 3 == 0 ? -1 : 1);
                a[j][i] = a[i][j];
            }
        }
        SymmetricSpectrum dense = SymmetricSpectrum.dense(of(a), 9);
        SymmetricSpectrum iterated = SymmetricSpectrum.iterated(of(a), 9);

        assertEquals(dense.smallest(), iterated.smallest(), 1e-7);
        assertEquals(dense.largest(), iterated.largest(), 1e-7);
        assertTrue(dense.smallest() < -0.5 && dense.exact() && !iterated.exact());
        a[4][7] = Double.NaN;
        assertTrue(Double.isNaN(SymmetricSpectrum.of(of(a), 9).smallest()));
    }

    private static double[][] random(int n, long seed) {
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = CounterRandom.uniform(seed, i, j);
            }
        }
        return a;
    }

    private static UnaryOperator<double[]> of(double[][] a) {
        return v -> {
            double[] out = new double[v.length];
            for (int i = 0; i < v.length; i++) {
                for (int j = 0; j < v.length; j++) {
                    out[i] += a[i][j] * v[j];
                }
            }
            return out;
        };
    }

    static double dense(double[][] a) {
        EigenDecomposition_F64<DMatrixRMaj> eigen =
                DecompositionFactory_DDRM.eig(a.length, false, false);
        assertTrue(eigen.decompose(new DMatrixRMaj(a)));
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, eigen.getEigenvalue(i).getMagnitude());
        }
        return most;
    }
}
