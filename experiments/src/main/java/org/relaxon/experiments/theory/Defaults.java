package org.relaxon.experiments.theory;

import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.runtime.RunPlan;

/**
 * The settings of an algorithm unless others are requested.
 *
 * @param method estimator and strength
 * @param scheme of the initial weights
 * @param gain of the initial weights; Hopfield energies with large weights have many minima
 */
public record Defaults(Method method, Scheme scheme, double gain) {
    private static final double HOPFIELD_GAIN = 0.4;

    /**
     * {@return the defaults of one algorithm}
     *
     * @param algorithm whose defaults are returned
     */
    public static Defaults of(Algorithm algorithm) {
        StatedEnergy energy = algorithm.rule().energy();
        boolean recurrent =
                algorithm.strength() != Strength.GAMMA
                        && (energy.isHopfield()
                                || (energy.kind() == Kind.TERM || energy.isGivenByValue())
                                        && algorithm.hasFreePhase());
        return new Defaults(
                new Method(algorithm, algorithm.estimators().get(0), strength(algorithm)),
                recurrent ? Scheme.NORMAL : Scheme.UNIFORM,
                recurrent ? HOPFIELD_GAIN : 1.0);
    }

    private static double strength(Algorithm algorithm) {
        if (algorithm.strength() == Strength.NONE) {
            return 1.0;
        }
        return switch (algorithm.optionName()) {
            case "ep", "chl" -> 1e-3;
            case "hep" -> 0.1;
            case "coupled", "dual-propagation" -> 1e-2;
            case "pc" -> 1.0;
            default -> {
                boolean contrast = algorithm.subtractsProducts();
                double least = contrast ? 1e-3 : 1e-4;
                yield algorithm.variant().isEmpty() ? least : 1e-2;
            }
        };
    }

    /**
     * {@return the run of an algorithm} Where absolute activities of two phases are subtracted,
     * unsent changes are divided by beta; the threshold and the tolerance are far smaller there.
     *
     * @param algorithm to be run
     */
    public static RunPlan runPlan(Algorithm algorithm) {
        RunPlan plan = RunPlan.of(algorithm.rule());
        Claim claim = Claim.of(algorithm, algorithm.estimators().get(0), null);
        return claim.isPlainContrast()
                ? plan.withFirstThreshold(Thresholds.LEAST)
                        .withTolerance(Thresholds.contrastTolerance(Thresholds.LEAST))
                        .withResolution(RunPlan.DEFAULT_RESOLUTION)
                : plan;
    }

    /**
     * {@return the problem with these initial weights}
     *
     * @param problem whose other fields stay
     */
    public ProblemSpec applyTo(ProblemSpec problem) {
        return problem.withScheme(scheme).withGain(gain);
    }
}
