package org.relaxon.experiments.check;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Thresholds;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Signalling;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;

/**
 * What {@link LocalUpdatesMatchReference} goes through: every method on every host at every
 * granularity under every delay is one case, and every case runs with every seed. Built by {@link
 * #of} and the {@code with} methods.
 *
 * @param methods at least one, all with the same estimator at the same strength, which a table of
 *     their results states once
 * @param hosts at least one; open, and closed by the caller
 * @param granularities at least one
 * @param delays at least one
 * @param against reference to compare with; null for each algorithm's own
 * @param problem network and data; its seed is replaced by each of {@code seeds}
 * @param seeds of weights, data, delays and jitter; at least one
 * @param threshold change of activity worth a signal; NaN for one whose effect on the error is
 *     negligible
 * @param tolerance largest defect that counts as settled; NaN for the default of a run
 * @param refractoryNanos mean pause of a cell; -1 for the default of a run
 * @param conditions discipline, delivery and faults; the timing is that of the problem
 * @param kernels strict or fast arithmetic
 * @param budget of every settling
 * @param auditRounds audits before a network that is quiescent away from equilibrium is given up
 */
public record CheckPlan(
        List<Method> methods,
        List<Host> hosts,
        List<Granularity> granularities,
        List<DelayModel> delays,
        Reference against,
        ProblemSpec problem,
        List<Long> seeds,
        double threshold,
        double tolerance,
        long refractoryNanos,
        Conditions conditions,
        Kernels.Kind kernels,
        Budget budget,
        int auditRounds) {

    /**
     * Checks all fields.
     *
     * @param methods at least one, all with the same estimator at the same strength
     * @param hosts at least one
     * @param granularities at least one
     * @param delays at least one
     * @param against reference to compare with
     * @param problem network and data
     * @param seeds of weights, data, delays and jitter
     * @param threshold change of activity worth a signal
     * @param tolerance largest defect that counts as settled
     * @param refractoryNanos mean pause of a cell
     * @param conditions discipline, delivery and faults
     * @param kernels strict or fast arithmetic
     * @param budget of every settling
     * @param auditRounds audits before a network that is quiescent away from equilibrium is given
     *     up
     * @throws IllegalArgumentException naming the field, its value and the allowed range
     */
    public CheckPlan {
        methods = nonEmpty("algorithm", methods);
        hosts = nonEmpty("host", hosts);
        granularities = nonEmpty("granularity", granularities);
        delays = nonEmpty("delay", delays);
        seeds = nonEmpty("seed", seeds);
        if (!Double.isNaN(threshold) && !(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "threshold: need a number >= 0 and < 1, got " + threshold);
        }
        for (Method method : methods) {
            requireSame(methods.get(0), method);
            method.inRange(problem.depth()).requireStrengths(problem.loss());
        }
        conditions = conditions.withTiming(problem.timing());
        boolean delayed =
                !conditions.isPlain()
                        || delays.stream().anyMatch(delay -> delay.typicalNanos() > 0);
        if (delayed && hosts.stream().anyMatch(CheckPlan::sweeps)) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no delays, cuts, other faults or disciplines; use"
                            + " virtual or akka, or --delay none and no faults");
        }
    }

    /**
     * {@return a plan of predictive coding in whole layers without delay, one-sided at 1e-4, seed
     * 1, strict kernels}
     *
     * @param problem network and data
     * @param hosts at least one; open, and closed by the caller
     */
    public static CheckPlan of(ProblemSpec problem, List<? extends Host> hosts) {
        return new CheckPlan(
                List.of(new Method(Algorithms.pcNudge(), Estimator.ONE_SIDED, 1e-4)),
                List.copyOf(hosts),
                List.of(Granularity.LAYER),
                List.of(Delays.none()),
                null,
                problem,
                List.of(1L),
                Double.NaN,
                Double.NaN,
                -1,
                Conditions.PLAIN,
                Kernels.Kind.STRICT,
                Budget.DEFAULT,
                12);
    }

    /** {@return the number of cases} */
    public int cases() {
        return methods.size() * hosts.size() * granularities.size() * delays.size();
    }

    /** {@return the estimator of all methods} */
    public Estimator estimator() {
        return methods.get(0).estimator();
    }

    /** {@return the strength of all methods: beta, or gamma where an algorithm has that} */
    public double strength() {
        return methods.get(0).strength();
    }

    private static void requireSame(Method first, Method other) {
        boolean same =
                first.estimator().equals(other.estimator())
                        && Double.compare(first.strength(), other.strength()) == 0;
        if (!same) {
            throw new IllegalArgumentException(
                    "algorithm: %s and %s need plans of their own".formatted(first, other));
        }
    }

    private static boolean sweeps(Host host) {
        return host instanceof SynchronousHost || host instanceof RedBlackHost;
    }

    private static <T> List<T> nonEmpty(String name, List<T> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + ": need at least one");
        }
        return List.copyOf(list);
    }

    /**
     * {@return the threshold at which a method's runs begin, smaller for an ill-conditioned
     * gradient}
     *
     * @param method of the runs
     * @param network that is settled
     */
    public double threshold(Method method, Network network) {
        Claim claim = Claim.of(method.algorithm(), method.estimator(), against);
        double own = Double.isNaN(threshold) ? Signalling.leastThreshold(kernels) : 0.0;
        Thresholds exact = new Thresholds(threshold, strength(), claim);
        Signalling signalling = Signalling.exact(Math.max(own, exact.of(network)));
        signalling.requireSupported(network, method.algorithm().rule(), kernels);
        return signalling.threshold();
    }

    /**
     * {@return the same with other methods}
     *
     * @param value at least one, all with the same estimator at the same strength
     */
    public CheckPlan withMethods(Method... value) {
        return with(draft -> draft.methods = List.of(value));
    }

    /**
     * {@return the same with other algorithms}
     *
     * @param value at least one
     */
    public CheckPlan withAlgorithms(Algorithm... value) {
        Method first = methods.get(0);
        return withMethods(Arrays.stream(value).map(first::withAlgorithm).toArray(Method[]::new));
    }

    /**
     * {@return the same compared with a reference other than the algorithm's own}
     *
     * @param value reference; null for each algorithm's own
     */
    public CheckPlan withAgainst(Reference value) {
        return with(draft -> draft.against = value);
    }

    /**
     * {@return the same on other hosts}
     *
     * @param value at least one; open, and closed by the caller
     */
    public CheckPlan withHosts(Host... value) {
        return with(draft -> draft.hosts = List.of(value));
    }

    /**
     * {@return the same with other granularities}
     *
     * @param value at least one
     */
    public CheckPlan withGranularities(Granularity... value) {
        return with(draft -> draft.granularities = List.of(value));
    }

    /**
     * {@return the same with other delays}
     *
     * @param value at least one
     */
    public CheckPlan withDelays(DelayModel... value) {
        return with(draft -> draft.delays = List.of(value));
    }

    /**
     * {@return the same with another estimator}
     *
     * @param value which nudging strengths make one estimate
     */
    public CheckPlan withEstimator(Estimator value) {
        return each(m -> m.withEstimator(value));
    }

    /**
     * {@return the same at another strength}
     *
     * @param value nudging strength or feedback gain, greater than 0
     */
    public CheckPlan withStrength(double value) {
        return each(m -> m.withStrength(value));
    }

    /**
     * {@return the same on another problem}
     *
     * @param value network and data
     */
    public CheckPlan withProblem(ProblemSpec value) {
        return with(draft -> draft.problem = value);
    }

    /**
     * {@return the same with other seeds}
     *
     * @param value at least one
     */
    public CheckPlan withSeeds(List<Long> value) {
        return with(draft -> draft.seeds = value);
    }

    /**
     * {@return the same with another threshold}
     *
     * @param value change of activity worth a signal, in [0, 1); NaN for one whose effect on the
     *     error is negligible
     */
    public CheckPlan withThreshold(double value) {
        return with(draft -> draft.threshold = value);
    }

    /**
     * {@return the same under other conditions}
     *
     * @param value discipline, delivery and faults
     */
    public CheckPlan withConditions(Conditions value) {
        return with(draft -> draft.conditions = value);
    }

    /**
     * {@return the same with other kernels}
     *
     * @param value strict or fast arithmetic
     */
    public CheckPlan withKernels(Kernels.Kind value) {
        return with(draft -> draft.kernels = value);
    }

    /**
     * {@return the same with another budget}
     *
     * @param value of every settling
     */
    public CheckPlan withBudget(Budget value) {
        return with(draft -> draft.budget = value);
    }

    /**
     * {@return the same with another number of audits}
     *
     * @param value audits before a network that is quiescent away from equilibrium is given up
     */
    public CheckPlan withAuditRounds(int value) {
        return with(draft -> draft.auditRounds = value);
    }

    /**
     * {@return the same with method and problem of a member}
     *
     * @param value member of the family
     */
    public CheckPlan withMember(Family.Member value) {
        return with(
                draft -> {
                    draft.methods = List.of(value.method());
                    draft.problem = value.problem();
                });
    }

    private CheckPlan each(UnaryOperator<Method> change) {
        return withMethods(methods.stream().map(change).toArray(Method[]::new));
    }

    private CheckPlan with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The components of one record, mutable until the next record is made. */
    private static final class Draft {
        private List<Method> methods;
        private Reference against;
        private List<Host> hosts;
        private List<Granularity> granularities;
        private List<DelayModel> delays;
        private ProblemSpec problem;
        private List<Long> seeds;
        private double threshold;
        private double tolerance;
        private long refractoryNanos;
        private Conditions conditions;
        private Kernels.Kind kernels;
        private Budget budget;
        private int auditRounds;

        private Draft(CheckPlan from) {
            methods = from.methods;
            against = from.against;
            hosts = from.hosts;
            granularities = from.granularities;
            delays = from.delays;
            problem = from.problem;
            seeds = from.seeds;
            threshold = from.threshold;
            tolerance = from.tolerance;
            refractoryNanos = from.refractoryNanos;
            conditions = from.conditions;
            kernels = from.kernels;
            budget = from.budget;
            auditRounds = from.auditRounds;
        }

        private CheckPlan done() {
            return new CheckPlan(
                    methods,
                    hosts,
                    granularities,
                    delays,
                    against,
                    problem,
                    seeds,
                    threshold,
                    tolerance,
                    refractoryNanos,
                    conditions,
                    kernels,
                    budget,
                    auditRounds);
        }
    }
}
