package org.relaxon.runtime.fault;

import java.util.List;
import org.relaxon.model.cell.CellId;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.delay.DelayModel;

/**
 * What becomes of a signal on its link: how long it travels, or that it is lost. One for all hosts.
 */
public final class LinkPlan {
    /** Instead of a travel time: the signal never arrives. */
    public static final long LOST = -1;

    private final DelayModel delay;
    private final long seed;
    private final Cut[][] cuts; // per link; null where there is none
    private final boolean immediate;

    /**
     * @throws IllegalArgumentException if a cut names no link of this wiring
     */
    public LinkPlan(Wiring wiring, DelayModel delay, List<Cut> cuts, long seed) {
        this.delay = delay;
        this.seed = seed;
        this.cuts = cuts.isEmpty() ? null : new Cut[wiring.links().size()][];
        this.immediate = delay.spec().equals("none");
        for (Cut cut : cuts) {
            requireLink(wiring, cut, cuts);
        }
    }

    private void requireLink(Wiring wiring, Cut cut, List<Cut> all) {
        boolean found = false;
        for (Link link : wiring.links()) {
            CellId from = wiring.cells().get(link.from());
            CellId to = wiring.cells().get(link.to());
            if (cut.matches(wiring.network(), from, to)) {
                found = true;
                cuts[link.index()] =
                        all.stream()
                                .filter(c -> c.matches(wiring.network(), from, to))
                                .toArray(Cut[]::new);
            }
        }
        if (!found) {
            throw new IllegalArgumentException(
                    "cut: no link leads %s; inputs are clamped and send nothing"
                            .formatted(cut.from() + "->" + cut.to()));
        }
    }

    /**
     * The fate of one signal.
     *
     * @param now moment of sending, nanoseconds of host time since the phase began
     * @return travel time in nanoseconds, at least 0, or {@link #LOST}
     */
    public long travelNanos(int link, Signal signal, long now) {
        if (cuts != null && cuts[link] != null) {
            for (Cut cut : cuts[link]) {
                if (now >= cut.begin() && now < cut.end()) {
                    return LOST;
                }
            }
        }
        return immediate ? 0 : drawn(link, draw(signal.phase(), signal.version()));
    }

    /** The travel time of a detector's probe or report: the same delays, but never lost. */
    public long controlNanos(long channel, long phase, long draw) {
        return immediate ? 0 : drawn(-1 - channel, draw(phase, draw));
    }

    private long drawn(long link, long draw) {
        long nanos = delay.nanos(seed, link, draw);
        if (nanos < 0) {
            throw new IllegalStateException(
                    "delay: %s drew %d ns; a signal travels at least 0"
                            .formatted(delay.spec(), nanos));
        }
        return nanos;
    }

    /** True if every signal arrives at once, unless it is lost. */
    public boolean immediate() {
        return immediate;
    }

    /** True if a signal may be lost. */
    public boolean lossy() {
        return cuts != null;
    }

    private static long draw(long phase, long version) {
        return (phase << 32) + version;
    }
}
