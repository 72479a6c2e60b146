package org.relaxon.experiments.data;

import java.util.SplittableRandom;

/**
 * The random draws of one example, a pure function of seed and index.
 *
 * <p>Only {@link SplittableRandom#nextLong()} is taken from the JDK, and every other draw is
 * derived from it with exact arithmetic or {@link StrictMath}, so that all Java versions draw the
 * same bits.
 */
final class Draws {

    /** Odd part of 2^64 over the golden ratio, as in SplitMix64 (Steele, Lea, Flood 2014). */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    /** Separates the streams that order labels from those that draw examples. */
    private static final long LABELS = 0x6c6162656c73L;

    private final SplittableRandom random;

    private Draws(long state) {
        this.random = new SplittableRandom(state);
    }

    /**
     * Returns the stream of draws number {@code index} under {@code seed}.
     *
     * <p>Both are mixed before they are joined: neighbouring seeds of a SplittableRandom would
     * otherwise give overlapping streams.
     */
    static Draws of(long seed, long index) {
        return new Draws(mix(mix(seed + GOLDEN) ^ (index * GOLDEN + 1)));
    }

    /**
     * Returns the label of example {@code index}: of each run of {@code classes} examples that
     * begins at a multiple of it, every class has one, in random order (Fisher and Yates).
     */
    static int label(long seed, int index, int classes) {
        Draws draws = of(seed ^ LABELS, index / classes);
        int[] order = new int[classes];
        for (int k = 0; k < classes; k++) {
            int other = draws.below(k + 1);
            order[k] = order[other];
            order[other] = k;
        }
        return order[index % classes];
    }

    /** Returns a number from low (included) to high (excluded), uniform. */
    double uniform(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Returns a number from 0 to bound - 1, for bounds that are small against 2^31. */
    int below(int bound) {
        return (int) ((random.nextLong() >>> 33) % bound);
    }

    /** Returns a normal number with mean 0 and variance 1 (Box and Muller 1958), within 8.6. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    private double unit() {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Mixes all bits; variant 13 of Stafford's finalisers of 64 bits. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
