package org.relaxon.experiments.claims;

import java.util.Optional;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.experiments.reference.FiniteNudge;
import org.relaxon.experiments.reference.HolomorphicNudge;
import org.relaxon.experiments.reference.PredictiveCodingEnergy;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.experiments.reference.TermReference;
import org.relaxon.experiments.reference.ValueTerm;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;

/**
 * The gradient that an algorithm must give at a finite strength if every phase is at its exact
 * equilibrium, computed by the code of the references, not by cells.
 */
public final class Predictions {
    /** Below this, rounding shows in the prediction for dual propagation. */
    private static final double DUAL_LEAST = 1e-4;

    /** Below this, it shows in a prediction by differences of an energy's value. */
    private static final double VALUE_LEAST = 1e-3;

    private Predictions() {}

    /** Largest size for which the minimum of a layered divergence is found by dense solves. */
    private static final int NEURONS_MAX = 200;

    private static final int EXAMPLES_MAX = 16;

    /**
     * {@return whether {@link #of} is defined for an estimate}
     *
     * @param claim what is claimed of it
     */
    public static boolean known(Claim claim) {
        Rule rule = claim.algorithm().rule();
        StatedEnergy energy = rule.energy();
        return energy.isHopfield()
                || energy.isLayered()
                || energy.kind() == Kind.PAIR_OF_STATES
                || energy.kind() == Kind.TERM
                || energy.isGivenByValue() && References.isNudged(claim.algorithm());
    }

    /** Small, and smooth: a minimum on a kink has no second derivative to use. */
    private static boolean isSmall(Problem problem) {
        int neurons = 0;
        for (Population p : problem.network().populations()) {
            neurons += p.role() != Population.Role.INPUT ? p.size() : 0;
        }
        return isSmooth(problem.network())
                && neurons <= NEURONS_MAX
                && problem.examples() <= EXAMPLES_MAX;
    }

    private static boolean isSmooth(Network network) {
        return network.populations().stream()
                .allMatch(p -> p.role() == Population.Role.INPUT || p.activation().smooth());
    }

    /**
     * Predicts the estimate at a strength from theory.
     *
     * @param claim what is claimed of the estimate
     * @param problem network and batch
     * @param free activities of the free equilibrium by population; null without a free phase
     * @param strength beta or gamma
     * @param farthest distance in one neuron that the free equilibrium may be away from {@code
     *     free}
     * @return the ideal estimate; nothing where the error is bounded by {@link ErrorWindow#of}
     *     alone
     * @throws IllegalStateException if a phase has no equilibrium on its branch
     */
    public static Optional<Parameters> of(
            Claim claim, Problem problem, Matrix[] free, double strength, double farthest) {
        if (!known(claim)) {
            return Optional.empty();
        }
        return problem.dense()
                .flatMap(dense -> ofMatrices(claim, dense, free, strength, farthest))
                .map(problem::stored);
    }

