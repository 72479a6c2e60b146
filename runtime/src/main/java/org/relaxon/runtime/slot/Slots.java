package org.relaxon.runtime.slot;

import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Links;
import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.protocol.Protocols;
import org.relaxon.runtime.settling.CellCounters;
import org.relaxon.runtime.settling.CountedCell;
import org.relaxon.runtime.settling.Samplers;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.shard.Shards;

/** All slots of a session, and their shared parts. */
public final class Slots {
    private final Wiring wiring;
    private final RunPlan plan;
    private final Protocols protocols;
    private final SlotPlan shared;

    /**
     * Prepares a session under the discipline of its plan.
     *
     * @param wiring cells and links of the network
     * @param plan everything else about the run
     */
    public Slots(Wiring wiring, RunPlan plan) {
        plan.requireConsistent();
        plan.conditions().timing().requireFit(wiring.network());
        this.wiring = wiring;
        this.plan = plan;
        protocols = Protocols.of(plan.discipline(), wiring, plan.rule());
        LinkPlan links =
                new LinkPlan(
                        wiring, protocols.channels(), plan.delay(), plan.conditions(), plan.seed());
        shared = SlotPlan.of(wiring, plan, protocols.channels(), links);
    }

    /**
     * {@return new cells, one for each cell of the wiring}
     *
     * @param oneThread whether one thread at a time owns all of them
     * @param shards largest number of shards, at least 1
     */
    public Shards cells(boolean oneThread, int shards) {
        return Shards.of(wiring, plan.rule(), plan.kernels(), plan.signalling(), oneThread, shards);
    }

    /**
     * {@return the new cells of one shard, which several threads may own}
     *
     * @param division which cells are in which shard
     * @param part the shard
     */
    public Shards cells(Division division, int part) {
        return Shards.partly(wiring, plan, division, part);
    }

    /**
     * {@return slots around cells, by index}
     *
     * @param cells all cells of the wiring
     */
    public List<Slot> around(Shards cells) {
        return cells.around(c -> create(c, new CellCounters()));
    }

    /**
     * Attaches an observation to slots whose cells no run has.
     *
     * @param slots one for each cell of a wiring, by index
     * @param observation replaces the one before; null removes it
     * @param unit what the host counts as time
     * @return the samplers of the cells
     * @throws IllegalArgumentException if there are no such neurons, or no such time
     */
    public static Samplers observe(List<Slot> slots, Observation observation, Frame.Unit unit) {
        List<CountedCell> counted =
                slots.stream().map(s -> new CountedCell(s.cell(), s.counters())).toList();
        Samplers samplers =
                Samplers.of(
                        observation, unit, counted, (cell, slot) -> slots.get(cell).sender(slot));
        for (int k = 0; k < slots.size(); k++) {
            slots.get(k).observe(samplers.of(k));
        }
        return samplers;
    }

    /**
     * {@return a slot around this cell}
     *
     * @param cell cell that has just been built
     * @param counters counts to continue
     */
    public Slot create(Cell cell, CellCounters counters) {
        return new Slot(cell, counters, protocols.create(cell), shared);
    }

    /**
     * {@return the number of deliveries to other cells that each parcel for this one waits for; 0
     * if it is not starved}
     *
     * @param cell index of the cell
     */
    public int starvedFor(int cell) {
        return shared.faults().get(cell).starvedFor();
    }

    /** {@return whether a cell of this session is to crash} */
    public boolean plansCrashes() {
        return !plan.faults().crashes().isEmpty();
    }

    /** {@return all links of the network} */
    public Links wires() {
        return wiring.links();
    }

    /** {@return all channels} */
    public Channels channels() {
        return protocols.channels();
    }

    /**
     * {@return the number of inbox slots of a cell under this discipline}
     *
     * @param cell index of the cell
     */
    public int slots(int cell) {
        return protocols.slots(wiring, cell);
    }

    /** {@return the plan of delays and faults that all slots share} */
    public LinkPlan links() {
        return shared.links();
    }
}
