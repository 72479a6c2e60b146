package org.relaxon.runtime.link;

import java.util.List;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.CellId;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Burst;
import org.relaxon.runtime.fault.Chance;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.protocol.Channels;

/**
 * The fate of a parcel on its channel: how long it travels, whether it is lost, whether it arrives
 * twice. One plan for all hosts; a pure function of (seed, channel, version, attempt, moment).
 */
public final class LinkPlan {
    /** Instead of a travel time: dropped by chance. */
    public static final long DROPPED = -1;

    /** Instead of a travel time: swallowed by an outage. */
    public static final long CUT = -2;

    /** Instead of a travel time: swallowed by a recurring outage. */
    public static final long BURST = -3;

    /** Instead of a travel time: kept back beyond the end of the phase. */
    public static final long HELD = -4;

    private static final long DROP_STREAM = 2L << 48;
    private static final long DUPLICATE_STREAM = 3L << 48;
    private static final long REORDER_STREAM = 7L << 48;
    private static final long LATE_STREAM = 8L << 48;
    private static final int ATTEMPT_SHIFT = 56;

    private final DelayModel delay;
    private final DelayModel[] exceptions; // per channel, then per reverse path; null: none
    private final long seed;
    private final int channels;
    private final Cut[][] cuts; // per channel; null where there is none
    private final double[] drop; // per channel, null if nothing is dropped
    private final double[] duplicate;
    private final double[] reorder;
    private final double[] late;
    private final List<Burst> bursts;
    private final boolean stated; // some delays belong to the network
    private final boolean immediate;
    private final boolean loses;

    /**
     * Plans the channels of a session.
     *
     * @param wiring cells and links of the network
     * @param channels channels of the session
     * @param delay how long signals travel
     * @param conditions faults of the run, and the links on which signals travel otherwise
     * @param seed seed of delays and faults
     * @throws IllegalArgumentException if a fault or a delay names no link of this wiring, or a
     *     delay has no effect
     */
    public LinkPlan(
            Wiring wiring, Channels channels, DelayModel delay, Conditions conditions, long seed) {
        Faults faults = conditions.faults();
        this.delay = delay;
        this.seed = seed;
        this.channels = channels.size();
        this.cuts = faults.cuts().isEmpty() ? null : new Cut[channels.size()][];
        this.exceptions = TravelTimes.of(wiring, channels, delay, conditions);
        this.stated = !conditions.timing().delays().isEmpty();
        this.immediate = exceptions == null && delay.equals(Delays.none());
        this.bursts = faults.bursts();
        this.loses = faults.loses();
        for (Cut cut : faults.cuts()) {
            requireLink(wiring, channels, cut, faults.cuts());
        }
        drop = chances(wiring, channels, "drop", faults.drops());
        duplicate = chances(wiring, channels, "duplicate", faults.duplicates());
        reorder = chances(wiring, channels, "reorder", faults.reorders());
        late = chances(wiring, channels, "late", faults.lates());
    }

    private void requireLink(Wiring wiring, Channels all, Cut cut, List<Cut> others) {
        boolean found = false;
        for (int k = 0; k < all.size(); k++) {
            CellId from = wiring.cells().get(all.from(k));
            CellId to = wiring.cells().get(all.to(k));
            if (cut.matches(from, to)) {
                found = true;
                cuts[k] = others.stream().filter(c -> c.matches(from, to)).toArray(Cut[]::new);
            }
        }
        if (!found) {
            throw noLink("cut", cut.from() + "->" + cut.to());
        }
    }

    private static double[] chances(
            Wiring wiring, Channels channels, String option, List<Chance> chances) {
        if (chances.isEmpty()) {
            return null;
        }
        double[] out = new double[channels.size()];
        for (Chance chance : chances) {
            boolean found = false;
            for (int k = 0; k < out.length; k++) {
                CellId from = wiring.cells().get(channels.from(k));
                CellId to = wiring.cells().get(channels.to(k));
                if (chance.matches(from, to)) {
                    found = true;
                    out[k] = chance.probability();
                }
            }
            if (!found && chance.from() != null) {
                throw noLink(option, chance.from() + "->" + chance.to());
            }
        }
        return out;
    }

    static IllegalArgumentException noLink(String option, String name) {
        return new IllegalArgumentException(
                "%s: no link leads %s; inputs are clamped and send nothing"
                        .formatted(option, name));
    }

    /**
     * Decides the fate of one parcel.
     *
     * @param channel index of the channel
     * @param parcel parcel that is sent
     * @param attempt 0 when it is first sent, then the number of the repetition
     * @param now moment of sending, nanoseconds of host time since the phase began
     * @return travel time in nanoseconds, at least 0, or one of the negative constants
     */
    public long travelNanos(int channel, Parcel parcel, int attempt, long now) {
        long draw = draw(parcel.phase(), parcel.version(), attempt);
        if (loses) {
            long lost = loss(channel, draw, now);
            if (lost < 0) {
                return lost;
            }
        }
        return immediate ? 0 : drawn(channel, draw, parcel.length(), now);
    }

