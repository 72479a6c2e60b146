package org.relaxon.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;

/** Three neurons of a cell, from the third of a population, with five presynaptic ones. */
class DenseWeightsTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 5;
    private static final int FIRST = 2;
    private static final double[][] WHOLE = random(FIRST + ROWS + 1);

    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);
    private final Weights own =
            Connectivity.allToAll().zeros(FIRST, FIRST + ROWS, COLUMNS).over(WHOLE, FIRST);

    private static double[][] random(int rows) {
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = random(i, COLUMNS);
        }
        return out;
    }

    private static double[] random(int stream, int count) {
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = 2.0 * CounterRandom.uniform(7, stream, k) - 1.0;
        }
        return out;
    }

    private static double weight(int row, int column) {
        return WHOLE[FIRST + row][column];
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void productsAreThoseOfTheMatrix(int width) {
        double[] x = random(20, COLUMNS * width);
        double[] v = random(21, ROWS * width);
        double[] drive = random(22, ROWS * width);
        double[] feedback = new double[COLUMNS * width];
        Weights sums = own.zeros();
        double[] expectedDrive = drive.clone();
        double[] expectedFeedback = new double[feedback.length];
        double[][] expectedSums = new double[ROWS][COLUMNS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                for (int c = 0; c < width; c++) {
                    expectedDrive[i * width + c] += weight(i, j) * x[j * width + c];
                    expectedFeedback[j * width + c] += weight(i, j) * v[i * width + c];
                    expectedSums[i][j] += v[i * width + c] * x[j * width + c];
                }
            }
        }

        own.addDrive(kernels, x, width, drive);
        own.feedback(kernels, v, width, feedback);
        sums.addOuter(kernels, v, x, width);

        assertArrayEquals(expectedDrive, drive, 1e-15);
        assertArrayEquals(expectedFeedback, feedback, 1e-15);
        for (int i = 0; i < ROWS; i++) {
            assertArrayEquals(expectedSums[i], sums.values()[i], 1e-15);
        }
    }

    @Test
    void sumsOfMagnitudesAreThoseOfRowsAndBlocks() {
        int[] begins = {0, 2, 5};
        double[] rows = new double[ROWS];
        double[][] blocks = new double[ROWS][2];
        own.addRowSums(rows);
        own.addBlockSums(begins, blocks);
        Weights scaled = own.magnitudes();
        scaled.multiplyBlocks(begins, blocks);
        for (int i = 0; i < ROWS; i++) {
            double first = Math.abs(weight(i, 0)) + Math.abs(weight(i, 1));
            assertEquals(first, blocks[i][0], 1e-15);
            assertEquals(rows[i], blocks[i][0] + blocks[i][1], 1e-15);
            assertEquals(Math.abs(weight(i, 1)) * first, scaled.values()[i][1], 1e-15);
            assertEquals(Math.abs(weight(i, 4)) * blocks[i][1], scaled.values()[i][4], 1e-15);
        }
    }

    @Test
    void numbersGoToTheRowsOfTheCellAlone() {
        Weights copy = own.zeros();
        copy.load(WHOLE, FIRST);
        double[][] out = new double[WHOLE.length][COLUMNS];
        copy.save(out, FIRST);
        for (int i = 0; i < WHOLE.length; i++) {
            boolean mine = i >= FIRST && i < FIRST + ROWS;
            assertArrayEquals(mine ? WHOLE[i] : new double[COLUMNS], out[i]);
        }
        assertEquals(ROWS * COLUMNS, own.synapses());
        assertEquals(ROWS, own.rows());
        assertEquals(COLUMNS, own.columns());
    }

    @Test
    void whatIsOverAProjectionSharesItsNumbersAndNothingElseDoes() {
        for (int i = 0; i < ROWS; i++) {
            assertSame(WHOLE[FIRST + i], own.values()[i]);
            assertNotSame(WHOLE[FIRST + i], own.zeros().values()[i]);
            assertNotSame(WHOLE[FIRST + i], own.magnitudes().values()[i]);
        }
    }
}
