package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.actor.Abroad;
import org.relaxon.runtime.shard.Division;

/** The channels between nodes, and the bytes of one signal on each. */
final class Crossings {
    /** Bytes of an entry of a message between nodes beside the numbers of its signal. */
    static final int ENTRY_BYTES = entryBytes(1) - entryBytes(0) - Double.BYTES;

    private final Wiring wiring;
    private final Division division;
    private final int columns;
    private final Rule rule;

    Crossings(Wiring wiring, Division division, int columns, Rule rule) {
        this.wiring = wiring;
        this.division = division;
        this.columns = columns;
        this.rule = rule;
    }

    /** Bytes of a message with so many signals of one number. */
    private static int entryBytes(int signals) {
        Outbox outbox = new Outbox(true);
        for (int k = 0; k < signals; k++) {
            outbox.add(new Abroad.Depart(0, k, new Signal(1, 1, new double[1], 0, 1), 1));
        }
        return outbox.take().length;
    }

    private long bytes(Link link) {
        return ENTRY_BYTES
                + (long) Double.BYTES * StandInSignals.length(wiring, link, columns, rule);
    }

    /** The ways of one node to others, in the order of these. */
    List<DryReport.Way> of(int part) {
        Map<Integer, DryReport.Way> ways = new TreeMap<>();
        for (int cell = division.first(part); cell < division.first(part + 1); cell++) {
            for (Link link : wiring.outgoing(cell)) {
                add(ways, division.of(link.to()), part, 1, bytes(link), 0);
            }
            for (Link link : wiring.incoming(cell)) {
                add(ways, division.of(link.from()), part, 0, 0, 1);
            }
        }
        return new ArrayList<>(ways.values());
    }

    private static void add(
            Map<Integer, DryReport.Way> ways, int other, int own, long out, long bytes, long in) {
        if (other != own) {
            ways.merge(
                    other,
                    new DryReport.Way(other, out, bytes, in),
                    (a, b) ->
                            new DryReport.Way(
                                    other,
                                    a.channels() + b.channels(),
                                    a.bytes() + b.bytes(),
                                    a.back() + b.back()));
        }
    }

    /** Channels of all nodes to others, and the bytes of one signal on each. */
    long[] all() {
        long channels = 0;
        long bytes = 0;
        for (int k = 0; k < wiring.links().size(); k++) {
            Link link = wiring.links().get(k);
            if (division.of(link.from()) != division.of(link.to())) {
                channels++;
                bytes += bytes(link);
            }
        }
        return new long[] {channels, bytes};
    }
}
