package org.relaxon.tools.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.CheckpointFile;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.model.network.Network;

/** Says on stderr how a training goes, and keeps its checkpoints. */
final class TrainProgress implements TrainListener {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long SILENCE_NANOS = 5_000_000_000L;

    private final PrintWriter err; // null for quiet
    private final String who;
    private final long steps;
    private final Path file; // null for none
    private final Network network;
    private final BooleanSupplier stop;
    private final long begin = System.nanoTime();
    private long said = begin;
    private long first = -1;
    private final List<Alignment> alignments = new ArrayList<>();

    TrainProgress(
            PrintWriter err,
            String who,
            long steps,
            Path file,
            Network network,
            BooleanSupplier stop) {
        this.err = err;
        this.who = who;
        this.steps = steps;
        this.file = file;
        this.network = network;
        this.stop = stop;
    }

    @Override
    public void stepped(long step, int learnedFrom) {
        first = first < 0 ? step - 1 : first;
        long now = System.nanoTime();
        if (err == null || now - said < SILENCE_NANOS) {
            return;
        }
        said = now;
        double left = (now - begin) / NANOS_PER_SECOND / (step - first) * (steps - step);
        err.printf(Locale.ROOT, "%s: step %d of %d, %.0f s left%n", who, step, steps, left);
        err.flush();
    }

    @Override
    public void evaluated(Evaluation e) {
        if (err == null) {
            return;
        }
        err.printf(
                Locale.ROOT,
                "%s: step %d, epoch %.2f: loss %.4f (test %.4f), %s, cosine to backprop %s%n",
                who,
                e.step(),
                e.epochs(),
                e.trainLoss(),
                e.testLoss(),
                score(e),
                Double.isNaN(e.cosine()) ? "-" : String.format(Locale.ROOT, "%.9f", e.cosine()));
        err.flush();
    }

    private static String score(Evaluation e) {
        return Double.isNaN(e.testAccuracy())
                ? String.format(Locale.ROOT, "R2 %.4f (test %.4f)", e.trainR2(), e.testR2())
                : String.format(
                        Locale.ROOT,
                        "accuracy %.2f %% (test %.2f %%)",
                        100 * e.trainAccuracy(),
                        100 * e.testAccuracy());
    }

    @Override
    public void aligned(Alignment alignment) {
        alignments.add(alignment);
    }

    /** Comparisons with backprop since this process began. */
    List<Alignment> alignments() {
        return alignments;
    }

    @Override
    public void reached(Checkpoint checkpoint) throws IOException {
        if (file != null) {
            CheckpointFile.write(file, checkpoint, network);
        }
    }

    @Override
    public boolean stops() {
        return stop.getAsBoolean();
    }
}
