package org.relaxon.tools.cli.serve;

import java.io.IOException;
import java.util.List;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SingleRunOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a settling that the page shows: those of {@code settle}, on the host virtual. */
public final class SceneOptions {
    @Mixin private ProblemOptions problem;
    @Mixin private AlgorithmOptions variant;
    @Mixin private SingleRunOptions single;
    @Mixin private RunOptions run;

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            description =
                    "Nudging strength; 0 for the free phase only. Default by"
                            + " algorithm, 1e-4 for pc-nudge; from 1e-150 to 1e12.")
    private Double beta;

    /**
     * Builds the network and checks everything that can be checked before it settles.
     *
     * @return the scene
     * @throws IllegalArgumentException if an option does not fit the others
     * @throws IOException if a file that an option names cannot be read
     */
    Scene scene() throws IOException {
        if (!single.host().equals("virtual")) {
            throw new IllegalArgumentException(
                    "host: %s cannot stop between two events, as pause and step need; the page shows virtual"
                            .formatted(single.host()));
        }
        run.requireRead(List.of(single.host()));
        Algorithm algorithm = variant.algorithm(single.algorithm());
        Method method =
                new Method(
                        algorithm,
                        variant.estimator(algorithm, single.estimator()),
                        strength(algorithm));
        boolean freeAlone = method.strength() == 0.0;
        run.requirePhases(freeAlone ? 1 : algorithm.phases().size());
        ProblemSpec stated = problem.spec(algorithm);
        Problem built = stated.build().in(run.kernels().precision());
        int columns = columns(built, method);
        RunPlan plan = plan(algorithm, stated.timing());
        plan.signalling().requireSupported(built.network(), plan.rule(), plan.kernels());
        MemoryEstimate.of(built.network(), plan, columns, 1).require(run.memoryLimitBytes());
        return new Scene(built, stated, method, plan, setting(method, stated.timing()));
    }

    /** NaN equals nothing, so a missing strength becomes the default. */
    private double strength(Algorithm algorithm) {
        return beta != null && beta == 0.0 ? 0.0 : variant.strength(algorithm, beta);
    }

    private static int columns(Problem built, Method method) {
        if (method.strength() != 0.0) {
            method.algorithm().requireDefinedOn(built.network());
            method.inRange(built.network().depth());
            method.requireStrengths(built.network().loss());
        }
        List<Phase> phases =
                method.strength() == 0.0
                        ? List.of(Phase.free(built.input()))
                        : method.phases(built.input(), built.target());
        phases.forEach(phase -> phase.validate(built.network()));
        return phases.stream().mapToInt(Phase::columns).max().orElseThrow();
    }

    private Setting setting(Method method, Timing timing) {
        Setting own =
                Setting.of(
                        method,
                        other -> plan(other.algorithm(), timing),
                        run.budget(single.host()));
        return Double.isNaN(run.threshold())
                ? own
                : own.orUnthresholded(
                        other ->
                                single.unthresholded(
                                                Defaults.runPlan(other.algorithm()), run, timing)
                                        .withSeed(problem.seed()));
    }

    private RunPlan plan(Algorithm algorithm, Timing timing) {
        return single.plan(Defaults.runPlan(algorithm), run, false, timing)
                .withSeed(problem.seed());
    }
}
