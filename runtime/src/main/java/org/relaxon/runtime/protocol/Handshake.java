package org.relaxon.runtime.protocol;

import java.util.Arrays;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * The alpha synchroniser (Awerbuch 1985): a cell takes step k + 1 when every neighbour's answer to
 * its step k has arrived. A neighbour is at most one step ahead, so at most two bundles per
 * neighbour are stored. Steps equal those of the synchronous baseline in every bit.
 */
final class Handshake extends InStep {
    private final Bundle[] now; // of the present step of this cell
    private final Bundle[] next; // of the next step
    private int missing; // for the present step of this cell
    private int age;

    Handshake(Cell cell, int[] neighbours, Protocols wiring) {
        super(cell, neighbours, wiring);
        now = new Bundle[neighbours.length];
        next = new Bundle[neighbours.length];
    }

    @Override
    void restart() {
        Arrays.fill(now, null);
        Arrays.fill(next, null);
        missing = now.length;
        age = 0;
    }

    @Override
    boolean take(int k, Bundle bundle) {
        boolean first = bundle.version() == heard(k) + 1;
        Bundle[] kept = first ? now : next;
        if (kept[k] != null) {
            return false; // a repetition
        }
        kept[k] = bundle;
        missing -= first ? 1 : 0;
        return true;
    }

    @Override
    public boolean isReady() {
        return !isFinished() && (steps() == 0 || missing == 0);
    }

    @Override
    public boolean relax(Courier courier) {
        for (int k = 0; steps() > 0 && k < now.length; k++) {
            accept(k, now[k]);
            now[k] = next[k];
            next[k] = null;
            missing += now[k] == null ? 1 : 0;
        }
        nextStep();
        boolean[] said = {false};
        collectOwed();
        boolean again =
                cell().relax(
                                (link, signal) -> {
                                    said[0] = true;
                                    collect(link, signal);
                                });
        age = nextAge(said[0] || again, age);
        if (isOld(age)) {
            finish(); // and so does every other cell, at this same step
            return false;
        }
        for (int k = 0; k < now.length; k++) {
            pass(k, age, false, courier);
        }
        return isReady();
    }

    @Override
    public void save(StateWriter out) {
        super.save(out);
        save(now, out);
        save(next, out);
        out.writeInt(missing);
        out.writeInt(age);
    }

    @Override
    public void load(StateReader in) {
        super.load(in);
        load(now, in);
        load(next, in);
        missing = in.readInt(0, now.length);
        age = in.readInt();
    }
}
