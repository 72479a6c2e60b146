package org.relaxon.runtime.discipline;

import java.util.Arrays;
import org.relaxon.model.cell.Cell;

/**
 * Scheduling by edge reversal (Barbosa and Gafni 1989): every edge of the interaction graph carries
 * one turn; a cell relaxes when it holds the turns of all its edges, then passes each on with its
 * new state. Neighbours never move at once and never on stale values, so that the k-th state of a
 * cell depends on no delay, thread or host.
 *
 * <p>At the beginning the turn of an edge is with the cell of the smaller index, which has no
 * cycles.
 */
final class TurnTaking extends InStep {
    private final boolean[] holds;
    private final boolean[] done; // this neighbour will not move again
    private boolean anyDone;

    TurnTaking(Cell cell, int[] neighbours, Protocols wiring) {
        super(cell, neighbours, wiring);
        holds = new boolean[neighbours.length];
        done = new boolean[neighbours.length];
    }

    @Override
    void restart() {
        for (int k = 0; k < holds.length; k++) {
            holds[k] = cell().id().index() < neighbour(k);
        }
        Arrays.fill(done, false);
        anyDone = false;
    }

    @Override
    boolean take(int k, Bundle bundle) {
        accept(k, bundle);
        holds[k] = true;
        done[k] = bundle.last();
        anyDone |= bundle.last();
        return true;
    }

    @Override
    public boolean isReady() {
        if (isFinished()) {
            return false;
        }
        for (boolean held : holds) {
            if (!held) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean relax(Courier courier) {
        if (!isReady()) {
            return false;
        }
        nextStep();
        if (anyDone) {
            return passDone(courier);
        }
        collectOwed();
        boolean moved = cell().relaxAndSayAll(this::collect);
        int age = nextAge(moved, Integer.MAX_VALUE);
        boolean last = isOld(age);
        for (int k = 0; k < holds.length; k++) {
            holds[k] = false;
            pass(k, age, last, courier);
        }
        if (last) {
            finish();
        }
        return isReady(); // a cell without neighbours holds all its turns
    }

    /** Somebody knows that all is still: whoever does not know it yet is told. */
    private boolean passDone(Courier courier) {
        finish();
        for (int k = 0; k < holds.length; k++) {
            holds[k] = false;
            if (!done[k]) {
                pass(k, 0, true, courier);
            }
        }
        return false;
    }
}
