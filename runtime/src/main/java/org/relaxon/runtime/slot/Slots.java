package org.relaxon.runtime.slot;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.discipline.Channel;
import org.relaxon.runtime.discipline.Protocols;
import org.relaxon.runtime.fault.CellFaults;
import org.relaxon.runtime.fault.LinkPlan;
import org.relaxon.runtime.settling.CellCounters;

/** All slots of a session, and what they share. */
public final class Slots {
    private final Wiring wiring;
    private final RunPlan plan;
    private final Protocols protocols;
    private final LinkPlan links;
    private final List<List<Integer>> incoming = new ArrayList<>(); // channels per cell, by slot
    private final List<CellFaults> faults;

    /** Prepares a session under the discipline of its plan. */
    public Slots(Wiring wiring, RunPlan plan) {
        this(wiring, plan, Protocols.of(plan.discipline(), wiring, plan.rule()));
    }

    /** The same with other protocols, to show in a test what the right ones guard against. */
    public Slots(Wiring wiring, RunPlan plan, Protocols protocols) {
        this.wiring = wiring;
        this.plan = plan;
        this.protocols = protocols;
        plan.requireConsistent();
        links =
                new LinkPlan(
                        wiring,
                        protocols.channels(),
                        plan.delay(),
                        plan.delaysOn(),
                        plan.faults(),
                        plan.seed());
        faults = CellFaults.of(wiring, plan.faults());
        wiring.cells().forEach(c -> incoming.add(new ArrayList<>()));
        for (int k = 0; k < protocols.channels().size(); k++) {
            Channel channel = protocols.channels().get(k);
            List<Integer> slots = incoming.get(channel.to());
            while (slots.size() <= channel.slot()) {
                slots.add(-1);
            }
            slots.set(channel.slot(), k);
        }
    }

    /** A slot around a new cell. */
    public Slot create(int index) {
        Cell cell = new Cell(wiring, index, plan.rule(), plan.kernels(), plan.signalling());
        return create(cell, new CellCounters());
    }

    /** A slot around this cell. */
    public Slot create(Cell cell, CellCounters counters) {
        int index = cell.id().index();
        int[] channels = incoming.get(index).stream().mapToInt(Integer::intValue).toArray();
        List<Link> heardOn = wiring.links().stream().filter(l -> l.to() == index).toList();
        return new Slot(
                cell,
                counters,
                protocols.create(cell),
                plan,
                links,
                faults.get(index),
                channels,
                plan.faults().crashes().isEmpty() ? List.of() : heardOn);
    }

    /** Every channel, by index. */
    public List<Channel> channels() {
        return protocols.channels();
    }

    /** Inbox slots of a cell under this discipline. */
    public int slots(int cell) {
        return protocols.slots(wiring, cell);
    }

    public LinkPlan links() {
        return links;
    }
}
