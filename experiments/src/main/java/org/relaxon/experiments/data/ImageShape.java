package org.relaxon.experiments.data;

import java.util.Optional;

/**
 * How the inputs of an example make a picture: row by row from the top.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record ImageShape(int rows, int columns) {
    /** Smaller squares are treated as coincidences. */
    private static final int SIDE_MIN = 4;

    /**
     * {@return the shape that a set states, or else a square of 4 x 4 or more if its inputs make
     * one; empty if there is neither}
     *
     * @param set whose inputs may be pixels
     */
    public static Optional<ImageShape> of(DataSet set) {
        return set.image().isPresent() ? set.image() : square(set.inputs());
    }

    /**
     * {@return the square of so many pixels; empty if there is none of 4 x 4 or more}
     *
     * @param pixels number of pixels
     */
    public static Optional<ImageShape> square(int pixels) {
        int side = (int) Math.round(Math.sqrt(pixels));
        return side >= SIDE_MIN && side * side == pixels
                ? Optional.of(new ImageShape(side, side))
                : Optional.empty();
    }

    /** {@return the number of pixels} */
    public int pixels() {
        return rows * columns;
    }

    @Override
    public String toString() {
        return rows + " x " + columns;
    }
}
