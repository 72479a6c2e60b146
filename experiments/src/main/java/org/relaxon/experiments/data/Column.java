package org.relaxon.experiments.data;

/** One column of a row-major batch: where it begins and how far apart its rows lie. */
final class Column {

    private Column() {}

    /**
     * Checks that a column of {@code count} values fits, so that a write is whole or not begun.
     *
     * @throws IndexOutOfBoundsException if offset is negative, stride less than 1, or the last
     *     position beyond the array; the message names all four numbers
     */
    static void check(double[] into, int offset, int stride, int count) {
        long last = offset + (count - 1L) * stride;
        if (offset < 0 || stride < 1 || last >= into.length) {
            throw new IndexOutOfBoundsException(
                    "column of %d values at offset %d with stride %d does not fit an array of %d"
                            .formatted(count, offset, stride, into.length));
        }
    }
}
