package org.relaxon.experiments.data;

import java.util.Objects;

/**
 * Two interleaved half circles in the plane: 2 inputs, 2 classes, not linearly separable.
 *
 * <p>With t uniform in [0, pi], class 0 lies on (cos t, sin t) and class 1 on (1 - cos t, 0.5 - sin
 * t). Normal noise is added to both coordinates; then the centre (0.5, 0.25) is moved to the
 * origin, everything is halved, and each input is clamped to [-1, 1]. Without noise the inputs stay
 * within [-0.75, 0.75] and [-0.375, 0.375].
 *
 * <p>Examples 2m and 2m + 1 are one of each class, in random order. Example i does not depend on
 * the size of the set.
 */
public final class TwoMoons implements DataSet {

    /** Largest noise accepted. */
    public static final double NOISE_MAX = 1;

    private static final int CLASSES = 2;

    private final long seed;
    private final int size;
    private final double noise;

    /**
     * Creates a set.
     *
     * @param seed any number; the same seed gives the same set on every machine
     * @param size number of examples, at least 1
     * @param noise standard deviation before scaling, in radii of the moons, 0 to {@value
     *     #NOISE_MAX}
     * @throws IllegalArgumentException if size or noise is outside its range
     */
    public TwoMoons(long seed, int size, double noise) {
        if (size < 1) {
            throw new IllegalArgumentException("size is %d; allowed: 1 or more".formatted(size));
        }
        if (!(noise >= 0 && noise <= NOISE_MAX)) {
            throw new IllegalArgumentException(
                    "noise is %s; allowed: 0 to %s".formatted(noise, NOISE_MAX));
        }
        this.seed = seed;
        this.size = size;
        this.noise = noise;
    }

    @Override
    public String name() {
        return "two-moons";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int inputs() {
        return 2;
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        boolean lower = label(index) == 1;
        Column.check(into, offset, stride, 2);
        Draws draws = Draws.of(seed, index);
        double angle = draws.uniform(0, StrictMath.PI);
        double x = StrictMath.cos(angle);
        double y = StrictMath.sin(angle);
        into[offset] = scaled((lower ? 1 - x : x) + noise * draws.normal() - 0.5);
        into[offset + stride] = scaled((lower ? 0.5 - y : y) + noise * draws.normal() - 0.25);
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size);
        return Draws.label(seed, index, CLASSES);
    }

    private static double scaled(double centred) {
        return Math.max(-1, Math.min(1, centred / 2));
    }
}
