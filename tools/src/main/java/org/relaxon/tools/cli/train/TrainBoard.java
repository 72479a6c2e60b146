package org.relaxon.tools.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import org.relaxon.experiments.training.TrainListener;
import org.relaxon.tools.cli.option.OutputOptions;
import picocli.CommandLine.Option;

/** The option that writes curves for TensorBoard while a training goes on. */
final class TrainBoard {
    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description =
                    "Write event files for TensorBoard while the training goes on: losses, scores"
                            + " and alignment, in a directory below DIR for each learner.")
    private Path directory;

    private IOException lost;

    /** Refuses a directory that could not be written, before anything is computed. */
    void requireWritable() {
        if (directory != null) {
            OutputOptions.requireDirectory("tensorboard", directory);
        }
    }

    /**
     * A listener that passes all events on and writes those with numbers.
     *
     * @param listener receives all events, and answers
     * @param learner whose directory it is
     */
    BoardListener beside(TrainListener listener, String learner) {
        Path own = directory == null ? null : directory.resolve(learner);
        return new BoardListener(listener, own, Clock.systemUTC(), e -> lost = e);
    }

    /** Reports a file that could not be written, after a training that nothing else ended. */
    void report(OutputOptions output) {
        if (lost != null) {
            output.lost(lost, directory);
        }
    }

    /** Names the directory. */
    void announce(PrintWriter out) {
        if (directory != null && lost == null) {
            out.println("events in    %s: tensorboard --logdir %s".formatted(directory, directory));
            out.flush();
        }
    }
}
