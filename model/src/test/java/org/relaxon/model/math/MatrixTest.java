package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MatrixTest {
    private final Matrix m = Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6});

    @Test
    void elementsAreStoredRowByRow() {
        assertEquals(3, m.get(0, 2));
        assertEquals(4, m.get(1, 0));
        assertEquals(2, m.rows());
        assertEquals(3, m.columns());
    }

    @Test
    void theArrayIsWrappedNotCopied() {
        double[] values = {1, 2};
        assertSame(values, Matrix.of(1, 2, values).values());
    }

    @Test
    void aWrongLengthIsRefusedWithBothCounts() {
        String said =
                assertThrows(IllegalArgumentException.class, () -> Matrix.of(2, 3, new double[5]))
                        .getMessage();
        assertTrue(said.contains("2 x 3") && said.contains("6") && said.contains("5"), said);
    }

    @Test
    void negativeSizesAreRefusedEvenIfTheirProductFits() {
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(-2, -3, new double[6]));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(-1, 0, new double[0]));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(0, -1, new double[0]));
        assertThrows(IllegalArgumentException.class, () -> Matrix.zeros(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> Matrix.zeros(-1, -2));
    }

    @Test
    void aProductThatOverflowsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(1 << 16, 1 << 16, m.values()));
        assertThrows(ArithmeticException.class, () -> Matrix.zeros(1 << 16, 1 << 16));
    }

    @Test
    void zerosAndColumnHaveTheStatedShapes() {
        assertEquals(Matrix.of(2, 3, new double[6]), Matrix.zeros(2, 3));
        assertEquals(Matrix.of(3, 1, new double[] {7, 8, 9}), Matrix.column(7, 8, 9));
    }

    @Test
    void tilingPutsCopiesSideBySide() {
        Matrix twice = Matrix.of(2, 2, new double[] {1, 2, 3, 4}).tiled(2);
        assertEquals(Matrix.of(2, 4, new double[] {1, 2, 1, 2, 3, 4, 3, 4}), twice);
        Matrix thrice = m.tiled(3);
        assertEquals(9, thrice.columns());
        for (int r = 0; r < 2; r++) {
            for (int c = 0; c < 9; c++) {
                assertEquals(m.get(r, c % 3), thrice.get(r, c));
            }
        }
        assertEquals(m, m.tiled(1));
    }

    @Test
    void theFirstNonFiniteValueIsNamedByRowAndColumn() {
        assertNull(m.firstNonFinite());
        for (double bad : new double[] {Double.NaN, 1.0 / 0.0, -1.0 / 0.0}) {
            for (int k = 0; k < 6; k++) {
                double[] values = m.values().clone();
                values[k] = bad;
                assertArrayEquals(
                        new int[] {k / 3, k % 3}, Matrix.of(2, 3, values).firstNonFinite());
            }
        }
        assertNull(Matrix.zeros(3, 0).firstNonFinite());
    }

    @Test
    void equalityLooksAtShapeAndValues() {
        assertEquals(m, Matrix.of(2, 3, m.values().clone()));
        assertEquals(m.hashCode(), Matrix.of(2, 3, m.values().clone()).hashCode());
        assertNotEquals(m, Matrix.of(3, 2, m.values()));
        assertNotEquals(m, Matrix.of(6, 1, m.values()));
        assertNotEquals(m.hashCode(), Matrix.of(3, 2, m.values()).hashCode());
        assertNotEquals(m.hashCode(), Matrix.of(6, 1, m.values()).hashCode());
        assertNotEquals(Matrix.zeros(0, 3), Matrix.zeros(0, 2));
        assertNotEquals(m, Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 7}));
        assertNotEquals(m, "Matrix 2 x 3");
        assertTrue(m.toString().startsWith("Matrix 2 x 3 ["), m.toString());
    }

    @Test
    void itsTextShowsSmallMatricesWholeAndTheRangeOfLargeOnes() {
        assertEquals(
                "Matrix 2 x 2 [1.0 -2.5; 1e-4 NaN]",
                Matrix.of(2, 2, new double[] {1.0, -2.5, 1e-4, Double.NaN}).toString());
        assertEquals("Matrix 2 x 1 [0.5; 0.25]", Matrix.column(0.5, 0.25).toString());
        assertEquals("Matrix 0 x 3", Matrix.zeros(0, 3).toString());
        double[] many = new double[13];
        many[4] = -3.0;
        assertEquals("Matrix 13 x 1, values from -3.0 to 0.0", Matrix.column(many).toString());
        many[12] = Double.NaN;
        assertEquals("Matrix 13 x 1, values from NaN to NaN", Matrix.column(many).toString());
    }
}
