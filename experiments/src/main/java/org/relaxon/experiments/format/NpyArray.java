package org.relaxon.experiments.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An array of real numbers as NumPy stores it: a shape and the values in row-major (C) order.
 *
 * <p>Immutable. A shape without axes is a single number. Values are held as the bytes of their
 * file, so that images of one byte per pixel take an eighth of the memory of doubles.
 */
public final class NpyArray {
    private static final int CHUNK_BITS = 13;

    /** Elements in every chunk but the last. */
    static final int CHUNK = 1 << CHUNK_BITS;

    private final int[] shape;
    private final NpyType type;
    private final boolean fortran; // the first axis varies fastest in the chunks
    private final ByteBuffer[] chunks;
    private final int length;

    /** Takes ownership of arrays that no other code keeps and that the caller has checked. */
    NpyArray(int[] shape, NpyType type, boolean fortran, ByteBuffer[] chunks, int length) {
        this.shape = shape;
        this.type = type;
        this.fortran = fortran;
        this.chunks = chunks;
        this.length = length;
    }

    /**
     * Creates an array from copies of a shape and its values.
     *
     * @param shape sizes, each 0 or more; the last axis varies fastest
     * @param values as many as the product of the sizes
     * @return the array
     * @throws IllegalArgumentException if a size is negative or the number of values differs from
     *     the product
     */
    public static NpyArray of(int[] shape, double[] values) {
        checkShape(shape, values.length);
        ByteBuffer[] chunks = new ByteBuffer[(values.length + CHUNK - 1) / CHUNK];
        for (int k = 0; k < chunks.length; k++) {
            int count = Math.min(CHUNK, values.length - k * CHUNK);
            chunks[k] = ByteBuffer.allocate(count * Double.BYTES).order(NpyType.F8.order());
            chunks[k].asDoubleBuffer().put(values, k * CHUNK, count);
        }
        return new NpyArray(shape.clone(), NpyType.F8, false, chunks, values.length);
    }

    /** {@return the number of axes} */
    public int axes() {
        return shape.length;
    }

    /**
     * {@return the size of one axis}
     *
     * @param axis 0 to axes() - 1
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public int size(int axis) {
        return shape[axis];
    }

    /** {@return the number of values, the product of the sizes} */
    public int length() {
        return length;
    }

    /** {@return whether values may be NaN or infinite} */
    public boolean isFloating() {
        return type.kind() == 'f';
    }

    /** Returns the memory that the values take, in bytes. */
    long bytes() {
        return (long) length * type.bytes();
    }

    /**
     * {@return one value}
     *
     * @param position row-major, 0 to length() - 1
     * @throws IndexOutOfBoundsException if there is no such value
     */
    public double value(int position) {
        int stored = fortran ? stored(position) : position;
        ByteBuffer chunk = chunks[stored >> CHUNK_BITS];
        return type.read(chunk, (stored & CHUNK - 1) * type.bytes());
    }

    /** Position in the chunks of a row-major position if the first axis varies fastest. */
    private int stored(int position) {
        int rest = position;
        int stored = 0;
        int stride = length;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            stride /= shape[axis];
            stored += rest % shape[axis] * stride;
            rest /= shape[axis];
        }
        return stored;
    }

    /** {@return a copy of the shape} */
    public int[] shape() {
        return shape.clone();
    }

    /** {@return a copy of all values, row-major} */
    public double[] values() {
        double[] values = new double[length];
        Arrays.setAll(values, this::value);
        return values;
    }

    /** Refuses a shape whose product is not {@code length}. */
    static void checkShape(int[] shape, long length) {
        long product = 1;
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "size is %d; allowed: 0 or more".formatted(size));
            }
            product = Math.min(product * size, 1L << 31); // larger than any array, without overflow
        }
        if (product != length) {
            throw new IllegalArgumentException(
                    "shape %s has %d values; given: %d"
                            .formatted(Arrays.toString(shape), product, length));
        }
    }
}
