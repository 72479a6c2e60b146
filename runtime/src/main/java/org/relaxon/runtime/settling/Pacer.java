package org.relaxon.runtime.settling;

import java.util.function.LongSupplier;
import org.relaxon.runtime.observe.Sampling;

/**
 * When the next frame of one cell is due: once the cell relaxes at or after the next multiple of
 * the period. A pause gives one late frame and no burst of frames.
 */
final class Pacer {
    private final Sampling.Every every;
    private final long period;
    private final LongSupplier wall;
    private final boolean isHostReal;
    private final long origin; // of the wall clock
    private long opened; // moment of the wall clock at which the phase began
    private long next;

    /**
     * @param wall clock of real time, nanoseconds; read only by a sampling that needs it
     * @param isHostReal whether the host's time is real, so that the clock need not be read at
     *     every relaxation
     */
    Pacer(Sampling sampling, LongSupplier wall, boolean isHostReal) {
        every = sampling.every();
        period = sampling.period();
        this.wall = wall;
        this.isHostReal = isHostReal;
        origin = byWall() ? wall.getAsLong() : 0;
    }

    private boolean byWall() {
        return every == Sampling.Every.WALL_NANOS;
    }

    /** A phase begins: its first relaxation is due, except by the wall clock. */
    void open() {
        next = byWall() ? next : 0;
        opened = byWall() ? wall.getAsLong() - origin : 0;
    }

    /**
     * Whether a frame is due; if so, the next one is due a period later.
     *
     * @param steps relaxations of the cell in the phase
     * @param at the present moment of the host
     */
    boolean isDue(long steps, long at) {
        long position =
                switch (every) {
                    case RELAXATIONS -> steps - 1;
                    case HOST_NANOS -> at;
                    case WALL_NANOS -> isHostReal ? opened + at : wall.getAsLong() - origin;
                };
        if (position < next) {
            return false;
        }
        long begun = position - position % period;
        next = begun > Long.MAX_VALUE - period ? Long.MAX_VALUE : begun + period;
        return true;
    }

    /**
     * Whether a cell is read at the end of a run: always, except by the wall clock.
     *
     * @param at the moment of the host at which the run ended
     */
    boolean isDueAtEnd(long at) {
        return !byWall() || isDue(0, at);
    }
}
