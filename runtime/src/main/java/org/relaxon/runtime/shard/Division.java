package org.relaxon.runtime.shard;

import java.util.Arrays;

/** A division of the cells 0, 1, ... into ranges of consecutive indices, none of them empty. */
public final class Division {
    private final int[] firsts; // first cell of every range, and the number of cells

    private Division(int[] firsts) {
        this.firsts = firsts;
    }

    /**
     * Ranges whose lengths differ by at most one.
     *
     * @param cells number of cells, at least 1
     * @param parts number of ranges, 1 to {@code cells}
     * @throws IllegalArgumentException if there are more ranges than cells, or none
     */
    public Division(int cells, int parts) {
        if (parts < 1 || parts > cells) {
            throw new IllegalArgumentException(
                    "shards: %d is not in 1..%d, the number of cells".formatted(parts, cells));
        }
        firsts = new int[parts + 1];
        Arrays.setAll(firsts, part -> (int) ((long) cells * part / parts));
    }

    /**
     * {@return a division at given cells}
     *
     * @param firsts first cell of every range, ascending from 0, and the number of cells
     * @throws IllegalArgumentException if a range is empty, or there is none
     */
    public static Division at(int... firsts) {
        boolean ascends = firsts.length > 1 && firsts[0] == 0;
        for (int k = 1; ascends && k < firsts.length; k++) {
            ascends = firsts[k] > firsts[k - 1];
        }
        if (!ascends) {
            throw new IllegalArgumentException(
                    "shards: %s are no first cells of ranges from 0 to the number of cells"
                            .formatted(Arrays.toString(firsts)));
        }
        return new Division(firsts.clone());
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
     * {@return ranges of about equal weight, as many as there are cells, at most} A range ends
     * where the sum of the weights before is nearest to its share.
     *
     * @param weights weight of every cell, at least 0
     * @param most largest number of ranges, at least 1
     */
    public static Division balanced(long[] weights, int most) {
        int parts = Math.min(most, weights.length);
        long all = Arrays.stream(weights).sum();
        int[] firsts = new int[parts + 1];
        firsts[parts] = weights.length;
        int cell = 0;
        long before = 0;
        for (int k = 1; k < parts; k++) {
            long share = (long) ((double) all * k / parts);
            int last = weights.length - (parts - k); // each range after this one has a cell
            while (cell < last && (cell <= firsts[k - 1] || before + weights[cell] / 2 < share)) {
                before += weights[cell++];
            }
            firsts[k] = cell;
        }
        return new Division(firsts);
    }

    /** {@return first cell of every range, and the number of cells} */
    public int[] firsts() {
        return firsts.clone();
    }

    /** {@return the number of cells} */
    public int cells() {
        return firsts[parts()];
    }

    /** {@return the number of ranges} */
    public int parts() {
        return firsts.length - 1;
    }

    /**
     * {@return the first cell of a range; for the range after the last, the number of cells}
     *
     * @param part the range, from 0
     */
    public int first(int part) {
        return firsts[part];
    }

    /**
     * {@return the range that a cell is in}
     *
     * @param cell index of the cell
     */
    public int of(int cell) {
        int found = Arrays.binarySearch(firsts, cell);
        return found >= 0 ? found : -found - 2;
    }

    /** For display: the first cells. */
    @Override
    public String toString() {
        return Arrays.toString(firsts);
    }
}
