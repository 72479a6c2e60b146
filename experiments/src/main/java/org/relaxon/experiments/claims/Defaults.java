package org.relaxon.experiments.claims;

import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.HolomorphicHopfield;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.discipline.Discipline;

/**
 * What an algorithm is run with unless something else is asked for.
 *
 * @param estimator which multiples of the strength settle
 * @param strength beta or gamma
 * @param scheme of the initial weights
 * @param gain of the initial weights; Hopfield energies with large weights have many minima
 */
public record Defaults(Estimator estimator, double strength, Scheme scheme, double gain) {
    private static final double HOPFIELD_GAIN = 0.4;

    /** What may be left out of a minibatch's gradient, relative. */
    private static final double OF_A_GRADIENT = 1e-3;

    /** The same where activities are measured in units of the strength. */
    private static final double OF_AN_ACTIVITY = 1e-4;

    private static final double TOLERANCE_PER_THRESHOLD = 100.0;

    /** The defaults of one algorithm. */
    public static Defaults of(Algorithm algorithm) {
        boolean recurrent =
                algorithm.strength() != Strength.GAMMA
                        && (algorithm.rule() instanceof Hopfield
                                || algorithm.rule() instanceof HolomorphicHopfield);
        return new Defaults(
                algorithm.estimators().get(0),
                strength(algorithm),
                recurrent ? Scheme.NORMAL : Scheme.UNIFORM,
                recurrent ? HOPFIELD_GAIN : 1.0);
    }

    private static double strength(Algorithm algorithm) {
        return switch (algorithm.optionName()) {
            case "ep", "chl" -> 1e-3;
            case "hep" -> 0.1;
            case "coupled", "dual-propagation" -> 1e-2;
            case "pc", "pc-clamped", "fpa-pc", "z-il", "chl-clamped" -> 1.0;
            default -> algorithm.variant().isEmpty() ? 1e-4 : 1e-2;
        };
    }

    /**
     * The run of an algorithm. Where absolute activities of two phases are subtracted, what a cell
     * keeps to itself is divided by beta, so there the threshold and the tolerance are far smaller.
     */
    public static RunPlan runPlan(Algorithm algorithm) {
        RunPlan plan = RunPlan.of(algorithm.rule());
        Claim claim = Claim.of(algorithm, algorithm.estimators().get(0), null);
        return claim.isPlainContrast()
                ? plan.withThreshold(Thresholds.LEAST)
                        .withTolerance(Thresholds.contrastTolerance(Thresholds.LEAST))
                        .withResolution(RunPlan.DEFAULT_RESOLUTION)
                : plan;
    }

    /**
     * The run of an algorithm in a training. What is settled there is the gradient of a minibatch,
     * which differs from that of all examples by far more than a thousandth; a contrast of absolute
     * activities is as exact as that times the strength, for every subtraction that cancels.
     * Networks with feedback of activities come close to oscillation while they learn, and
     * neighbours that never move at once settle there too: they take turns, where weights change
     * between settlings. How well each example's contrast is known is not asked, because one that
     * the network has learned is small beside the minibatch's gradient.
     *
     * @param strength of the estimates
     * @param depth number of projections from input to output
     * @param turns whether the host and the schedule let cells take turns
     */
    public static RunPlan trainingPlan(
            Algorithm algorithm, double strength, int depth, boolean turns) {
        RunPlan plan = runPlan(algorithm);
        if (algorithm.rule().holdsErrors()) {
            return plan;
        }
        Claim claim = Claim.of(algorithm, algorithm.estimators().get(0), null);
        double cancelled = StrictMath.pow(Math.min(1.0, strength), claim.cancellations(depth));
        double threshold =
                Math.max(
                        Thresholds.LEAST,
                        claim.isPlainContrast() ? OF_A_GRADIENT * cancelled : OF_AN_ACTIVITY);
        RunPlan coarse =
                plan.withThreshold(threshold).withTolerance(TOLERANCE_PER_THRESHOLD * threshold);
        if (algorithm.rule().judge().isErrorForm()) {
            return coarse;
        }
        RunPlan plain = coarse.withResolution(Double.POSITIVE_INFINITY);
        return turns ? plain.withDiscipline(Discipline.TURN_TAKING) : plain;
    }

    /** The problem with these initial weights. */
    public ProblemSpec applyTo(ProblemSpec problem) {
        return problem.withScheme(scheme).withGain(gain);
    }
}
