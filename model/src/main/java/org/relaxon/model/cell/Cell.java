package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

/**
 * A slice of one population that only reacts to signals: {@link #receive} records, {@link #relax}
 * recomputes the cell's own state from everything recorded and sends what changed. It knows no
 * host, thread, clock or randomness; its next state is a function of the signals recorded and their
 * order.
 *
 * <p>Mutable and owned by exactly one thread at a time; the owner changes only by handing the cell
 * over.
 */
public final class Cell {
    private final CellId id;
    private final Population population;
    private final Network network;
    private final Rule rule;
    private final Kernels kernels;
    private final int height;
    private final Traits traits;
    private final Ports ports;
    private final Synapses synapses;
    private final SendThresholds thresholds;
    private final Announcer announcer;
    private final CellAudit audit;
    private final CellLearning learning;
    private final Snapshots snapshots;

    private long phaseId;
    private Phase phase;
    private CellState state;
    private Kinks kinks; // null unless a jump of f' can keep this cell from resting
    private ColumnFaults faults;
    private int anchorColumns;
    private boolean waits; // for the first word of every cell below
    private boolean firstWord; // of activity, still to be said
    private boolean fresh;
    private boolean speechless; // restarted, and not relaxed since
    private boolean turn; // asked for although nothing was recorded
    private boolean acted;
    private long driveOperations;
    private long steps;

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
        this(wiring, index, rule, kernels, Signalling.exact(threshold));
    }

    /**
     * Builds one cell of a wiring, with its rows of the network's initial weights and with signals
     * that may be rounded.
     *
     * @param wiring cells and links of the network
     * @param index index of this cell in the wiring
     * @param rule rule that the cell follows
     * @param kernels kind of arithmetic
     * @param signalling which changes are worth a signal, and how signals are rounded
     */
    public Cell(Wiring wiring, int index, Rule rule, Kernels.Kind kernels, Signalling signalling) {
        this(wiring, index, rule, new Kernels(kernels), signalling, null);
        learning.load(network.parameters());
    }

    /**
     * Makes a twin: a cell that shares weights, biases and the memory of the synapses with the
     * original, but holds state, signals and saved states of its own. No thread may change weights
     * while another thread owns a twin.
     *
     * @param wiring the original's wiring
     * @param original the cell whose weights are shared
     */
    public Cell(Wiring wiring, Cell original) {
        this(
                wiring,
                original.id.index(),
                original.rule,
                new Kernels(original.kernels.kind()),
                original.thresholds.signalling(),
                original);
    }

    private Cell(
            Wiring wiring,
            int index,
            Rule rule,
            Kernels kernels,
            Signalling signalling,
            Cell original) {
        this.id = wiring.cells().get(index);
        this.network = wiring.network();
        this.population = network.population(id.population());
        this.rule = rule;
        this.kernels = kernels;
        this.height = wiring.height(id.population());
        this.traits = rule.traits();
        this.ports = Ports.of(wiring, id, original == null ? null : original.ports);
        this.synapses =
                original == null
                        ? new Synapses(
                                id,
                                ports.afferents(),
                                kernels,
                                rule.localRule(),
                                traits.activityPlanes())
                        : new Synapses(original.synapses, ports.afferents(), kernels);
        this.thresholds = new SendThresholds(signalling, rule, height);
        this.announcer = new Announcer(rule, ports, kernels, synapses, thresholds);
        this.audit = new CellAudit(this, rule, ports.afferents(), kernels, synapses);
        this.learning = new CellLearning(this, synapses);
        this.snapshots = new Snapshots(id);
    }

    /** {@return which slice of which population this cell owns} */
    public CellId id() {
        return id;
    }

    /** {@return how this cell is audited} */
    public CellAudit audit() {
        return audit;
    }

    /** {@return how this cell's synapses change} */
    public CellLearning learning() {
        return learning;
    }

    CellState state() {
        return state;
    }

    Phase phase() {
        return phase;
    }

    Population population() {
        return population;
    }

    Kinks kinks() {
        return kinks;
    }

    ColumnFaults faults() {
        return faults;
    }

    /** Columns of the state that this phase started from; 0 if it started from none. */
    int anchorColumns() {
        return anchorColumns;
    }

    boolean isOutput() {
        return population.role() == Population.Role.OUTPUT;
    }

    /**
     * {@return the number of multiplications by a recurrent or feedforward weight since {@link
     * #open}}
     */
    public long synapticOperations() {
        return driveOperations + announcer.operations();
    }

    /**
     * {@return the number of operations that an event-driven accumulator would have made since
     * {@link #open}: one for every activity that arrived changed and every synapse that it reaches}
     */
    public long eventOperations() {
        return ports.eventOperations();
    }

    /**
     * {@return the number of unit steps that activities have taken on a grid since {@link #open},
     * once per receiver}
     */
    public long spikes() {
        return ports.spikes();
    }

    /**
     * Begins a phase: everything received and sent is discarded, the state is at rest (zeros) or as
     * saved under the phase's start, and the first {@link #relax} sends what that state implies.
     *
     * @param phaseId id that the signals of this settling carry
     * @param phase what is imposed
     */
    public void open(long phaseId, Phase phase) {
        this.phaseId = phaseId;
        this.phase = phase;
        state = newState(rule);
        boolean watch = traits.has(Trait.READS_SLOPE) && !population.activation().smooth();
        kinks = watch ? new Kinks(state.slope().length, audit::gain, ports.feedbackLinks()) : null;
        thresholds.open(phase, state, learning.isPresented());
        waitForFirstWord();
        faults = new ColumnFaults(id, phase.columns());
        fresh = true;
        speechless = false;
        turn = false;
        acted = false;
        anchorColumns = 0;
        driveOperations = 0;
        steps = 0;
        announcer.open();
        for (Afferent a : ports.afferents()) {
            a.open(phase, traits.activityPlanes(), traits.feedbackPlanes());
        }
        for (Efferent e : ports.efferents()) {
            e.open(state.activity().length, state.feedback().length);
        }
        if (phase.start() != null) {
            startFrom(phase.start());
        }
    }

    private void waitForFirstWord() {
        waits = traits.has(Trait.HOLDS_ERRORS) && phase.start() == null;
        firstWord = waits;
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
     * Makes smaller changes worth a signal for the rest of the phase; the next {@link #relax} says
     * what is now beyond its threshold. Differences from a free state shrink from layer to layer as
     * errors do, and activities beside a clipped prediction are as small as these: from now on no
     * change beyond a share of their own size is kept back.
     *
     * @param factor a number between 0 and 1
     */
    public void refine(double factor) {
        thresholds.refine(state, factor);
        turn = true;
    }

    /**
     * Records a signal in the slot of its link: cheap, idempotent, the newest version wins.
     *
     * @param slot inbox slot of the link
     * @param signal what arrived
     * @return what became of it
     */
    public Receipt receive(int slot, Signal signal) {
        if (signal.phase() != phaseId) {
            return Receipt.LATE;
        }
        return ports.record(slot, signal);
    }

    /**
     * Recomputes the state from all that was recorded and sends what changed beyond the threshold.
     * Does nothing if nothing was recorded since the last time and no turn was asked for.
     *
     * @param outbox receives the signals to send
     * @return true if the cell wants another turn although nothing may arrive
     */
    public boolean relax(Outbox outbox) {
        step(false, outbox);
        return turn;
    }

    /**
     * Recomputes the state from all that was recorded and sends every value on every link, whatever
     * the thresholds: for cells that send only when it is their turn.
     *
     * @param outbox receives the signals to send
     * @return true if anything differs from what was last sent by more than its threshold, or the
     *     cell wants another turn
     */
    public boolean relaxAndSayAll(Outbox outbox) {
        turn = true; // there may be nothing new, but a turn is never passed on without a state
        return step(true, outbox) || turn;
    }

    /**
     * Recomputes what this cell feeds back from all that was recorded, and sends it on some links
     * without moving: another cell that projects to it has moved.
     *
     * @param links indices of the outgoing links to send it on
     * @param outbox receives the signals to send
     */
    public void renewFeedback(IntPredicate links, Outbox outbox) {
        predict();
        rule.dynamics().renew(state);
        announcer.sayBack(state, faults, links, phaseId, outbox);
    }

    /** Returns whether anything said is news to its receivers. */
    private boolean step(boolean all, Outbox outbox) {
        boolean once = traits.actsOnce(phase);
        if (once && acted) {
            turn = false; // one that was asked for: cells in turns end when nobody wants any
            return false;
        }
        if (once && !ports.heardAllAbove() || !all && isWaiting()) {
            return false;
        }
        boolean fromBelow = Ports.anyChanged(ports.afferents());
        boolean fromAbove = Ports.anyChanged(ports.efferents());
        boolean waited = !all && firstWord && ports.hasMovingBelow();
        boolean heard = (!fresh || waited) && (fromBelow || fromAbove);
        boolean driven = fromBelow || fresh || learning.learned();
        boolean fedBack = fromAbove || fresh;
        if (!driven && !fedBack && !turn) {
            return false;
        }
        fresh = false;
        speechless = false;
        acted = once;
        steps++;
        if (driven) {
            learning.predicted();
            predict();
        }
        if (fedBack) {
            ports.gatherFeedback(state.feedback());
        }
        rule.correct(state);
        boolean first = firstWord;
        firstWord = false;
        boolean news = announcer.say(state, faults, once || all, all || first, phaseId, outbox);
        double threshold = thresholds.signalling().threshold();
        turn = rule.dynamics().wantsAnotherTurn(state, threshold);
        turn |= learning.afterRelaxing(heard);
        return news;
    }

    /**
     * True until every cell below has spoken: a prediction from part of its input is nothing to
     * say, and in a deep network every layer's rest state would start a wave of its own.
     */
    private boolean isWaiting() {
        waits = waits && !ports.heardAllBelow();
        return waits;
    }

    /**
     * What is left after a crash: weights, saved states and the numbers of versions sent. State and
     * everything received are gone, and all neighbours will be sent every value.
     */
    public void restart() {
        for (double[] values : state.arrays()) {
            Arrays.fill(values, 0.0);
        }
        ports.loseMemory();
        thresholds.forget();
        fresh = true;
        speechless = true;
        turn = false;
        acted = false;
        waitForFirstWord();
    }

    /** {@return the number of times that the state was recomputed since {@link #open}} */
    public long steps() {
        return steps;
    }

    /** {@return a copy of the activities held, flat (n, planes x B)} */
    public double[] activity() {
        return state.activity().clone();
    }

    /** {@return a copy of the errors held, flat (n, planes x B)} */
    public double[] error() {
        return state.error().clone();
    }

    private void predict() {
        synapses.fillBias(state);
        for (Afferent a : ports.afferents()) {
            a.addDrive(kernels, state.drive());
            driveOperations += a.operations(state.columns());
        }
        rule.predict(state);
        if (kinks != null) {
            kinks.hold(state);
        }
    }

    /**
     * Sends the last signal of an outgoing link again, as a new version. A cell that has just been
     * restarted has nothing to repeat; it sends every value when it relaxes.
     *
     * @param link outgoing link of this cell
     * @param outbox receives the signals to send
     */
    public void reannounce(Link link, Outbox outbox) {
        if (speechless) {
            return;
        }
        ports.sayAgain(link, phaseId, outbox);
    }

    /**
     * {@return whether an outgoing link has a last signal: sent in this phase, or left by the phase
     * that this one starts from} An initial rest state is not a message. Cells that act once treat
     * any feedback as new.
     *
     * @param link outgoing link of this cell
     */
    public boolean hasWord(Link link) {
        boolean due = link.kind() == Link.Kind.FEEDBACK && traits.actsOnce(phase);
        return sentVersion(link) > 0 || phase.start() != null && !due;
    }

    /**
     * {@return the version of the last signal sent on an outgoing link; 0 if none was sent in this
     * phase}
     *
     * @param link outgoing link of this cell
     */
    public long sentVersion(Link link) {
        return ports.sent(link);
    }

    /**
     * {@return the version of the newest signal recorded in a slot; 0 if none was recorded in this
     * phase}
     *
     * @param slot inbox slot
     */
    public long receivedVersion(int slot) {
        return ports.received(slot);
    }

    /**
     * Saves the state and both ends of every synapse under a name, for a later phase's start. Of a
     * phase of differences it saves the state that they add up to.
     *
     * @param name name of the saved state
     */
    public void snapshot(String name) {
        snapshots.save(name, snapshot(false), phase.differences() ? phase.start() : null);
    }

    /**
     * Saves as {@link #snapshot} does while signals may be under way: a phase that starts from this
     * state begins with the last signal of every link.
     *
     * @param name name of the saved state
     */
    public void snapshotMoving(String name) {
        snapshots.save(name, snapshot(true), null);
    }

    private Snapshot snapshot(boolean moving) {
        return Snapshot.of(state, ports.afferents(), ports.efferents(), moving);
    }

    private void startFrom(String name) {
        CellState anchor = newState(rule);
        Snapshot saved = snapshots.find(name);
        saved.copyState(anchor);
        state.anchorAt(anchor);
        anchorColumns = saved.columns();
        saved.anchor(ports.afferents());
        if (!phase.differences()) {
            saved.copyState(state);
            saved.restorePorts(phase.columns(), ports.afferents(), ports.efferents());
            thresholds.said(state);
            if (saved.moving()) {
                ports.forgetSaid();
                thresholds.forget();
                speechless = true;
            }
        }
    }

    /** A state at rest, in the planes of a rule. */
    CellState newState(Rule shape) {
        int columns = phase.columns();
        boolean aimed = isOutput() && phase.target() != null;
        return new CellState(
                        id.size(),
                        phase.betas(),
                        shape.traits().activityPlanes(),
                        shape.traits().feedbackPlanes(),
                        population.activation(),
                        kernels.elementary(),
                        isOutput() ? network.loss() : null,
                        aimed
                                ? Arrays.copyOfRange(
                                        phase.target().values(),
                                        id.from() * columns,
                                        id.to() * columns)
                                : null)
                .on(phase, id.population(), height);
    }
}
