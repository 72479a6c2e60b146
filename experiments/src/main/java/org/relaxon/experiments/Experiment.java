package org.relaxon.experiments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.host.Hosts;

/**
 * A network settles on a batch of examples by exchanging messages, and its local updates are
 * compared with the gradient that they should converge to: what {@code relaxon settle} does, with
 * the same defaults. An experiment is a value: each method returns another one, and {@link #run}
 * can be called any number of times, from any threads.
 *
 * <p>For several phases, examples or updates with the same cells, use a {@link Session}.
 */
public final class Experiment {
    private final Optional<Problem> given;
    private final ProblemSpec spec;
    private final Method method;
    private final UnaryOperator<RunPlan> plan;
    private final Supplier<Host> host;
    private final Budget budget;

    private Experiment(
            Optional<Problem> given,
            ProblemSpec spec,
            Method method,
            UnaryOperator<RunPlan> plan,
            Supplier<Host> host,
            Budget budget) {
        this.given = given;
        this.spec = spec;
        this.method = method;
        this.plan = plan;
        this.host = host;
        this.budget = budget;
    }

    private static Experiment of(Optional<Problem> given, ProblemSpec spec) {
        return new Experiment(
                given,
                spec,
                Defaults.of(Algorithms.pcNudge()).method(),
                UnaryOperator.identity(),
                Hosts::virtual,
                Budget.DEFAULT);
    }

    /**
     * {@return an experiment on a chain of tanh layers with a linear output, the squared loss, and
     * weights, input and target that seed 1 draws, by predictive coding with a small nudge, in
     * virtual time, with a cell per layer and without delay}
     *
     * @param sizes n_0 ... n_L, input first; none for 8, 16, 12, 4
     */
    public static Experiment layered(int... sizes) {
        return of(ProblemSpec.defaults().withLayers(sizes));
    }

    /**
     * {@return an experiment on the problem of a specification} An algorithm brings its own scale
     * of the initial weights: {@link #withAlgorithm} sets it.
     *
     * @param spec network, data and seed
     */
    public static Experiment of(ProblemSpec spec) {
        return of(Optional.empty(), spec);
    }

    /**
     * {@return an experiment on a network with its own weights}
     *
     * @param network populations, projections and weights
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @throws IllegalArgumentException if a shape does not fit the network
     */
    public static Experiment of(Network network, Matrix input, Matrix target) {
        Problem problem = new Problem(network, input, target, "given", network.toString());
        return of(Optional.of(problem), ProblemSpec.defaults());
    }

    /**
     * {@return the same by another algorithm, with its default strength, estimator and scale of the
     * weights that a seed draws}
     *
     * @param value the algorithm
     */
    public Experiment withAlgorithm(Algorithm value) {
        Defaults own = Defaults.of(value);
        return new Experiment(given, own.applyTo(spec), own.method(), plan, host, budget);
    }

    /**
     * {@return the same at another strength, estimator or both}
     *
     * @param change of the method
     */
    public Experiment withMethod(UnaryOperator<Method> change) {
        return new Experiment(given, spec, change.apply(method), plan, host, budget);
    }

    /**
     * {@return the same at another strength}
     *
     * @param value beta or gamma of the algorithm, dimensionless
     */
    public Experiment withStrength(double value) {
        return withMethod(m -> m.withStrength(value));
    }

    /**
     * {@return the same with other weights, input, target and delays}
     *
     * @param value seed of all of them; weights of a given network stay
     */
    public Experiment withSeed(long value) {
        return new Experiment(given, spec.withSeed(value), method, plan, host, budget)
                .withPlan(p -> p.withSeed(value));
    }

    /**
     * {@return the same with other cells}
     *
     * @param value neurons per cell
     */
    public Experiment withGranularity(Granularity value) {
        return withPlan(p -> p.withGranularity(value));
    }

    /**
     * {@return the same with a delay on every link}
     *
     * @param value travel time of a signal
     */
    public Experiment withDelay(DelayModel value) {
        return withPlan(p -> p.withDelay(value));
    }

    /**
     * {@return the same with another plan: discipline, faults, thresholds, ...}
     *
     * @param change of the plan, after the changes before
     */
    public Experiment withPlan(UnaryOperator<RunPlan> change) {
        UnaryOperator<RunPlan> before = plan;
        return new Experiment(
                given, spec, method, p -> change.apply(before.apply(p)), host, budget);
    }

    /**
     * {@return the same on another host}
     *
     * @param value opens the host, which each run closes, such as {@code Hosts::akka}
     */
    public Experiment withHost(Supplier<Host> value) {
        return new Experiment(given, spec, method, plan, value, budget);
    }

    /**
     * {@return the same with other limits of each settling}
     *
     * @param value messages, relaxations, time
     */
    public Experiment withBudget(Budget value) {
        return new Experiment(given, spec, method, plan, host, value);
    }

    /**
     * Settles all phases of the algorithm and compares the local updates.
     *
     * @return the verdict and the comparison; a network that does not settle is an outcome, not an
     *     exception
     * @throws IllegalArgumentException if parts do not fit each other, in one line
     * @throws UncheckedIOException if a data file cannot be read or is malformed
     */
    public Outcome run() {
        Problem problem = problem();
        Algorithm algorithm = method.algorithm();
        RunPlan resolved = plan.apply(Defaults.runPlan(algorithm));
        try (Host open = host.get();
                Session session = open.open(problem.network(), resolved)) {
            GradientEstimate estimate =
                    GradientEstimate.withinOneBasin(
                            session, method, problem.input(), problem.target(), budget);
            return outcome(problem, resolved, estimate);
        }
    }

    private Problem problem() {
        if (given.isPresent()) {
            return given.get();
        }
        try {
            return spec.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome outcome(Problem problem, RunPlan resolved, GradientEstimate found) {
        double tolerance = resolved.effectiveTolerance();
        GradientEstimate estimate =
                MinimumJudge.of(method.algorithm().rule(), problem, found, tolerance, () -> false)
                        .estimate();
        if (!estimate.isConclusive()) {
            return new Outcome(
                    estimate.verdict(), estimate.report(), Optional.empty(), "it did not settle");
        }
        ReferenceOf reference =
                ReferenceOf.estimate(
                        method, null, problem, estimate, tolerance, resolved.threshold());
        GradientComparison compared =
                GradientComparison.of(
                        problem.network(), estimate.update().gradient(), reference.gradient());
        return new Outcome(
                estimate.verdict(),
                estimate.report(),
                reference.objection().isEmpty() ? Optional.of(compared) : Optional.empty(),
                reference.objection());
    }
}
