package org.relaxon.runtime.protocol;

import java.util.Arrays;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * Scheduling by edge reversal (Barbosa and Gafni 1989): every edge of the interaction graph carries
 * one turn; a cell relaxes when it holds the turns of all its edges, then passes each on with its
 * new state. Neighbours never move at the same time and never on stale values, so that the k-th
 * state of a cell does not depend on delays, threads or the host.
 *
 * <p>At the beginning the cell with the smaller index holds the turn of an edge; this orientation
 * has no cycles.
 */
final class TurnTaking extends InStep {
    private final boolean[] done; // this neighbour will not move again
    private int missing; // turns that neighbours hold
    private boolean anyDone;

    TurnTaking(Cell cell, int[] neighbours, Protocols wiring) {
        super(cell, neighbours, wiring);
        done = new boolean[neighbours.length];
    }

    @Override
    void restart() {
        missing = 0;
        for (int k = 0; k < done.length; k++) {
            missing += neighbour(k) < cell().id().index() ? 1 : 0;
        }
        Arrays.fill(done, false);
        anyDone = false;
    }

    @Override
    boolean take(int k, Bundle bundle) {
        accept(k, bundle);
        missing--; // the sender held the turn, and has passed it on
        done[k] = bundle.last();
        anyDone |= bundle.last();
        return true;
    }

    @Override
    public boolean isReady() {
        return !isFinished() && missing == 0;
    }

    @Override
    public boolean relax(Courier courier) {
        nextStep();
        missing = done.length;
        if (anyDone) {
            return passDone(courier);
        }
        collectOwed();
        boolean moved = cell().relaxAndSayAll(this::collect);
        int age = nextAge(moved, Integer.MAX_VALUE);
        boolean last = isOld(age);
        for (int k = 0; k < done.length; k++) {
            pass(k, age, last, courier);
        }
        if (last) {
            finish();
        }
        return isReady(); // a cell without neighbours holds all its turns
    }

    /** Propagates termination to neighbours not yet informed. */
    private boolean passDone(Courier courier) {
        finish();
        for (int k = 0; k < done.length; k++) {
            if (!done[k]) {
                pass(k, 0, true, courier);
            }
        }
        return false;
    }

    @Override
    public void save(StateWriter out) {
        super.save(out);
        for (boolean one : done) {
            out.writeBoolean(one);
        }
        out.writeInt(missing);
        out.writeBoolean(anyDone);
    }

    @Override
    public void load(StateReader in) {
        super.load(in);
        for (int k = 0; k < done.length; k++) {
            done[k] = in.readBoolean();
        }
        missing = in.readInt();
        anyDone = in.readBoolean();
    }
}
