package org.relaxon.experiments.claims;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Network;
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
 *     strength, infinite if nothing is claimed
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

    /**
     * {@return what is claimed of an estimate on a network} Where that has no energy, nothing is
     * claimed: the estimate is compared with backprop, and every distance from it is allowed.
     *
     * @param algorithm that estimates
     * @param estimator it estimates with
     * @param against the reference to compare with; null for the algorithm's own, or backprop
     *     without an energy
     * @param network that settles
     * @throws IllegalArgumentException if the network has no energy and another reference than
     *     backprop is requested
     */
    public static Claim of(
            Algorithm algorithm, Estimator estimator, Reference against, Network network) {
        return network.noEnergy().isEmpty()
                ? of(algorithm, estimator, against)
                : exact(
                        algorithm,
                        estimator,
                        reference(algorithm, against, network),
                        Double.POSITIVE_INFINITY);
    }

    /**
     * {@return the gradient to compare with on a network}
     *
     * @param algorithm that estimates
     * @param against the requested reference; null for the one that fits
     * @param network that settles
     * @throws IllegalArgumentException if the network has no energy and another reference than
     *     backprop is requested
     */
    public static Reference reference(Algorithm algorithm, Reference against, Network network) {
        if (network.noEnergy().isEmpty()) {
            return against == null ? algorithm.reference() : against;
        }
        if (against != null && against != Reference.BACKPROP) {
            throw new IllegalArgumentException(
                    "against: %s is the gradient of an energy, and %s; compare with backprop"
                            .formatted(against.optionName(), network.noEnergy()));
        }
        return Reference.BACKPROP;
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
