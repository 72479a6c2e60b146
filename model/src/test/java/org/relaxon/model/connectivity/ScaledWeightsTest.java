package org.relaxon.model.connectivity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.weights.Weights;

/** Products of what changed, and the quick form of a matrix, under a scale. */
class ScaledWeightsTest {
    private static final int POST = 5;
    private static final int PRE = 7;
    private static final double SCALE = 0.3;

    private final Kernels kernels = new Kernels(Kernels.Kind.STRICT);

    private static double[] random(int stream, int count) {
        double[] out = new double[count];
        Arrays.setAll(out, k -> CounterRandom.normal(3, stream, k));
        return out;
    }

    private static Weights of(String connectivity) {
        Connectivity c = Connectivity.scaled(Connectivity.parse(connectivity), SCALE);
        double[][] stored = new double[POST][];
        Arrays.setAll(stored, i -> random(i, c.rowLength(PRE)));
        return c.zeros(0, POST, PRE).over(stored, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-to-all", "random:3,seed=2"})
    void whatChangedIsMultipliedLikeTheWhole(String connectivity) {
        Weights w = of(connectivity).withColumns();
        double[] x = new double[PRE];
        x[2] = 1.5;
        x[6] = -0.25;
        double[] whole = new double[POST];
        w.addDrive(kernels, x, 1, whole);
        double[] changed = new double[POST];
        double[] by = {9.0, 1.5, -0.25, 9.0};
        w.addChangedDrive(kernels, new int[] {0, 2, 6, 0}, by, 1, 3, changed);
        assertArrayEquals(whole, changed, 1e-15);
        assertArrayEquals(new double[] {9.0, 1.5, -0.25, 9.0}, by);

        double[] v = new double[POST];
        v[4] = -2.0;
        double[] back = new double[PRE];
        w.feedback(kernels, v, 1, back);
        double[] changedBack = new double[PRE];
        w.addChangedFeedback(kernels, new int[] {4}, new double[] {-2.0}, 0, 1, changedBack);
        assertArrayEquals(back, changedBack, 1e-15);
    }

    /** The twin: without the scale every product differs by its factor. */
    @Test
    void theScaleIsThatOfEveryProduct() {
        Weights scaled = of("all-to-all");
        Weights plain = Connectivity.allToAll().zeros(0, POST, PRE).over(scaled.values(), 0);
        double[] x = random(8, PRE);
        double[] with = new double[POST];
        double[] without = new double[POST];
        scaled.addDrive(kernels, x, 1, with);
        plain.addDrive(kernels, x, 1, without);
        for (int i = 0; i < POST; i++) {
            assertEquals(SCALE, with[i] / without[i], 1e-14);
        }
        assertEquals(SCALE * SCALE * plain.squaredLength(1), scaled.squaredLength(1), 1e-15);
        assertArrayEquals(plain.values()[1], scaled.values()[1]);
    }

    /** A cell per neuron and one of all of them round a feedback alike. */
    @ParameterizedTest
    @ValueSource(strings = {"all-to-all", "random:3,seed=2"})
    void feedbackOfAllRowsIsTheSumOfThatOfEachInBits(String connectivity) {
        Weights all = of(connectivity);
        Connectivity c = Connectivity.scaled(Connectivity.parse(connectivity), SCALE);
        double[] v = random(9, POST);
        double[] whole = new double[PRE];
        all.feedback(kernels, v, 1, whole);
        double[] sum = new double[PRE];
        double[] sumThenScale = new double[PRE];
        for (int i = 0; i < POST; i++) {
            double[] one = new double[PRE];
            c.zeros(i, i + 1, PRE)
                    .over(all.values(), i)
                    .feedback(kernels, new double[] {v[i]}, 1, one);
            double[] plain = new double[PRE];
            c.unscaled()
                    .zeros(i, i + 1, PRE)
                    .over(all.values(), i)
                    .feedback(kernels, new double[] {v[i]}, 1, plain);
            for (int j = 0; j < PRE; j++) {
                sum[j] += one[j];
                sumThenScale[j] += plain[j];
            }
        }
        assertArrayEquals(sum, whole);
        for (int j = 0; j < PRE; j++) {
            sumThenScale[j] *= SCALE;
        }
        assertFalse(Arrays.equals(sumThenScale, whole), "the twin");
        assertArrayEquals(sumThenScale, whole, 1e-15);
    }

    @Test
    void aMatrixIsReadByColumnsAndFollowsItsNumbers() {
        Weights w = of("all-to-all");
        Weights quick = w.withColumns();
        assertNotSame(w, quick);
        assertSame(quick, quick.withColumns());
        Weights listed = of("random:3,seed=2");
        assertSame(listed, listed.withColumns());
        double[] before = new double[POST];
        quick.addChangedDrive(kernels, new int[] {1}, new double[] {1.0}, 0, 1, before);
        w.values()[0][1] += 1.0;
        quick.numbersChanged();
        double[] after = new double[POST];
        quick.addChangedDrive(kernels, new int[] {1}, new double[] {1.0}, 0, 1, after);
        assertEquals(SCALE, after[0] - before[0], 1e-15);
    }
}
