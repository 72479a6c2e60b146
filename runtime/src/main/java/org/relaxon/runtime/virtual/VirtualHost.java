package org.relaxon.runtime.virtual;

import java.util.List;
import java.util.function.Supplier;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.JudgeFactory;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;
import org.relaxon.runtime.slot.Slot;
import org.relaxon.runtime.slot.Slots;

/**
 * Runs a network in virtual time on the calling thread: discrete events in a total order, so that
 * the same (network, plan, phase) gives the same bits on every machine. The first host to read.
 */
public final class VirtualHost implements Host {
    private final JudgeFactory judges;
    private final Supplier<WaveDetector> detectors;
    private final Arrivals arrivals;

    /** Makes a host with the usual judge and detector. */
    public VirtualHost() {
        this(Judge::new, FourCounter::new);
    }

    /**
     * Makes a host with another judge or detector, to show in a test which faults the real ones
     * detect.
     *
     * @param judges makes the judge of each session
     * @param detectors makes the detector of each session, used if the plan asks for probe waves
     */
    public VirtualHost(JudgeFactory judges, Supplier<WaveDetector> detectors) {
        this(judges, detectors, Arrivals.UNCHANGED);
    }

    /**
     * Makes a host with another judge or detector, and with parcels that arrive changed.
     *
     * @param judges makes the judge of each session
     * @param detectors makes the detector of each session, used if the plan asks for probe waves
     * @param arrivals changes each parcel that arrives
     */
    public VirtualHost(JudgeFactory judges, Supplier<WaveDetector> detectors, Arrivals arrivals) {
        this.judges = judges;
        this.detectors = detectors;
        this.arrivals = arrivals;
    }

    @Override
    public String optionName() {
        return "virtual";
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        Wiring wiring = wire(network, plan, 1);
        Slots slots = new Slots(wiring, plan);
        return session(wiring, plan, slots, slots.create());
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        SettlingPipeline.requireLanes(plan, lanes);
        Wiring wiring = wire(network, plan, lanes);
        return SettlingPipeline.of(
                plan,
                lanes,
                Runtime.getRuntime().availableProcessors(),
                (own, cells) -> {
                    Slots slots = new Slots(wiring, own);
                    List<Slot> around = cells == null ? slots.create() : slots.createAround(cells);
                    return session(wiring, own, slots, around);
                });
    }

    private static Wiring wire(Network network, RunPlan plan, int lanes) {
        RuleContract.require(plan.rule(), network);
        MemoryEstimate.of(network, plan.granularity(), 1, lanes).requireHeap();
        return Wiring.of(network, plan.granularity());
    }

    private SettlingSession session(Wiring wiring, RunPlan plan, Slots slots, List<Slot> around) {
        VirtualRunner runner =
                new VirtualRunner(slots, around, plan.probes() ? detectors.get() : null, arrivals);
        return new SettlingSession(
                wiring, plan, runner, judges.create(wiring, plan.effectiveTolerance()));
    }

    @Override
    public void close() {
        // holds no threads; its sessions are garbage once dropped
    }
}
