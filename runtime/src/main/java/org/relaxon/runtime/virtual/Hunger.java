package org.relaxon.runtime.virtual;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.runtime.protocol.Parcels;

/**
 * Parcels that have arrived for starved cells: each waits, in order of arrival, until a number of
 * parcels have been delivered to other cells.
 */
final class Hunger {
    private static final int BYTES_MIN = 36;

    private record Meal(int channel, Parcel parcel, int chain, long arrived) {}

    private final int[] patience; // per cell, deliveries; 0 if it is not starved
    private final Map<Integer, Deque<Meal>> waiting = new TreeMap<>(); // of starved cells
    private long deliveries; // to cells that are not starved
    private int size;
    private long waited;
    private int channel;
    private Parcel parcel;
    private int chain;

    Hunger(int[] patience) {
        this.patience = patience;
        for (int k = 0; k < patience.length; k++) {
            if (patience[k] > 0) {
                waiting.put(k, new ArrayDeque<>());
            }
        }
    }

    void clear() {
        size = 0;
        deliveries = 0;
        waiting.values().forEach(Deque::clear);
    }

    /** Parcels that wait. */
    int size() {
        return size;
    }

    /** Accepts a parcel whose receiver is starved; otherwise counts a delivery. */
    boolean keeps(int cell, int itsChannel, Parcel itsParcel, int itsChain) {
        if (patience[cell] == 0) {
            deliveries++;
            return false;
        }
        waiting.get(cell).add(new Meal(itsChannel, itsParcel, itsChain, deliveries));
        size++;
        return true;
    }

    /**
     * Takes out a parcel that has waited long enough.
     *
     * @param anyhow whether to take one that has not, because no other is left to deliver
     * @return its cell, or -1 if there is none
     */
    int next(boolean anyhow) {
        if (size == 0) {
            return -1;
        }
        for (Map.Entry<Integer, Deque<Meal>> one : waiting.entrySet()) {
            Meal first = one.getValue().peek();
            int cell = one.getKey();
            if (first != null && (anyhow || deliveries - first.arrived() >= patience[cell])) {
                one.getValue().remove();
                size--;
                waited = deliveries - first.arrived();
                channel = first.channel();
                parcel = first.parcel();
                chain = first.chain();
                return cell;
            }
        }
        return -1;
    }

    /** Deliveries to other cells that overtook the parcel last taken. */
    long waited() {
        return waited;
    }

    /** The channel of the parcel last taken. */
    int channel() {
        return channel;
    }

    /** The parcel last taken. */
    Parcel parcel() {
        return parcel;
    }

    /** The chain of its sender when it was sent. */
    int chain() {
        return chain;
    }

    /** Writes down all but the parcel last taken, which has been delivered. */
    void save(StateWriter out) {
        out.writeLong(deliveries);
        for (Deque<Meal> meals : waiting.values()) {
            out.writeInt(meals.size());
            for (Meal meal : meals) {
                out.writeInt(meal.channel());
                Parcels.save(meal.parcel(), out);
                out.writeInt(meal.chain());
                out.writeLong(meal.arrived());
            }
        }
    }

    void load(StateReader in, int channels) {
        clear();
        deliveries = in.readLong();
        for (Deque<Meal> meals : waiting.values()) {
            for (int k = in.readCount(Integer.MAX_VALUE, BYTES_MIN); k > 0; k--) {
                int its = in.readInt(0, channels - 1);
                Parcel meal = Parcels.load(in);
                int itsChain = in.readInt(0, Integer.MAX_VALUE);
                meals.add(new Meal(its, meal, itsChain, in.readLong()));
                size++;
            }
        }
    }
}
