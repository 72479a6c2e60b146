package org.relaxon.model.connectivity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.connectivity.Connectivity.Onto;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/** Every operation gives what the matrix of the same synapses gives, on a part of a population. */
class StructuredWeightsTest {
    private static final int WIDTH = 3;

    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);

    /** A cell's connectivity, sizes of both populations, and the cell's neurons. */
    static Stream<Arguments> cells() {
        return Stream.of(
                Arguments.of("random:4,seed=5", 9, 11, 3, 8),
                Arguments.of("random:9,seed=1", 9, 4, 0, 4),
                Arguments.of("convolution:2x3x4,filters=2,kernel=2,padding=1", 24, 40, 7, 33),
                Arguments.of(
                        "transposed-convolution:1x2x3,filters=2,kernel=3,stride=2", 6, 70, 5, 41),
                Arguments.of("average-pooling:2x4x5,size=2", 40, 8, 1, 7),
                Arguments.of("identity", 6, 6, 2, 5),
                Arguments.of("scaled:0.25:identity", 6, 6, 2, 5),
                Arguments.of("scaled:0.25:all-to-all", 9, 11, 3, 8), // a power of two: to the bit
                Arguments.of("scaled:4:random:4,seed=5", 9, 11, 3, 8));
    }

    private static double[] random(int stream, int count) {
        double[] out = new double[count];
        Arrays.setAll(out, k -> 2.0 * CounterRandom.uniform(7, stream, k) - 1.0);
        return out;
    }

    private static double[][] stored(Connectivity c, int post, int pre) {
        double[][] out = new double[c.rows(post)][];
        Arrays.setAll(out, i -> random(100 + i, c.rowLength(pre)));
        return out;
    }

    /** Rows of the matrix that belong to the cell. */
    private static double[][] matrix(Connectivity c, double[][] stored, int pre, int from, int to) {
        double[][] out = new double[to - from][pre];
        for (int i = 0; i < out.length; i++) {
            Onto onto = c.onto(from + i, pre);
            for (int k = 0; k < onto.presynaptic().length; k++) {
                out[i][onto.presynaptic()[k]] =
                        !c.isFixed()
                                ? c.scale() * stored[onto.row()][onto.numbers()[k]]
                                : c.fixed();
            }
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void productsAreThoseOfTheMatrixToTheBit(String text, int pre, int post, int from, int to) {
        Connectivity c = Connectivity.parse(text);
        c.requireFit(pre, post);
        double[][] stored = stored(c, post, pre);
        Weights own = c.zeros(from, to, pre).over(stored, from);
        Weights dense = Connectivity.allToAll().zeros(0, to - from, pre);
        dense.load(matrix(c, stored, pre, from, to), 0);
        double[] x = random(1, pre * WIDTH);
        double[] v = random(2, (to - from) * WIDTH);

        double[] drive = random(3, v.length);
        double[] expected = drive.clone();
        own.addDrive(kernels, x, WIDTH, drive);
        dense.addDrive(kernels, x, WIDTH, expected);
        assertArrayEquals(expected, drive);

        double[] feedback = random(4, x.length); // overwritten
        double[] expectedFeedback = new double[x.length];
        own.feedback(kernels, v, WIDTH, feedback);
        dense.feedback(kernels, v, WIDTH, expectedFeedback);
        assertArrayEquals(expectedFeedback, feedback);
        assertEquals(to - from, own.rows());
        assertEquals(pre, own.columns());
        assertTrue(own.synapses() <= dense.synapses() && own.synapses() > 0);
        long reached = 0;
        for (int j = 0; j < pre; j++) {
            reached += own.reached(j);
            assertEquals(to - from, dense.reached(j));
        }
        assertEquals(own.synapses(), reached);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anOuterProductIsSummedOverWhatIsShared(String text, int pre, int post, int from, int to) {
        Connectivity c = Connectivity.parse(text);
        Weights sums = c.zeros(from, to, pre);
        Weights dense = Connectivity.allToAll().zeros(0, to - from, pre);
        double[] x = random(1, pre * WIDTH);
        double[] v = random(2, (to - from) * WIDTH);
        sums.addOuter(kernels, v, x, WIDTH);
        dense.addOuter(kernels, v, x, WIDTH);

        double[][] expected = new double[c.rows(post)][c.rowLength(pre)];
        for (int i = 0; expected.length > 0 && i < to - from; i++) {
            Onto onto = c.onto(from + i, pre);
            for (int k = 0; k < onto.presynaptic().length; k++) {
                expected[onto.row()][onto.numbers()[k]] +=
                        c.scale() * dense.values()[i][onto.presynaptic()[k]];
            }
        }
        double[][] whole = new double[c.rows(post)][c.rowLength(pre)];
        sums.save(whole, from);
        for (int i = 0; i < whole.length; i++) {
            assertArrayEquals(expected[i], whole[i], 4e-14);
        }
        assertEquals(expected.length == 0, sums.values().length == 0);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void sumsOfMagnitudesAreThoseOfTheMatrix(String text, int pre, int post, int from, int to) {
        Connectivity c = Connectivity.parse(text);
        double[][] stored = stored(c, post, pre);
        Weights own = c.zeros(from, to, pre);
        own.load(stored, from);
        Weights dense = Connectivity.allToAll().zeros(0, to - from, pre);
        dense.load(matrix(c, stored, pre, from, to), 0);
        int[] begins = {0, pre / 3, pre / 2, pre};

        double[] sums = new double[to - from];
        double[] expected = new double[to - from];
        own.addRowSums(sums);
        dense.addRowSums(expected);
        assertArrayEquals(expected, sums, 1e-15);

        double[][] blocks = new double[to - from][3];
        double[][] expectedBlocks = new double[to - from][3];
        own.addBlockSums(begins, blocks);
        dense.addBlockSums(begins, expectedBlocks);
        Weights single = own.magnitudes();
        Weights expectedSingle = dense.magnitudes();
        single.multiplyBlocks(begins, blocks);
        expectedSingle.multiplyBlocks(begins, expectedBlocks);
        double[] v = random(2, to - from);
        double[] back = new double[pre];
        double[] expectedBack = new double[pre];
        single.feedback(kernels, v, 1, back);
        expectedSingle.feedback(kernels, v, 1, expectedBack);
        assertArrayEquals(expectedBack, back, 1e-14);
        for (int i = 0; i < to - from; i++) {
            assertArrayEquals(expectedBlocks[i], blocks[i], 1e-15);
            assertEquals(dense.squaredLength(i), own.squaredLength(i), 1e-15);
        }
        if (c.shares()) {
            assertThrows(IllegalStateException.class, () -> own.multiplyBlocks(begins, blocks));
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void numbersAreLoadedSavedAndSeen(String text, int pre, int post, int from, int to) {
        Connectivity c = Connectivity.parse(text);
        double[][] stored = stored(c, post, pre);
        Weights own = c.zeros(from, to, pre);
        own.load(stored, from);
        double[][] out = new double[stored.length][c.rowLength(pre)];
        own.save(out, from);
        for (int i = 0; i < out.length; i++) {
            boolean mine = c.shares() || i >= from && i < to;
            assertArrayEquals(mine ? stored[i] : new double[out[i].length], out[i]);
        }
        Weights view = own.over(stored, from);
        for (int i = 0; i < view.values().length; i++) {
            assertSame(stored[c.shares() ? i : from + i], view.values()[i]);
        }
        for (double[] row : own.zeros().values()) {
            assertFalse(Arrays.stream(row).anyMatch(w -> w != 0.0));
        }
    }
}
