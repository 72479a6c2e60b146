package org.relaxon.model.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CounterRandomTest {
    private static final int DRAWS = 200_000;

    @Test
    void aDrawDependsOnNothingButItsThreeNumbers() {
        long first = CounterRandom.bits(1, 2, 3);
        for (int k = 0; k < 100; k++) {
            CounterRandom.bits(k, k, k);
        }
        assertEquals(first, CounterRandom.bits(1, 2, 3));
        assertEquals(CounterRandom.normal(1, 2, 3), CounterRandom.normal(1, 2, 3));
    }

    /** Written a second time from the paper's text: mix variant 13, golden gamma. */
    @Test
    void theBitsAreThoseOfSplitMix64() {
        long golden = 0x9E3779B97F4A7C15L;
        for (long k = -5; k < 50; k++) {
            long inner = mix(42 + golden);
            long stream = mix(inner + (7 * k) * golden);
            assertEquals(mix(stream + (k + 1) * golden), CounterRandom.bits(42, 7 * k, k));
        }
    }

    @Test
    void numbersOfSavedRunsNeverChange() {
        assertEquals(0xe220a8397b1dcdafL, mix(0x9E3779B97F4A7C15L)); // published for seed 0
        assertEquals(
                CounterRandom.bits(0, 0, 0),
                mix(mix(mix(0x9E3779B97F4A7C15L)) + 0x9E3779B97F4A7C15L));
    }

    @Test
    void everyOneOfTheThreeNumbersMatters() {
        Set<Long> seen = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            for (int stream = 0; stream < 20; stream++) {
                for (int counter = 0; counter < 20; counter++) {
                    seen.add(CounterRandom.bits(seed, stream, counter));
                }
            }
        }
        assertEquals(8000, seen.size());
    }

    /** Standard error of the mean of n draws: sqrt(1/12/n); the bars are five of them. */
    @Test
    void uniformDrawsHaveMeanOneHalfAndVarianceOneTwelfth() {
        for (int stream = 0; stream < 4; stream++) {
            double sum = 0;
            double squares = 0;
            for (int k = 0; k < DRAWS; k++) {
                double u = CounterRandom.uniform(99, stream, k);
                assertTrue(u >= 0.0 && u < 1.0);
                sum += u;
                squares += (u - 0.5) * (u - 0.5);
            }
            assertEquals(0.5, sum / DRAWS, 5 * Math.sqrt(1.0 / 12 / DRAWS));
            assertEquals(1.0 / 12, squares / DRAWS, 5 * Math.sqrt(1.0 / 180 / DRAWS));
        }
    }

    @Test
    void uniformDrawsUseAllFiftyThreeBits() {
        boolean lowest = false;
        long highest = 0;
        for (int k = 0; k < 100; k++) {
            long scaled = (long) (CounterRandom.uniform(5, 0, k) * 0x1.0p53);
            lowest |= (scaled & 1) != 0;
            highest = Math.max(highest, scaled);
        }
        assertTrue(lowest);
        assertTrue(highest > 1L << 52);
    }

    /** The first of the two numbers that Box and Muller (1958) make of two uniform ones. */
    @Test
    void aNormalDrawIsMadeOfTwoUniformDrawsOfItsOwn() {
        for (int k = 0; k < 100; k++) {
            double radius = -2 * StrictMath.log(1 - CounterRandom.uniform(7, 1, 2L * k));
            double angle = 2 * Math.PI * CounterRandom.uniform(7, 1, 2L * k + 1);
            double expected = StrictMath.sqrt(radius) * StrictMath.cos(angle);
            assertEquals(expected, CounterRandom.normal(7, 1, k));
        }
    }

    /** Moments 0, 1, 0, 3 of the standard normal; the bars are five standard errors. */
    @Test
    void normalDrawsHaveTheMomentsOfTheNormalDistribution() {
        double[] moment = new double[5];
        for (int k = 0; k < DRAWS; k++) {
            double z = CounterRandom.normal(7, 1, k);
            double power = 1;
            for (int m = 1; m <= 4; m++) {
                power *= z;
                moment[m] += power / DRAWS;
            }
        }
        double unit = 5 / Math.sqrt(DRAWS);
        assertEquals(0, moment[1], unit);
        assertEquals(1, moment[2], Math.sqrt(2) * unit);
        assertEquals(0, moment[3], Math.sqrt(15) * unit);
        assertEquals(3, moment[4], Math.sqrt(96) * unit);
    }

    /**
     * Neighbouring streams, seeds and counters are not correlated, for uniform and normal draws.
     */
    @Test
    void streamsAreIndependentOfEachOther() {
        double streams = 0;
        double seeds = 0;
        double counters = 0;
        double normals = 0;
        for (int k = 0; k < DRAWS; k++) {
            double u = CounterRandom.uniform(3, 10, k) - 0.5;
            streams += u * (CounterRandom.uniform(3, 11, k) - 0.5);
            seeds += u * (CounterRandom.uniform(4, 10, k) - 0.5);
            counters += u * (CounterRandom.uniform(3, 10, k + 1) - 0.5);
            normals += CounterRandom.normal(3, 10, k) * CounterRandom.normal(3, 11, k);
        }
        double bar = 5.0 / 12 / Math.sqrt(DRAWS);
        assertEquals(0, streams / DRAWS, bar);
        assertEquals(0, seeds / DRAWS, bar);
        assertEquals(0, counters / DRAWS, bar);
        assertEquals(0, normals / DRAWS, 12 * bar);
    }

    @Test
    void aStreamIsNotAnotherStreamShifted() {
        Set<Long> first = new HashSet<>();
        for (int k = 0; k < 5000; k++) {
            first.add(CounterRandom.bits(1, 0, k));
        }
        for (int stream = 1; stream < 20; stream++) {
            for (int k = 0; k < 1000; k++) {
                assertTrue(!first.contains(CounterRandom.bits(1, stream, k)));
            }
        }
        assertNotEquals(CounterRandom.bits(1, 2, 3), CounterRandom.bits(2, 1, 3));
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
