package org.relaxon.runtime.protocol;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;

/**
 * The unit that one cell passes to a neighbour at one of its steps: all its signals for that
 * neighbour, and for how long its surroundings are known to have been at rest.
 *
 * @param phase id of the settling
 * @param version the sender's step, counted on through thaws
 * @param age 0 if the sender changed, else 1 + the least age that it knew of its neighbours
 * @param last true if the sender will not move again
 * @param moves the counts that relayed turns need
 * @param signals by link
 */
public record Bundle(
        long phase, long version, int age, boolean last, Moves moves, List<Said> signals)
        implements Parcel {
    /** The most signals in one bundle. */
    private static final int SIGNALS_MAX = 1 << 20;

    /**
     * Relaxations since the phase began or was thawed.
     *
     * @param own relaxations of the sender
     * @param sources relaxations of all cells that project to the sender, together, as far as the
     *     sender knows them
     */
    public record Moves(long own, long sources) {
        /** Where moves are not counted. */
        static final Moves NONE = new Moves(0, 0);

        void save(StateWriter out) {
            out.writeBoolean(this != NONE); // only counts take room in a bundle
            out.writeLong(own);
            out.writeLong(sources);
        }

        static Moves load(StateReader in) {
            boolean counted = in.readBoolean();
            Moves moves = new Moves(in.readLong(), in.readLong());
            return counted ? moves : NONE;
        }
    }

    /** One signal and the inbox slot that it is for. */
    public record Said(int slot, Signal signal) {
        private static final int BYTES_MIN = 24;

        static void save(List<Said> all, StateWriter out) {
            out.writeInt(all.size());
            for (Said said : all) {
                out.writeInt(said.slot);
                said.signal.save(out);
            }
        }

        static List<Said> load(StateReader in) {
            int count = in.readCount(SIGNALS_MAX, BYTES_MIN);
            List<Said> all = new ArrayList<>(count);
            for (int k = 0; k < count; k++) {
                all.add(new Said(in.readInt(0, Integer.MAX_VALUE), Signal.load(in)));
            }
            return all;
        }
    }

    @Override
    public int length() {
        int sum = moves == Moves.NONE ? 1 : 3; // the age, and the counts
        for (Said said : signals) {
            sum += said.signal().length();
        }
        return sum;
    }

    void save(StateWriter out) {
        out.writeLong(phase);
        out.writeLong(version);
        out.writeInt(age);
        out.writeBoolean(last);
        moves.save(out);
        Said.save(signals, out);
    }

    static Bundle load(StateReader in) {
        return new Bundle(
                in.readLong(),
                in.readLong(),
                in.readInt(0, Integer.MAX_VALUE),
                in.readBoolean(),
                Moves.load(in),
                List.copyOf(Said.load(in)));
    }
}
