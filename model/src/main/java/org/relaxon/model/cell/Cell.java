package org.relaxon.model.cell;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.signal.Signal;

/**
 * A slice of one population that only reacts to signals: {@link #receive} records, {@link #relax}
 * recomputes the cell's own state from everything recorded and sends what changed. It knows no
 * host, thread, clock or randomness; its next state is a function of the signals recorded and their
 * order. A {@link CellPhase} holds the state of one phase and relaxes it; weights and saved states
 * outlive the phase.
 *
 * <p>Mutable and owned by exactly one thread at a time; the owner changes only by handing the cell
 * over.
 */
public final class Cell {
    private final CellPlan plan;
    private final int position; // in the population
    private final Kernels kernels;
    private final Ports ports;
    private final Synapses synapses;
    private final SendThresholds thresholds;
    private Map<String, Snapshot> saved = Map.of(); // by name; until a state is saved
    private CellLearning.Progress presented; // null unless weights change while it settles
    private CellPhase now; // null before the first

    /**
     * Builds one cell of a wiring, with its rows of the network's initial weights.
     *
     * @param wiring cells and links of the network
     * @param index index of this cell in the wiring
     * @param rule rule that the cell follows
     * @param kernels kind of arithmetic
     * @param threshold change of activity that is worth a signal, at least 0 (0: any changed bit),
     *     in the units of {@link org.relaxon.model.rule.Units}
     */
    public Cell(Wiring wiring, int index, Rule rule, Kernels.Kind kernels, double threshold) {
        this(
                CellPlan.ofOne(wiring, index, rule, kernels, threshold),
                index,
                wiring.network().parameters());
    }

    Cell(CellPlan plan, int index, Parameters initial) {
        this.plan = plan;
        position = index - plan.firstCell();
        kernels = plan.kernels();
        ports = Ports.of(this, null);
        thresholds = new SendThresholds(plan);
        synapses = new Synapses(this);
        synapses.load(initial);
    }

    /**
     * Makes a twin: a cell that shares weights, biases and the memory of the synapses with the
     * original, but holds state, signals and saved states of its own. No thread may change weights
     * while another thread owns a twin.
     *
     * @param original the cell whose weights are shared
     */
    public Cell(Cell original) {
        this(new CellPlan(original.plan), original);
    }

    Cell(CellPlan plan, Cell original) {
        this.plan = plan;
        position = original.position;
        kernels = plan.kernels();
        ports = Ports.of(this, original.ports);
        thresholds = new SendThresholds(plan);
        synapses = new Synapses(this, original.synapses);
    }

    /** {@return which slice of which population this cell owns} */
    public CellId id() {
        return plan.id(position);
    }

    /** {@return how this cell is audited} */
    public CellAudit audit() {
        return new CellAudit(this);
    }

    /** {@return how this cell's synapses change} */
    public CellLearning learning() {
        return new CellLearning(this);
    }

    /** What this cell has in common with others. */
    CellPlan plan() {
        return plan;
    }

    /** Position of this cell in its population. */
    int position() {
        return position;
    }

    /** Arithmetic, with scratch memory of the thread that owns the cell. */
    Kernels kernels() {
        return kernels;
    }

    Ports ports() {
        return ports;
    }

    Synapses synapses() {
        return synapses;
    }

    SendThresholds thresholds() {
        return thresholds;
    }

    /** How far a presentation has come; null unless weights change while the network settles. */
    CellLearning.Progress presented() {
        return presented;
    }

    void present(CellLearning.Progress begun) {
        presented = begun;
    }

    /**
     * The state saved under a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Snapshot saved(String name) {
        Snapshot found = saved.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "start: cell %s has no state saved as \"%s\"".formatted(id(), name));
        }
        return found;
    }

    /** The phase that is open; null before the first. */
    CellPhase now() {
        return now;
    }

    /** {@return the work since {@link #open}} */
    public Work work() {
        return ports.work(now == null ? 0 : now.operations());
    }

    /**
     * Begins a phase: everything received and sent is discarded, the state is at rest (zeros) or as
     * saved under the phase's start, and the first {@link #relax} sends what that state implies.
     *
     * @param phaseId id that the signals of this settling carry
     * @param phase inputs, targets and strengths imposed
     */
    public void open(long phaseId, Phase phase) {
        now = new CellPhase(this, phaseId, phase);
        now.start();
    }

    /**
     * From the next {@link #open} on, changes smaller by a factor are worth a signal.
     *
     * @param factor multiple of the threshold with which this cell was built, greater than 0 and at
     *     most 1
     */
    public void lowerThreshold(double factor) {
        thresholds.lower(factor);
    }

