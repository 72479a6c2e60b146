package org.relaxon.model.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Lengths of sums of outer products, beside the matrices themselves. */
class OuterSumTest {
    private static double[] vector(int n, long seed) {
        return Worlds.normal(n, 1, seed).values();
    }

    private static double direct(double[][] left, double[][] right) {
        double sum = 0;
        for (int i = 0; i < left[0].length; i++) {
            for (int j = 0; j < right[0].length; j++) {
                double entry = 0;
                for (int k = 0; k < left.length; k++) {
                    entry += left[k][i] * right[k][j];
                }
                sum += entry * entry;
            }
        }
        return Math.sqrt(sum);
    }

    @Test
    void theLengthIsThatOfTheMatrix() {
        double[][] left = {vector(5, 1), vector(5, 2), vector(5, 3)};
        double[][] right = {vector(3, 4), vector(3, 5), vector(3, 6)};
        OuterSum sum = new OuterSum(1.0);
        for (int k = 0; k < left.length; k++) {
            sum.add(left[k], right[k]);
        }
        assertEquals(direct(left, right), sum.length(), 1e-13);
    }

    @Test
    void aScaleMultipliesTheLength() {
        OuterSum plain = new OuterSum(1.0);
        OuterSum scaled = new OuterSum(0.25);
        for (int k = 1; k <= 3; k++) {
            plain.add(vector(5, k), vector(3, 9 + k));
            scaled.add(vector(5, k), vector(3, 9 + k));
        }
        assertEquals(0.25 * plain.length(), scaled.length(), 0.0);
        OuterSum endless = new OuterSum(0.25);
        endless.add(new double[] {Double.POSITIVE_INFINITY}, new double[] {1.0});
        assertEquals(Double.POSITIVE_INFINITY, endless.length());
    }

    /** The twin: terms that cancel leave what they differ by, not the sum of their lengths. */
    @Test
    void termsThatCancelLeaveTheirDifference() {
        double[] a = vector(4, 7);
        double[] b = vector(6, 8);
        double[] less = a.clone();
        for (int k = 0; k < a.length; k++) {
            less[k] *= -(1 - 1e-5);
        }
        OuterSum sum = new OuterSum(1.0);
        sum.add(a, b);
        double whole = sum.length();
        sum.add(less, b);
        assertEquals(1e-5, sum.length() / whole, 1e-8);
    }

    @Test
    void tinyTermsDoNotUnderflowAndWhatIsNoNumberStaysSo() {
        OuterSum sum = new OuterSum(1.0);
        sum.add(new double[] {3e-160, 4e-160}, new double[] {1e-140});
        assertEquals(5e-300, sum.length(), 1e-314);
        assertEquals(0.0, new OuterSum(1.0).length());
        sum.add(new double[] {Double.NaN, 0}, new double[] {1});
        assertTrue(Double.isNaN(sum.length()));
    }
}
