package org.relaxon.model.weights;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Consecutive rows of weights that are changed side by side. */
final class RowRanges {
    /** Rows that kernels and optimisers take at a time. */
    private static final int TOGETHER = 4;

    private RowRanges() {}

    /**
     * {@return begin and end of each range}
     *
     * @param rows number of rows, at least 1
     * @param most largest number of ranges, at least 1
     */
    static Stream<int[]> of(int rows, int most) {
        int groups = (rows + TOGETHER - 1) / TOGETHER;
        int each = (groups + most - 1) / most * TOGETHER;
        return IntStream.range(0, (rows + each - 1) / each)
                .mapToObj(k -> new int[] {k * each, Math.min(rows, (k + 1) * each)});
    }
}
