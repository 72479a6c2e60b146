package org.relaxon.tools.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.serve.Limits;
import org.relaxon.tools.serve.LivePage;
import org.relaxon.tools.serve.LiveServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves a live page. */
@Command(
        name = "serve",
        description = {
            "Shows a settling on a page for the browsers of this machine: cells, messages and energy"
                    + " live, with controls, faults to inject, and five guided scenes. The"
                    + " options of settle choose the first run. Ctrl-C ends it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon serve                            prints the address of the page",
            "  relaxon serve --algorithm ep --granularity neuron --delay exponential:1ms",
            "  relaxon serve --port 0 --for 20s         at any free port, for 20 seconds",
            "  relaxon serve --training board           curves of train --tensorboard board"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final String VERB = "serve";
    private static final Set<String> OWN = Set.of("--port", "--for", "--frames", "--training");

    /** The first run unless options choose another: one that can be followed. */
    private static final List<String> FIRST = GuidedScene.ALL.get(0).words();

    @Spec private CommandSpec spec;
    @CommandLine.ParentCommand private Program program;
    @Mixin private SceneOptions options;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "7070",
            description = "Port at 127.0.0.1; 0 for any that is free. Default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--for",
            paramLabel = "SPAN",
            description = "End after this time, such as 20s. Default at Ctrl-C.")
    private String span;

    @Option(
            names = "--frames",
            paramLabel = "FILE",
            description =
                    "Show the frames in this file; if there is no such file, write those of the"
                            + " last run to it at the end.")
    private Path frames;

    @Option(
            names = "--training",
            paramLabel = "DIR",
            description =
                    "Show the curves of trainings instead, while train --tensorboard DIR writes"
                            + " them, or later.")
    private Path training;

    @Override
    public Integer call() throws InterruptedException, IOException {
        long nanos = span == null ? Long.MAX_VALUE : Durations.parse("for", span);
        List<String> given = Words.list(Words.after(VERB, spec), OWN);
        if (training != null) {
            requireTrainingAlone(given);
            try (TrainingDesk desk = new TrainingDesk(training)) {
                desk.follow();
                try (LiveServer server =
                        LiveServer.open(
                                LivePage.TRAINING, port, desk, desk.broadcast(), Limits.DEFAULT)) {
                    serve(server, nanos);
                }
            }
            return ExitCode.DONE;
        }
        options.scene();
        requireDirectory();
        boolean replays = frames != null && Files.exists(frames);
        try (LiveDesk desk = new LiveDesk(this::scene, true)) {
            List<String> words = given.isEmpty() ? FIRST : given;
            if (replays) {
                desk.open(StoredFilm.read(frames), words);
            } else {
                desk.open(words);
            }
            try (LiveServer server =
                    LiveServer.open(port, desk, desk.broadcast(), Limits.DEFAULT)) {
                serve(server, nanos);
            }
            if (frames != null && !replays) {
                desk.store(frames);
            }
        }
        return ExitCode.DONE;
    }

    /** Until it is stopped or the time is over. */
    private void serve(LiveServer server, long nanos) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        program.interruption().onStop(stop::countDown);
        PrintWriter out = spec.commandLine().getOut();
        out.println(server.address());
        out.flush();
        if (!program.interruption().asked()) {
            var unused = stop.await(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void requireTrainingAlone(List<String> given) {
        if (!given.isEmpty() || frames != null) {
            throw new IllegalArgumentException(
                    "training: curves are those of the files; leave out options of a settling and --frames");
        }
        if (Files.exists(training) && !Files.isDirectory(training)) {
            throw new IllegalArgumentException(
                    "training: %s is a file; name the directory of --tensorboard"
                            .formatted(training));
        }
    }

    private void requireDirectory() {
        Path above = frames == null ? null : frames.toAbsolutePath().getParent();
        if (above != null && !Files.isDirectory(above)) {
            throw new IllegalArgumentException("frames: there is no directory " + above);
        }
        if (frames != null && Files.isDirectory(frames)) {
            throw new IllegalArgumentException(
                    "frames: %s is a directory; name a file".formatted(frames));
        }
    }

    /** The scene of other words, read as the command line reads its own. */
    private Scene scene(List<String> words) {
        CommandLine root = program.commandLine(program.interruption());
        List<String> line = new ArrayList<>(List.of(VERB));
        line.addAll(words);
        try {
            Object other =
                    root.parseArgs(line.toArray(String[]::new))
                            .subcommand()
                            .commandSpec()
                            .userObject();
            return ((ServeCommand) other).options.scene();
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
