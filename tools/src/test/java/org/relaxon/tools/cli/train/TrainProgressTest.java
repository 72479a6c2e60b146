package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.model.network.CellId;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.tools.cli.run.Frames;

class TrainProgressTest {
    private final StringWriter text = new StringWriter();
    private final AtomicLong now = new AtomicLong();

    private TrainProgress progress() {
        return new TrainProgress(
                new PrintWriter(text), "ep", 10, null, null, () -> false, now::get);
    }

    private List<String> lines() {
        return text.toString().lines().toList();
    }

    @Test
    void aTerminalSeesCellsMoveWithinOneSettling() {
        try (TrainProgress progress = progress().showingMovement()) {
            Observer lane = progress.observation(0).observer();
            CellId cell = Frames.cell(2);
            progress.stepped(3, 64);
            lane.sampled(Frames.of(cell, 1, 1, 1, 0.5, 1.0));
            lane.sampled(Frames.of(cell, 1, 2, 2, 0.5, 0.75));
            progress.tick();
            assertEquals(List.of(), lines(), "not before a while");
            now.addAndGet(TrainProgress.SILENCE_NANOS);
            progress.tick();
            progress.tick(); // nothing new to say at once
            assertEquals(
                    List.of(
                            "ep: after step 3 of 10: settling, 2 relaxations, cells move by 2.5e-01"),
                    lines());
            lane.sampled(Frames.of(cell, 1, 3, 3, 0.5, 0.75 + 1.0 / 1024));
            now.addAndGet(TrainProgress.SILENCE_NANOS);
            progress.tick();
            assertEquals(2, lines().size());
            assertTrue(
                    lines().get(1).endsWith("3 relaxations, cells move by 9.8e-04"),
                    lines().get(1));
        }
    }

    /** Where cells do nothing there is no movement to show. */
    @Test
    void nothingIsSaidOfCellsThatRest() {
        try (TrainProgress progress = progress().showingMovement()) {
            progress.observation(0);
            now.addAndGet(2 * TrainProgress.SILENCE_NANOS);
            progress.tick();
            assertEquals(List.of(), lines());
        }
    }

    /** Whoever reads a log learns that a long step goes on, ever less often. */
    @Test
    void withoutATerminalALongStepShowsItsTime() {
        try (TrainProgress progress = progress().advising("a coarser threshold").showingTime()) {
            assertNull(progress.observation(0), "to observe costs time");
            progress.stepped(3, 64);
            assertNull(progress.probe(4)); // a step begins
            progress.tick();
            assertEquals(List.of(), lines(), "not before a while");
            now.addAndGet(TrainProgress.SILENCE_NANOS);
            progress.tick();
            List<String> first =
                    List.of(
                            "ep: after step 3 of 10: settling, 5 s so far",
                            "ep: advice: a coarser threshold");
            assertEquals(first, lines());
            now.addAndGet(TrainProgress.SILENCE_NANOS);
            progress.tick();
            assertEquals(first, lines(), "the next line comes after twice the time");
            now.addAndGet(TrainProgress.SILENCE_NANOS);
            progress.tick();
            assertEquals(3, lines().size(), "the advice comes once");
            assertEquals("ep: after step 3 of 10: settling, 15 s so far", lines().get(2));
        }
    }

    /** An evaluation is no step, and no advice for steps shortens it. */
    @Test
    void aLongEvaluationShowsItsTimeWithoutAdvice() {
        try (TrainProgress progress = progress().advising("a coarser threshold").showingTime()) {
            progress.probe(3);
            progress.stepped(3, 64);
            now.addAndGet(TrainProgress.SILENCE_NANOS);
            progress.tick();
            assertEquals(List.of("ep: after step 3 of 10: evaluating, 5 s so far"), lines());
        }
    }

    @Test
    void withoutATerminalNobodyWatches() {
        try (TrainProgress progress = progress()) {
            assertNull(progress.observation(0));
        }
    }

    /** Without a checkpoint, or right at one, nothing is repeated. */
    @Test
    void aStoppedTrainingStatesWhereItGoesOn() {
        try (TrainProgress progress = progress()) {
            assertEquals("", progress.resumption(6));
            progress.resumed(
                    new Checkpoint(null, 4, null, 0, 0, List.of(), List.of(), null, List.of()),
                    List.of());
            assertEquals("", progress.resumption(4));
            assertEquals(
                    "; it goes on from step 4, the latest evaluation, and repeats 1 step",
                    progress.resumption(5));
            assertEquals(
                    "; it goes on from step 4, the latest evaluation, and repeats 2 steps",
                    progress.resumption(6));
        }
    }

    @Test
    void aWarningIsPrintedAndKept() {
        try (TrainProgress progress = progress()) {
            progress.warned(4, "slow");
            assertEquals(List.of("warning: ep: step 4 of 10: slow"), lines());
            assertEquals(List.of("ep: step 4 of 10: slow"), progress.warnings());
        }
    }
}
