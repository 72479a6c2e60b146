package org.relaxon.model.math;

/**
 * Counter-based random numbers: the k-th draw of a stream is a pure function of (seed, stream, k),
 * so that neither the order of creation nor the order of use changes a number.
 *
 * <p>Mixing is SplitMix64 (Steele, Lea and Flood 2014, figure 16 with the constants of Stafford's
 * variant 13).
 */
public final class CounterRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

    private CounterRandom() {}

    /**
     * {@return a well-mixed 64-bit value for draw {@code counter} of {@code stream} under {@code
     * seed}}
     *
     * @param seed seed of the run
     * @param stream number of the stream; any value
     * @param counter index k of the draw within its stream
     */
    public static long bits(long seed, long stream, long counter) {
        return mix(mix(mix(seed + GOLDEN) + stream * GOLDEN) + (counter + 1) * GOLDEN);
    }

    /**
     * {@return a number uniform in [0, 1), of 53 random bits}
     *
     * @param seed seed of the run
     * @param stream number of the stream; any value
     * @param counter index k of the draw within its stream
     */
    public static double uniform(long seed, long stream, long counter) {
        return (bits(seed, stream, counter) >>> 11) * TWO_TO_MINUS_53;
    }

    /**
     * {@return a standard normal number by the Box-Muller transform (two uniform draws,
     * StrictMath)}
     *
     * @param seed seed of the run
     * @param stream number of the stream; any value
     * @param counter index k of the draw within its stream
     */
    public static double normal(long seed, long stream, long counter) {
        double u = 1.0 - uniform(seed, stream, 2 * counter); // in (0, 1]: the logarithm is finite
        double v = uniform(seed, stream, 2 * counter + 1);
        return StrictMath.sqrt(-2.0 * StrictMath.log(u)) * StrictMath.cos(2.0 * Math.PI * v);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
