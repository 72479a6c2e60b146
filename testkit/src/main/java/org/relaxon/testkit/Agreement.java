package org.relaxon.testkit;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.host.Hosts;

/**
 * Whether a method gives the same update on every host, with cells of any size and under any delay.
 * A rule that depends on the order in which signals arrive does not.
 */
public final class Agreement {
    private static final Budget AMPLE = Budget.DEFAULT.withNanos(Long.MAX_VALUE);

    private final Method method;
    private final Problem problem;
    private final List<Supplier<Host>> hosts;
    private final List<String> granularities;
    private final List<String> delays;
    private final UnaryOperator<RunPlan> change;

    private Agreement(
            Method method,
            Problem problem,
            List<Supplier<Host>> hosts,
            List<String> granularities,
            List<String> delays,
            UnaryOperator<RunPlan> change) {
        this.method = method;
        this.problem = problem;
        this.hosts = List.copyOf(hosts);
        this.granularities = List.copyOf(granularities);
        this.delays = List.copyOf(delays);
        this.change = change;
    }

    /**
     * {@return the comparison of virtual time, two threads of actors and synchronous sweeps, with
     * cells of a whole layer, of two neurons and of one, without delay and with an exponential one}
     *
     * @param method algorithm, estimator and strength
     * @param problem network and examples
     */
    public static Agreement of(Method method, Problem problem) {
        return new Agreement(
                method,
                problem,
                List.of(Hosts::virtual, () -> Hosts.akka(2), Hosts::synchronous),
                List.of("layer", "block:2", "neuron"),
                List.of("none", "exponential:100us"),
                UnaryOperator.identity());
    }

    /**
     * {@return the same comparison on other hosts}
     *
     * @param value makes each host; it is closed after use
     */
    public Agreement withHosts(List<Supplier<Host>> value) {
        return new Agreement(method, problem, value, granularities, delays, change);
    }

    /**
     * {@return the same comparison with other cells}
     *
     * @param value granularities as text
     */
    public Agreement withGranularities(List<String> value) {
        return new Agreement(method, problem, hosts, value, delays, change);
    }

    /**
     * {@return the same comparison under other delays; hosts without time run without}
     *
     * @param value delays as text
     */
    public Agreement withDelays(List<String> value) {
        return new Agreement(method, problem, hosts, granularities, value, change);
    }

    /**
     * {@return the same comparison under another plan, such as one with turns}
     *
     * @param value changes the plan of each run, which has a threshold of 1e-14
     */
    public Agreement withPlan(UnaryOperator<RunPlan> value) {
        return new Agreement(method, problem, hosts, granularities, delays, value);
    }

    /**
     * Runs the method in every way.
     *
     * @param room largest distance between the updates of two ways, relative
     * @return the update of the first way, stated as a gradient
     * @throws AssertionError naming the way that did not settle or that is further away
     */
    public Parameters require(double room) {
        Parameters first = null;
        for (Supplier<Host> maker : hosts) {
            try (Host host = maker.get()) {
                for (String granularity : granularities) {
                    for (String delay : host.keepsTime() ? delays : List.of("none")) {
                        Parameters found = update(host, granularity, delay);
                        first = first == null ? found : first;
                        compare(way(host, granularity, delay), found, first, room);
                    }
                }
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("agreement: need a host, a granularity and a delay");
        }
        return first;
    }

    private String way(Host host, String granularity, String delay) {
        return "%s on %s, %s, %s, %s"
                .formatted(method, host.optionName(), granularity, delay, problem);
    }

    private Parameters update(Host host, String granularity, String delay) {
        RunPlan plan =
                RunPlan.of(method.algorithm().rule())
                        .withThreshold(1e-14)
                        .withTolerance(1e-8)
                        .withGranularity(Granularity.parse(granularity))
                        .withDelay(Delays.parse(delay));
        try (Session session = host.open(problem.network(), change.apply(plan))) {
            GradientEstimate estimate =
                    GradientEstimate.of(session, method, problem.input(), problem.target(), AMPLE);
            if (!estimate.isConclusive()) {
                throw new AssertionError(
                        way(host, granularity, delay) + " gave no update: " + estimate.verdict());
            }
            return estimate.update().gradient();
        }
    }

    private void compare(String way, Parameters found, Parameters first, double room) {
        double off = Compare.relative(problem.network(), found, first);
        if (!(off <= room)) {
            throw new AssertionError(
                    String.format(
                            Locale.ROOT,
                            "%s: the update is %.3g off that of the first way, relative; at most"
                                    + " %.3g is allowed",
                            way,
                            off,
                            room));
        }
    }
}
