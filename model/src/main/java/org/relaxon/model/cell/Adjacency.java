package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.connectivity.Connectivity;

/**
 * Which cells of one population are linked with which of another. Each cell of the first has a row:
 * the positions of its partners, ascending. The entries of all rows are numbered row by row.
 * Immutable.
 */
interface Adjacency {
    /** Number of entries of all rows. */
    int size();

    /** Number of the first entry of a row. */
    int begin(int row);

    /** Number of entries of a row. */
    int count(int row);

    /** The partner that entry {@code k} of a row names. */
    int partner(int row, int k);

    /** The place of a partner in a row; negative if the two are not linked. */
    int place(int row, int partner);

    /** The row of an entry. */
    int rowOf(int entry);

    /** The same pairs, with a row for each of {@code columns} partners. */
    Adjacency transposed(int columns);

    /** Whether there are entries, and every cell is linked with every other. */
    default boolean isFull() {
        return this instanceof Full && size() > 0;
    }

    /** All are linked: everything follows by arithmetic. */
    record Full(int rows, int columns) implements Adjacency {
        @Override
        public int size() {
            return rows * columns;
        }

        @Override
        public int begin(int row) {
            return row * columns;
        }

        @Override
        public int count(int row) {
            return columns;
        }

        @Override
        public int partner(int row, int k) {
            return k;
        }

        @Override
        public int place(int row, int partner) {
            return partner;
        }

        @Override
        public int rowOf(int entry) {
            return entry / columns;
        }

        @Override
        public Adjacency transposed(int partners) {
            return new Full(columns, rows);
        }
    }

    /** Some are linked: rows one after another, four bytes an entry and four a row. */
    final class Listed implements Adjacency {
        private final int[] begins; // of the rows, and the end of the last
        private final int[] partners;

        private Listed(int[] begins, int[] partners) {
            this.begins = begins;
            this.partners = partners;
        }

        @Override
        public int size() {
            return partners.length;
        }

        @Override
        public int begin(int row) {
            return begins[row];
        }

        @Override
        public int count(int row) {
            return begins[row + 1] - begins[row];
        }

        @Override
        public int partner(int row, int k) {
            return partners[begins[row] + k];
        }

        @Override
        public int place(int row, int partner) {
            int found = Arrays.binarySearch(partners, begins[row], begins[row + 1], partner);
            return found < 0 ? found : found - begins[row];
        }

        @Override
        public int rowOf(int entry) {
            int low = 0; // the last row that begins at or before the entry; empty rows precede it
            int high = begins.length - 1;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (begins[middle] <= entry) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        public Adjacency transposed(int columns) {
            int[] from = new int[columns + 1];
            for (int partner : partners) {
                from[partner + 1]++;
            }
            Arrays.parallelPrefix(from, Integer::sum);
            int[] next = from.clone();
            int[] rows = new int[partners.length];
            for (int row = 0; row < begins.length - 1; row++) {
                for (int k = begins[row]; k < begins[row + 1]; k++) {
                    rows[next[partners[k]]++] = row;
                }
            }
            return new Listed(from, rows);
        }
    }

    /**
     * A population cut into cells of equal size, of which the last may be smaller.
     *
     * @param size number of its neurons
     * @param perCell neurons of a cell
     */
    record Cut(int size, int perCell) {
        int cells() {
            return (size + perCell - 1) / perCell;
        }
    }

    /**
     * Finds the cells of a presynaptic population from which at least one synapse leads to each
     * cell of a postsynaptic one. The connectivity is asked neuron by neuron, and no more once a
     * cell has all partners.
     */
    final class Search {
        private final Connectivity connectivity;
        private final Cut pre;
        private final Cut post;
        private final int[] seenBy; // per presynaptic cell, the last row that named it, from 1
        private final int[] row;

        Search(Connectivity connectivity, Cut pre, Cut post) {
            this.connectivity = connectivity;
            this.pre = pre;
            this.post = post;
            seenBy = new int[pre.cells()];
            row = new int[pre.cells()];
        }

        /** Number of pairs, computed without storing them. */
        long pairs() {
            if (connectivity.unscaled().isMatrix() || (long) pre.cells() * post.cells() <= 1) {
                return (long) pre.cells() * post.cells();
            }
            long sum = 0;
            for (int cell = 0; cell < post.cells(); cell++) {
                sum += find(cell);
            }
            return sum;
        }

        /** A row of presynaptic cells for each postsynaptic one; {@code pairs} is their number. */
        Adjacency search(int pairs) {
            if (pairs == (long) pre.cells() * post.cells()) {
                return new Full(post.cells(), pre.cells());
            }
            Arrays.fill(seenBy, 0);
            int[] begins = new int[post.cells() + 1];
            int[] partners = new int[pairs];
            for (int cell = 0; cell < post.cells(); cell++) {
                int found = find(cell);
                Arrays.sort(row, 0, found);
                System.arraycopy(row, 0, partners, begins[cell], found);
                begins[cell + 1] = begins[cell] + found;
            }
            return new Listed(begins, partners);
        }

        private int find(int cell) {
            int found = 0;
            int end = Math.min(post.size(), (cell + 1) * post.perCell());
            for (int i = cell * post.perCell(); i < end && found < row.length; i++) {
                for (int j : connectivity.checkedOnto(i, pre.size()).presynaptic()) {
                    int from = j / pre.perCell();
                    if (seenBy[from] != cell + 1) {
                        seenBy[from] = cell + 1;
                        row[found++] = from;
                    }
                }
            }
            return found;
        }
    }
}
