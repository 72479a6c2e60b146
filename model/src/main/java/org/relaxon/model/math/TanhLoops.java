package org.relaxon.model.math;

/** The strict hyperbolic tangent of many numbers. */
interface TanhLoops {
    /**
     * Writes the tangents.
     *
     * @param from arguments
     * @param to receives the results; may be the same array
     * @param n how many, from the first
     */
    void tanh(double[] from, double[] to, int n);
}
