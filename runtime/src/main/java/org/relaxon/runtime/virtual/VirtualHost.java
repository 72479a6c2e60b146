package org.relaxon.runtime.virtual;

import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.quiescence.FourCounter;
import org.relaxon.runtime.quiescence.WaveDetector;
import org.relaxon.runtime.settling.Judge;
import org.relaxon.runtime.settling.MemoryEstimate;
import org.relaxon.runtime.settling.SettlingPipeline;
import org.relaxon.runtime.settling.SettlingSession;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shards;
import org.relaxon.runtime.slot.Slots;

/**
 * Runs a network in virtual time on the calling thread: discrete events in a total order, so that
 * the same (network, plan, phase) gives the same bits on every machine. The first host to read.
 *
 * <p>A subclass may judge, detect and deliver otherwise, to show which faults the usual parts find.
 */
public class VirtualHost implements Host {
    private final int shards;

    /** Makes a host whose sessions have one shard: one thread runs all cells. */
    public VirtualHost() {
        this(1);
    }

    /**
     * Makes a host with more shards; no result depends on their number.
     *
     * @param shards shards of a session, at least 1; at most one per cell is used
     */
    public VirtualHost(int shards) {
        this.shards = shards;
    }

    /**
     * {@return the judge of a session}
     *
     * @param wiring cells and links of the network
     * @param tolerance largest defect that counts as settled
     */
    protected Judge judge(Wiring wiring, double tolerance) {
        return new Judge(wiring, tolerance);
    }

    /** {@return the root detector of a session, used if the plan asks for probe waves} */
    protected WaveDetector detector() {
        return new FourCounter();
    }

    /**
     * {@return which cells answer a probe together} In virtual time every cell has a detector of
     * its own under the root, whatever the number of shards: a shard would have its cells' counts
     * at one moment, and hashes of runs with probes would depend on the number of shards.
     *
     * @param cells number of cells of a session
     */
    protected Division detectors(int cells) {
        return new Division(cells, cells);
    }

    /**
     * {@return the parcel that a cell receives in the place of one that arrives}
     *
     * @param receiver cell that the parcel is for
     * @param slot inbox slot of the receiver
     * @param parcel what was sent
     */
    protected Parcel arrived(Cell receiver, int slot, Parcel parcel) {
        return parcel;
    }

    @Override
    public String optionName() {
        return "virtual";
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        Wiring wiring = wire(network, plan, 1);
        Slots slots = new Slots(wiring, plan);
        return session(wiring, plan, slots, slots.cells(true, shards));
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
                    Shards around = cells == null ? slots.cells(true, shards) : cells.twins();
                    return session(wiring, own, slots, around);
                });
    }

    private static Wiring wire(Network network, RunPlan plan, int lanes) {
        RuleContract.require(plan.rule(), network);
        MemoryEstimate.of(network, plan, 1, lanes).requireHeap();
        return Wiring.of(network, plan.granularity());
    }

    private SettlingSession session(Wiring wiring, RunPlan plan, Slots slots, Shards cells) {
        ProbeWaves.Detectors detectors = null;
        if (plan.probes()) {
            Division shards = detectors(wiring.cells().size());
            detectors = new ProbeWaves.Detectors(detector(), shards);
        }
        VirtualRunner runner =
                new VirtualRunner(slots, cells, detectors, this::arrived, new EventQueue());
        return new SettlingSession(wiring, plan, runner, judge(wiring, plan.effectiveTolerance()));
    }

    @Override
    public void close() {
        // holds no threads; its sessions are garbage once dropped
    }
}
