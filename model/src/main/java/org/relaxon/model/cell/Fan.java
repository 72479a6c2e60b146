package org.relaxon.model.cell;

/**
 * The links on which one cell sends along one projection, numbered by arithmetic: link {@code k}
 * leads to the {@code k}-th receiver.
 *
 * @param first index of the link to the first receiver
 * @param stride difference between the indices of neighbouring receivers' links
 * @param links number of receivers
 */
record Fan(int first, int stride, int links) {
    /** No links: the population at the other end is clamped. */
    static final Fan NONE = new Fan(0, 1, 0);

    /** Index of the link to receiver {@code k}. */
    int link(int k) {
        return first + k * stride;
    }

    /**
     * Position of the receiver that a link leads to; negative if the link is not part of this fan.
     */
    int positionOf(int link) {
        int off = link - first;
        return off >= 0 && off % stride == 0 && off / stride < links ? off / stride : -1;
    }
}
