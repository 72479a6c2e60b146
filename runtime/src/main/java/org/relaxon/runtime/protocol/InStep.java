package org.relaxon.runtime.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Links;
import org.relaxon.model.cell.Receipt;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;

/**
 * Base of the disciplines in which neighbours answer each other: one bundle per neighbour and step,
 * and termination without a clock or an observer. Every bundle carries an age (Szymanski, Shi and
 * Prywes 1985): a cell stops once all cells within the diameter are known to have been at rest.
 */
abstract class InStep implements Protocol {
    private static final int ROUND_SHIFT = 40;

    private final Cell cell;
    private final int[] neighbours;
    private final Protocols wiring;
    private final int stopAge;
    private final int[] ages; // last received
    private final long[] heard; // newest version accepted, per neighbour
    private final List<List<Bundle.Said>> basket = new ArrayList<>();
    private long phaseId;
    private long round; // thaws of this phase
    private long step; // since the last thaw
    private boolean finished;
    private List<Link> owed = List.of();

    InStep(Cell cell, int[] neighbours, Protocols wiring) {
        this.cell = cell;
        this.neighbours = neighbours;
        this.wiring = wiring;
        this.stopAge = wiring.diameter();
        ages = new int[neighbours.length];
        heard = new long[neighbours.length];
        for (int k = 0; k < neighbours.length; k++) {
            basket.add(new ArrayList<>());
        }
    }

    @Override
    public final void open(long phase) {
        phaseId = phase;
        round = 0;
        owed = List.of();
        begin();
    }

    private void begin() {
        step = 0;
        finished = false;
        Arrays.fill(ages, 0);
        Arrays.fill(heard, version()); // nothing of an earlier round is accepted
        basket.forEach(List::clear);
        restart();
    }

    @Override
    public final Receipt hear(int slot, Parcel parcel) {
        Bundle bundle = (Bundle) parcel;
        if (bundle.phase() != phaseId) {
            return Receipt.LATE;
        }
        if (bundle.version() <= heard[slot] || !take(slot, bundle)) {
            return Receipt.STALE;
        }
        return Receipt.FRESH;
    }

    /** Marks a bundle as accepted: the cell records its signals, and the sender's age counts. */
    final void accept(int k, Bundle bundle) {
        heard[k] = bundle.version();
        ages[k] = bundle.age();
        for (Bundle.Said said : bundle.signals()) {
            cell.receive(said.slot(), said.signal());
        }
    }

    /**
     * After everything was quiescent all cells begin again, and lost signals are sent with the
     * first bundles.
     */
    @Override
    public final void resume(List<Link> unheard, Courier courier) {
        round++;
        owed = List.copyOf(unheard);
        begin();
    }

    @Override
    public final void repeat(Link link, Courier courier) {
        List<Link> more = new ArrayList<>(owed);
        more.add(link);
        owed = more; // outside its step a cell sends nothing
    }

    /** Age after a step: 0 if anything moved, else 1 + the least known. */
    final int nextAge(boolean moved, int own) {
        int least = own;
        for (int age : ages) {
            least = Math.min(least, age);
        }
        return moved ? 0 : least == Integer.MAX_VALUE ? least : least + 1;
    }

    final boolean isOld(int age) {
        return age > stopAge;
    }

    /** Puts a signal into the basket of its receiver. */
    final void collect(int link, Signal signal) {
        basket.get(wiring.neighbourOf(link)).add(new Bundle.Said(wiring.slotOf(link), signal));
    }

    final void collectOwed() {
        for (Link link : owed) {
            cell.lastSignals().reannounce(link, this::collect);
        }
        owed = List.of();
    }

    /** Sends the collected signals to neighbour {@code k}. */
    final void pass(int k, int age, boolean last, Courier courier) {
        pass(k, age, last, Bundle.Moves.NONE, courier);
    }

    /** The same with counts of relaxations. */
    final void pass(int k, int age, boolean last, Bundle.Moves moves, Courier courier) {
        List<Bundle.Said> signals = List.copyOf(basket.get(k));
        basket.get(k).clear();
        courier.carry(
                wiring.channel(cell.id().index(), k),
                new Bundle(phaseId, version(), age, last, moves, signals));
    }

    final Cell cell() {
        return cell;
    }

    final int neighbour(int k) {
        return neighbours[k];
    }

    final void nextStep() {
        step++;
    }

    /** Steps since the phase began or was thawed. */
    final long steps() {
        return step;
    }

    private long version() {
        return (round << ROUND_SHIFT) + step;
    }

    /** The neighbour that an outgoing link leads to. */
    final int neighbourOf(int link) {
        return wiring.neighbourOf(link);
    }

    final long heard(int k) {
        return heard[k];
    }

    final boolean isFinished() {
        return finished;
    }

    final void finish() {
        finished = true;
    }

    /** Discards turns and pending bundles. */
    abstract void restart();

    /**
     * Accepts or stores a bundle that is newer than the newest accepted; false if it is not wanted.
     */
    abstract boolean take(int k, Bundle bundle);

    @Override
    public void save(StateWriter out) {
        out.writeLong(phaseId);
        out.writeLong(round);
        out.writeLong(step);
        out.writeBoolean(finished);
        out.writeInts(ages);
        out.writeLongs(heard);
        Links.save(owed, out);
        basket.forEach(said -> Bundle.Said.save(said, out));
    }

    @Override
    public void load(StateReader in) {
        phaseId = in.readLong();
        round = in.readLong();
        step = in.readLong();
        finished = in.readBoolean();
        in.readInts(ages);
        in.readLongs(heard);
        owed = wiring.links().load(in);
        for (List<Bundle.Said> said : basket) {
            said.clear();
            said.addAll(Bundle.Said.load(in));
        }
    }

    /** Writes bundles down, of which some may be missing. */
    static void save(Bundle[] some, StateWriter out) {
        for (Bundle one : some) {
            out.writeBoolean(one != null);
            if (one != null) {
                one.save(out);
            }
        }
    }

    static void load(Bundle[] some, StateReader in) {
        for (int k = 0; k < some.length; k++) {
            some[k] = in.readBoolean() ? Bundle.load(in) : null;
        }
    }
}
