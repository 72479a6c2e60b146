package org.relaxon.model.cell;

import java.util.Arrays;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;
import org.relaxon.model.weights.DenseWeights;
import org.relaxon.model.weights.Weights;

/** All ports of one cell, in the order of their inbox slots. */
final class Ports {
    private final Cell cell;
    private final Afferent[] afferents;
    private final Efferent[] efferents;
    private final OwnSynapses own; // null if there are none

    private Ports(Cell cell, Afferent[] afferents, Efferent[] efferents, OwnSynapses own) {
        this.cell = cell;
        this.afferents = afferents;
        this.efferents = efferents;
        this.own = own;
    }

    /**
     * The ports of one cell.
     *
     * @param original whose rows of weights are shared; null for rows of zeros
     */
    static Ports of(Cell cell, Ports original) {
        CellPlan plan = cell.plan();
        int position = cell.position();
        boolean eventDriven = plan.signalling().isEventDriven();
        Afferent[] in = new Afferent[plan.afferents().size()];
        for (int k = 0; k < in.length; k++) {
            CellPlan.Presynaptic from = plan.afferents().get(k);
            Weights rows = original == null ? zeros(from, cell) : original.afferents[k].weights();
            rows = eventDriven ? rows.withColumns() : rows;
            in[k] = new Afferent(from, position, rows, eventDriven);
        }
        Efferent[] out =
                plan.efferents().stream()
                        .map(to -> new Efferent(to.links(), position, to.lateral()))
                        .toArray(Efferent[]::new);
        OwnSynapses own;
        if (original == null) {
            own = OwnSynapses.of(cell.id(), in);
        } else {
            own = original.own == null ? null : original.own.of(in);
        }
        return new Ports(cell, in, out, own);
    }

    private static Weights zeros(CellPlan.Presynaptic from, Cell cell) {
        Connectivity connectivity = from.projection().connectivity();
        CellId id = cell.id();
        if (from.projection().hasOwnFeedback()) {
            return DenseWeights.withOwnFeedback(id.size(), from.size());
        }
        if (cell.plan().precision() == Kernels.Precision.FLOAT) {
            return DenseWeights.zeros(id.size(), from.size(), Kernels.Precision.FLOAT);
        }
        return from.isWhole()
                ? connectivity.zeros(id.from(), id.to(), from.size())
                : connectivity.zeros(id.from(), id.to(), from.size(), from.linked(cell.position()));
    }

    /** Begins a phase. */
    void open(CellPlan.Opened opened, Traits traits, CellState state) {
        for (int k = 0; k < afferents.length; k++) {
            double[] input = opened.inputs()[k];
            afferents[k].open(
                    opened.phase(), input, traits.activityPlanes(), traits.feedbackPlanes());
        }
        for (Efferent e : efferents) {
            e.open(state.activity().length, state.feedback().length);
        }
    }

    Afferent[] afferents() {
        return afferents;
    }

    /** The synapses of the cell onto itself; null if it has none. */
    OwnSynapses own() {
        return own;
    }

    /** Records the cell's own activity on lateral projections, on which it sends itself nothing. */
    void recordOwn(double[] activity) {
        for (Afferent a : afferents) {
            a.recordOwn(activity);
        }
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

    /** True if some cell below, which is not clamped, is linked with this one. */
    boolean hasMovingBelow() {
        return feedbackLinks() > 0;
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

    /** What the cell has done since the phase began; whole products took {@code dense}. */
    Work work(long dense) {
        long spared = 0;
        long events = 0;
        for (Afferent a : afferents) {
            spared += a.spared();
            events += a.eventOperations();
        }
        long spikes = 0;
        for (Efferent e : efferents) {
            spikes += e.spikes() * e.carrying();
        }
        return new Work(dense - spared, dense, events, spikes);
    }

    /** Afferents come first. */
    private Port port(int k) {
        return k < afferents.length ? afferents[k] : efferents[k - afferents.length];
    }

    private int count() {
        return afferents.length + efferents.length;
    }

    Receipt record(int slot, Signal signal) {
        int left = slot;
        for (int k = 0; k < count(); k++) {
            Port port = port(k);
            if (left < port.links()) {
                return port.record(left, signal);
            }
            left -= port.links();
        }
        throw noSlot(slot);
    }

    long received(int slot) {
        int left = slot;
        for (int k = 0; k < count(); k++) {
            Port port = port(k);
            if (left < port.links()) {
                return port.received(left);
            }
            left -= port.links();
        }
        throw noSlot(slot);
    }

    long sent(Link link) {
        for (int k = 0; k < count(); k++) {
            int position = port(k).positionOf(link.index());
            if (position >= 0) {
                return port(k).sent(position);
            }
        }
        throw notMine(link);
    }

    void sayAgain(Link link, long phase, Outbox outbox) {
        for (int k = 0; k < count(); k++) {
            int position = port(k).positionOf(link.index());
            if (position >= 0) {
                if (!port(k).isSelf(position)) {
                    port(k).sayAgain(position, phase, outbox);
                }
                return;
            }
        }
        throw notMine(link);
    }

    void forgetSaid() {
        for (int k = 0; k < count(); k++) {
            port(k).forgetSaid();
        }
    }

    /** Squared length of one own neuron's weights from cells that can move. */
    double squaredLength(int row) {
        double sum = 0.0;
        for (Afferent a : afferents) {
            sum += a.squaredLength(row);
        }
        return sum;
    }

    void save(StateWriter out) {
        for (int k = 0; k < count(); k++) {
            port(k).save(out);
        }
    }

    /** Reads the state of a phase back that has been opened. */
    void load(StateReader in) {
        for (int k = 0; k < count(); k++) {
            port(k).load(in);
        }
    }

    private IllegalArgumentException notMine(Link link) {
        return new IllegalArgumentException("cell " + cell.id() + " does not send on link " + link);
    }

    private IndexOutOfBoundsException noSlot(int slot) {
        return new IndexOutOfBoundsException("cell " + cell.id() + " has no slot " + slot);
    }
}