    /**
     * Lowers the threshold for the rest of the phase; the next {@link #relax} sends every change
     * that now exceeds it. Differences from a free state shrink from layer to layer as errors do,
     * and so do activities beside a clipped prediction: from now on a change is sent if it exceeds
     * a share of the value's own size.
     *
     * @param factor a number between 0 and 1
     */
    public void refine(double factor) {
        thresholds.refine(now.state(), factor);
        now.askForTurn();
    }

    /**
     * Records a signal in the slot of its link. Cheap and idempotent: the newest version wins.
     *
     * @param slot inbox slot of the link
     * @param signal signal that arrived
     * @return whether it was recorded, or why it was dropped
     */
    public Receipt receive(int slot, Signal signal) {
        if (now == null || signal.phase() != now.id()) {
            return Receipt.LATE;
        }
        return ports.record(slot, signal);
    }

    /**
     * Recomputes the state from all recorded signals and sends changes beyond the threshold. Does
     * nothing if nothing was recorded since the last relaxation and no turn was requested.
     *
     * @param outbox receives the signals to send
     * @return true if the cell wants another turn although nothing may arrive
     */
    public boolean relax(Outbox outbox) {
        now.step(false, outbox);
        return now.wantsTurn();
    }

    /**
     * Recomputes the state from all recorded signals and sends every value on every link, whatever
     * the thresholds: for cells that send only when it is their turn.
     *
     * @param outbox receives the signals to send
     * @return true if anything differs from what was last sent by more than its threshold, or the
     *     cell wants another turn
     */
    public boolean relaxAndSayAll(Outbox outbox) {
        now.askForTurn(); // a turn passes on a state even if nothing is new
        return now.step(true, outbox) || now.wantsTurn();
    }

    /**
     * Recomputes this cell's feedback from all recorded signals and sends it on some links without
     * moving, because another cell that projects to it has moved.
     *
     * @param links indices of the outgoing links to send it on
     * @param outbox receives the signals to send
     */
    public void renewFeedback(IntPredicate links, Outbox outbox) {
        now.renewFeedback(links, outbox);
    }

    /**
     * Restarts after a crash. Weights, saved states and the numbers of versions sent remain. State
     * and received signals are lost, and every value will be sent to all neighbours again.
     */
    public void restart() {
        now.restart();
    }

    /** {@return the number of times that the state was recomputed since {@link #open}} */
    public long steps() {
        return now == null ? 0 : now.steps();
    }

    /** {@return a copy of the activities held, flat (n, planes x B)} */
    public double[] activity() {
        return now.state().activity().clone();
    }

    /** {@return a copy of the errors held, flat (n, planes x B)} */
    public double[] error() {
        return now.state().error().clone();
    }

    /** {@return the last signals on the links of this cell} */
    public LastSignals lastSignals() {
        return new LastSignals(this);
    }

    /**
     * Saves the state and both ends of every synapse under a name, for a later phase's start. In a
     * phase of differences it saves their sum with the state that they refer to.
     *
     * @param name name of the saved state
     */
    public void snapshot(String name) {
        Phase phase = now.phase();
        Snapshot own = snapshot(false);
        keep(name, phase.differences() ? own.plus(saved.get(phase.start())) : own);
    }

    /**
     * Saves as {@link #snapshot} does while signals may be in flight: a phase that starts from this
     * state begins with the last signal of every link.
     *
     * @param name name of the saved state
     */
    public void snapshotMoving(String name) {
        keep(name, snapshot(true));
    }

    /** Saved states may hold products of the weights as they were. */
    void weightsChanged() {
        saved.values().forEach(Snapshot::weightsChanged);
    }

    private void keep(String name, Snapshot state) {
        if (saved.isEmpty()) {
            saved = new HashMap<>();
        }
        saved.put(name, state);
    }

    /**
     * Writes down all that changes in this cell: weights, what synapses remember, saved states, and
     * the state of the open phase. {@link #load} reads it into a cell built in the same way.
     *
     * @param out receives it
     */
    public void save(StateWriter out) {
        learning().save(out);
        out.writeNamed(saved, Snapshot::save);
        thresholds.saveFactor(out);
        out.writeBoolean(now != null);
        if (now != null) {
            out.writeLong(now.id());
            now.save(out);
        }
    }

    /**
     * Reads back what {@link #save} has written. The weights of twins change as well.
     *
     * @param in source of what was saved
     * @param phase the phase that was open, in the same shapes; not used if there was none
     */
    public void load(StateReader in, Phase phase) {
        learning().load(in);
        Map<String, Snapshot> named = in.readNamed(Snapshot::load);
        saved = named.isEmpty() ? Map.of() : named;
        thresholds.loadFactor(in);
        if (in.readBoolean()) {
            open(in.readLong(), phase);
            now.load(in);
        } else {
            now = null;
        }
    }

    private Snapshot snapshot(boolean moving) {
        return Snapshot.of(now.state(), ports.afferents(), ports.efferents(), moving);
    }
}
