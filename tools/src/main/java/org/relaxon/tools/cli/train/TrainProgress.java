package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.relaxon.experiments.storage.CheckpointFile;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.SettingChange;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.tools.cli.run.Movement;
import org.relaxon.tools.cli.run.Probes;
import org.relaxon.tools.cli.run.Ticker;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.train.TrainingResult.Recorded;

/**
 * Prints the progress of a training on stderr, and stores its checkpoints. Within a step that takes
 * long it prints the movement of cells on a terminal, elsewhere the time.
 */
final class TrainProgress implements TrainListener, AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Times the first loss: no learning that goes well takes a detour of this size. */
    private static final double RISEN = 10.0;

    static final long SILENCE_NANOS = 5_000_000_000L;
    private static final long SILENCE_MAX_NANOS = 60_000_000_000L;
    private static final long TICK_MILLIS = 1_000L;

    private final PrintWriter err; // null for quiet
    private final String who;
    private final long steps;
    private final Path file; // null for none
    private final Network network;
    private final BooleanSupplier stop;
    private final LongSupplier clock;
    private final long begin;
    private long printed;
    private long first = -1;
    private double loss = Double.NaN; // at the first evaluation
    private boolean risen; // far above it
    private long done;
    private volatile IOException lost;
    private final List<Alignment> alignments = new ArrayList<>();
    private final List<Alignment> examined = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Movement> lanes = new CopyOnWriteArrayList<>();
    private final Map<Long, Long> leftOut = new HashMap<>();
    private Probes probes; // null for none
    private long from; // step of the checkpoint that the training goes on from
    private long kept = -1; // step of the latest checkpoint; -1 for none
    private Ticker ticker; // null for no lines within a step
    private boolean moves; // whether movement is printed, on a terminal
    private String slow = ""; // what shortens a long step; empty for nothing known
    private boolean within; // a step; otherwise an evaluation
    private long last; // when that began
    private long silence = SILENCE_NANOS;

    /**
     * @param clock nanoseconds
     */
    TrainProgress(
            PrintWriter err,
            String who,
            long steps,
            Path file,
            Network network,
            BooleanSupplier stop,
            LongSupplier clock) {
        this.err = err;
        this.who = who;
        this.steps = steps;
        this.file = file;
        this.network = network;
        this.stop = stop;
        this.clock = clock;
        begin = clock.getAsLong();
        printed = begin;
        last = begin;
    }

    /**
     * From now on prints the movement of cells whenever nothing else has been printed for a while.
     */
    TrainProgress showingMovement() {
        moves = err != null;
        return showingTime();
    }

    /** From now on prints that a step takes long, ever less often. */
    TrainProgress showingTime() {
        if (err != null) {
            ticker = new Ticker(this::tick, TICK_MILLIS);
        }
        return this;
    }

    /**
     * Advice that is printed once, when a step takes long.
     *
     * @param advice one line; empty for none
     */
    TrainProgress advising(String advice) {
        slow = advice;
        return this;
    }

    /** From now on records some steps; null for none. */
    TrainProgress recording(Probes recorded) {
        probes = recorded;
        return this;
    }

    /** A step begins, or what follows one. */
    private void steps(boolean begins) {
        within = begins;
        last = clock.getAsLong();
        silence = SILENCE_NANOS;
    }

    /** What was recorded since this process began. */
    Recorded recorded() {
        return probes == null ? Recorded.NONE : new Recorded(probes.every(), from, probes.facts());
    }

    @Override
    public synchronized Observation probe(long step) {
        steps(true);
        return probes == null ? null : probes.at(step);
    }

    @Override
    public Observation observation(int lane) {
        if (!moves) {
            return null; // to observe costs time
        }
        while (lanes.size() <= lane) {
            lanes.add(new Movement());
        }
        return lanes.get(lane).observation();
    }

    /**
     * Prints the movement of cells, or without a terminal the time, if nothing has been printed for
     * a while.
     */
    synchronized void tick() {
        long now = clock.getAsLong();
        long relaxations = lanes.stream().mapToLong(Movement::relaxations).sum();
        if (now - printed < silence || moves && relaxations == 0) {
            return;
        }
        printed = now;
        silence = moves ? silence : Math.min(2 * silence, SILENCE_MAX_NANOS);
        String what =
                moves
                        ? Movement.text(lanes)
                        : String.format(
                                Locale.ROOT, "%.0f s so far", (now - last) / NANOS_PER_SECOND);
        String doing = moves || within ? "settling" : "evaluating";
        err.printf("%s: after step %d of %d: %s, %s%n", who, done, steps, doing, what);
        if (within && !slow.isEmpty()) {
            err.printf("%s: advice: %s%n", who, slow);
            slow = "";
        }
        err.flush();
    }

    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
    }

    @Override
    public synchronized void resumed(Checkpoint from, List<SettingChange> changes) {
        this.from = from.step();
        kept = from.step();
        leftOut.put(from.step(), from.dropped());
        if (err == null) {
            return;
        }
        err.printf(
                "%s: goes on from step %d, the latest evaluation in %s%n", who, from.step(), file);
        changes.forEach(c -> err.printf("%s: from step %d: %s%n", who, c.step(), c));
        err.flush();
    }

    @Override
    public synchronized void stepped(long step, int learnedFrom) {
        first = first < 0 ? step - 1 : first;
        done = step;
        lanes.forEach(Movement::restart);
        steps(false);
        long now = clock.getAsLong();
        if (err == null || now - printed < SILENCE_NANOS) {
            return;
        }
        printed = now;
        double left = (now - begin) / NANOS_PER_SECOND / (step - first) * (steps - step);
        err.printf(Locale.ROOT, "%s: step %d of %d, %.0f s left%n", who, step, steps, left);
        err.flush();
    }

    @Override
    public synchronized void gradesLast(long step) {
        steps(false);
        if (err != null) {
            err.printf("%s: ended after step %d; its last state is evaluated now%n", who, step);
            err.flush();
        }
    }

    @Override
    public synchronized void warned(long step, String warning) {
        String line = "%s: step %d of %d: %s".formatted(who, step, steps, warning);
        warnings.add(line);
        if (err != null) {
            err.println("warning: " + line);
            err.flush();
        }
    }

    /** The warnings since this process began. */
    List<String> warnings() {
        return warnings;
    }

    @Override
    public synchronized void evaluated(Evaluation e) {
        printEvaluation(e);
        if (Double.isNaN(loss)) {
            loss = e.trainLoss();
        } else if (!risen && loss > 0.0 && e.trainLoss() > RISEN * loss) {
            risen = true;
            warned(
                    e.step(),
                    "the training loss has risen from %s to %s: the rate is probably too large"
                            .formatted(figure("%.4g", loss), figure("%.4g", e.trainLoss())));
        }
    }

    private void printEvaluation(Evaluation e) {
        if (err == null) {
            return;
        }
        printed = clock.getAsLong();
        steps(false);
        err.printf(
                Locale.ROOT,
                "%s: step %d, epoch %.2f: loss %s (test %s), %s%s%n",
                who,
                e.step(),
                e.epochs(),
                figure("%.4f", e.trainLoss()),
                figure("%.4f", e.testLoss()),
                score(e),
                toBackprop(e));
        err.flush();
    }

    /**
     * An angle of several degrees where feedback weights are their own; nothing of backprop itself.
     */
    private String toBackprop(Evaluation e) {
        if (who.equals("backprop")) {
            return "";
        }
        if (!Double.isFinite(e.cosine())) {
            return notCompared(e);
        }
        return network.noEnergy().isEmpty()
                ? ", 1 - cosine to backprop " + figure("%.2e", e.oneMinusCosine())
                : ", angle to backprop %s degrees".formatted(figure("%.1f", e.angleDegrees()));
    }

    private String notCompared(Evaluation e) {
        if (!network.closing().isEmpty()) {
            return ", not compared with backprop, as the network has a cycle";
        }
        if (stop.getAsBoolean()) {
            return ", not compared with backprop, as a stop was requested";
        }
        boolean tried = !examined.isEmpty() && examined.get(examined.size() - 1).step() == e.step();
        return tried
                ? ", no angle to backprop, as no example of the first minibatch settled or its"
                        + " gradient is zero or not finite"
                : ", not compared with backprop between evaluations";
    }

    private static String score(Evaluation e) {
        if (Double.isNaN(e.trainLoss()) && Double.isNaN(e.testLoss())) {
            return "no example settled";
        }
        return Double.isNaN(e.testAccuracy()) && Double.isNaN(e.trainAccuracy())
                ? "R2 %s (test %s)"
                        .formatted(figure("%.4f", e.trainR2()), figure("%.4f", e.testR2()))
                : "accuracy %s (test %s)"
                        .formatted(
                                figure("%.2f %%", 100 * e.trainAccuracy()),
                                figure("%.2f %%", 100 * e.testAccuracy()));
    }

    private static String figure(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    @Override
    public void aligned(Alignment alignment) {
        alignments.add(alignment);
    }

    @Override
    public void examined(Alignment alignment) {
        examined.add(alignment);
    }

    /** Comparisons with backprop at the evaluations since this process began. */
    List<Alignment> examined() {
        return examined;
    }

    /** Examples left out up to each evaluation since this process began, by step. */
    Map<Long, Long> leftOut() {
        return leftOut;
    }

    /** Comparisons with backprop since this process began. */
    List<Alignment> alignments() {
        return alignments;
    }

    @Override
    public void reached(Checkpoint checkpoint) {
        leftOut.put(checkpoint.step(), checkpoint.dropped());
        if (file == null || lost != null) {
            return;
        }
        try {
            CheckpointFile.write(file, checkpoint, network);
            kept = checkpoint.step();
        } catch (IOException e) {
            lost = e; // the result of the training is still reported
        }
    }

    /**
     * What becomes of the steps after the latest checkpoint, as a clause for a training that was
     * stopped; empty if there is no checkpoint, or none was made since.
     *
     * @param ended after this many steps
     */
    String resumption(long ended) {
        return kept < 0 || kept == ended
                ? ""
                : "; it goes on from step %d, the latest evaluation, and repeats %s"
                        .formatted(kept, Figures.count(ended - kept, "step"));
    }

    /** Why the checkpoint could not be written, which ends the training; null if it could. */
    IOException lost() {
        return lost;
    }

    @Override
    public boolean stops() {
        return stop.getAsBoolean() || lost != null;
    }
}
