package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.cluster.Placement;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.fault.SlowCell;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.runtime.settling.CancelWatch;

/**
 * Claim: where one node is slow, cells that wait for no other reach the same gradient several times
 * as fast as cells that do. {@link StragglerShape} states this in figures.
 *
 * <p>Slowness is a pause after each relaxation, which uses no processor. A barrier makes every cell
 * wait for the slowest in each round. Without one, only the relaxations of slow cells on the path
 * of the signals take longer.
 */
public final class StragglerStudy {
    private final StragglerPlan plan;

    /**
     * Creates a study that has not run yet.
     *
     * @param plan what to run
     */
    public StragglerStudy(StragglerPlan plan) {
        this.plan = plan;
    }

    /** A network, where its cells are, and what their updates are compared with. */
    private record Chain(
            long seed,
            Problem problem,
            Parameters backprop,
            Map<StragglerWork, Parameters> baselines) {}

    /**
     * Runs everything: those on nodes one after another, as they are timed, then those in virtual
     * time.
     *
     * @param cluster has as many nodes as the plan
     * @param stop polled between and during runs; a settling in progress is then cancelled, and
     *     only the rows finished before are returned
     * @param done called after each of them, from any thread
     * @return rows in the order of the cases, then by seed
     * @throws IOException if a problem cannot be built
     */
    public List<StragglerRow> run(Host cluster, BooleanSupplier stop, Runnable done)
            throws IOException {
        List<StragglerRow> rows = new ArrayList<>();
        List<Callable<StragglerRow>> virtual = new ArrayList<>();
        List<StragglerCase> cases = plan.cases();
        warmUp(cluster, cases, stop);
        for (long seed : plan.seeds()) {
            Chain chain = chain(seed);
            for (StragglerWork work : StragglerWork.values()) {
                baseline(chain, work, stop, done, rows);
            }
            for (StragglerCase one : cases) {
                if (one.cluster() && !stop.getAsBoolean()) {
                    StragglerRow row = settle(chain, one, cluster, stop);
                    if (row != null) {
                        rows.add(row);
                        done.run();
                    }
                } else if (one.host().equals("virtual")) {
                    virtual.add(() -> inVirtualTime(chain, one, stop));
                }
            }
        }
        rows.addAll(Concurrently.run(virtual, plan.threads(), stop, done));
        rows.sort(
                Comparator.comparingInt((StragglerRow r) -> cases.indexOf(r.of()))
                        .thenComparingLong(StragglerRow::seed));
        return rows;
    }

    /** Nodes that have just started are slower; what they settle first is no row. */
    private void warmUp(Host cluster, List<StragglerCase> cases, BooleanSupplier stop)
            throws IOException {
        Chain first = chain(plan.seeds().get(0));
        for (StragglerCase one : cases) {
            if (one.cluster() && one.factor() == 1 && !stop.getAsBoolean()) {
                var unused = settle(first, one, cluster, stop);
            }
        }
    }

    private Chain chain(long seed) throws IOException {
        Problem p = plan.problem().withSeed(seed).build();
        Parameters backprop =
                Backprop.of(p.network())
                        .gradient(p.network().parameters(), p.input(), p.target())
                        .gradient();
        return new Chain(seed, p, backprop, new EnumMap<>(StragglerWork.class));
    }

    /** Sweeps need as many rounds whatever the pauses, so that one settling is all of its cases. */
    private void baseline(
            Chain chain,
            StragglerWork work,
            BooleanSupplier stop,
            Runnable done,
            List<StragglerRow> rows) {
        if (stop.getAsBoolean()) {
            return;
        }
        try (Host host = Hosts.synchronous()) {
            StragglerCase even = new StragglerCase(work, false, StragglerWay.SYNCHRONOUS, 1);
            StragglerRow row = settle(chain, even, host, stop);
            if (row == null) {
                return;
            }
            for (StragglerCase one : plan.cases()) {
                if (one.work() == work && one.way() == StragglerWay.SYNCHRONOUS) {
                    double nanos = row.nanos() * plan.pauseNanos() * one.factor();
                    rows.add(
                            new StragglerRow(
                                    one,
                                    row.seed(),
                                    row.reason(),
                                    nanos,
                                    row.difference(),
                                    row.error(),
                                    row.messages(),
                                    row.relaxations()));
                    done.run();
                }
            }
        }
    }

