package org.relaxon.runtime.fault;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.CellId;
import org.relaxon.model.cell.Wiring;

/** What a plan does to one cell: when it crashes, how long it pauses, when it is fed. */
public final class CellFaults {
    private final List<Crash> crashes = new ArrayList<>();
    private long pause;
    private int hunger;

    private CellFaults() {}

    /**
     * {@return the faults of each cell, by index}
     *
     * @param wiring cells and links of the network
     * @param faults faults of the run
     * @throws IllegalArgumentException if it names no cell of this wiring
     */
    public static List<CellFaults> of(Wiring wiring, Faults faults) {
        List<CellFaults> out = new ArrayList<>();
        wiring.cells().forEach(c -> out.add(new CellFaults()));
        for (SlowCell slow : faults.slow()) {
            for (CellId cell : named(wiring, "slow", slow.name())) {
                CellFaults one = out.get(cell.index());
                one.pause = Math.max(one.pause, slow.pause());
            }
        }
        for (Crash crash : faults.crashes()) {
            CellId cell = named(wiring, "crash", crash.name()).get(0);
            out.get(cell.index()).crashes.add(crash);
        }
        for (Starvation starved : faults.starved()) {
            CellFaults one = out.get(named(wiring, "starve", starved.name()).get(0).index());
            one.hunger = Math.max(one.hunger, starved.deliveries());
        }
        return out;
    }

    private static List<CellId> named(Wiring wiring, String option, String name) {
        List<CellId> found =
                wiring.cells().stream().filter(c -> Cut.names(wiring.network(), c, name)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: no cell or layer is called \"%s\"; inputs have no cells"
                            .formatted(option, name));
        }
        return found;
    }

    /**
     * {@return whether the cell crashes when this parcel arrives}
     *
     * @param count number of the parcel in its phase, from 1
     */
    public boolean crashesAt(long count) {
        for (Crash crash : crashes) {
            if (crash.strikes(count)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the number of deliveries to other cells that each parcel for this one waits for; 0
     * if it is not starved}
     */
    public int starvedFor() {
        return hunger;
    }

    /** {@return the least pause after each relaxation, nanoseconds; 0 if the cell is not slow} */
    public long pauseNanos() {
        return pause;
    }
}
