package org.relaxon.model.math;

import java.util.stream.Stream;

/** Unequal sizes of products, at and beyond the limits of tiles and panels. */
final class ProductShapes {
    private ProductShapes() {}

    /** Postsynaptic neurons, presynaptic neurons and columns. */
    static Stream<int[]> all() {
        Stream<int[]> widths =
                Stream.iterate(1, w -> w + 1).limit(140).map(w -> size(w % 11, 7, w));
        return Stream.concat(
                widths,
                Stream.of(
                        size(0, 5, 16),
                        size(5, 0, 16),
                        size(3, 4, 0),
                        size(1, 1, 2),
                        size(4, 8, 16),
                        size(4, 8, 32),
                        size(9, 513, 17), // beyond the depth of a panel, by presynaptic neuron
                        size(1030, 9, 3), // by postsynaptic neuron
                        size(17, 23, 4), // whole and partial tiles of few columns
                        size(1030, 35, 2),
                        size(521, 1049, 4),
                        size(19, 530, 8),
                        size(5, 19, 600), // by column, and more columns than all panels
                        size(13, 33, 65)));
    }

    static int[] size(int nPost, int nPre, int width) {
        return new int[] {nPost, nPre, width};
    }
}
