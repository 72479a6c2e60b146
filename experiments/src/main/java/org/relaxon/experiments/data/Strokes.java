package org.relaxon.experiments.data;

import java.util.Objects;
import java.util.Optional;

/**
 * Handwritten-like digits 0 to 9, drawn from a seed: 784 inputs, 10 classes, no file needed.
 *
 * <p>An example is an image of 28 x 28 pixels, row by row from the top, each from -1 (paper) to 1
 * (ink). It is drawn by writing one of several skeletons of its digit ({@code StrokeSkeletons})
 * with shifted control points, a smooth elastic distortion, a random affine map and a random pen
 * ({@code StrokePen}). Neither the pixels nor the variation are copied from any collection;
 * accuracy on this set does not predict accuracy on MNIST.
 *
 * <p>Examples 10m to 10m + 9 are one of each digit, in random order. Example i is a pure function
 * of seed and i: it does not depend on the size of the set or on earlier calls, and its bits are
 * the same on every Java version. Use another seed for a test set.
 */
public final class Strokes implements DataSet {

    /** Rows and columns of an image, in pixels. */
    public static final int SIDE = 28;

    private static final int CLASSES = 10;

    private final long seed;
    private final int size;

    /**
     * Creates a set.
     *
     * @param seed any number; the same seed gives the same set on every machine
     * @param size number of examples, at least 1
     * @throws IllegalArgumentException if size is less than 1
     */
    public Strokes(long seed, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size is %d; allowed: 1 or more".formatted(size));
        }
        this.seed = seed;
        this.size = size;
    }

    @Override
    public String name() {
        return "strokes";
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int inputs() {
        return SIDE * SIDE;
    }

    @Override
    public Optional<ImageShape> image() {
        return Optional.of(new ImageShape(SIDE, SIDE));
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    /** {@inheritDoc} Drawing takes some tens of microseconds; keep a copy to read many times. */
    @Override
    public void input(int index, double[] into, int offset, int stride) {
        int digit = label(index);
        Column.check(into, offset, stride, inputs());
        double[] ink = StrokePen.draw(digit, Draws.of(seed, index), SIDE);
        for (int j = 0; j < ink.length; j++) {
            into[offset + j * stride] = 2 * ink[j] - 1;
        }
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size);
        return Draws.label(seed, index, CLASSES);
    }
}
