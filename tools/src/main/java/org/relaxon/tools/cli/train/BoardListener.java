package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.format.ScalarEvents;
import org.relaxon.experiments.storage.EventFile;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Checkpoint;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.SettingChange;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.runtime.observe.Observation;

/**
 * Writes the numbers of a training as scalars into a new event file, and passes all events on. A
 * failure to write ends the file, not the training. On the thread that trains, but for the methods
 * that are only passed on.
 */
final class BoardListener implements TrainListener, AutoCloseable {
    private static final double MILLIS = 1e3;

    private final TrainListener next;
    private final Path directory; // null for no file
    private final Clock clock;
    private final Consumer<IOException> lost;
    private EventFile file; // null before the first event, and after the last
    private boolean ended;
    private long from;

    BoardListener(TrainListener next, Path directory, Clock clock, Consumer<IOException> lost) {
        this.next = next;
        this.directory = directory;
        this.clock = clock;
        this.lost = lost;
        ended = directory == null;
    }

    @Override
    public void resumed(Checkpoint checkpoint, List<SettingChange> changes) {
        from = checkpoint.step() + 1; // its evaluation is in an earlier file
        next.resumed(checkpoint, changes);
    }

    @Override
    public void evaluated(Evaluation e) {
        next.evaluated(e);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss/train", e.trainLoss());
        values.put("loss/test", e.testLoss());
        values.put("accuracy/train", e.trainAccuracy());
        values.put("accuracy/test", e.testAccuracy());
        values.put("R2/train", e.trainR2());
        values.put("R2/test", e.testR2());
        values.put("unsettled", (double) e.unsettled());
        values.put("epochs", e.epochs());
        write(e.step(), values);
    }

    @Override
    public void examined(Alignment alignment) {
        next.examined(alignment);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("to backprop at evaluations/cosine", alignment.cosine());
        values.put("to backprop at evaluations/1 - cosine", alignment.oneMinusCosine());
        values.put("to backprop at evaluations/relative error", alignment.relativeError());
        for (ProjectionComparison part : alignment.parts()) {
            values.put("1 - cosine of parts/" + part.name(), part.oneMinusCosine());
            values.put("norm ratio of parts/" + part.name(), part.normRatio());
        }
        write(alignment.step(), values);
    }

    @Override
    public void aligned(Alignment alignment) {
        next.aligned(alignment);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("to backprop/cosine", alignment.cosine());
        values.put("to backprop/1 - cosine", alignment.oneMinusCosine());
        values.put("to backprop/relative error", alignment.relativeError());
        write(alignment.step(), values);
    }

    /** Numbers that do not exist are left out. */
    private void write(long step, Map<String, Double> values) {
        values.values().removeIf(v -> v == null || !Double.isFinite(v));
        if (ended || values.isEmpty()) {
            return;
        }
        double seconds = clock.millis() / MILLIS;
        try {
            if (file == null) {
                file = EventFile.create(directory, (long) seconds);
                file.append(ScalarEvents.version(seconds));
                file.append(ScalarEvents.start(seconds, from));
            }
            file.append(ScalarEvents.scalars(seconds, step, values));
        } catch (IOException e) {
            end(e);
        }
    }

    private void end(IOException e) {
        ended = true;
        lost.accept(e);
    }

    @Override
    public void close() {
        ended = true;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                end(e);
            }
        }
    }

    @Override
    public void stepped(long step, int learnedFrom) {
        next.stepped(step, learnedFrom);
    }

    @Override
    public void warned(long step, String warning) {
        next.warned(step, warning);
    }

    @Override
    public Observation observation(int lane) {
        return next.observation(lane);
    }

    @Override
    public Observation probe(long step) {
        return next.probe(step);
    }

    @Override
    public void gradesLast(long step) {
        next.gradesLast(step);
    }

    @Override
    public void reached(Checkpoint checkpoint) throws IOException {
        next.reached(checkpoint);
    }

    @Override
    public boolean stops() {
        return next.stops();
    }
}