    private static Optional<Parameters> ofMatrices(
            Claim claim, Problem problem, Matrix[] free, double strength, double farthest) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        if (claim.algorithm().rule().energy().isLayered()) {
            return layeredDivergence(claim, problem, strength);
        }
        if (claim.algorithm().rule().energy().kind() == Kind.PAIR_OF_STATES) {
            StatedEnergy.Pair pair = claim.algorithm().rule().energy().pair();
            return Optional.of(DualPropagationNudge.estimate(network, theta, strength, pair, x, t));
        }
        if (References.isOwn(claim.algorithm().rule())) {
            return isSmall(problem) && isDefined(claim.algorithm().rule(), network)
                    ? Optional.of(term(claim, problem, free, strength, farthest))
                    : Optional.empty();
        }
        boolean gain = claim.algorithm().strength() == Algorithm.Strength.GAMMA;
        Matrix[] s0 =
                FiniteNudge.polished(
                        network,
                        theta,
                        gain ? claim.estimator().spread(strength, 1)[0] : 1.0,
                        x,
                        t,
                        References.real(claim, free, x),
                        farthest);
        return Optional.of(contrast(claim, problem, s0, strength));
    }

    private static boolean isDefined(Rule rule, Network network) {
        return !rule.energy().isGivenByValue() || ValueTerm.objection(rule, network).isEmpty();
    }

    /** From the energy term, by dense solves. */
    private static Parameters term(
            Claim claim, Problem problem, Matrix[] free, double strength, double farthest) {
        TermReference own = References.own(claim, problem, free, farthest);
        Parameters sum = problem.network().zeros();
        double[] betas = claim.estimator().spread(strength, 1);
        for (int s = 0; s < betas.length; s++) {
            Parameters one = own.finiteNudge(betas[s], null);
            Sums.add(problem.network(), one, claim.estimator().shares()[s], sum);
        }
        return sum;
    }

    private static Parameters contrast(Claim claim, Problem problem, Matrix[] s0, double strength) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        Estimator estimator = claim.estimator();
        if (claim.algorithm().strength() == Algorithm.Strength.COMPLEX) {
            return HolomorphicNudge.estimate(network, theta, estimator.order(), strength, x, t, s0);
        }
        double[] strengths = estimator.spread(strength, 1);
        boolean gain = claim.algorithm().strength() == Algorithm.Strength.GAMMA;
        if (estimator == Estimator.CENTRED) { // whose parts nearly cancel
            return gain
                    ? FiniteNudge.contrastiveHebbianCentred(network, theta, x, t, s0, strength)
                    : centred(claim, problem, s0, strength);
        }
        Parameters sum = network.zeros();
        double[] shares = estimator.shares();
        for (int s = 0; s < shares.length; s++) {
            double multiple = strengths[s] / strengths[0];
            Parameters one =
                    gain
                            ? FiniteNudge.contrastiveHebbian(
                                    network, theta, x, t, s0, strengths[0], multiple)
                            : oneSided(claim, problem, s0, strengths[s]);
            if (shares.length == 1) {
                return one;
            }
            Sums.add(network, one, shares[s], sum);
        }
        return sum;
    }

    private static Parameters centred(Claim claim, Problem problem, Matrix[] s0, double strength) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        return claim.algorithm().output() == Phase.Output.DISPLACED
                ? FiniteNudge.coupledLearningCentred(network, theta, x, t, s0, strength)
                : FiniteNudge.equilibriumPropagationCentred(network, theta, x, t, s0, strength);
    }

    private static Parameters oneSided(Claim claim, Problem problem, Matrix[] s0, double strength) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        return claim.algorithm().output() == Phase.Output.DISPLACED
                ? FiniteNudge.coupledLearning(network, theta, x, t, s0, strength)
                : FiniteNudge.equilibriumPropagation(network, theta, x, t, s0, strength);
    }

    private static Optional<Parameters> layeredDivergence(
            Claim claim, Problem problem, double strength) {
        Network network = problem.network();
        Rule rule = claim.algorithm().rule();
        boolean small = isSmall(problem);
        if (rule.energy().kind() == Kind.FENCHEL_YOUNG_DIVERGENCE && !isSmooth(network)) {
            return Optional.empty();
        }
        double[] betas = claim.estimator().spread(strength, 1);
        Parameters sum = network.zeros();
        double[] shares = claim.estimator().shares();
        for (int s = 0; s < betas.length; s++) {
            PredictiveCodingEnergy energy =
                    References.layeredDivergence(rule, problem, false, betas[s]);
            Optional<Parameters> one = energy.sweptGradient(network.parameters());
            if (one.isEmpty() && small) {
                one = Optional.of(energy.envelopeGradient(network.parameters()));
            }
            if (one.isEmpty()) {
                return Optional.empty();
            }
            Sums.add(network, one.get(), shares[s], sum);
        }
        return Optional.of(sum);
    }

    /** The strength at which to predict, from where the law of the order takes over. */
    static double strength(Claim claim, double asked) {
        StatedEnergy energy = claim.algorithm().rule().energy();
        double least = energy.kind() == Kind.PAIR_OF_STATES ? DUAL_LEAST : 0.0;
        return Math.max(asked, energy.isGivenByValue() ? VALUE_LEAST : least);
    }
}
