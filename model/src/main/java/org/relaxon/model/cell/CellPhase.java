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
    private final CellParts cell;
    private final CellLearning learning;
    private final long id;
    private final Phase phase;
    private final Rule rule;
    private final Traits traits;
    private final Ports ports;
    private final Announcer announcer;
    private final CellState state;
    private final Kinks kinks; // null unless a jump of f' can keep this cell from resting
    private final ColumnFaults faults;
    private int anchorColumns;
    private boolean waits; // for the first signal of every cell below
    private boolean firstWord; // of activity, still to be sent
    private boolean fresh = true;
    private boolean speechless; // restarted, and not relaxed since
    private boolean turn; // requested although nothing was recorded
    private boolean acted;
    private long driveOperations;
    private long steps;

    /** See {@link Cell#open}. */
    CellPhase(CellParts cell, CellAudit audit, CellLearning learning, long id, Phase phase) {
        this.cell = cell;
        this.learning = learning;
        this.id = id;
        this.phase = phase;
        rule = cell.rule();
        traits = rule.traits();
        ports = cell.ports();
        announcer = cell.announcer();
        state = newState(rule);
        faults = new ColumnFaults(cell.id(), phase.columns());
        boolean watch = traits.has(Trait.READS_SLOPE) && !state.activation().smooth();
        kinks = watch ? new Kinks(state.slope().length, audit::gain, ports.feedbackLinks()) : null;
        waitForFirstWord();
        cell.thresholds().open(phase, state, learning.isPresented());
        announcer.open();
        ports.open(phase, traits, state);
    }

    /** Starts from the state saved under the phase's start, if it has one. */
    void start(Snapshots snapshots) {
        if (phase.start() == null) {
            return;
        }
        CellState anchor = newState(rule);
        Snapshot saved = snapshots.find(phase.start());
        saved.copyState(anchor);
        state.anchorAt(anchor);
        anchorColumns = saved.columns();
        saved.anchor(ports.afferents());
        if (phase.differences()) {
            return;
        }
        saved.copyState(state);
        saved.restorePorts(phase.columns(), ports.afferents(), ports.efferents());
        cell.thresholds().said(state);
        if (saved.moving()) {
            ports.forgetSaid();
            cell.thresholds().forget();
            speechless = true;
        }
    }

    /** A state at rest, in the planes of a rule. */
    CellState newState(Rule shape) {
        CellId who = cell.id();
        int columns = phase.columns();
        boolean aimed = cell.isOutput() && phase.target() != null;
        return new CellState(
                        who.size(),
                        phase.betas(),
                        shape.traits().activityPlanes(),
                        shape.traits().feedbackPlanes(),
                        cell.population().activation(),
                        cell.kernels().elementary(),
                        cell.isOutput() ? cell.network().loss() : null,
                        aimed
                                ? Arrays.copyOfRange(
                                        phase.target().values(),
                                        who.from() * columns,
                                        who.to() * columns)
                                : null)
                .on(phase, who.population(), cell.height())
                .remembering(shape.memory(), cell.projections())
                .holding(phase.held(cell.population().name(), who.from(), who.to()));
    }

    private void waitForFirstWord() {
        waits = traits.has(Trait.HOLDS_ERRORS) && phase.start() == null;
        firstWord = waits;
    }

    long id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    CellState state() {
        return state;
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

    /** Number of times that the state was recomputed. */
    long steps() {
        return steps;
    }

    /** Multiplications by a weight for drives. */
    long driveOperations() {
        return driveOperations;
    }

    /** Requests a turn although nothing was recorded. */
    void askForTurn() {
        turn = true;
    }

    /** Whether another turn is requested. */
    boolean wantsTurn() {
        return turn;
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
        boolean once = traits.actsOnce(phase);
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
        MemoryMoves memories = MemoryMoves.of(state);
        if (driven) {
            learning.predicted();
            predict();
        }
        if (fedBack) {
            ports.gatherFeedback(state.feedback());
        }
        Held.correct(rule, state);
        boolean first = firstWord;
        firstWord = false;
        boolean news = announcer.say(state, faults, once || all, all || first, id, outbox);
        double threshold = cell.thresholds().signalling().threshold();
        turn = rule.dynamics().wantsAnotherTurn(state, threshold);
        turn |= memories.any() && memories.exceed(threshold, feedbackUnits());
        turn |= learning.afterRelaxing(heard);
        return news;
    }

    /**
     * True until every cell below has sent. A prediction from part of its input carries no
     * information, and in a deep network every layer's rest state would start a wave of its own.
     */
    private boolean isWaiting() {
        waits = waits && !ports.heardAllBelow();
        return waits;
    }

    private void predict() {
        driveOperations += cell.drive(state);
        rule.predict(state);
        if (kinks != null) {
            kinks.hold(state);
        }
    }

    /** What a change of feedback is measured in, by column. */
    private double[] feedbackUnits() {
        double[] units = new double[phase.columns()];
        for (int c = 0; c < units.length; c++) {
            units[c] = rule.dynamics().units().feedback(phase, c, cell.height());
        }
        return units;
    }

    /** See {@link Cell#renewFeedback}. */
    void renewFeedback(IntPredicate links, Outbox outbox) {
        predict();
        rule.dynamics().renew(state);
        announcer.sayBack(state, faults, links, id, outbox);
    }

    /** See {@link Cell#restart}. */
    void restart() {
        for (double[] values : state.arrays()) {
            Arrays.fill(values, 0.0);
        }
        ports.loseMemory();
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
        faults.save(out);
        out.writeBoolean(waits);
        out.writeBoolean(firstWord);
        out.writeBoolean(fresh);
        out.writeBoolean(speechless);
        out.writeBoolean(turn);
        out.writeBoolean(acted);
        out.writeLong(driveOperations);
        out.writeLong(steps);
        cell.thresholds().save(out);
        announcer.save(out);
        ports.save(out);
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
        faults.load(in);
        waits = in.readBoolean();
        firstWord = in.readBoolean();
        fresh = in.readBoolean();
        speechless = in.readBoolean();
        turn = in.readBoolean();
        acted = in.readBoolean();
        driveOperations = in.readLong();
        steps = in.readLong();
        cell.thresholds().load(in);
        announcer.load(in);
        ports.load(in);
    }
}
