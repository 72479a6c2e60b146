package org.relaxon.tools.cli.settle;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.LongSupplier;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.run.Movement;
import org.relaxon.tools.cli.run.Probes;
import org.relaxon.tools.cli.run.Ticker;

/**
 * Progress of one long settling, on stderr: how often cells have relaxed, and how far they move. A
 * settling that ends within seconds prints nothing.
 */
final class SettleProgress implements AutoCloseable {
    private static final long SILENCE_NANOS = 5_000_000_000L;
    private static final long TICK_MILLIS = 500;

    private final PrintWriter err;
    private final Movement movement;
    private final LongSupplier clock;
    private Ticker ticker; // null for no output
    private long printed;

    SettleProgress(PrintWriter err, Movement movement, LongSupplier clock) {
        this.err = err;
        this.movement = movement;
        this.clock = clock;
        printed = clock.getAsLong();
    }

    /**
     * Watches a session, unless the output is quiet or the host takes no frames.
     *
     * @param frames whether the host takes frames
     * @param recorded probes, which then are all that is watched; null for none
     */
    static SettleProgress of(
            OutputOptions output,
            PrintWriter err,
            boolean frames,
            Session session,
            Probes recorded) {
        SettleProgress progress = new SettleProgress(err, new Movement(), System::nanoTime);
        if (recorded != null) {
            session.observe(new Observation(recorded.sampling(), recorded));
        } else if (frames && !output.quiet()) {
            session.observe(progress.movement.observation());
            progress.ticker = new Ticker(progress::tick, TICK_MILLIS);
        }
        return progress;
    }

    /** Prints the movement of cells, if nothing has been printed for a while and they move. */
    synchronized void tick() {
        long now = clock.getAsLong();
        if (now - printed < SILENCE_NANOS || movement.relaxations() == 0) {
            return;
        }
        printed = now;
        err.printf("settling: %s%n", Movement.text(List.of(movement)));
        err.flush();
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
    }
}
