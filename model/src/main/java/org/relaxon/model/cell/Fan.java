package org.relaxon.model.cell;

/**
 * The links on which the cells of one population send along one projection: link {@code k} of a
 * cell leads to the {@code k}-th of its receivers.
 *
 * @param begin index of the first link
 * @param into for each receiver, the positions of its senders; links are numbered in this order
 * @param outOf for each sender, the positions of its receivers
 */
record Fan(int begin, Adjacency into, Adjacency outOf) {
    /** No links: the population at the other end is clamped. */
    static final Fan NONE = new Fan(0, new Adjacency.Full(0, 0), new Adjacency.Full(0, 0));

    /** Number of links of the cell at a position. */
    int links(int cell) {
        return outOf.count(cell);
    }

    /** Position of the receiver of a cell's link {@code k}. */
    int receiver(int cell, int k) {
        return outOf.partner(cell, k);
    }

    /** Which of a cell's links leads to a receiver; negative if none does. */
    int linkTo(int cell, int receiver) {
        return outOf.place(cell, receiver);
    }

    /** Index of a cell's link {@code k}. */
    int link(int cell, int k) {
        int receiver = outOf.partner(cell, k);
        return begin + into.begin(receiver) + into.place(receiver, cell);
    }

    /** Which of a cell's links has an index; negative if none has. */
    int positionOf(int cell, int link) {
        int entry = link - begin;
        if (entry < 0 || entry >= into.size()) {
            return -1;
        }
        int receiver = into.rowOf(entry);
        boolean own = into.partner(receiver, entry - into.begin(receiver)) == cell;
        return own ? outOf.place(cell, receiver) : -1;
    }

    /** Whether every cell sends to every receiver. */
    boolean isFull() {
        return outOf.isFull();
    }
}
