package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Presentation;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.signal.Signal;
import org.relaxon.model.state.CellState;

/**
 * A slice of one population that only reacts to signals: {@link #receive} records, {@link #relax}
 * recomputes the cell's own state from everything recorded and says what changed. It knows no host,
 * thread, clock or chance; its next state is a function of what it was told and in which order.
 *
 * <p>Mutable and owned by exactly one thread at a time; the owner changes only by handing the cell
 * over.
 */
public final class Cell {
    /** A change this small beside the rounding of a form is noise, and would never come to rest. */
    private static final double ROUND_OFF_SHARE = 0.01;

    /** A share of a number's size below which changes are its rounding. */
    private static final double LEAST_SHARE = 4.0 * Math.ulp(1.0);

    /** A curvature, in squares of weights, that only a kink can need. */
    private static final double HELD = 1e6;

    /** Why a neuron does not move under a rule whose curvature is bounded. */
    private static final String STAYS =
            "it feeds a unit on its kink, for which safeguarded dynamics look for no slope";

    private final CellId id;
    private final Population population;
    private final Network network;
    private final Rule rule;
    private final Kernels kernels;
    private final Signalling signalling;
    private final int height;
    private final Afferent[] afferents;
    private final Efferent[] efferents;
    private final Ports ports;
    private final Synapses synapses;
    private final Curvature curvature;
    private final CellAudit audit;
    private final Map<String, Snapshot> snapshots = new HashMap<>();

    private long phaseId;
    private Phase phase;
    private CellState state;
    private Kinks kinks; // null unless a jump of f' can keep this cell from resting
    private double[] activityThreshold;
    private double[] feedbackThreshold;
    private double lowered = 1.0; // factor of the threshold at the beginning of a phase
    private double share = Double.NaN; // of its own size that a difference may move; NaN: no matter
    private ErrorResolution resolution; // null where feedback is measured in units of the phase
    private boolean waits; // for the first word of every cell below
    private boolean firstWord; // of activity, still to be said
    private Grid activityGrid;
    private Grid feedbackGrid;
    private ColumnFaults faults;
    private int anchorColumns;
    private boolean fresh;
    private boolean speechless; // restarted, and not relaxed since
    private boolean turn; // asked for although nothing was recorded
    private boolean acted;
    private Presentation presented; // while weights change; null otherwise
    private long updates; // of this presentation
    private boolean learned; // weights changed since the last prediction
    private boolean learnedAll;
    private long synapticOperations;
    private long steps;

    /**
     * Builds one cell of a wiring, with its rows of the network's initial weights.
     *
     * @param wiring cells and links of the network
     * @param index index of this cell in the wiring
     * @param rule rule that the cell follows
     * @param kernels kind of arithmetic
     * @param threshold change of activity that is worth a signal, at least 0 (0: any changed bit),
     *     in the units of {@link Rule#activityUnit} and {@link Rule#feedbackUnit}
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
        load(network.parameters());
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
                original.signalling,
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
        this.signalling = signalling;
        this.height = wiring.height(id.population());
        List<Projection> into = network.into(id.population());
        this.afferents = new Afferent[into.size()];
        for (int k = 0; k < afferents.length; k++) {
            int width = network.population(into.get(k).pre()).size();
            double[][] rows =
                    original == null
                            ? new double[id.size()][width]
                            : original.afferents[k].weights();
            afferents[k] = afferent(wiring, into.get(k), rows);
        }
        this.efferents =
                network.outOf(id.population()).stream()
                        .map(p -> new Efferent(p, links(wiring, p, Link.Kind.ACTIVITY)))
                        .toArray(Efferent[]::new);
        this.ports = new Ports(id, afferents, efferents);
        this.synapses =
                original == null
                        ? new Synapses(
                                id,
                                afferents,
                                kernels,
                                rule.localRule(),
                                rule.traits().activityPlanes())
                        : new Synapses(original.synapses, afferents, kernels);
        this.curvature = new Curvature(rule, afferents, synapses);
        this.audit = new CellAudit(id, afferents, kernels, synapses);
    }

    private Afferent afferent(Wiring wiring, Projection p, double[][] rows) {
        return new Afferent(p, rows, wiring.cellsOf(p.pre()), links(wiring, p, Link.Kind.FEEDBACK));
    }

    private int[] links(Wiring wiring, Projection p, Link.Kind kind) {
        return wiring.outgoing(id.index()).stream()
                .filter(l -> l.projection() == p.index() && l.kind() == kind)
                .mapToInt(Link::index)
                .toArray();
    }

    /** {@return which slice of which population this cell owns} */
    public CellId id() {
        return id;
    }

