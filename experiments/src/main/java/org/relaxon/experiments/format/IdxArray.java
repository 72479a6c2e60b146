package org.relaxon.experiments.format;

/**
 * The content of an IDX file: unsigned bytes in an array of 1 to 4 axes, row-major.
 *
 * <p>Immutable; the product of the sizes is the number of elements.
 */
public final class IdxArray {

    private final int[] sizes;
    private final byte[] bytes;

    /** Takes ownership of both arrays, which the caller has checked against each other. */
    IdxArray(int[] sizes, byte[] bytes) {
        this.sizes = sizes;
        this.bytes = bytes;
    }

    /** {@return the number of axes, 1 to {@value IdxReader#AXES_MAX}} */
    public int axes() {
        return sizes.length;
    }

    /**
     * {@return the number of elements along one axis, at least 1}
     *
     * @param axis 0 to axes() - 1; axis 0 varies slowest
     * @throws IndexOutOfBoundsException if there is no such axis
     */
    public int size(int axis) {
        return sizes[axis];
    }

    /** {@return the number of elements} */
    public int elements() {
        return bytes.length;
    }

    /**
     * {@return one element, 0 to 255}
     *
     * @param position row-major, 0 to elements() - 1
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public int element(int position) {
        return bytes[position] & 0xff;
    }
}