    private long loss(int channel, long draw, long now) {
        if (cuts != null && cuts[channel] != null) {
            for (Cut cut : cuts[channel]) {
                if (now >= cut.begin() && now < cut.end()) {
                    return CUT;
                }
            }
        }
        for (Burst burst : bursts) {
            if (burst.isDown(seed, channel, now)) {
                return BURST;
            }
        }
        if (strikes(drop, DROP_STREAM, channel, draw)) {
            return DROPPED;
        }
        return strikes(late, LATE_STREAM, channel, draw) ? HELD : 0;
    }

    private boolean strikes(double[] chance, long stream, int channel, long draw) {
        return chance != null
                && CounterRandom.uniform(seed, stream + channel, draw) < chance[channel];
    }

    /**
     * {@return whether a parcel that was not lost is kept back for the next one on its channel}
     *
     * @param channel index of the channel
     * @param parcel parcel that is sent
     * @param attempt 0 when it is first sent, then the number of the repetition
     */
    public boolean isKeptBack(int channel, Parcel parcel, int attempt) {
        long draw = draw(parcel.phase(), parcel.version(), attempt);
        return strikes(reorder, REORDER_STREAM, channel, draw);
    }

    /**
     * {@return the travel time in nanoseconds of a parcel that was kept back beyond its phase; it
     * is never lost again}
     *
     * @param channel index of the channel
     * @param parcel parcel that is sent
     */
    public long strayNanos(int channel, Parcel parcel) {
        long draw = draw(parcel.phase(), parcel.version(), 0);
        return immediate ? 0 : drawn(channel, ~draw, parcel.length(), 0);
    }

    /**
     * {@return the travel time in nanoseconds of a second copy of a parcel that was not lost;
     * negative if there is none}
     *
     * @param channel index of the channel
     * @param parcel parcel that is sent
     * @param attempt 0 when it is first sent, then the number of the repetition
     * @param now moment of sending, nanoseconds of host time since the phase began
     */
    public long echoNanos(int channel, Parcel parcel, int attempt, long now) {
        long draw = draw(parcel.phase(), parcel.version(), attempt);
        if (!strikes(duplicate, DUPLICATE_STREAM, channel, draw)) {
            return DROPPED;
        }
        return immediate ? 0 : drawn(channel, ~draw, parcel.length(), now);
    }

    /**
     * Decides the fate of an acknowledgement. It travels against a channel, for as long as a signal
     * of one number in that direction would, and is dropped as often as a parcel in the direction
     * of the channel; outages of the other direction do not affect it.
     *
     * @param channel index of the channel
     * @param phase id of the settling
     * @param version version of the parcel that is acknowledged
     * @param attempt 0 when it is first sent, then the number of the repetition
     * @param now moment of sending, nanoseconds of host time since the phase began
     * @return travel time in nanoseconds, at least 0, or one of the negative constants
     */
    public long acknowledgementNanos(int channel, long phase, long version, int attempt, long now) {
        long draw = ~draw(phase, version, attempt);
        if (drop != null
                && CounterRandom.uniform(seed, DROP_STREAM + channels + channel, draw)
                        < drop[channel]) {
            return DROPPED;
        }
        return immediate ? 0 : drawn(channels + channel, draw, 1, now);
    }

    /**
     * {@return the travel time in nanoseconds of a detector's probe or report, which use no link
     * and are never lost: the delay without exceptions}
     *
     * @param channel number of the path of the probe or report
     * @param phase id of the settling
     * @param draw number of the probe or report on that path
     * @param now moment of sending, nanoseconds of host time since the phase began
     */
    public long controlNanos(long channel, long phase, long draw, long now) {
        return immediate ? 0 : drawn(-1 - channel, draw(phase, draw, 0), 1, now);
    }

    private long drawn(long channel, long draw, int numbers, long now) {
        DelayModel model = channel < 0 ? delay : model((int) channel);
        return Delays.drawn(model, seed, channel, draw, numbers, now);
    }

    private DelayModel model(int path) {
        DelayModel own = exceptions == null ? null : exceptions[path];
        return own == null ? delay : own;
    }

    /**
     * {@return by how much the way there and back on a channel typically takes longer than twice
     * the usual delay, where the network states delays; at least 0, nanoseconds}
     *
     * @param channel index of the channel
     */
    public long detourNanos(int channel) {
        if (!stated) {
            return 0;
        }
        long there = model(channel).typicalNanos() + model(channels + channel).typicalNanos();
        return Math.max(0, there - 2 * delay.typicalNanos());
    }

    /** {@return whether every parcel that is not lost arrives at once} */
    public boolean immediate() {
        return immediate;
    }

    /** {@return whether a parcel may be lost} */
    public boolean lossy() {
        return loses;
    }

    private static long draw(long phase, long version, int attempt) {
        return (phase << 32) + version + ((long) attempt << ATTEMPT_SHIFT);
    }
}
