package org.relaxon.model.algorithm;

import java.util.List;
import java.util.Locale;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.RuleContract;

/**
 * One member of the family: the rule that its cells follow, the phases that it settles one after
 * another, and the gradient that its estimate converges to. {@link Algorithms} makes the members
 * that come with the library.
 *
 * @param optionName the name in options and reports
 * @param variant distinguishes it from others of that name, such as {@code difference}, {@code
 *     coordinate} or {@code gradient:0.3}; empty for the plain one
 * @param rule rule of the cells
 * @param phases what settles, in this order; at least one has a share in the estimate
 * @param strength the parameter that is made small
 * @param reference the gradient that the estimate converges to
 * @param order power of the strength with which the error falls; {@link #ESTIMATOR} for that of the
 *     estimator, {@link #EXACT} if there is no error
 */
public record Algorithm(
        String optionName,
        String variant,
        Rule rule,
        List<PhaseSpec> phases,
        Strength strength,
        Reference reference,
        int order) {

    /** Order of an algorithm that inherits it from its estimator. */
    public static final int ESTIMATOR = -1;

    /** Order of an algorithm that equals its reference at every strength. */
    public static final int EXACT = 0;

    /**
     * The largest strength of any algorithm: it holds the output at the target to all but its last
     * four bits.
     */
    public static final double MOST_STRENGTH = 1e12;

    private static final double LEAST_EXPONENT = -150.0;

    /** Largest share of an update that may be rounding; a strength that leaves more is refused. */
    private static final double ROUNDING_SHARE = 1e-4;

    /** At this strength the rounding of products of size 1 is {@link #ROUNDING_SHARE}. */
    private static final double LEAST_CONTRAST = 0x1p-53 / ROUNDING_SHARE;

    private static final String ROUNDED =
            "; below it the rounding of the two phases' products is more than "
                    + ROUNDING_SHARE
                    + " of the update";

    private static final String DIFFERENCE = " (--form difference has no such limit)";

    /** Name of the free phase of algorithms with at most one, under which its state is saved. */
    public static final String FREE = "free";

    private static final String NUDGED = "nudged";

    /** Where phases with a share in the estimate start. */
    public enum Start {
        /** At rest; there is no free phase. */
        REST,
        /** At the free equilibrium. */
        FREE,
        /** At the free equilibrium; cells hold differences from it. */
        DIFFERENCES
    }

    /** The parameter that an estimator multiplies. */
    public enum Strength {
        /** The nudging strength beta. */
        BETA,
        /** The feedback gain gamma; beta is 1. */
        GAMMA,
        /** The complex nudging strength. */
        COMPLEX,
        /** None: beta is 1. */
        NONE
    }

    /**
     * Checks that the phases fit each other.
     *
     * @param optionName the name in options and reports
     * @param variant distinguishes it from others of that name; empty for the plain one
     * @param rule rule of the cells
     * @param phases what settles, in this order
     * @param strength the parameter that is made small
     * @param reference the gradient that the estimate converges to
     * @param order power of the strength with which the error falls
     * @throws IllegalArgumentException naming the phase that does not fit, and why
     */
    public Algorithm {
        phases = List.copyOf(phases);
        PhaseList.require(phases, strength);
    }

    /**
     * Makes an algorithm with the usual phases: a free one unless the other starts at rest, and one
     * under the target, in which all multiples of the strength settle side by side.
     *
     * @param optionName the name in options and reports
     * @param variant distinguishes it from others of that name; empty for the plain one
     * @param rule rule of the cells
     * @param start where the phase under the target starts
     * @param output how the target acts on the output
     * @param strength the parameter that is made small
     * @param reference the gradient that the estimate converges to
     * @param order power of the strength with which the error falls
     */
    public Algorithm(
            String optionName,
            String variant,
            Rule rule,
            Start start,
            Phase.Output output,
            Strength strength,
            Reference reference,
            int order) {
        this(optionName, variant, rule, usual(start, output), strength, reference, order);
    }

    private static List<PhaseSpec> usual(Start start, Phase.Output output) {
        boolean differences = start == Start.DIFFERENCES;
        String from = start == Start.REST ? null : FREE;
        PhaseSpec last = new PhaseSpec(NUDGED, output, null, from, differences, 1.0, List.of());
        return from == null ? List.of(last) : List.of(PhaseSpec.free(FREE), last);
    }

    /** {@return the phases with a share in the estimate, in their order; at least one} */
    public List<PhaseSpec> sharing() {
        return phases.stream().filter(PhaseSpec::contributes).toList();
    }

    /** {@return where the phases with a share in the estimate start} */
    public Start start() {
        PhaseSpec first = sharing().get(0);
        if (first.start() == null) {
            return Start.REST;
        }
        return first.differences() ? Start.DIFFERENCES : Start.FREE;
    }

    /** {@return how the target acts on the output in the phases with a share in the estimate} */
    public Phase.Output output() {
        return sharing().get(0).output();
    }

    /**
     * {@return the smallest strength whose errors, and their squares, are ordinary doubles: 1e-150
     * for beta} Feedback through L layers has size gamma to the power L, so for gamma it is
     * 10^(-150/L). Where products of two phases are subtracted, it is the strength at which their
     * rounding is {@value #ROUNDING_SHARE} of an update of size 1: about 1.1e-12.
     *
     * @param depth weight layers on the longest path
     */
    public double leastStrength(int depth) {
        double finite = finiteStrength(depth);
        return subtractsProducts() ? Math.max(LEAST_CONTRAST, finite) : finite;
    }

    /**
     * {@return whether the update is a difference of products of absolute activities over a
     * strength}
     */
    public boolean subtractsProducts() {
        return start() == Start.FREE && strength != Strength.NONE;
    }

    private double finiteStrength(int depth) {
        return strength == Strength.GAMMA
                ? StrictMath.pow(10.0, LEAST_EXPONENT / Math.max(1, depth))
                : StrictMath.pow(10.0, LEAST_EXPONENT);
    }

    /**
     * Refuses a network on which this algorithm is not defined.
     *
     * @param network whose structure is judged
     * @throws IllegalArgumentException naming the algorithm and what it cannot do
     */
    public void requireDefinedOn(Network network) {
        RuleContract.requireDefined(rule, network, optionName);
        if (phases.stream().anyMatch(p -> !p.isFree() && p.output() != Phase.Output.CLAMPED)) {
            RuleContract.requireNudges(optionName, rule, network);
        }
        if (strength == Strength.GAMMA) { // gamma^(l-L) needs one height per layer
            network.requireLayered(optionName);
        }
    }

    /**
     * Refuses a strength outside the range of this algorithm.
     *
     * @param value the value of beta or gamma; not read if there is no strength
     * @param depth weight layers on the longest path
     * @throws IllegalArgumentException naming strength, value and range
     */
    public void requireStrength(double value, int depth) {
        double least = leastStrength(depth);
        if (strength != Strength.NONE && !(value >= least && value <= MOST_STRENGTH)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is not in %.3g..%.3g, the range of %s with %d weight layers%s",
                            strength == Strength.GAMMA ? "gamma" : "beta",
                            value,
                            least,
                            MOST_STRENGTH,
                            optionName,
                            depth,
                            value < 0.0 && strength == Strength.BETA
                                    ? "; the estimator negative nudges by -beta"
                                    : value < least && subtractsProducts() ? rounded() : ""));
        }
    }

    private String rounded() {
        return strength == Strength.COMPLEX ? ROUNDED : ROUNDED + DIFFERENCE;
    }

    /** {@return name and variant, for display} */
    public String label() {
        return variant.isEmpty() ? optionName : optionName + " " + variant;
    }

    /** {@return whether the estimate contrasts its phases with free ones} */
    public boolean hasFreePhase() {
        return start() != Start.REST;
    }

    /**
     * {@return the power of the strength with which the error falls; {@link #EXACT} if there is
     * none}
     *
     * @param estimator the estimator that combines the phases
     */
    public int order(Estimator estimator) {
        return order == ESTIMATOR ? estimator.order() : order;
    }

    /**
     * {@return the named estimators that this algorithm is defined with, its default first} An
     * algorithm defined with all of {@link Estimator#values} accepts every {@link Estimator#of}
     * too. Phases that state multiples of the strength allow only the one that these amount to.
     */
    public List<Estimator> estimators() {
        Estimator own = PhaseList.own(phases);
        if (own != null) {
            return List.of(own);
        }
        return switch (strength) {
            case COMPLEX -> List.of(Estimator.roots(8));
            case NONE -> List.of(Estimator.ONE_SIDED);
            case BETA, GAMMA ->
                    order == ESTIMATOR ? Estimator.values() : List.of(Estimator.ONE_SIDED);
        };
    }

    /**
     * Refuses an estimator that this algorithm is not defined with.
     *
     * @param estimator the requested estimator
     * @throws IllegalArgumentException naming both
     */
    public void require(Estimator estimator) {
        boolean known =
                strength == Strength.COMPLEX
                        ? estimator.optionName().startsWith("roots:")
                        : estimators().contains(estimator)
                                || estimators().equals(Estimator.values())
                                        && !estimator.isComplex();
        if (!known) {
            throw new IllegalArgumentException(
                    "estimator: %s is not defined with %s; allowed: %s"
                            .formatted(optionName, estimator.optionName(), estimators()));
        }
    }
}
