package org.relaxon.model.cell;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.network.CellId;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.state.CellState;

/**
 * One cell in one phase: its state, and which parts of it are still to be sent. All of this ends
 * with the phase; the rest belongs to the {@link Cell}.
 */
final class CellPhase {
    private static final double ROUNDINGS = 8.0; // of the terms of an activity

    private final Cell cell;
    private final long id;
    private final CellState state;
    private final Kinks kinks; // null unless a jump of f' can keep this cell from resting
    private ColumnFaults faults; // null as long as there is none
    private int anchorColumns;
    private boolean waits; // for the first signal of every cell below
    private boolean firstWord; // of activity, still to be sent
    private boolean fresh = true;
    private boolean speechless; // restarted, and not relaxed since
    private boolean turn; // requested although nothing was recorded
    private boolean acted;
    private long operations;
    private long steps;

    /** See {@link Cell#open}. */
    CellPhase(Cell cell, long id, Phase phase) {
        this.cell = cell;
        this.id = id;
        CellPlan.Opened shared = cell.plan().open(phase, cell.thresholds().lowered());
        state = newState(shared.sample());
        Ports ports = cell.ports();
        boolean watch = traits().has(Trait.READS_SLOPE) && !state.activation().smooth();
        kinks =
                watch
                        ? new Kinks(
                                state.slope().length, ports::squaredLength, ports.feedbackLinks())
                        : null;
        waitForFirstWord();
        cell.thresholds().open(shared, state, cell.learning().isPresented());
        ports.open(shared, traits(), state);
    }

    private Rule rule() {
        return cell.plan().rule();
    }

    private Traits traits() {
        return cell.plan().traits();
    }

    /** Starts from the state saved under the phase's start, if it has one. */
    void start() {
        if (phase().start() == null) {
            return;
        }
        Ports ports = cell.ports();
        CellState anchor = newState(state);
        Snapshot saved = cell.saved(phase().start());
        saved.copyState(anchor);
        state.anchorAt(anchor);
        anchorColumns = saved.columns();
        saved.anchor(ports.afferents());
        if (phase().differences()) {
            return;
        }
        saved.copyState(state);
        saved.restorePorts(phase().columns(), ports.afferents(), ports.efferents());
        cell.thresholds().said(state);
        if (saved.moving()) {
            ports.forgetSaid();
            cell.thresholds().forget();
            speechless = true;
        }
    }

    /** A state at rest, in the planes of a rule. */
    CellState newState(Rule shape) {
        CellPlan plan = cell.plan();
        return remembering(
                plan.newState(shape, phase(), state.beta(), cell.id().size(), target(phase())),
                shape);
    }

    /** A state at rest, in the planes of this cell's rule. */
    private CellState newState(CellState sample) {
        return remembering(new CellState(sample, cell.id().size(), target(sample.phase())), rule());
    }

    private CellState remembering(CellState atRest, Rule shape) {
        CellId id = cell.id();
        return atRest.remembering(shape.traits().memory(), cell.plan().afferents().size())
                .holding(atRest.phase().held(id.whole().name(), id.from(), id.to()));
    }

    /** The target of an output cell; null elsewhere. */
    private double[] target(Phase phase) {
        if (!cell.plan().isOutput() || phase.target() == null) {
            return null;
        }
        int columns = phase.columns();
        return Arrays.copyOfRange(
                phase.target().values(),
                cell.plan().targetRow(cell.id().from()) * columns,
                cell.plan().targetRow(cell.id().to()) * columns);
    }

    private void waitForFirstWord() {
        waits = traits().has(Trait.HOLDS_ERRORS) && phase().start() == null;
        firstWord = waits;
    }

    long id() {
        return id;
    }

    Phase phase() {
        return state.phase();
    }

    CellState state() {
        return state;
    }

    Kinks kinks() {
        return kinks;
    }

    /** The columns taken out of play; null for the others. */
    ColumnFault[] faults() {
        return faults == null ? new ColumnFault[phase().columns()] : faults.toArray();
    }

    /** Takes columns out of play whose values are not finite or too large to be sent. */
    void guard(double[][] weighted) {
        if (faults == null && ColumnFaults.areBounded(state, weighted)) {
            return;
        }
        faults = faults == null ? new ColumnFaults(cell.id(), phase().columns()) : faults;
        faults.guard(state, weighted);
    }

    /** Columns of the state that this phase started from; 0 if it started from none. */
    int anchorColumns() {
        return anchorColumns;
    }

    /** Number of times that the state was recomputed. */
    long steps() {
        return steps;
    }

    /** Multiplications by a weight, of whole products. */
    long operations() {
        return operations;
    }

    /** Counts multiplications by a weight, of whole products. */
    void count(long more) {
        operations += more;
    }

    /** Requests a turn although nothing was recorded. */
    void askForTurn() {
        turn = true;
    }

    /** Whether another turn is requested. */
    boolean wantsTurn() {
        return turn;
    }

    /**
     * Whether the prediction held is what the rule makes of the present weights and the activities
     * recorded: nothing has arrived or changed since, and no kink or fault has moved it.
     */
    boolean isPredicted() {
        boolean whole = kinks == null && faults == null && cell.ports().own() == null;
        boolean current = !fresh && !cell.learning().learned();
        return whole && current && !Ports.anyChanged(cell.ports().afferents());
    }

    /** True while there is nothing to resend: restarted, and not relaxed since. */
    boolean isSpeechless() {
        return speechless;
    }

