package org.relaxon.runtime.synchronous;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.runtime.settling.SettlingSession;

/** What both hosts that sweep have in common: what they refuse, and how they are judged. */
final class Sweeps {
    private Sweeps() {}

    /** Wires a network for a plan that asks for nothing that sweeps do not have. */
    static Wiring wire(Network network, RunPlan plan) {
        plan.rule().validate(network);
        plan.requireConsistent();
        if (plan.refractoryNanos() > 0 || plan.probes()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no refractory period and no probes");
        }
        if (!plan.delay().spec().equals("none")
                || !plan.faults().isEmpty()
                || !plan.delaysOn().isEmpty()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no delays, cuts or other faults; use virtual or"
                            + " akka");
        }
        if (!plan.discipline().equals(Discipline.EAGER) || plan.delivery() != null) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no discipline or delivery of their own; use"
                            + " virtual or akka");
        }
        MemoryEstimate.of(network, plan.granularity(), 1).requireHeap();
        return Wiring.of(network, plan.granularity());
    }

    static Session session(Wiring wiring, RunPlan plan, SweepRunner runner) {
        Judge judge = new Judge(wiring, plan.effectiveTolerance());
        return new SettlingSession(wiring, plan, runner, judge);
    }
}
