package org.relaxon.runtime.shard;

/**
 * A division of the cells 0 to {@code cells} - 1 into ranges of consecutive indices, whose lengths
 * differ by at most one.
 *
 * @param cells number of cells, at least 1
 * @param parts number of ranges, 1 to {@code cells}
 */
public record Division(int cells, int parts) {
    /**
     * Refuses empty ranges.
     *
     * @param cells number of cells, at least 1
     * @param parts number of ranges, 1 to {@code cells}
     * @throws IllegalArgumentException if there are more ranges than cells, or none
     */
    public Division {
        if (parts < 1 || parts > cells) {
            throw new IllegalArgumentException(
                    "shards: %d is not in 1..%d, the number of cells".formatted(parts, cells));
        }
    }

    /**
     * {@return a division into as many ranges as there are cells, at most}
     *
     * @param cells number of cells, at least 1
     * @param most largest number of ranges, at least 1
     */
    public static Division atMost(int most, int cells) {
        return new Division(cells, Math.min(most, cells));
    }

    /**
     * {@return the first cell of a range; for the range after the last, the number of cells}
     *
     * @param part the range, from 0
     */
    public int first(int part) {
        return (int) ((long) cells * part / parts);
    }

    /**
     * {@return the range that a cell is in}
     *
     * @param cell index of the cell
     */
    public int of(int cell) {
        return (int) (((cell + 1L) * parts - 1) / cells);
    }
}
