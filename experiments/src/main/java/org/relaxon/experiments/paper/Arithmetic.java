package org.relaxon.experiments.paper;

/**
 * The operations of gradient-descent inference in one precision; A is an array of that precision.
 * Plain loops from first to last element: every result is rounded where it is stored.
 */
interface Arithmetic<A> {
    /** Rounds to this precision. */
    A of(double[] values);

    /** The values; exact. */
    double[] values(A a);

    void copy(A from, A to);

    void clear(A a);

    /** into += scales[k] row. */
    void addScaled(A into, A scales, int k, A row);

    /** into = max(a, 0). */
    void relu(A a, A into);

    /** into = a - b. */
    void difference(A a, A b, A into);

    /** into = e where a > 0, otherwise 0: the slope of ReLU times e. */
    void gate(A a, A e, A into);

    /** into = factor (a - b). */
    void scaledDifference(double factor, A a, A b, A into);

    /** x += step (back - e). */
    void descend(A x, A e, A back, double step);
}
