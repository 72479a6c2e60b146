package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TwoMoonsTest {

    private static final double ROUNDING = 1e-15; // a few operations on numbers of about 1

    @Test
    void withoutNoiseEveryPointLiesOnItsHalfCircle() {
        TwoMoons set = new TwoMoons(3, 500, 0);
        for (int index = 0; index < set.size(); index++) {
            double[] point = point(set, index);
            double x = 2 * point[0] + 0.5;
            double y = 2 * point[1] + 0.25;
            boolean lower = set.label(index) == 1;
            double radius = lower ? Math.hypot(x - 1, y - 0.5) : Math.hypot(x, y);
            assertEquals(1, radius, ROUNDING);
            assertTrue(lower ? y <= 0.5 : y >= 0, "half of example " + index);
        }
    }

    @Test
    void noiseHasTheStatedDeviation() {
        int size = 10_000;
        double noise = 0.1;
        TwoMoons clean = new TwoMoons(3, size, 0);
        TwoMoons noisy = new TwoMoons(3, size, noise);
        double square = 0;
        for (int index = 0; index < size; index++) {
            double[] from = point(clean, index);
            double[] to = point(noisy, index);
            square += Math.pow(2 * (to[0] - from[0]), 2) + Math.pow(2 * (to[1] - from[1]), 2);
        }

        // 20 000 draws: the estimate has a relative deviation of 1 / sqrt(40 000); allow six
        assertEquals(noise, Math.sqrt(square / (2 * size)), 0.03 * noise);
    }

    @Test
    void inputsAreClampedToMinusOneToOne() {
        TwoMoons set = new TwoMoons(3, 1000, TwoMoons.NOISE_MAX);
        int clamped = 0;
        for (int index = 0; index < set.size(); index++) {
            for (double value : point(set, index)) {
                assertTrue(value >= -1 && value <= 1, "value " + value);
                clamped += Math.abs(value) == 1 ? 1 : 0;
            }
        }
        assertTrue(clamped > 0, "this noise should reach the border");
    }

    @Test
    void everyPairOfExamplesHoldsBothClasses() {
        TwoMoons set = new TwoMoons(3, 1000, 0.1);
        int first = 0;
        for (int index = 0; index < set.size(); index += 2) {
            assertEquals(1, set.label(index) + set.label(index + 1));
            first += set.label(index);
        }
        assertTrue(first > 150 && first < 350, first + " of 500 pairs begin with class 1");
    }

    @Test
    void anExampleIsAPureFunctionOfSeedAndIndex() {
        TwoMoons set = new TwoMoons(3, 10, 0.1);
        double[] before = point(set, 4);
        point(set, 9);

        assertArrayEquals(before, point(set, 4));
        assertArrayEquals(before, point(new TwoMoons(3, 1_000_000, 0.1), 4));
        assertFalse(Arrays.equals(before, point(new TwoMoons(4, 10, 0.1), 4)));
    }

    @Test
    void noiseOutsideItsRangeIsRefused() {
        for (double noise : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new TwoMoons(3, 10, noise));
        }
        assertThrows(IllegalArgumentException.class, () -> new TwoMoons(3, 0, 0.1));
    }

    private static double[] point(DataSet set, int index) {
        double[] point = new double[2];
        set.input(index, point, 0, 1);
        return point;
    }
}