    /**
     * {@return the number of multiplications by a recurrent or feedforward weight since {@link
     * #open}}
     */
    public long synapticOperations() {
        return synapticOperations;
    }

    /**
     * {@return the number of operations that an event-driven accumulator would have made since
     * {@link #open}: one for every activity that arrived changed and every synapse that it reaches}
     */
    public long eventOperations() {
        long sum = 0;
        for (Afferent a : afferents) {
            sum += a.eventOperations();
        }
        return sum;
    }

    /**
     * {@return the number of unit steps that activities have taken on a grid since {@link #open},
     * once per receiver}
     */
    public long spikes() {
        long sum = 0;
        for (Efferent e : efferents) {
            sum += e.spikes() * e.links();
        }
        return sum;
    }

    /** {@return the columns that this cell took out of play, length B; null where it did not} */
    public ColumnFault[] faults() {
        return faults.toArray();
    }

    /**
     * {@return of each column, length B, the first neuron that was given up at a kink, or that
     * hardly moves because a neuron to which it projects is at one, which no ordinary curvature
     * covers; null where there is none} It may be at rest there.
     */
    public ColumnFault[] held() {
        ColumnFault[] out = new ColumnFault[state.columns()];
        for (int k = state.slope().length - 1; kinks != null && k >= 0; k--) {
            if (kinks.isLost(k)) {
                out[k % out.length] = kink(k, "");
            }
        }
        if (rule.dynamics().curvatureMax() == Double.POSITIVE_INFINITY || efferents.length == 0) {
            return out;
        }
        for (int k = state.error().length - 1; k >= 0; k--) {
            if (state.curvature(k) > HELD) {
                out[k % out.length] = kink(k, STAYS);
            }
        }
        return out;
    }

    private ColumnFault kink(int k, String why) {
        int columns = state.columns();
        return new ColumnFault(k % columns, Reason.KINK, id, id.from() + k / columns, why);
    }

    /**
     * Begins a phase: everything heard and said is forgotten, the state is at rest (zeros) or as
     * saved under the phase's start, and the first {@link #relax} says what that state implies.
     *
     * @param phaseId id that the signals of this settling carry
     * @param phase what is imposed
     */
    public void open(long phaseId, Phase phase) {
        this.phaseId = phaseId;
        this.phase = phase;
        int columns = phase.columns();
        state = newState(rule);
        boolean watch = rule.traits().has(Trait.READS_SLOPE) && !population.activation().smooth();
        kinks = watch ? kinks() : null;
        activityThreshold = new double[columns];
        feedbackThreshold = new double[columns];
        double[] activityUnit = new double[columns];
        double[] feedbackUnit = new double[columns];
        for (int c = 0; c < columns; c++) {
            double least =
                    Math.max(
                            lowered * signalling.least(),
                            ROUND_OFF_SHARE * rule.dynamics().units().roundOff(phase, c));
            activityUnit[c] = rule.dynamics().units().activity(phase, c, height);
            feedbackUnit[c] = rule.dynamics().units().feedback(phase, c, height);
            activityThreshold[c] = least * activityUnit[c];
            feedbackThreshold[c] = least * feedbackUnit[c];
        }
        share = Double.NaN;
        resolution = errorsAreRelative() ? ErrorResolution.of(signalling.least(), state) : null;
        waits = rule.traits().has(Trait.HOLDS_ERRORS) && phase.start() == null;
        firstWord = waits;
        activityGrid = Grid.of(signalling.quantum(), activityUnit);
        feedbackGrid = Grid.of(signalling.quantum(), feedbackUnit);
        faults = new ColumnFaults(id, columns);
        fresh = true;
        speechless = false;
        turn = false;
        acted = false;
        anchorColumns = 0;
        synapticOperations = 0;
        steps = 0;
        for (Afferent a : afferents) {
            a.open(phase, rule.traits().activityPlanes(), rule.traits().feedbackPlanes());
        }
        for (Efferent e : efferents) {
            e.open(state.activity().length, state.feedback().length);
        }
        if (phase.start() != null) {
            startFrom(phase.start());
        }
    }

