package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.CellId;
import org.relaxon.tools.cli.run.Frames;
import org.relaxon.tools.cli.run.Movement;

/** A long settling shows signs of life. */
class SettleProgressTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aSettlingSaysHowItsCellsMove() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong();
        Movement movement = new Movement();
        SettleProgress progress = new SettleProgress(new PrintWriter(text), movement, clock::get);
        clock.addAndGet(6 * SECOND);
        progress.tick();
        assertEquals("", text.toString(), "no cell has moved");
        CellId cell = Frames.cell(1);
        movement.sampled(Frames.of(cell, 1, 1, 1, 0.0));
        movement.sampled(Frames.of(cell, 1, 2, 2, 0.25));
        progress.tick();
        progress.tick();
        assertEquals("settling: 2 relaxations, cells move by 2.5e-01\n", text.toString());
    }
}
