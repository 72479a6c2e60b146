package org.relaxon.experiments.certificate;

/**
 * The numbers of one example, or the worst of several; NaN stays NaN. Fields as in {@link
 * Certificate}.
 *
 * @param exact false if the smallest eigenvalue is an estimate
 */
record Findings(
        double contraction,
        double loopGain,
        double stepLimit,
        double smallestEigenvalue,
        int dead,
        boolean exact) {
    /** Of a network without loops. */
    static final Findings ACYCLIC =
            new Findings(0.0, 0.0, Double.POSITIVE_INFINITY, Double.NaN, 0, true);

    /** Of a network without an equilibrium. */
    static final Findings NOTHING =
            new Findings(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, true);

    /** Elementwise the worse of the two. */
    Findings worse(Findings other) {
        return new Findings(
                Math.max(contraction, other.contraction),
                Math.max(loopGain, other.loopGain),
                Math.min(stepLimit, other.stepLimit),
                Math.min(smallestEigenvalue, other.smallestEigenvalue),
                Math.max(dead, other.dead),
                exact && other.exact);
    }
}