    /**
     * Recomputes the state from all recorded signals, and sends its consequences.
     *
     * @param all whether to send every value on every link, whatever the thresholds
     * @return whether any value sent is new to its receivers
     */
    boolean step(boolean all, Outbox outbox) {
        Ports ports = cell.ports();
        CellLearning learning = cell.learning();
        boolean once = traits().actsOnce(phase());
        if (once && acted) {
            turn = false; // turn-taking ends when no cell wants a turn
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
        MemoryMoves memories = MemoryMoves.of(state, rule());
        double[] before = ports.own() == null ? null : state.activity().clone();
        if (before == null) {
            relax(driven, fedBack);
        } else {
            relaxOneByOne(ports);
        }
        boolean first = firstWord;
        firstWord = false;
        boolean news = new Announcer(cell, this).say(once || all, all || first, outbox);
        ports.recordOwn(state.activity());
        double threshold = cell.plan().signalling().threshold();
        turn = rule().dynamics().wantsAnotherTurn(state, threshold);
        turn &= before == null || moved(before, roundings());
        turn |= before != null && moved(before, cell.thresholds().ofActivity(before));
        turn |= memories.any() && memories.exceed(threshold, feedbackUnits());
        turn |= learning.afterRelaxing(heard);
        return news;
    }

    private void relax(boolean driven, boolean fedBack) {
        if (driven) {
            cell.learning().predicted();
            predict();
        }
        if (fedBack) {
            cell.ports().gatherFeedback(state.feedback());
        }
        Held.correct(rule(), state);
    }

    private void relaxOneByOne(Ports ports) {
        cell.learning().predicted();
        cell.synapses().fillBias(state);
        for (Afferent a : ports.afferents()) {
            a.seen();
            a.addDriveOfOthers(cell.kernels(), null, state.drive());
            count(a.operations(state.columns()));
        }
        ports.gatherFeedback(state.feedback());
        ports.own().relax(state, rule());
        count(ports.own().operations(state.columns()));
    }

    /** Whether own neurons moved so far that the others among them have to see it. */
    private boolean moved(double[] before, double[] allowed) {
        return Port.differs(state.activity(), before, 0, before.length, allowed);
    }

    /** By how much neurons that see each other move for ever, by column. */
    private double[] roundings() {
        double[] size = Columns.sizes(state.activity(), phase().columns());
        for (int c = 0; c < size.length; c++) {
            size[c] *= ROUNDINGS * Math.ulp(1.0);
        }
        return size;
    }

    /**
     * True until every cell below has sent. A prediction from part of its input carries no
     * information, and in a deep network every layer's rest state would start a wave of its own.
     */
    private boolean isWaiting() {
        waits = waits && !cell.ports().heardAllBelow();
        return waits;
    }

    private void predict() {
        cell.synapses().fillBias(state);
        for (Afferent a : cell.ports().afferents()) {
            a.addDrive(cell.kernels(), state.drive());
            count(a.operations(state.columns()));
        }
        rule().predict(state);
        if (kinks != null) {
            kinks.hold(state);
        }
    }

    /** What a change of feedback is measured in, by column. */
    private double[] feedbackUnits() {
        double[] units = new double[phase().columns()];
        for (int c = 0; c < units.length; c++) {
            units[c] = cell.plan().units().feedback(phase(), c, cell.plan().height());
        }
        return units;
    }

    /** See {@link Cell#renewFeedback}. */
    void renewFeedback(IntPredicate links, Outbox outbox) {
        predict();
        rule().dynamics().renew(state);
        new Announcer(cell, this).sayBack(links, outbox);
    }

    /** See {@link Cell#restart}. */
    void restart() {
        for (double[] values : state.arrays()) {
            Arrays.fill(values, 0.0);
        }
        cell.ports().loseMemory();
        cell.thresholds().forget();
        fresh = true;
        speechless = true;
        turn = false;
        acted = false;
        waitForFirstWord();
    }

    /** Writes down all that changes while the phase is open. */
    void save(StateWriter out) {
        for (double[] values : state.arrays()) {
            out.writeDoubles(values);
        }
        out.writeBoolean(state.moved());
        if (kinks != null) {
            kinks.save(out);
        }
        out.writeBoolean(faults != null);
        if (faults != null) {
            faults.save(out);
        }
        out.writeBoolean(waits);
        out.writeBoolean(firstWord);
        out.writeBoolean(fresh);
        out.writeBoolean(speechless);
        out.writeBoolean(turn);
        out.writeBoolean(acted);
        out.writeLong(operations);
        out.writeLong(steps);
        cell.thresholds().save(phase(), out);
        cell.ports().save(out);
    }

    /** Reads it back into the same phase, which has been opened and started. */
    void load(StateReader in) {
        for (double[] values : state.arrays()) {
            in.readDoubles(values);
        }
        state.moved(in.readBoolean());
        if (kinks != null) {
            kinks.load(in);
        }
        faults = in.readBoolean() ? new ColumnFaults(cell.id(), phase().columns()) : null;
        if (faults != null) {
            faults.load(in);
        }
        waits = in.readBoolean();
        firstWord = in.readBoolean();
        fresh = in.readBoolean();
        speechless = in.readBoolean();
        turn = in.readBoolean();
        acted = in.readBoolean();
        operations = in.readLong();
        steps = in.readLong();
        cell.thresholds().load(in);
        cell.ports().load(in);
    }
}
