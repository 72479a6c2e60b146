package org.relaxon.experiments.claims;

import org.relaxon.experiments.compare.Sums;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.experiments.reference.FiniteNudge;
import org.relaxon.experiments.reference.HolomorphicNudge;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.DualPropagation;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.HolomorphicHopfield;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PrecisionPredictiveCoding;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;

/**
 * What an algorithm has to give at a finite strength if every phase is at its exact equilibrium,
 * from the code of the references and not from the cells'.
 */
final class Predictions {
    /** Below this, rounding shows in the prediction for dual propagation. */
    private static final double DUAL_LEAST = 1e-4;

    private Predictions() {}

    /** Largest size for which the minimum of a layered divergence is found by dense solves. */
    private static final int NEURONS_MAX = 200;

    private static final int EXAMPLES_MAX = 16;

    /** True if there is such a prediction; else the error is bounded by {@link ErrorWindow#of}. */
    static boolean known(Claim claim, Problem problem) {
        Rule rule = claim.algorithm().rule();
        return rule instanceof Hopfield
                || rule instanceof HolomorphicHopfield
                || rule instanceof DualPropagation
                || isLayeredDivergence(rule) && isSmall(problem);
    }

    private static boolean isLayeredDivergence(Rule rule) {
        return rule instanceof PredictiveCoding
                || rule instanceof PrecisionPredictiveCoding
                || rule.judge() instanceof FenchelYoung;
    }

    /** Small, and smooth: a minimum on a kink has no second derivative to go by. */
    private static boolean isSmall(Problem problem) {
        int neurons = 0;
        boolean smooth = true;
        for (Population p : problem.network().populations()) {
            if (p.role() != Population.Role.INPUT) {
                neurons += p.size();
                smooth &= p.activation().smooth();
            }
        }
        return smooth && neurons <= NEURONS_MAX && problem.examples() <= EXAMPLES_MAX;
    }

    /**
     * @param free activities of the free equilibrium by population; null without a free phase
     * @throws IllegalStateException if a phase has no equilibrium on its branch
     */
    static Parameters of(Claim claim, Problem problem, Matrix[] free, double strength) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Matrix x = problem.input();
        Matrix t = problem.target();
        Estimator estimator = claim.estimator();
        if (claim.algorithm().rule() instanceof DualPropagation) {
            return DualPropagationNudge.estimate(network, theta, strength, x, t);
        }
        if (isLayeredDivergence(claim.algorithm().rule())) {
            return layeredDivergence(claim, problem, strength);
        }
        Matrix[] s0 = References.real(claim, free, x);
        if (claim.algorithm().strength() == Algorithm.Strength.COMPLEX) {
            return HolomorphicNudge.estimate(network, theta, estimator.order(), strength, x, t, s0);
        }
        boolean centred = estimator == Estimator.CENTRED;
        double signed = estimator == Estimator.NEGATIVE ? -strength : strength;
        if (claim.algorithm().strength() == Algorithm.Strength.GAMMA) {
            return centred
                    ? FiniteNudge.contrastiveHebbianCentred(network, theta, x, t, s0, strength)
                    : FiniteNudge.contrastiveHebbian(network, theta, x, t, s0, signed);
        }
        if (claim.algorithm().output() == Phase.Output.DISPLACED) {
            return centred
                    ? FiniteNudge.coupledLearningCentred(network, theta, x, t, s0, strength)
                    : FiniteNudge.coupledLearning(network, theta, x, t, s0, signed);
        }
        return centred
                ? FiniteNudge.equilibriumPropagationCentred(network, theta, x, t, s0, strength)
                : FiniteNudge.equilibriumPropagation(network, theta, x, t, s0, signed);
    }

    private static Parameters layeredDivergence(Claim claim, Problem problem, double strength) {
        Network network = problem.network();
        Rule rule = claim.algorithm().rule();
        double[] betas = claim.estimator().spread(strength, 1);
        Parameters sum = network.zeros();
        for (double beta : betas) {
            Parameters one =
                    References.layeredDivergence(rule, problem, false, beta)
                            .envelopeGradient(network.parameters());
            Sums.add(network, one, 1.0 / betas.length, sum);
        }
        return sum;
    }

    /** The strength at which to predict, from where the law of the order takes over. */
    static double strength(Claim claim, double asked) {
        return claim.algorithm().rule() instanceof DualPropagation
                ? Math.max(asked, DUAL_LEAST)
                : asked;
    }
}
