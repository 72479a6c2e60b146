package org.relaxon.experiments.claims;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Trait;

/**
 * The claim about one algorithm's estimate: which gradient it has, and its allowed error.
 *
 * @param algorithm that estimates
 * @param estimator it estimates with
 * @param reference the gradient to compare with
 * @param order power of the strength with which the error falls; {@link Algorithm#EXACT} if the
 *     estimate equals the reference at every strength
 * @param bound largest relative error of an exact estimate; NaN if the error falls with the
 *     strength
 */
public record Claim(
        Algorithm algorithm, Estimator estimator, Reference reference, int order, double bound) {
    /** Round-off of a sum over a thousand synapses. */
    private static final double ROUND_OFF = 1e-14;

    /** Accuracy of finite differences of an energy. */
    private static final double DIFFERENCES = 1e-6;

    /** Accuracy of a closed form against a network settled to 1e-12. */
    private static final double CLOSED_FORM = 1e-10;

    /**
     * {@return what is claimed of an estimate}
     *
     * @param algorithm that estimates
     * @param estimator it estimates with
     * @param against the reference to compare with; null for the algorithm's own. With another one
     *     than it converges to, the claim is what it claims of its own, and does not hold.
     */
    public static Claim of(Algorithm algorithm, Estimator estimator, Reference against) {
        Reference reference = against == null ? algorithm.reference() : against;
        int order = algorithm.order(estimator);
        if (reference == Reference.FINITE_DIFFERENCE) {
            return exact(algorithm, estimator, reference, DIFFERENCES);
        }
        if (reference == Reference.LINEAR) {
            return exact(algorithm, estimator, reference, CLOSED_FORM);
        }
        boolean settles = // to a point of rest that signals approach, not by a wave
                reference == algorithm.reference()
                        && !algorithm.rule().traits().has(Trait.DATAFLOW);
        return order == Algorithm.EXACT
                ? exact(algorithm, estimator, reference, settles ? CLOSED_FORM : ROUND_OFF)
                : new Claim(algorithm, estimator, reference, order, Double.NaN);
    }

    private static Claim exact(
            Algorithm algorithm, Estimator estimator, Reference reference, double bound) {
        return new Claim(algorithm, estimator, reference, Algorithm.EXACT, bound);
    }

    /** {@return true if there is no error that falls with the strength} */
    public boolean isExact() {
        return order == Algorithm.EXACT;
    }

    /** {@return true if products of absolute activities are subtracted, which costs digits} */
    public boolean isPlainContrast() {
        return algorithm.subtractsProducts();
    }

    /**
     * {@return how often rounding is divided by the strength in a plain contrast: once, or for a
     * feedback gain once per projection between hidden layers and the output}
     *
     * @param depth number of projections from input to output
     */
    public int cancellations(int depth) {
        if (!isPlainContrast()) {
            return 0;
        }
        return algorithm.strength() == Algorithm.Strength.GAMMA ? Math.max(1, depth - 1) : 1;
    }
}