    private StragglerRow inVirtualTime(Chain chain, StragglerCase one, BooleanSupplier stop) {
        try (Host host = Hosts.virtual()) {
            return settle(chain, one, host, stop);
        }
    }

    /** One row; null if it was stopped before it was complete. */
    private StragglerRow settle(Chain chain, StragglerCase one, Host host, BooleanSupplier stop) {
        Problem p = chain.problem();
        Estimator estimator = Estimator.ONE_SIDED;
        try (Session session = host.open(p.network(), runPlan(p.network(), one, chain.seed()));
                CancelWatch watch = new CancelWatch(stop)) {
            watch.watch(session::cancel);
            Settlement verdict =
                    session.settle(
                            estimator.phase(p.input(), p.target(), one.work().beta()),
                            plan.budget());
            watch.rest();
            Reason reason = verdict instanceof NotSettled not ? not.reason() : null;
            if (reason == Reason.CANCELLED) {
                return null;
            }
            RunReport cost = session.report();
            double difference = Double.NaN;
            double error = Double.NaN;
            if (verdict instanceof Settled settled) {
                Parameters update = session.update(settled, estimator).gradient();
                if (one.way() == StragglerWay.SYNCHRONOUS) {
                    chain.baselines().put(one.work(), update);
                }
                difference = difference(p.network(), update, chain.baselines().get(one.work()));
                error = difference(p.network(), update, chain.backprop());
            }
            return new StragglerRow(
                    one,
                    chain.seed(),
                    reason,
                    cost.hostNanos(),
                    difference,
                    error,
                    cost.messages(),
                    cost.relaxations());
        }
    }

    private static double difference(Network network, Parameters update, Parameters from) {
        return from == null
                ? Double.NaN
                : GradientComparison.relativeDifference(network, update, from);
    }

    /** Sweeps have no time, and their cells no pauses. */
    private RunPlan runPlan(Network network, StragglerCase one, long seed) {
        RunPlan out =
                RunPlan.of(new PredictiveCoding())
                        .withTolerance(StragglerPlan.TOLERANCE)
                        .withRefractoryNanos(0)
                        .withSeed(seed);
        return one.way() == StragglerWay.SYNCHRONOUS
                ? out
                : out.withConditions(conditions(network, one));
    }

    private Conditions conditions(Network network, StragglerCase one) {
        List<List<String>> nodes =
                Placement.balanced(network, Granularity.LAYER, plan.nodes()).cells();
        List<SlowCell> pauses = new ArrayList<>();
        List<DelayOn> departures = new ArrayList<>();
        List<String> slow = nodes.get(plan.slowNode());
        for (List<String> node : nodes) {
            for (String cell : node) {
                pauses.add(new SlowCell(cell, pause(slow, cell, one)));
            }
        }
        if (one.work().isLate()) {
            Wiring wiring = Wiring.of(network, Granularity.LAYER);
            wiring.links()
                    .forEach(
                            link -> {
                                String from = wiring.cells().get(link.from()).name();
                                String to = wiring.cells().get(link.to()).name();
                                long travel = pause(slow, from, one);
                                departures.add(new DelayOn(from, to, Delays.constant(travel)));
                            });
        }
        Faults faults = Faults.NONE.withSlow(pauses);
        return new Conditions(one.way().discipline(), null, faults, departures);
    }

    private long pause(List<String> slow, String cell, StragglerCase one) {
        return slow.contains(cell) ? plan.pauseNanos() * one.factor() : plan.pauseNanos();
    }
}
