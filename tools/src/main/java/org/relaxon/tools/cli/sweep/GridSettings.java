package org.relaxon.tools.cli.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.SweepSettings;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SingleRunOptions;
import picocli.CommandLine.ParseResult;

/**
 * The settings of every run of a grid, from the options of the command.
 *
 * @param given which options were given
 * @param options of the grid
 * @param problem network and data
 * @param variant of the algorithm
 * @param single what a run has one of
 * @param run limits and faults
 * @param beta nudging strength; null if it was not given
 * @param usualBeta default strength of pc-nudge; NaN for that of the algorithm
 */
record GridSettings(
        ParseResult given,
        GridOptions options,
        ProblemOptions problem,
        AlgorithmOptions variant,
        SingleRunOptions single,
        RunOptions run,
        Double beta,
        double usualBeta) {
    private static final long USUAL_MESSAGES = 1_000_000L;

    /** The settings of settlings. */
    SweepSettings of(Grid grid) {
        boolean gamma = given.hasMatchedOption("--gamma");
        boolean usual = single.algorithm().equals("pc-nudge") && grid.axis("algorithm") < 0;
        double strength = beta != null ? beta : usual ? usualBeta : Double.NaN;
        if (beta != null && !(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        if (gamma) {
            List<Double> gains = variant.strengths(variant.algorithm(single.algorithm()), null);
            if (gains.size() != 1 || beta != null) {
                throw new IllegalArgumentException(
                        "gamma: need one, without --beta; several are an axis, --axis gamma=...");
            }
            strength = gains.get(0);
        }
        boolean thresholds = grid.axis("threshold") >= 0;
        return new SweepSettings(
                single.algorithm(),
                variant::algorithm,
                a -> variant.estimator(a, single.estimator()),
                spec(grid, variant::algorithm),
                gamma ? "gamma" : beta == null ? "" : "beta",
                strength,
                options.delayFamily(),
                p -> single.plan(p, run, thresholds, Timing.NONE),
                budget());
    }

    /**
     * The problem of an algorithm. Along an axis of algorithms all get the same weights: those of
     * the first whose defaults are smaller than the common ones, since recurrent networks have
     * several equilibria at larger weights.
     *
     * @param named algorithm of a name on the axis
     */
    Function<Algorithm, ProblemSpec> spec(Grid grid, Function<String, Algorithm> named) {
        int axis = grid.axis("algorithm");
        if (options.ownInit() && axis < 0) {
            throw new IllegalArgumentException("own-init: has no effect without --axis algorithm");
        }
        if (axis < 0 || options.ownInit()) {
            return problem::spec;
        }
        List<Algorithm> all = grid.axes().get(axis).values().stream().map(named).toList();
        Algorithm shared =
                all.stream()
                        .min(Comparator.comparingDouble(a -> Defaults.of(a).gain()))
                        .orElseThrow();
        return algorithm -> problem.spec(shared);
    }

    /** The same for trainings, which are also those of ipc. */
    Function<Algorithm, ProblemSpec> specOfTrainings(Grid grid) {
        return spec(grid, name -> variant.algorithm(Catalog.settling(name)));
    }

    /** The option that sets the strength of an algorithm of trainings. */
    String strengthOption(String algorithm) {
        Algorithm chosen = variant.algorithm(Catalog.settling(algorithm));
        if (chosen.strength() == Strength.NONE) {
            throw new IllegalArgumentException(
                    "strength: %s has no strength to choose".formatted(algorithm));
        }
        return chosen.strength() == Strength.GAMMA ? "--gamma" : "--beta";
    }

    /** Runs without an end are common in a grid: their limit is below that of a single run. */
    private Budget budget() {
        boolean asked = given.hasMatchedOption("--budget-messages");
        Budget budget = run.budget(single.host());
        return asked ? budget : budget.withMessages(USUAL_MESSAGES);
    }
}
