package org.relaxon.runtime.link;

import java.util.List;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Projection;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Conditions.Timing.Travel;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.protocol.Channels;

/**
 * The travel times of channels that differ from the usual one. What a network states for a
 * projection and direction holds for the links of that projection; elsewhere the last exception
 * that matches both ends counts. A bundle of several signals travels as long as the slowest of them
 * would, by typical travel times.
 */
final class TravelTimes {
    private final Wiring wiring;
    private final Channels channels;
    private final DelayModel usual;
    private final DelayModel[] models; // per channel, then per reverse path; null: the usual one
    private final boolean[] open; // channels on which an exception counts

    private TravelTimes(Wiring wiring, Channels channels, DelayModel usual) {
        this.wiring = wiring;
        this.channels = channels;
        this.usual = usual;
        models = new DelayModel[2 * channels.size()];
        open = new boolean[channels.size()];
    }

    /** The models of channels, then those of the ways back; null if none is an exception. */
    static DelayModel[] of(
            Wiring wiring, Channels channels, DelayModel usual, Conditions conditions) {
        List<DelayOn> exceptions = conditions.delaysOn();
        Timing stated = conditions.timing();
        boolean none = stated.delays().isEmpty();
        if (exceptions.isEmpty() && none) {
            return null;
        }
        TravelTimes out = new TravelTimes(wiring, channels, usual);
        exceptions.forEach(out::except);
        if (!none) {
            out.state(stated);
            exceptions.forEach(out::requireEffect);
        }
        return out.models;
    }

    private void except(DelayOn one) {
        boolean found = false;
        for (int k = 0; k < channels.size(); k++) {
            if (matches(one, k)) {
                found = true;
                models[k] = one.model();
            }
            if (end(channels.to(k)).isNamed(one.from())
                    && end(channels.from(k)).isNamed(one.to())) {
                models[channels.size() + k] = one.model();
            }
        }
        if (!found) {
            throw LinkPlan.noLink("delay-on", one.from() + "->" + one.to());
        }
    }

    private CellId end(int cell) {
        return wiring.cells().get(cell);
    }

    private boolean matches(DelayOn one, int channel) {
        return end(channels.from(channel)).isNamed(one.from())
                && end(channels.to(channel)).isNamed(one.to());
    }

    private void requireEffect(DelayOn one) {
        for (int k = 0; k < channels.size(); k++) {
            if (open[k] && matches(one, k)) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "delay-on: %s->%s has no effect, as the network states the delay there"
                        .formatted(one.from(), one.to()));
    }

    /** Takes the slowest of the signals of every channel on which one has a stated delay. */
    private void state(Timing stated) {
        Travel[] own =
                new Travel[wiring.network().projections().size()]; // null where none is stated
        for (Projection p : wiring.network().projections()) {
            own[p.index()] = stated.delayOf(p.name()).orElse(null);
        }
        int size = channels.size();
        DelayModel[] slowest = new DelayModel[2 * size];
        boolean[] some = new boolean[2 * size]; // a stated one among them
        boolean[] met = new boolean[own.length]; // projections that send
        boolean[] bare = new boolean[size]; // carries a signal without a stated delay
        boolean[] carries = new boolean[size];
        for (Link link : wiring.links()) {
            if (link.from() == link.to()) {
                continue; // a cell sends itself no message
            }
            met[link.projection()] = true;
            Travel travel = own[link.projection()];
            boolean up = link.kind() == Link.Kind.ACTIVITY;
            int channel = channels.carrying(link);
            carries[channel] = true;
            bare[channel] |= !add(slowest, some, channel, of(travel, up));
            add(slowest, some, size + channel, of(travel, !up));
        }
        for (int k = 0; k < 2 * size; k++) {
            models[k] = some[k] ? slowest[k] : models[k];
        }
        for (int k = 0; k < size; k++) {
            open[k] = bare[k] || !carries[k];
        }
        requireMessages(own, met);
    }

    private static DelayModel of(Travel travel, boolean up) {
        if (travel == null) {
            return null;
        }
        return up ? travel.activity() : travel.feedback();
    }

    /** Returns whether it was stated. */
    private boolean add(DelayModel[] slowest, boolean[] some, int path, DelayModel own) {
        DelayModel plain = models[path] == null ? usual : models[path];
        DelayModel model = own == null ? plain : own;
        boolean slower =
                slowest[path] == null || model.typicalNanos() > slowest[path].typicalNanos();
        slowest[path] = slower ? model : slowest[path];
        some[path] |= own != null;
        return own != null;
    }

    private void requireMessages(Travel[] own, boolean[] met) {
        for (Projection p : wiring.network().projections()) {
            if (own[p.index()] != null && !met[p.index()]) {
                throw new IllegalArgumentException(
                        "delay of projection %s: it joins no two cells, and a cell sends itself no message; use smaller cells"
                                .formatted(p.name()));
            }
        }
    }
}
