package org.relaxon.runtime.cluster;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.shard.Division;
import org.relaxon.runtime.slot.Slot;

/**
 * Lets the cells of one node relax, round by round, on their own signals and on small random ones
 * in place of those from other nodes. Of all cells, each relaxes once in a round.
 */
final class StandInSignals {
    private static final int FEW = 4;
    private static final int MANY = 400;
    private static final long ENOUGH_NANOS = 1_000_000_000L;
    private static final double SIZE = 1e-2; // of the numbers

    private final Wiring wiring;
    private final List<Slot> slots;
    private final int first; // index of the first cell
    private final int end; // index after the last
    private final List<Link> foreign = new ArrayList<>();

    StandInSignals(Wiring wiring, Division division, int part, List<Slot> slots) {
        this.wiring = wiring;
        this.slots = slots;
        first = division.first(part);
        end = division.first(part + 1);
        for (int cell = first; cell < end; cell++) {
            for (Link link : wiring.incoming(cell)) {
                if (!isHere(link.from())) {
                    foreign.add(link);
                }
            }
        }
    }

    private boolean isHere(int cell) {
        return cell >= first && cell < end;
    }

    /** Numbers that a signal carries on a link. */
    static int length(Wiring wiring, Link link, int columns, Rule rule) {
        boolean up = link.kind() == Link.Kind.ACTIVITY;
        int planes = up ? rule.traits().activityPlanes() : rule.traits().feedbackPlanes();
        return wiring.cells().get(up ? link.from() : link.to()).size() * columns * planes;
    }

    /** Lets all cells relax a few times, once they have been opened. */
    void relax(long phase, int columns, Rule rule) {
        for (int round = 1; round <= FEW; round++) {
            round(phase, round, columns, rule);
        }
    }

    /**
     * {@return the mean time of one relaxation of every cell once code is compiled, nanoseconds}
     * The cells have been opened.
     */
    long time(long phase, int columns, Rule rule) {
        List<Long> nanos = new ArrayList<>();
        long spent = 0;
        for (int round = 1; round <= FEW || round <= MANY && spent < ENOUGH_NANOS; round++) {
            long own = round(phase, round, columns, rule);
            nanos.add(own);
            spent += own;
        }
        List<Long> warm = nanos.subList(nanos.size() / 2, nanos.size());
        return (long) warm.stream().mapToLong(n -> n).average().orElseThrow();
    }

    private long round(long phase, int round, int columns, Rule rule) {
        feed(phase, round, columns, rule);
        long begin = System.nanoTime();
        for (Slot slot : slots) {
            slot.cell().relax(this::send);
        }
        return System.nanoTime() - begin;
    }

    private void feed(long phase, int round, int columns, Rule rule) {
        for (int k = 0; k < foreign.size(); k++) {
            Link link = foreign.get(k);
            int length = length(wiring, link, columns, rule);
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = SIZE * (CounterRandom.uniform(round, k, i) - 0.5);
            }
            cell(link.to()).receive(link.slot(), new Signal(phase, round, values, 0, length));
        }
    }

    private Cell cell(int index) {
        return slots.get(index - first).cell();
    }

    /** What goes to another node is lost. */
    private void send(int link, Signal signal) {
        int to = wiring.links().to(link);
        if (isHere(to)) {
            cell(to).receive(wiring.links().slot(link), signal);
        }
    }
}
