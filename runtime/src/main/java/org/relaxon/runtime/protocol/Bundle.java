package org.relaxon.runtime.protocol;

import java.util.List;
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
    }

    /** One signal and the inbox slot that it is for. */
    public record Said(int slot, Signal signal) {}

    @Override
    public int length() {
        int sum = moves == Moves.NONE ? 1 : 3; // the age, and the counts
        for (Said said : signals) {
            sum += said.signal().length();
        }
        return sum;
    }
}
