package org.relaxon.runtime.protocol;

import java.util.Arrays;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * Turn-taking for cells that must wait for every other cell with a common target and also receive
 * that target's latest feedback: such a turn travels from one to the other through every common
 * target, which renews its feedback without moving. Each relaxation is thereby a Gauss-Seidel step
 * on present values.
 *
 * <p>Between two relaxations of a cell each of its neighbours, and each cell with a common target,
 * relaxes once, first in the order of indices and later in the same order. It therefore suffices
 * that neighbours send how often they, and all cells that project to them, have relaxed; the newest
 * bundle replaces all before it.
 */
final class RelayedTurns extends InStep {
    private final boolean[] source; // whether this neighbour projects to the cell
    private final int[] rivals; // sources of this neighbour, with the cell; 0: no target
    private final int[] before; // of these, those with a smaller index
    private final Bundle.Moves[] moves; // last received
    private final int[] follower; // neighbour that takes the turn of this source next, or -1
    private long own; // relaxations
    private long heard; // of all sources
    private int missing; // neighbours that must be received from before the next relaxation
    private int mover; // source whose last move has not been relayed, or -1
    private int age;
    private boolean anyDone;

    RelayedTurns(Cell cell, int[] neighbours, Protocols wiring) {
        super(cell, neighbours, wiring);
        int n = neighbours.length;
        int self = cell.id().index();
        source = new boolean[n];
        rivals = new int[n];
        before = new int[n];
        follower = new int[n];
        moves = new Bundle.Moves[n];
        int last = -1;
        for (int k = n - 1; k >= 0; k--) {
            int[] others = wiring.sources(neighbours[k]);
            int position = Arrays.binarySearch(others, self);
            rivals[k] = position < 0 ? 0 : others.length;
            before[k] = Math.max(position, 0);
            source[k] = Arrays.binarySearch(wiring.sources(self), neighbours[k]) >= 0;
            follower[k] = last;
            last = source[k] ? k : last;
        }
    }

    @Override
    void restart() {
        Arrays.fill(moves, Bundle.Moves.NONE);
        own = 0;
        heard = 0;
        mover = -1;
        age = 0;
        anyDone = false;
        countMissing();
    }

    private void countMissing() {
        missing = 0;
        for (int k = 0; k < moves.length; k++) {
            missing += hasTurn(k) ? 0 : 1;
        }
    }

    /** Whether this neighbour has passed on the turn that the next relaxation waits for. */
    private boolean hasTurn(int k) {
        long first = neighbour(k) < cell().id().index() ? 1 : 0;
        long expected = before[k] * (own + 1) + (rivals[k] - before[k]) * own;
        return moves[k].own() >= own + first && moves[k].sources() >= expected;
    }

    @Override
    boolean take(int k, Bundle bundle) {
        accept(k, bundle);
        boolean had = hasTurn(k);
        long moved = source[k] ? bundle.moves().own() - moves[k].own() : 0;
        heard += moved;
        mover = moved > 0 && follower[k] >= 0 ? k : mover; // the next one waits for the relay
        moves[k] = bundle.moves();
        missing -= !had && hasTurn(k) ? 1 : 0;
        anyDone |= bundle.last();
        return true;
    }

    @Override
    public boolean isReady() {
        return mover >= 0 || !isFinished() && missing == 0;
    }

    @Override
    public boolean relax(Courier courier) {
        nextStep();
        if (mover >= 0) {
            relay(courier);
            return isReady();
        }
        own++;
        countMissing();
        if (anyDone) {
            finish();
        } else {
            collectOwed();
            boolean moved = cell().relaxAndSayAll(this::collect);
            age = nextAge(moved, Integer.MAX_VALUE);
            if (isOld(age)) {
                finish();
            }
        }
        for (int k = 0; k < moves.length; k++) {
            pass(k, age, isFinished(), counts(), courier);
        }
        return isReady(); // a cell without neighbours holds all its turns
    }

    /** Sends the follower of a source the renewed feedback after the move of that source. */
    private void relay(Courier courier) {
        int next = follower[mover];
        mover = -1;
        if (!isFinished()) {
            cell().renewFeedback(link -> neighbourOf(link) == next, this::collect);
        }
        pass(next, age, isFinished(), counts(), courier);
    }

    private Bundle.Moves counts() {
        return new Bundle.Moves(own, heard);
    }

    @Override
    public void save(StateWriter out) {
        super.save(out);
        for (Bundle.Moves one : moves) {
            one.save(out);
        }
        out.writeLong(own);
        out.writeLong(heard);
        out.writeInt(missing);
        out.writeInt(mover);
        out.writeInt(age);
        out.writeBoolean(anyDone);
    }

    @Override
    public void load(StateReader in) {
        super.load(in);
        for (int k = 0; k < moves.length; k++) {
            moves[k] = Bundle.Moves.load(in);
        }
        own = in.readLong();
        heard = in.readLong();
        missing = in.readInt(0, moves.length);
        mover = in.readInt(-1, moves.length - 1);
        age = in.readInt();
        anyDone = in.readBoolean();
    }
}
