package org.relaxon.tools.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Long work shows signs of life, and short work is not talkative. */
class WorkProgressTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aListOfRunsSaysHowFarItIs() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong(3);
        WorkProgress progress =
                WorkProgress.lines(new PrintWriter(text), "trainings", 0, 8, clock::get).begun();
        clock.addAndGet(6 * SECOND);
        progress.finished();
        assertEquals("0 of 8 trainings\n", text.toString());
        clock.addAndGet(6 * SECOND);
        progress.finished();
        progress.finished();
        assertEquals("0 of 8 trainings\n2 of 8 trainings, 0:36 left\n", text.toString());
    }

    /** Rows of an earlier session took no time in this one. */
    @Test
    void whatWasDoneBeforeAndWhatDidNotSettleIsCounted() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong(7);
        WorkProgress progress =
                WorkProgress.lines(new PrintWriter(text), "rows", 4, 100, clock::get);
        clock.addAndGet(6 * SECOND);
        progress.finished(true);
        assertEquals("", text.toString());
        clock.addAndGet(6 * SECOND);
        progress.finished(false); // two rows in 12 s leave 94 rows in 564 s
        progress.finished(true);
        progress.close();
        assertEquals("6 of 100 rows, 1 not settled, 9:24 left\n", text.toString());
    }

    @Test
    void hoursAreShownAsSuch() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong();
        WorkProgress progress =
                WorkProgress.lines(new PrintWriter(text), "rows", 0, 721, clock::get);
        clock.addAndGet(10 * SECOND);
        progress.finished(true);
        assertEquals("1 of 721 rows, 2:00:00 left\n", text.toString());
    }

    @Test
    void reproductionsSayWhatRunsUnlessTheyAreQuiet() {
        String line =
                "reproduce desynchronised --data two-moons --update-probability 0.5 --iterations 8"
                        + " --seeds 3";
        assertTrue(relaxon(line).err().startsWith("0 of "), relaxon(line).err());
        assertEquals("", relaxon(line + " --quiet").err());
        assertEquals("", relaxon("settle").err());
    }
}
