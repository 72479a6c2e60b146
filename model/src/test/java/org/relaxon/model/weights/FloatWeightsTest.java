package org.relaxon.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;

/** Three neurons of a cell, from the third of a population, with five presynaptic ones. */
class FloatWeightsTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 5;
    private static final int FIRST = 2;

    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT_FLOAT);
    private final double[][] whole = new double[FIRST + ROWS + 1][];
    private final Weights own = DenseWeights.zeros(ROWS, COLUMNS, Kernels.Precision.FLOAT);
    private final DenseWeights twin = DenseWeights.zeros(ROWS, COLUMNS); // the same, as doubles

    FloatWeightsTest() {
        Arrays.setAll(whole, i -> random(i, COLUMNS));
        own.load(whole, FIRST);
        own.save(whole, FIRST);
        twin.load(whole, FIRST);
    }

    private static double[] random(int stream, int count) {
        double[] out = new double[count];
        Arrays.setAll(out, k -> 2.0 * CounterRandom.uniform(7, stream, k) - 1.0);
        return out;
    }

    @Test
    void numbersAreRoundedOnceAndSavedExactly() {
        double third = 1.0 / 3.0;
        double[][] given = {{third, 0.5}};
        Weights one = DenseWeights.zeros(1, 2, Kernels.Precision.FLOAT);
        one.load(given, 0);
        double[][] saved = new double[1][2];
        one.save(saved, 0);
        assertEquals((double) (float) third, saved[0][0]);
        assertNotEquals(third, saved[0][0]);
        assertEquals(0.5, saved[0][1]);
    }

    @Test
    void shapesAreThoseOfAMatrix() {
        assertEquals(ROWS, own.rows());
        assertEquals(ROWS, own.storedRows());
        assertEquals(COLUMNS, own.columns());
        assertEquals(ROWS * COLUMNS, own.synapses());
        assertEquals(ROWS, own.reached(1));
        assertEquals(Kernels.Precision.FLOAT, own.precision());
        assertEquals(Kernels.Precision.DOUBLE, twin.precision());
        assertFalse(own.hasOwnFeedback());
        assertSame(own, own.withColumns());
        assertThrows(UnsupportedOperationException.class, own::values);
        assertThrows(
                UnsupportedOperationException.class,
                () -> own.addChangedDrive(kernels, null, null, 0, 0, null));
        assertThrows(
                UnsupportedOperationException.class,
                () -> own.addChangedFeedback(kernels, null, null, 0, 0, null));
    }

    @Test
    void sumsOverWeightsAreThoseOfTheSameDoubles() {
        double[] sums = new double[ROWS];
        double[] expected = new double[ROWS];
        own.addRowSums(sums);
        twin.addRowSums(expected);
        assertArrayEquals(expected, sums);
        int[] begins = {0, 2, COLUMNS};
        double[][] blocks = new double[ROWS][2];
        double[][] expectedBlocks = new double[ROWS][2];
        own.addBlockSums(begins, blocks);
        twin.addBlockSums(begins, expectedBlocks);
        assertArrayEquals(expectedBlocks, blocks);
        assertEquals(twin.squaredLength(1), own.squaredLength(1));
        assertArrayEquals(twin.magnitudes().values(), own.magnitudes().values());
        own.multiplyBlocks(begins, new double[][] {{2, 4}, {1, 1}, {0, -8}});
        twin.multiplyBlocks(begins, new double[][] {{2, 4}, {1, 1}, {0, -8}});
        double[][] scaled = new double[ROWS][COLUMNS];
        own.save(scaled, 0);
        assertArrayEquals(twin.values(), scaled);
    }

    /** What a gradient of a whole network receives is what a gradient in this cell would be. */
    @Test
    void outerProductsHaveTheSameBitsInDoubles() {
        double[] v = random(20, ROWS * 4);
        double[] x = random(21, COLUMNS * 4);
        Weights sums = own.zeros();
        sums.addOuter(kernels, v, x, 4);
        double[][] expected = new double[ROWS][COLUMNS];
        sums.save(expected, 0);
        double[][] gradient = new double[FIRST + ROWS][COLUMNS];
        own.over(gradient, FIRST).addOuter(kernels, v, x, 4);
        assertArrayEquals(expected, Arrays.copyOfRange(gradient, FIRST, FIRST + ROWS));
        Weights doubles = twin.zeros();
        doubles.addOuter(kernels, v, x, 4);
        assertFalse(Arrays.deepEquals(doubles.values(), expected), "a product of doubles");
        sums.clear();
        sums.save(expected, 0);
        assertArrayEquals(new double[ROWS][COLUMNS], expected);
    }

    /** A row is read, changed and stored; of doubles it is the array itself. */
    @Test
    void rowsAreStoredWhenTheyAreHandedBack() {
        double[] row = own.row(1, own.scratch());
        double before = row[2];
        row[2] += 0.25;
        assertEquals(before, own.row(1, own.scratch())[2]);
        own.store(1, row);
        assertEquals((float) (before + 0.25), own.row(1, own.scratch())[2]);
        double[] shared = twin.row(1, twin.scratch());
        assertSame(twin.values()[1], shared);
        twin.store(1, shared);
        twin.clear();
        assertArrayEquals(new double[COLUMNS], shared);
    }
}
