package org.relaxon.experiments.claims;

import java.util.List;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.synchronous.SynchronousHost;

/**
 * What {@link LocalUpdatesEqualBackprop} goes through: every rule on every host at every granularity
 * under every delay is one case, and every case runs with every seed. Built by {@link #of} and the
 * {@code with} methods.
 *
 * @param rules at least one
 * @param hosts at least one; open, and closed by the caller
 * @param granularities at least one
 * @param delays at least one
 * @param estimator which nudging strengths make one estimate
 * @param beta nudging strength, greater than 0
 * @param problem network and data; its seed is replaced by each of {@code seeds}
 * @param seeds of weights, data, delays and jitter; at least one
 * @param threshold change of activity worth a signal; NaN for one that does not show in the error
 * @param tolerance largest defect that counts as settled; NaN for the default of a run
 * @param refractoryNanos mean pause of a cell; -1 for the default of a run
 * @param cuts outages of links
 * @param kernels strict or fast arithmetic
 * @param budget of every settling
 * @param auditRounds audits before a network that is quiet away from equilibrium is given up
 */
public record CheckPlan(
        List<Rule> rules,
        List<Host> hosts,
        List<Granularity> granularities,
        List<DelayModel> delays,
        Estimator estimator,
        double beta,
        ProblemSpec problem,
        List<Long> seeds,
        double threshold,
        double tolerance,
        long refractoryNanos,
        List<Cut> cuts,
        Kernels.Kind kernels,
        Budget budget,
        int auditRounds) {

    /**
     * @throws IllegalArgumentException naming the field, its value and what is allowed
     */
    public CheckPlan {
        rules = nonEmpty("algorithm", rules);
        hosts = nonEmpty("host", hosts);
        granularities = nonEmpty("granularity", granularities);
        delays = nonEmpty("delay", delays);
        seeds = nonEmpty("seed", seeds);
        cuts = List.copyOf(cuts);
        if (!Double.isNaN(threshold) && !(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "threshold: need a number >= 0 and < 1, got " + threshold);
        }
        Matrix one = Matrix.zeros(1, 1);
        for (double b : estimator.phase(one, one, beta).betas()) {
            if (!problem.loss().accepts(b)) {
                throw new IllegalArgumentException(
                        "beta: %s must be %s".formatted(b, problem.loss().betaRange()));
            }
        }
        boolean delayed =
                !cuts.isEmpty() || delays.stream().anyMatch(delay -> delay.typicalNanos() > 0);
        if (delayed && hosts.stream().anyMatch(SynchronousHost.class::isInstance)) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no delays or cuts; use virtual or akka");
        }
    }

    /**
     * Predictive coding in whole layers without delay, one-sided at 1e-4, seed 1, strict kernels.
     */
    public static CheckPlan of(ProblemSpec problem, List<? extends Host> hosts) {
        return new CheckPlan(
                List.of(new PredictiveCoding()),
                List.copyOf(hosts),
                List.of(Granularity.LAYER),
                List.of(Delays.none()),
                Estimator.ONE_SIDED,
                1e-4,
                problem,
                List.of(1L),
                Double.NaN,
                Double.NaN,
                -1,
                List.of(),
                Kernels.Kind.STRICT,
                Budget.DEFAULT,
                12);
    }

    /** Number of cases. */
    public int cases() {
        return rules.size() * hosts.size() * granularities.size() * delays.size();
    }

    private static <T> List<T> nonEmpty(String name, List<T> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException(name + ": need at least one");
        }
        return List.copyOf(list);
    }

    public CheckPlan withRules(Rule... value) {
        return new CheckPlan(
                List.of(value), hosts, granularities, delays, estimator, beta, problem, seeds,
                threshold, tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withHosts(Host... value) {
        return new CheckPlan(
                rules, List.of(value), granularities, delays, estimator, beta, problem, seeds,
                threshold, tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withGranularities(Granularity... value) {
        return new CheckPlan(
                rules, hosts, List.of(value), delays, estimator, beta, problem, seeds, threshold,
                tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withDelays(DelayModel... value) {
        return new CheckPlan(
                rules, hosts, granularities, List.of(value), estimator, beta, problem, seeds,
                threshold, tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withEstimator(Estimator value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, value, beta, problem, seeds, threshold,
                tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withBeta(double value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, value, problem, seeds, threshold,
                tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withProblem(ProblemSpec value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, value, seeds, threshold,
                tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withSeeds(List<Long> value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, value, threshold,
                tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withThreshold(double value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, value,
                tolerance, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withTolerance(double value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, threshold,
                value, refractoryNanos, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withRefractoryNanos(long value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, threshold,
                tolerance, value, cuts, kernels, budget, auditRounds);
    }

    public CheckPlan withCuts(List<Cut> value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, threshold,
                tolerance, refractoryNanos, value, kernels, budget, auditRounds);
    }

    public CheckPlan withKernels(Kernels.Kind value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, threshold,
                tolerance, refractoryNanos, cuts, value, budget, auditRounds);
    }

    public CheckPlan withBudget(Budget value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, threshold,
                tolerance, refractoryNanos, cuts, kernels, value, auditRounds);
    }

    public CheckPlan withAuditRounds(int value) {
        return new CheckPlan(
                rules, hosts, granularities, delays, estimator, beta, problem, seeds, threshold,
                tolerance, refractoryNanos, cuts, kernels, budget, value);
    }
}
