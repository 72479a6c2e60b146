package org.relaxon.runtime.slot;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.fault.SlowCell;
import org.relaxon.runtime.fault.Starvation;

/**
 * The faults that a plan assigns to one cell: when it crashes, how long it pauses, and how long it
 * is starved.
 */
public final class CellFaults {
    private static final CellFaults NONE = new CellFaults();

    private List<Crash> crashes = List.of();
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
        if (faults.slow().isEmpty() && faults.crashes().isEmpty() && faults.starved().isEmpty()) {
            return Collections.nCopies(wiring.cells().size(), NONE);
        }
        CellFaults[] out = new CellFaults[wiring.cells().size()];
        Arrays.fill(out, NONE);
        for (SlowCell slow : faults.slow()) {
            for (CellId cell : named(wiring, "slow", slow.name())) {
                CellFaults one = own(out, cell);
                one.pause = Math.max(one.pause, slow.pause());
            }
        }
        for (Crash crash : faults.crashes()) {
            CellId cell = named(wiring, "crash", crash.name()).get(0);
            CellFaults one = own(out, cell);
            one.crashes = Stream.concat(one.crashes.stream(), Stream.of(crash)).toList();
        }
        for (Starvation starved : faults.starved()) {
            CellFaults one = own(out, named(wiring, "starve", starved.name()).get(0));
            one.hunger = Math.max(one.hunger, starved.deliveries());
        }
        return List.of(out);
    }

    /** Most cells have no faults and share one instance. */
    private static CellFaults own(CellFaults[] all, CellId cell) {
        if (all[cell.index()] == NONE) {
            all[cell.index()] = new CellFaults();
        }
        return all[cell.index()];
    }

    private static List<CellId> named(Wiring wiring, String option, String name) {
        List<CellId> found = wiring.cells().stream().filter(c -> c.isNamed(name)).toList();
        if (found.isEmpty()) {
            boolean neuron = name.matches("[^:]+:\\d+"); // as --probe names it
            throw new IllegalArgumentException(
                    "%s: no cell or layer is called \"%s\"; %s"
                            .formatted(
                                    option,
                                    name,
                                    neuron
                                            ? "in neuron cells a neuron is "
                                                    + name.replaceFirst(":(\\d+)$", "[$1]")
                                            : "inputs have no cells"));
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
