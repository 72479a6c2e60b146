package org.relaxon.runtime.synchronous;

import java.util.function.ToIntFunction;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;
import org.relaxon.runtime.shard.Shards;

/** The common part of both hosts that sweep: what they refuse, and how they are judged. */
final class Sweeps {
    private Sweeps() {}

    /** Wires a network for a plan, and refuses options that sweeps do not have. */
    static Wiring wire(Network network, RunPlan plan, int lanes) {
        SettlingPipeline.requireLanes(plan, lanes);
        RuleContract.require(plan.rule(), network);
        plan.requireConsistent();
        if (plan.refractoryNanos() > 0 || plan.probes()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no refractory period and no probes");
        }
        if (!plan.conditions().timing().isEmpty()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no time, and the network states some, %s; use"
                                    .formatted(plan.conditions().timing())
                            + " virtual or akka");
        }
        if (!plan.delay().equals(Delays.none())
                || !plan.faults().isEmpty()
                || !plan.conditions().delaysOn().isEmpty()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no delays, cuts or other faults; use virtual or"
                            + " akka, or delay none and no faults");
        }
        if (!plan.discipline().equals(Discipline.EAGER) || plan.conditions().delivery() != null) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no discipline or delivery of their own; use"
                            + " virtual or akka");
        }
        MemoryEstimate.of(network, plan, 1, lanes).requireHeap();
        return Wiring.of(network, plan.granularity());
    }

    /** One session whose cells, in so many shards at most, relax in the given groups. */
    static SettlingSession session(
            Wiring wiring, RunPlan plan, int shards, int groups, ToIntFunction<CellId> groupOf) {
        Shards cells =
                Shards.of(wiring, plan.rule(), plan.kernels(), plan.signalling(), true, shards);
        return session(wiring, plan, cells, groups, groupOf);
    }

    private static SettlingSession session(
            Wiring wiring, RunPlan plan, Shards cells, int groups, ToIntFunction<CellId> groupOf) {
        Judge judge = new Judge(wiring, plan.effectiveTolerance());
        SweepRunner runner = new SweepRunner(wiring, cells, groups, groupOf);
        return new SettlingSession(wiring, plan, runner, judge);
    }

    /** Several lanes of the same. */
    static Pipeline pipeline(
            Wiring wiring,
            RunPlan plan,
            int lanes,
            int shards,
            int groups,
            ToIntFunction<CellId> groupOf) {
        return SettlingPipeline.of(
                plan,
                lanes,
                Runtime.getRuntime().availableProcessors(),
                (own, originals) ->
                        originals == null
                                ? session(wiring, own, shards, groups, groupOf)
                                : session(wiring, own, originals.twins(), groups, groupOf));
    }
}
