package org.relaxon.model.cell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.DenseWeights;
import org.relaxon.model.weights.Weights;

/** Columns that repeat are multiplied once, to the same bits. */
class ClampedDriveTest {
    private static final int ROWS = 5;
    private static final int PRE = 7;

    private static DenseWeights weights(int rows) {
        DenseWeights out = DenseWeights.zeros(rows, PRE);
        Random random = new Random(11);
        for (double[] row : out.values()) {
            for (int j = 0; j < PRE; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return out;
    }

    /**
     * {@code planes} times {@code copies} times {@code distinct} columns; planes beyond 1 are 0.
     */
    private static double[] tiled(int distinct, int copies, int planes) {
        Random random = new Random(5);
        int width = distinct * copies * planes;
        double[] out = new double[PRE * width];
        for (int j = 0; j < PRE; j++) {
            for (int c = 0; c < distinct; c++) {
                double value = random.nextGaussian();
                for (int k = 0; k < copies; k++) {
                    out[j * width + k * distinct + c] = value;
                }
            }
        }
        return out;
    }

    private static double[] whole(Weights w, Kernels kernels, double[] x, int width) {
        double[] out = new double[w.rows() * width];
        w.addDrive(kernels, x, width, out);
        return out;
    }

    @ParameterizedTest
    @EnumSource(Kernels.Kind.class)
    void theBitsAreThoseOfTheWholeProduct(Kernels.Kind kind) {
        Kernels kernels = new Kernels(kind);
        for (int rows : new int[] {1, 3, ROWS, 9}) {
            for (int distinct : new int[] {1, 3, 8}) {
                for (int copies = 1; copies <= 4; copies++) {
                    for (int planes = 1; planes <= 2; planes++) {
                        int width = distinct * copies * planes;
                        double[] x = tiled(distinct, copies, planes);
                        Weights w = weights(rows);
                        assertArrayEquals(
                                whole(w, kernels, x, width), ClampedDrive.of(w, kernels, x, width));
                    }
                }
            }
        }
    }

    /** Unequal columns of one hash, 31 a + b over the bits, are not taken for one another. */
    @Test
    void columnsOfOneHashAreToldApart() {
        long a = Double.doubleToRawLongBits(1.0);
        long b = Double.doubleToRawLongBits(2.0);
        double[] x = new double[PRE * 2];
        int last = (PRE - 1) * 2;
        x[last - 2] = Double.longBitsToDouble(a);
        x[last - 1] = Double.longBitsToDouble(a + (1L << 40));
        x[last] = Double.longBitsToDouble(b);
        x[last + 1] = Double.longBitsToDouble(b - 31 * (1L << 40));
        Kernels kernels = new Kernels(Kernels.Kind.STRICT);
        Weights w = weights(ROWS);
        double[] drive = ClampedDrive.of(w, kernels, x, 2);
        assertArrayEquals(whole(w, kernels, x, 2), drive);
        assertTrue(drive[0] != drive[1]);
    }

    /** Columns that agree in the rows that are compared first, and differ in another. */
    @Test
    void columnsThatDifferInOneRowAreMultipliedSeparately() {
        Kernels kernels = new Kernels(Kernels.Kind.STRICT);
        int width = 3;
        double[] x = new double[PRE * width];
        for (int row = 0; row < PRE; row++) {
            x[row * width + row % width] = row == 0 ? 0.0 : 1.0 + row;
        }
        DenseWeights w = weights(ROWS);
        assertArrayEquals(whole(w, kernels, x, width), ClampedDrive.of(w, kernels, x, width));
    }
}
