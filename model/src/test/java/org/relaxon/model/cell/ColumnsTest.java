package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.CounterRandom;

/** Sizes of all columns at a time against those of one, in bits. */
class ColumnsTest {
    private static final double[] SPECIAL = {
        0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, -Double.MAX_VALUE, Double.MIN_VALUE, 1e200
    };

    private static double[] drawn(int rows, int columns, long stream) {
        double[] out = new double[rows * columns];
        for (int k = 0; k < out.length; k++) {
            double scale = StrictMath.pow(10, k % 7 - 3);
            out[k] = CounterRandom.normal(5, stream, k) * scale;
        }
        for (int c = 0; c < Math.min(columns, SPECIAL.length) && rows > 2; c++) {
            out[(c % rows) * columns + c] = SPECIAL[c];
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 64})
    void allColumnsHaveTheBitsOfEach(int columns) {
        for (int rows : new int[] {0, 1, 3, 4, 50}) {
            double[] a = drawn(rows, columns, 1);
            double[] b = drawn(rows, columns, 2);
            double[] size = Columns.sizes(a, columns);
            double[] length = Columns.lengths(a, columns);
            double[] gap = Columns.gaps(a, b, 0, a.length, columns);
            double[] distance = Columns.distances(a, b, columns);
            for (int c = 0; c < columns; c++) {
                String what = rows + " rows, column " + c + " of " + columns + ", seed 5";
                assertBits(Columns.most(a, columns, c), size[c], what);
                assertBits(Columns.length(a, columns, c), length[c], what);
                assertBits(Columns.distance(a, b, columns, c), distance[c], what);
                double[] one = Columns.of(a, columns, c);
                double[] other = Columns.of(b, columns, c);
                Arrays.setAll(one, k -> one[k] - other[k]);
                assertBits(Columns.most(one, 1, 0), gap[c], what);
            }
        }
    }

    private static void assertBits(double expected, double actual, String what) {
        assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual), what);
    }

    @Test
    void theLargestMagnitudeIsFoundAnywhere() {
        for (int length = 1; length < 12; length++) {
            for (int at = 0; at < length; at++) {
                double[] values = new double[length];
                Arrays.fill(values, 1.0);
                values[at] = -3.0;
                assertEquals(3.0, Columns.most(values));
                values[at] = Double.NaN;
                assertTrue(Double.isNaN(Columns.most(values)), at + " of " + length);
                values[at] = Double.NEGATIVE_INFINITY;
                assertEquals(Double.POSITIVE_INFINITY, Columns.most(values));
            }
        }
        assertEquals(0.0, Columns.most(new double[0]));
    }

    /** A record counts what it replaces; a zero of the other sign is no change. */
    @Test
    void onlyNumbersThatDifferAreReplaced() {
        double[] old = {9.0, 1.0, 0.0, Double.NaN, 4.0};
        double[] by = {7.0, 7.0, 1.0, -0.0, 3.0, 4.0, 7.0};
        assertEquals(1, Columns.replace(old, 1, by, 2, 4));
        assertEquals("[9.0, 1.0, 0.0, 3.0, 4.0]", Arrays.toString(old));
        assertNotEquals(0, Columns.replace(old, 0, new double[] {Double.NaN}, 0, 1));
    }
}
