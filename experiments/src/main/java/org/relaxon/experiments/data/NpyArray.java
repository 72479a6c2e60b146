package org.relaxon.experiments.data;

import java.util.Arrays;

/**
 * An array of real numbers as NumPy stores it: a shape and the values in row-major (C) order.
 *
 * <p>Immutable. A shape without axes is a single number.
 */
public final class NpyArray {

    private final int[] shape;
    private final double[] values;

    /** Takes ownership of both arrays, which the caller has checked against each other. */
    private NpyArray(int[] shape, double[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * Creates an array from copies of a shape and its values.
     *
     * @param shape sizes, each 0 or more; the last axis varies fastest
     * @param values as many as the product of the sizes
     * @throws IllegalArgumentException if a size is negative or the number of values differs from
     *     the product
     */
    public static NpyArray of(int[] shape, double[] values) {
        checkShape(shape, values.length);
        return new NpyArray(shape.clone(), values.clone());
    }

    /** Returns the number of axes. */
    public int axes() {
        return shape.length;
    }

    /**
     * Returns the size of one axis.
     *
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public int size(int axis) {
        return shape[axis];
    }

    /** Returns the number of values, the product of the sizes. */
    public int length() {
        return values.length;
    }

    /**
     * Returns one value.
     *
     * @param position row-major, 0 to length() - 1
     * @throws IndexOutOfBoundsException if there is no such value
     */
    public double value(int position) {
        return values[position];
    }

    /** Returns a copy of the shape. */
    public int[] shape() {
        return shape.clone();
    }

    /** Returns a copy of all values, row-major. */
    public double[] values() {
        return values.clone();
    }

    /** Wraps arrays that nobody else keeps and that fit each other. */
    static NpyArray wrap(int[] shape, double[] values) {
        return new NpyArray(shape, values);
    }

    /** Refuses a shape whose product is not {@code length}. */
    static void checkShape(int[] shape, long length) {
        long product = 1;
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "size is %d; allowed: 0 or more".formatted(size));
            }
            product = Math.min(product * size, 1L << 31); // beyond any array, and no overflow
        }
        if (product != length) {
            throw new IllegalArgumentException(
                    "shape %s has %d values; given: %d"
                            .formatted(Arrays.toString(shape), product, length));
        }
    }
}
