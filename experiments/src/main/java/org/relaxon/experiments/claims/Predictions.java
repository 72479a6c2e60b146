package org.relaxon.experiments.claims;

import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.experiments.reference.FiniteNudge;
import org.relaxon.experiments.reference.HolomorphicNudge;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.DualPropagation;
import org.relaxon.model.rule.HolomorphicHopfield;
import org.relaxon.model.rule.Hopfield;

/**
 * What an algorithm has to give at a finite strength if every phase is at its exact equilibrium,
 * from the code of the references and not from the cells'.
 */
final class Predictions {
    /** Below this, rounding shows in the prediction for dual propagation. */
    private static final double DUAL_LEAST = 1e-4;

    private Predictions() {}

    /** True if there is such a prediction; else the error is bounded by {@link ErrorWindow#of}. */
    static boolean known(Claim claim) {
        return claim.algorithm().rule() instanceof Hopfield
                || claim.algorithm().rule() instanceof HolomorphicHopfield
                || claim.algorithm().rule() instanceof DualPropagation;
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

    /** The strength at which to predict, from where the law of the order takes over. */
    static double strength(Claim claim, double asked) {
        return claim.algorithm().rule() instanceof DualPropagation
                ? Math.max(asked, DUAL_LEAST)
                : asked;
    }
}
