package org.relaxon.experiments.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.model.algorithm.Method;
import org.relaxon.runtime.RunPlan;

/** A run that axes still change; their changes are applied at the end, in one order. */
final class RunDraft {
    private final SweepSettings settings;
    private final List<UnaryOperator<ProblemSpec>> problem = new ArrayList<>();
    private final List<UnaryOperator<RunPlan>> plan = new ArrayList<>();
    private String algorithm;
    private double step = Double.NaN;
    private double strength;
    private String strengthName;
    private String delayFamily;
    private long delayMean = -1;

    RunDraft(SweepSettings settings) {
        this.settings = settings;
        this.algorithm = settings.algorithmName();
        this.strengthName = settings.strengthName();
        this.strength = settings.strength();
        this.delayFamily = settings.delayFamily();
    }

    /** One that reads the values of axes and is never resolved. */
    static RunDraft unresolved() {
        return new RunDraft(
                new SweepSettings("", null, null, null, "", Double.NaN, "", null, null));
    }

    /** Adds a change of network or data. */
    void problem(UnaryOperator<ProblemSpec> change) {
        problem.add(change);
    }

    /** Adds a change of how the run settles. */
    void plan(UnaryOperator<RunPlan> change) {
        plan.add(change);
    }

    void algorithm(String name) {
        algorithm = name;
    }

    void step(double eta) {
        step = eta;
    }

    /**
     * @param name {@code beta} or {@code gamma}, which the algorithm must have, or {@code strength}
     *     for whichever of them it has
     */
    void strength(String name, double value) {
        strengthName = name;
        strength = value;
    }

    void delayFamily(String name) {
        DelayFamily.require(name);
        delayFamily = name;
    }

    void delayMean(long nanos) {
        delayMean = nanos;
    }

    /**
     * @throws IllegalArgumentException naming the parts that do not fit each other
     */
    ResolvedRun resolve(long seed) {
        Algorithm chosen = settings.algorithms().named(algorithm, step);
        requireStrength(strengthName, chosen);
        ProblemSpec spec = settings.problem().apply(chosen);
        for (UnaryOperator<ProblemSpec> change : problem) {
            spec = change.apply(spec);
        }
        RunPlan run = settings.plan().apply(Defaults.runPlan(chosen));
        if (delayMean >= 0) {
            run = run.withDelay(DelayFamily.of(delayFamily, delayMean));
        }
        for (UnaryOperator<RunPlan> change : plan) {
            run = change.apply(run);
        }
        run = run.withConditions(run.conditions().withTiming(spec.timing()));
        return new ResolvedRun(
                spec.withSeed(seed),
                new Method(
                        chosen,
                        settings.estimators().apply(chosen),
                        Double.isNaN(strength)
                                ? Defaults.of(chosen).method().strength()
                                : strength),
                run.withSeed(seed),
                settings.budget());
    }

    /**
     * @param name {@code beta}, {@code gamma}, {@code strength}, or empty for the default
     * @throws IllegalArgumentException if the algorithm has no strength of that name
     */
    static void requireStrength(String name, Algorithm chosen) {
        boolean gamma = chosen.strength() == Strength.GAMMA;
        boolean none = chosen.strength() == Strength.NONE;
        if (!name.isEmpty() && none) {
            throw new IllegalArgumentException(
                    "%s: %s has no strength to choose".formatted(name, chosen.optionName()));
        }
        if (name.equals("beta") && gamma || name.equals("gamma") && !gamma) {
            throw new IllegalArgumentException(
                    "%s: %s has %s in its place; --axis strength=... sets whichever an algorithm has"
                            .formatted(name, chosen.optionName(), gamma ? "gamma" : "beta"));
        }
    }
}
