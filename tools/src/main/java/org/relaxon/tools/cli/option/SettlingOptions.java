package org.relaxon.tools.cli.option;

import java.util.List;
import java.util.function.UnaryOperator;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that settle one network once, by one method. */
public final class SettlingOptions {
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

    /** {@return the name of the host} */
    public String host() {
        return single.host();
    }

    /** {@return the options of any run} */
    public RunOptions run() {
        return run;
    }

    /** {@return the seed of network and run} */
    public long seed() {
        return problem.seed();
    }

    /**
     * {@return the problem as stated}
     *
     * @param algorithm whose initial weights are the default
     */
    public ProblemSpec problem(Algorithm algorithm) {
        return problem.spec(algorithm);
    }

    /**
     * {@return algorithm, estimator and strength; strength 0 is the free phase alone}
     *
     * @throws IllegalArgumentException if they do not fit, or if another option names a phase that
     *     they have not
     */
    public Method method() {
        Algorithm algorithm = variant.algorithm(single.algorithm());
        Method method =
                new Method(
                        algorithm,
                        variant.estimator(algorithm, single.estimator()),
                        strength(algorithm));
        run.requirePhases(method.strength() == 0.0 ? 1 : algorithm.phases().size());
        return method;
    }

    /** NaN equals nothing, so a missing strength becomes the default. */
    private double strength(Algorithm algorithm) {
        return beta != null && beta == 0.0 ? 0.0 : variant.strength(algorithm, beta);
    }

    /**
     * Checks what can be checked before anything settles.
     *
     * @param built the problem
     * @param method the phases
     * @param plan the run
     * @return columns of the widest phase
     * @throws IllegalArgumentException if they do not fit each other or the memory
     */
    public int requireRunnable(Problem built, Method method, RunPlan plan) {
        int columns = columns(built, method);
        plan.signalling().requireSupported(built.network(), plan.rule(), plan.kernels());
        MemoryEstimate.of(built.network(), plan, columns, 1).require(run.memoryLimitBytes());
        return columns;
    }

    private static int columns(Problem built, Method method) {
        if (method.strength() != 0.0) {
            method.algorithm().requireDefinedOn(built.network());
            requireInRange(method, built);
            method.requireStrengths(built.network().loss());
        }
        List<Phase> phases =
                method.strength() == 0.0
                        ? List.of(Phase.free(built.input()))
                        : method.phases(built.input(), built.target());
        phases.forEach(phase -> phase.validate(built.network()));
        return phases.stream().mapToInt(Phase::columns).max().orElseThrow();
    }

    /** Here, unlike elsewhere, 0 is in the range as well. */
    private static void requireInRange(Method method, Problem built) {
        try {
            method.inRange(built.network().depth());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; 0 settles the free phase alone", e);
        }
    }

    /**
     * {@return the run as requested}
     *
     * @param algorithm whose defaults it has
     * @param timing delays and refractory periods that belong to the network
     */
    public RunPlan plan(Algorithm algorithm, Timing timing) {
        return single.plan(Defaults.runPlan(algorithm), run, false, timing).withSeed(seed());
    }

    /**
     * {@return how the run is repeated with other options, as advice tries}
     *
     * @param method of the run
     * @param timing delays and refractory periods that belong to the network
     * @param completed what other options add to a plan
     */
    public Setting setting(Method method, Timing timing, UnaryOperator<RunPlan> completed) {
        Setting own =
                Setting.of(
                        method,
                        other -> completed.apply(plan(other.algorithm(), timing)),
                        run.budget(host()));
        return Double.isNaN(run.threshold())
                ? own
                : own.orUnthresholded(
                        other -> completed.apply(unthresholded(other.algorithm(), timing)));
    }

    private RunPlan unthresholded(Algorithm algorithm, Timing timing) {
        return single.unthresholded(Defaults.runPlan(algorithm), run, timing).withSeed(seed());
    }
}