    /**
     * From the next {@link #open} on, changes smaller by a factor are worth a signal.
     *
     * @param factor of the threshold that this cell was built with, greater than 0 and at most 1
     */
    public void lowerThreshold(double factor) {
        lowered = factor;
    }

    private Kinks kinks() {
        int presynaptic = 0;
        for (Afferent a : afferents) {
            presynaptic += a.links();
        }
        return new Kinks(state.slope().length, audit::gain, presynaptic);
    }

    /** While weights change, feedback changes although no error does. */
    private boolean errorsAreRelative() {
        return rule.traits().has(Trait.HOLDS_ERRORS)
                && signalling.quantum() == 0
                && presented == null;
    }

    /**
     * Makes smaller changes worth a signal for the rest of the phase; the next {@link #relax} says
     * what is now beyond its threshold. Differences from a free state shrink from layer to layer as
     * errors do, and activities beside a clipped prediction are as small as these: from now on no
     * change beyond a share of their own size is kept back.
     *
     * @param factor between 0 and 1
     */
    public void refine(double factor) {
        double least = rule.traits().has(Trait.HOLDS_ERRORS) ? 0.0 : LEAST_SHARE;
        refine(activityThreshold, state.activity(), factor, least);
        refine(feedbackThreshold, state.backward(), factor, least);
        if (resolution != null) {
            resolution.refine(factor);
        }
        if (phase.differences() || rule.traits().has(Trait.HOLDS_ERRORS)) {
            double before = Double.isNaN(share) ? lowered * signalling.least() : share;
            share = Math.max(LEAST_SHARE, before * factor);
        }
        turn = true;
    }

