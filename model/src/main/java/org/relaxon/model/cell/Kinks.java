package org.relaxon.model.cell;

import org.relaxon.model.state.CellState;

/**
 * Watches the neurons of one cell for chatter at a kink of f: there f' jumps with every small
 * change of the drive, and a cell whose messages contain f' may never rest.
 *
 * <p>After {@link #FLIPS_MAX} jumps the slope of that neuron is held for the rest of the phase, so
 * that the network can rest, and the column is declared unsettled: its number would depend on which
 * side was held.
 */
final class Kinks {
    /** Jumps of one neuron in one phase before it is held; a settling without chatter needs few. */
    static final int FLIPS_MAX = 64;

    private final byte[] piece;
    private final byte[] flips;
    private final double[] held;

    Kinks(int length) {
        piece = new byte[length];
        flips = new byte[length];
        held = new double[length];
        java.util.Arrays.fill(piece, (byte) -1);
    }

    /** Counts jumps and replaces the slopes of held neurons. True if another one is held now. */
    boolean hold(CellState s) {
        boolean found = false;
        double[] slope = s.slope();
        for (int k = 0; k < slope.length; k++) {
            byte now = (byte) s.activation().piece(s.drive()[k]);
            if (flips[k] >= FLIPS_MAX) {
                slope[k] = held[k];
            } else if (now != piece[k] && piece[k] >= 0 && ++flips[k] >= FLIPS_MAX) {
                held[k] = slope[k];
                found = true;
            }
            piece[k] = now;
        }
        return found;
    }

    boolean isHeld(int k) {
        return flips[k] >= FLIPS_MAX;
    }
}
