package org.relaxon.runtime.synchronous;

import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.runtime.settling.SettlingSession;

/**
 * The baseline with a clock: in every sweep all cells relax on what the sweep before has said. It
 * is not asynchronous and has no delays.
 */
public final class SynchronousHost implements Host {
    @Override
    public String optionName() {
        return "synchronous";
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        plan.rule().validate(network);
        if (plan.refractoryNanos() > 0 || plan.probes()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no refractory period and no probes");
        }
        if (!plan.delay().spec().equals("none") || !plan.cuts().isEmpty()) {
            throw new IllegalArgumentException(
                    "host: synchronous sweeps have no delays or cuts; use virtual or akka");
        }
        MemoryEstimate.of(network, plan.granularity(), 1).requireHeap();
        Wiring wiring = Wiring.of(network, plan.granularity());
        return new SettlingSession(
                wiring,
                plan,
                new SweepRunner(wiring, plan),
                new Judge(wiring, plan.effectiveTolerance()));
    }

    @Override
    public void close() {
        // holds no threads
    }
}