    /**
     * Where activities are compared, a change below their rounding would never come to rest.
     *
     * @param least share of the largest value below which a change is its rounding
     */
    private static void refine(double[] threshold, double[] values, double factor, double least) {
        double[] size = ErrorResolution.sizes(values, threshold.length);
        for (int c = 0; c < threshold.length; c++) {
            double rounding = Math.min(threshold[c], least * size[c]);
            threshold[c] = Math.max(threshold[c] * factor, rounding);
        }
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
     * Recomputes the state from all that was recorded and says what changed beyond the threshold.
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
     * The same, but says everything on every link as it is, whatever the thresholds: for cells that
     * speak only when it is their turn.
     *
     * @param outbox receives the signals to send
     * @return true if anything differs from what was last said by more than its threshold, or the
     *     cell wants another turn
     */
    public boolean relaxAndSayAll(Outbox outbox) {
        turn = true; // there may be nothing new, but a turn is never passed on without a state
        return step(true, outbox) || turn;
    }

    /**
     * Recomputes what this cell feeds back from all that was recorded, and says it on some links
     * without moving: another cell that projects to it has moved.
     *
     * @param links indices of the outgoing links to say it on
     * @param outbox receives the signals to send
     */
    public void renewFeedback(IntPredicate links, Outbox outbox) {
        predict();
        rule.dynamics().renew(state);
        double[][] weighted = weigh();
        faults.guard(state, weighted);
        for (Afferent a : afferents) {
            a.sayOn(links, feedbackGrid, phaseId, outbox);
        }
    }

    /** Returns whether anything said is news to its receivers. */
    private boolean step(boolean all, Outbox outbox) {
        boolean once = rule.traits().actsOnce(phase);
        if (once && (acted || !heardAll()) || !all && isWaiting()) {
            return false;
        }
        boolean fromBelow = anyChanged(afferents);
        boolean fromAbove = anyChanged(efferents);
        boolean heard = (!fresh || hasWaited(all)) && (fromBelow || fromAbove);
        boolean driven = fromBelow || fresh || learned;
        boolean fedBack = fromAbove || fresh;
        if (!driven && !fedBack && !turn) {
            return false;
        }
        fresh = false;
        speechless = false;
        acted = once;
        steps++;
        if (driven) {
            learned = false;
            predict();
        }
        if (fedBack) {
            gatherFeedback();
        }
        rule.correct(state);
        boolean news = say(once || all, all, outbox);
        turn = rule.dynamics().wantsAnotherTurn(state, signalling.threshold());
        if (presented != null) {
            learnWhileSettling(heard);
        }
        return news;
    }

    /**
     * True until every cell below has spoken: a prediction from part of its input is nothing to
     * say, and in a deep network every layer's rest state would start a wave of its own.
     */
    private boolean isWaiting() {
        for (int k = 0; waits && k < afferents.length; k++) {
            if (!afferents[k].heardAll()) {
                return true;
            }
        }
        waits = false;
        return false;
    }

    /** True at the first relaxation of a cell that has waited for others to speak. */
    private boolean hasWaited(boolean all) {
        boolean others = false;
        for (Afferent a : afferents) {
            others |= !a.clamped();
        }
        return !all && firstWord && others;
    }

    /** Says the activity and what travels back; true if anything of it is news. */
    private boolean say(boolean allFeedback, boolean allActivity, Outbox outbox) {
        boolean moved = resolution == null || resolution.moved(state);
        boolean weighs = moved || allFeedback;
        double[][] weighed = weighs ? weigh() : new double[0][];
        faults.guard(state, weighed);
        boolean news = false;
        boolean first = firstWord;
        firstWord = false;
        double[] allowed = allowed(activityThreshold, state.activity());
        for (Efferent e : efferents) {
            boolean always = allActivity || first;
            news |= e.say(state.activity(), allowed, activityGrid, always, phaseId, outbox);
        }
        if (resolution == null) {
            for (int k = 0; k < afferents.length; k++) {
                double[] most = allowed(feedbackThreshold, weighed[k]);
                news |= afferents[k].say(most, feedbackGrid, allFeedback, phaseId, outbox);
            }
        } else if (weighs) {
            resolution.said(state);
            for (Afferent a : afferents) {
                a.sayOn(link -> true, feedbackGrid, phaseId, outbox);
            }
            news |= moved;
        }
        return news;
    }

    /**
     * Change per column that may be kept back: less where differences are refined, and no less than
     * the rounding of what is said where the threshold of activities was lowered.
     */
    private double[] allowed(double[] threshold, double[] values) {
        boolean relative = !Double.isNaN(share);
        if (!relative && lowered == 1.0) {
            return threshold;
        }
        double[] out = ErrorResolution.sizes(values, threshold.length);
        for (int c = 0; c < out.length; c++) {
            double given = threshold[c] / lowered;
            double rounding = LEAST_SHARE * out[c];
            out[c] =
                    relative
                            ? Math.max(rounding, Math.min(threshold[c], share * out[c]))
                            : Math.min(given, Math.max(threshold[c], rounding));
        }
        return out;
    }

    private void learnWhileSettling(boolean heard) {
        boolean whole = presented.wholeUpdates() > 0;
        if (whole && (!heard || updates == presented.wholeUpdates())) {
            return;
        }
        updates++;
        learned = synapses.learn(presented, state, anchorColumns);
        learnedAll &= learned;
        turn |= whole && learned; // to say what it predicts now
    }

    /**
     * From the next {@link #open} on, relaxations are followed by changes of weights.
     *
     * @param presentation how; null ends it
     */
    public void present(Presentation presentation) {
        presented = presentation;
        learned = false;
        learnedAll = true;
        updates = 0;
        if (presentation != null) {
            synapses.memory().beginPresentation();
        }
    }

    /** {@return false if an update of the presentation was not finite and was left out} */
    public boolean learnedAll() {
        return learnedAll;
    }

    /**
     * What is left after a crash: weights, saved states and the numbers of versions said. State and
     * everything heard are gone, and all neighbours will be told anew.
     */
    public void restart() {
        for (double[] values : state.arrays()) {
            Arrays.fill(values, 0.0);
        }
        for (Afferent a : afferents) {
            a.loseMemory();
        }
        for (Efferent e : efferents) {
            e.loseMemory();
        }
        if (resolution != null) {
            resolution.forget();
        }
        fresh = true;
        speechless = true;
        turn = false;
        acted = false;
        waits = rule.traits().has(Trait.HOLDS_ERRORS) && phase.start() == null;
        firstWord = waits;
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

    private boolean heardAll() {
        for (Efferent e : efferents) {
            if (!e.heardAll()) {
                return false;
            }
        }
        return true;
    }

    /** W^T v of every incoming projection. */
    private double[][] weigh() {
        double[][] weighted = new double[afferents.length][];
        double[] factor = rule.traits().has(Trait.SENDS_CURVATURE) ? curvature.factor(state) : null;
        for (int k = 0; k < weighted.length; k++) {
            weighted[k] =
                    factor == null
                            ? afferents[k].weigh(kernels, state.backward())
                            : afferents[k].weighWithCurvature(
                                    kernels,
                                    state.backward(),
                                    factor,
                                    curvature.coupling(k),
                                    rule.dynamics().curvatureMax());
            countOperations(afferents[k]);
        }
        return weighted;
    }

    private static boolean anyChanged(Port[] some) {
        boolean changed = false;
        for (Port port : some) {
            changed |= port.changed();
        }
        return changed;
    }

    private void predict() {
        synapses.fillBias(state);
        for (Afferent a : afferents) {
            a.addDrive(kernels, state.drive());
            countOperations(a);
        }
        rule.predict(state);
        if (kinks != null) {
            kinks.hold(state);
        }
    }

    private void gatherFeedback() {
        Arrays.fill(state.feedback(), 0.0);
        for (Efferent e : efferents) {
            e.addFeedback(state.feedback());
        }
    }

    private void countOperations(Afferent a) {
        if (!a.clamped()) {
            synapticOperations += a.synapses() * state.columns();
        }
    }

    /**
     * Sends the last value of an outgoing link again, as a new version. A cell that has just been
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
     * {@return whether an outgoing link has a last value: sent in this phase, or left by the phase
     * that this one starts from} An initial rest state is not a message. Cells that act once treat
     * any feedback as new.
     *
     * @param link outgoing link of this cell
     */
    public boolean hasWord(Link link) {
        boolean due = link.kind() == Link.Kind.FEEDBACK && rule.traits().actsOnce(phase);
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
        Snapshot now = Snapshot.of(state, afferents, efferents, false);
        snapshots.put(name, phase.differences() ? now.plus(snapshots.get(phase.start())) : now);
    }

    /**
     * Saves as {@link #snapshot} does while signals may be under way: a phase that starts from this
     * state begins with the last value of every link.
     *
     * @param name name of the saved state
     */
    public void snapshotMoving(String name) {
        snapshots.put(name, Snapshot.of(state, afferents, efferents, true));
    }

    private void startFrom(String name) {
        Snapshot saved = snapshots.get(name);
        if (saved == null) {
            throw new IllegalArgumentException(
                    "start: cell %s has no state saved as \"%s\"".formatted(id, name));
        }
        CellState anchor = newState(rule);
        saved.copyState(anchor);
        state.anchorAt(anchor);
        anchorColumns = saved.columns();
        for (int k = 0; k < afferents.length; k++) {
            afferents[k].anchorAt(saved.recorded(k));
        }
        if (!phase.differences()) {
            saved.copyState(state);
            saved.restorePorts(phase.columns(), afferents, efferents);
            if (resolution != null) {
                resolution.said(state);
            }
            if (saved.moving()) {
                ports.forgetSaid();
                if (resolution != null) {
                    resolution.forget();
                }
                speechless = true;
            }
        }
    }

    /**
     * First step of an audit: puts the activity and error that this cell holds into the frame.
     *
     * @param frame frame of the audit
     */
    public void publish(AuditFrame frame) {
        audit.publish(state, frame);
    }

    /**
     * Puts the activity of the state that this phase started from into the frame.
     *
     * @param frame frame that receives it
     */
    public void publishAnchor(AuditFrame frame) {
        frame.activity(id, state.anchor().activity());
    }

    /**
     * Second step: recomputes the prediction from the true presynaptic activities and adds the
     * feedback that it and this cell's error imply.
     *
     * @param frame frame that holds the published activities and errors; receives feedback
     * @param judge the rule of the stated energy; the cell's own rule is not asked
     * @return the recomputed state, to be handed to {@link #defect}
     */
    public CellState recompute(AuditFrame frame, Rule judge) {
        CellState truth = newState(judge);
        truth.anchorAt(state.anchor());
        audit.recompute(state, truth, frame, judge);
        return truth;
    }

    /**
     * Third step: the defect of every column, that is how far this cell is from where its own
     * energy is least given the true values of all its neighbours, in the units of the judge.
     *
     * @param frame frame that holds the true state of all cells
     * @param truth what {@link #recompute} returned
     * @param judge the rule of the stated energy
     * @param defect raised to this cell's defect where that is larger, length B; NaN stays
     */
    public void defect(AuditFrame frame, CellState truth, Rule judge, double[] defect) {
        audit.defect(state, truth, frame, phase, judge, defect);
    }

    /**
     * First half of a sweep that bounds what was withheld: predicts anew from the swept activities
     * of the cells below, with the errors and the feedback that this cell holds.
     *
     * @param swept frame of the sweep: holds the swept activities below, receives those of this
     *     cell
     * @param judge rule of the stated energy
     * @param freeOutputOff by how much the output is off in the state that this phase started from,
     *     flat in the columns of that: a nudge takes the target's distance from it; null if it is
     *     not known
     * @return the swept state, to be handed to {@link #sweepBack} and {@link #addUnresolved}
     */
    public CellState sweepUp(AuditFrame swept, Rule judge, double[] freeOutputOff) {
        CellState truth = newState(judge);
        boolean pulled = truth.isOutput() && state.anchor() != null && freeOutputOff != null;
        truth.anchorAt(pulled ? moved(state.anchor(), freeOutputOff) : state.anchor());
        audit.sweepUp(state, truth, swept, judge);
        return truth;
    }

    /** A copy of a free state whose activity is off by what the population's is. */
    private CellState moved(CellState free, double[] off) {
        CellState out = newState(rule);
        double[][] to = out.arrays();
        for (int k = 0; k < to.length; k++) {
            System.arraycopy(free.arrays()[k], 0, to[k], 0, to[k].length);
        }
        double[] x = out.activity();
        int planes = x.length / (id.size() * out.columns());
        int width = off.length / (population.size() * planes); // columns of the free phase
        for (int k = 0; k < x.length; k++) {
            int row = id.from() * planes + k / out.columns();
            x[k] += off[row * width + k % out.columns() % width];
        }
        return out;
    }

    /**
     * Third pass, upwards again: predicts and corrects anew by the swept cells below.
     *
     * @param swept frame of the sweep
     * @param truth what {@link #sweepUp} returned
     * @param judge rule of the stated energy
     */
    public void sweepAgain(AuditFrame swept, CellState truth, Rule judge) {
        audit.sweepAgain(truth, swept, judge);
    }

    /**
     * Second half of a sweep: corrects the swept state by the swept feedback of the cells above.
     *
     * @param swept frame of the sweep
     * @param truth what {@link #sweepUp} returned
     * @param judge rule of the stated energy
     */
    public void sweepBack(AuditFrame swept, CellState truth, Rule judge) {
        audit.sweepBack(truth, swept, judge);
    }

    /**
     * Adds the distance between the local update of this cell and that of the swept state.
     *
     * @param swept frame of the sweep
     * @param truth what {@link #sweepUp} returned
     * @param errors sums per projection and column
     */
    public void addUnresolved(AuditFrame swept, CellState truth, UpdateErrors errors) {
        audit.addUnresolved(state, truth, swept, rule.traits().has(Trait.HOLDS_ERRORS), errors);
    }

    /**
     * Adds this cell's share of the energy to every column, length B; NaN where not known.
     *
     * @param energy sums per column, length B
     */
    public void addEnergy(double[] energy) {
        double[] own = new double[energy.length];
        rule.dynamics().judge(rule).energy().add(state, own);
        for (int c = 0; c < own.length; c++) {
            energy[c] += own[c];
        }
    }

    /**
     * Adds this cell's local update to a gradient: each synapse from its own postsynaptic factor
     * and its own record of the presynaptic activity.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param gradient receives the sum, in the shapes of the network's parameters
     */
    public void update(double[] columnWeights, Parameters gradient) {
        synapses.addTo(gradient, state, anchorColumns, columnWeights);
    }

    /**
     * Changes this cell's weights and biases by -rate times the local update, without gathering it
     * first.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @param rate learning rate, finite
     */
    public void learn(double[] columnWeights, double rate) {
        synapses.learn(state, anchorColumns, columnWeights, rate);
    }

    /**
     * Computes the local update of each of this cell's synapses and keeps it for {@link
     * #learn(LearningStep)}.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of it is finite
     */
    public boolean prepare(double[] columnWeights) {
        return synapses.prepare(state, anchorColumns, columnWeights);
    }

    /**
     * Adds this twin's local update to the one that is kept, see {@link #Cell(Wiring, Cell)}.
     *
     * @param columnWeights share of every column in the estimate, length B
     * @return true if all of the sum is finite
     */
    public boolean prepareMore(double[] columnWeights) {
        return synapses.prepareMore(state, anchorColumns, columnWeights);
    }

    /**
     * Changes this cell's weights and biases by the update that was prepared, each synapse by its
     * own memory.
     *
     * @param step optimiser, rate and number of the change
     */
    public void learn(LearningStep step) {
        synapses.learn(step);
    }

    /**
     * Copies one memory of the synapses out.
     *
     * @param which 0 for the first memory, 1 for the second
     * @param into receives this cell's rows
     */
    public void saveMemory(int which, Parameters into) {
        synapses.memory().save(which, into);
    }

    /**
     * Copies one memory of the synapses in.
     *
     * @param which 0 for the first memory, 1 for the second
     * @param from source of this cell's rows
     */
    public void loadMemory(int which, Parameters from) {
        synapses.memory().load(which, from);
    }

    /**
     * Copies this cell's rows of weights and biases out.
     *
     * @param into receives this cell's rows
     */
    public void save(Parameters into) {
        synapses.save(into);
    }

    /**
     * Copies this cell's rows of weights and biases in.
     *
     * @param from source of this cell's rows
     */
    public void load(Parameters from) {
        synapses.load(from);
    }

    private CellState newState(Rule shape) {
        boolean output = population.role() == Population.Role.OUTPUT;
        double[] target = null;
        if (output && phase.target() != null) {
            int columns = phase.columns();
            target =
                    Arrays.copyOfRange(
                            phase.target().values(), id.from() * columns, id.to() * columns);
        }
        return new CellState(
                        id.size(),
                        phase.betas(),
                        shape.traits().activityPlanes(),
                        shape.traits().feedbackPlanes(),
                        population.activation(),
                        kernels.elementary(),
                        output ? network.loss() : null,
                        target)
                .on(phase, id.population(), height);
    }
}
