package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;
import org.relaxon.model.weights.Weights;

/** All ports of one cell, in the order of their inbox slots. */
final class Ports {
    private final CellId id;
    private final Afferent[] afferents;
    private final Efferent[] efferents;
    private final Port[] ports;

    private Ports(CellId id, Afferent[] afferents, Efferent[] efferents) {
        this.id = id;
        this.afferents = afferents;
        this.efferents = efferents;
        ports = new Port[afferents.length + efferents.length];
        System.arraycopy(afferents, 0, ports, 0, afferents.length);
        System.arraycopy(efferents, 0, ports, afferents.length, efferents.length);
    }

    /**
     * The ports of one cell.
     *
     * @param original whose rows of weights are shared; null for rows of zeros
     */
    static Ports of(Wiring wiring, CellId id, Ports original) {
        Network network = wiring.network();
        List<Projection> into = network.into(id.population());
        Afferent[] in = new Afferent[into.size()];
        for (int k = 0; k < in.length; k++) {
            Projection p = into.get(k);
            int width = network.population(p.pre()).size();
            Weights rows =
                    original == null
                            ? p.connectivity().zeros(id.from(), id.to(), width)
                            : original.afferents[k].weights();
            Fan back = wiring.links().fan(id.index(), p.index(), Link.Kind.FEEDBACK);
            in[k] = new Afferent(p, rows, wiring.cellsOf(p.pre()), back);
        }
        Efferent[] out =
                network.outOf(id.population()).stream()
                        .map(
                                p ->
                                        new Efferent(
                                                p,
                                                wiring.links()
                                                        .fan(
                                                                id.index(),
                                                                p.index(),
                                                                Link.Kind.ACTIVITY)))
                        .toArray(Efferent[]::new);
        return new Ports(id, in, out);
    }

    /** Begins a phase. */
    void open(Phase phase, Traits traits, CellState state) {
        for (Afferent a : afferents) {
            a.open(phase, traits.activityPlanes(), traits.feedbackPlanes());
        }
        for (Efferent e : efferents) {
            e.open(state.activity().length, state.feedback().length);
        }
    }

    Afferent[] afferents() {
        return afferents;
    }

    Efferent[] efferents() {
        return efferents;
    }

    /** True if one of these has recorded a signal since it was last read. */
    static boolean anyChanged(Port[] some) {
        boolean changed = false;
        for (Port port : some) {
            changed |= port.changed();
        }
        return changed;
    }

    boolean heardAllAbove() {
        return heardAll(efferents);
    }

    boolean heardAllBelow() {
        return heardAll(afferents);
    }

    private static boolean heardAll(Port[] some) {
        for (Port port : some) {
            if (!port.heardAll()) {
                return false;
            }
        }
        return true;
    }

    /** True if some cell below is not clamped. */
    boolean hasMovingBelow() {
        boolean others = false;
        for (Afferent a : afferents) {
            others |= !a.clamped();
        }
        return others;
    }

    /** Links on which the cell feeds back. */
    int feedbackLinks() {
        int sum = 0;
        for (Afferent a : afferents) {
            sum += a.links();
        }
        return sum;
    }

    /** Writes the sum of all feedback recorded. */
    void gatherFeedback(double[] feedback) {
        Arrays.fill(feedback, 0.0);
        for (Efferent e : efferents) {
            e.addFeedback(feedback);
        }
    }

    /** Discards all signals received and sent, as a crash does. */
    void loseMemory() {
        for (Afferent a : afferents) {
            a.loseMemory();
        }
        for (Efferent e : efferents) {
            e.loseMemory();
        }
    }

    /** See {@link Cell#eventOperations}. */
    long eventOperations() {
        long sum = 0;
        for (Afferent a : afferents) {
            sum += a.eventOperations();
        }
        return sum;
    }

    /** See {@link Cell#spikes}. */
    long spikes() {
        long sum = 0;
        for (Efferent e : efferents) {
            sum += e.spikes() * e.links();
        }
        return sum;
    }

    Receipt record(int slot, Signal signal) {
        int k = slot;
        for (Port port : ports) {
            if (k < port.links()) {
                return port.record(k, signal);
            }
            k -= port.links();
        }
        throw noSlot(slot);
    }

    long received(int slot) {
        int k = slot;
        for (Port port : ports) {
            if (k < port.links()) {
                return port.received(k);
            }
            k -= port.links();
        }
        throw noSlot(slot);
    }

    long sent(Link link) {
        for (Port port : ports) {
            int k = port.positionOf(link.index());
            if (k >= 0) {
                return port.sent(k);
            }
        }
        throw notMine(link);
    }

    void sayAgain(Link link, long phase, Outbox outbox) {
        for (Port port : ports) {
            int k = port.positionOf(link.index());
            if (k >= 0) {
                port.sayAgain(k, phase, outbox);
                return;
            }
        }
        throw notMine(link);
    }

    void forgetSaid() {
        for (Port port : ports) {
            port.forgetSaid();
        }
    }

    void save(StateWriter out) {
        for (Port port : ports) {
            port.save(out);
        }
    }

    /** Reads the state of a phase back that has been opened. */
    void load(StateReader in) {
        for (Port port : ports) {
            port.load(in);
        }
    }

    private IllegalArgumentException notMine(Link link) {
        return new IllegalArgumentException("cell " + id + " does not send on link " + link);
    }

    private IndexOutOfBoundsException noSlot(int slot) {
        return new IndexOutOfBoundsException("cell " + id + " has no slot " + slot);
    }
}
