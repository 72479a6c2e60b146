package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.Shard;
import org.relaxon.experiments.sweep.SweepExecutor;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.experiments.sweep.SweepSettings;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.virtual.VirtualHost;

class SweepProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private static SweepRow settled;
    private static SweepRow not;

    @BeforeAll
    static void twoRows() throws Exception {
        SweepSettings settings =
                new SweepSettings(
                        "pc-nudge",
                        (name, step) -> Algorithms.pcNudge(),
                        a -> a.estimators().get(0),
                        a -> ProblemSpec.defaults().withLayers(3, 4, 2),
                        "",
                        Double.NaN,
                        "exponential",
                        p -> p,
                        Budget.DEFAULT.withMessages(500));
        Grid grid =
                new Grid(
                        List.of(new Axis("gain", List.of("1", "40")), Axis.parse("beta=1e-1")),
                        List.of(1L));
        Map<Integer, SweepRow> rows =
                new SweepExecutor(new SweepRun(grid, settings, VirtualHost::new), 1)
                        .run(Shard.WHOLE, Map.of(), row -> {}, () -> false);
        settled = rows.get(0);
        not = rows.get(1);
        assertEquals(List.of(true, false), List.of(settled.settled(), not.settled()));
    }

    @Test
    void aFileGetsALineNowAndThenWithTheTimeLeft() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong(7);
        SweepProgress progress =
                new SweepProgress(new PrintWriter(text), false, 4, 100, clock::get);

        clock.addAndGet(6 * SECOND);
        progress.finished(settled);
        assertEquals("", text.toString());
        clock.addAndGet(6 * SECOND);
        progress.finished(not); // two rows in 12 s leave 94 rows in 564 s
        progress.finished(settled);
        progress.close();

        assertEquals("6 of 100 rows, 1 not settled, 9:24 left\n", text.toString());
    }

    @Test
    void aTerminalGetsOneLineThatChanges() {
        StringWriter text = new StringWriter();
        AtomicLong clock = new AtomicLong();
        SweepProgress progress =
                new SweepProgress(new PrintWriter(text), true, 0, 3601, clock::get);

        clock.addAndGet(2 * SECOND);
        progress.finished(settled);
        progress.close();

        String line = "\r1 of 3601 rows, 0 not settled, 2:00:00 left   ";
        assertEquals(line + line + System.lineSeparator(), text.toString());
    }
}
