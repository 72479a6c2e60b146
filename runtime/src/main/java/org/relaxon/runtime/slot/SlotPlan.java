package org.relaxon.runtime.slot;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Clock;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.protocol.Channels;

/**
 * What all slots of a session have in common.
 *
 * @param wiring cells and links of the network
 * @param discipline when a cell may relax
 * @param seed of the run
 * @param refractory mean pause after a relaxation in each population, nanoseconds
 * @param channels all channels
 * @param links delays and faults of all channels
 * @param faults faults of each cell, by index
 * @param repeats whether parcels are repeated until they are confirmed
 * @param patience nanoseconds before the first repetition under the usual delay
 * @param keeping how long a parcel that is kept back waits for the next on its channel under the
 *     usual delay, nanoseconds
 */
record SlotPlan(
        Wiring wiring,
        Discipline discipline,
        long seed,
        long[] refractory,
        Channels channels,
        LinkPlan links,
        List<CellFaults> faults,
        boolean repeats,
        long patience,
        long keeping) {
    private static final long LEAST_PATIENCE = 100_000L;

    static SlotPlan of(Wiring wiring, RunPlan plan, Channels channels, LinkPlan links) {
        Discipline discipline = plan.discipline();
        Clock clock = discipline.clock();
        long[] refractory = plan.conditions().timing().refractoryNanos(plan, wiring.network());
        long longest = Arrays.stream(refractory).max().orElse(0);
        long patience = LEAST_PATIENCE + 4 * plan.delay().typicalNanos() + longest;
        double usual = clock == null ? 0 : Math.min(clock.meanNanos(), Delays.NANOS_MAX);
        return new SlotPlan(
                wiring,
                discipline,
                plan.seed(),
                refractory,
                channels,
                links,
                CellFaults.of(wiring, plan.faults()),
                plan.conditions().repeats() && links.lossy(),
                patience,
                patience + (long) (4 * usual));
    }

    /** The mean pause of a cell after a relaxation, nanoseconds. */
    long refractory(CellId cell) {
        return refractory[cell.population()];
    }

    /** Nanoseconds before the first repetition of a parcel on a channel. */
    long patience(int channel) {
        return patience + 2 * links.detourNanos(channel);
    }

    /** How long a parcel that is kept back waits for the next on its channel, nanoseconds. */
    long keeping(int channel) {
        return keeping + 2 * links.detourNanos(channel);
    }

    /** The clock of the cells; null for other disciplines. */
    Clock clock() {
        return discipline.clock();
    }

    boolean countsFromNews() {
        return clock() != null && clock().countsFromNews();
    }

    /** The links on which a cell receives. */
    List<Link> heardOn(int cell) {
        return wiring.links().stream().filter(l -> l.to() == cell && l.from() != cell).toList();
    }
}
