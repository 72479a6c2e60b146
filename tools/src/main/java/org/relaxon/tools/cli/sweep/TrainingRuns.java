package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.GridRuns;
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.RunCounts;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.settling.CancelWatch;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.Program;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * A grid of trainings. Every point is the command line of one {@code train}, composed of the words
 * of the sweep and the values of its axes, and is run as such, so that the command stated by a row
 * repeats it exactly.
 */
final class TrainingRuns implements GridRuns {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DETAIL_MAX = 300;
    private static final Pattern ADVISED = Pattern.compile(" --rate ([0-9.eE+-]+)$");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final TrainingWords words;
    private final Program program;
    private final PrintWriter err;

    /**
     * @param words the command of each run
     * @param program runs them
     * @param err for the remarks of a dry run
     */
    TrainingRuns(TrainingWords words, Program program, PrintWriter err) {
        this.words = words;
        this.program = program;
        this.err = err;
    }

    @Override
    public Grid grid() {
        return words.grid();
    }

    /** The command of each run. */
    TrainingWords words() {
        return words;
    }

    /** Prints what the first run would need. */
    int dryRun(PrintWriter out) {
        List<String> line = line(grid().point(0));
        line.add("--dry-run");
        return execute(line, out, err, new boolean[1]);
    }

    /**
     * Refuses a grid in which every training is refused, before any begins. A dry run of one seed
     * shows whether a point is, unless only its host refuses it.
     *
     * @throws IllegalArgumentException with the first refusal
     */
    void requireOneAccepted() {
        String why = null;
        for (int p = 0; p < grid().points(); p++) {
            List<String> line = line(grid().point(p * grid().seeds().size()));
            line.add("--dry-run");
            StringWriter said = new StringWriter();
            PrintWriter unread = new PrintWriter(Writer.nullWriter());
            int code = execute(line, unread, new PrintWriter(said), new boolean[1]);
            if (code != ExitCode.BAD_INPUT) {
                return;
            }
            why = why == null ? oneLine(said.toString()) : why;
        }
        throw new IllegalArgumentException(why);
    }

    /** The words of the command line of one run. */
    private List<String> line(GridPoint point) {
        List<String> out = new ArrayList<>(List.of("train"));
        out.addAll(words.of(point));
        return out;
    }

    /**
     * Runs a command that ends when the work on this thread is stopped.
     *
     * @throws OwnPartException if a user's own part failed
     */
    private int execute(List<String> line, PrintWriter out, PrintWriter to, boolean[] stopped) {
        try (Interruption interruption = new Interruption();
                CancelWatch watch = new CancelWatch(Effort.stopOfThisThread())) {
            watch.watch(
                    () -> {
                        if (!interruption.asked()) {
                            interruption.ask("INT"); // like a signal, whatever the first one was
                        }
                    });
            CommandLine command = program.commandLine(interruption).setOut(out).setErr(to);
            OwnPartException[] own = new OwnPartException[1];
            IExecutionExceptionHandler usual = command.getExecutionExceptionHandler();
            command.setExecutionExceptionHandler(
                    (failure, failed, parsed) -> {
                        own[0] = OwnPartException.in(failure);
                        return own[0] == null
                                ? usual.handleExecutionException(failure, failed, parsed)
                                : ExitCode.BAD_INPUT;
                    });
            int code = command.execute(line.toArray(new String[0]));
            if (own[0] != null) {
                throw own[0]; // it would be in every row, and must be corrected first
            }
            stopped[0] = interruption.asked() || Effort.isStopAsked(); // before the watch polled
            return code;
        }
    }

    @Override
    public SweepRow run(GridPoint point, Set<Session> open) {
        long start = System.nanoTime();
        List<String> line = line(point);
        line.addAll(List.of("--quiet", "--json", "-"));
        StringWriter out = new StringWriter();
        StringWriter said = new StringWriter();
        boolean[] stopped = new boolean[1];
        int code = execute(line, new PrintWriter(out), new PrintWriter(said), stopped);
        long millis = Math.round((System.nanoTime() - start) / NANOS_PER_MILLI);
        if (code == ExitCode.OUT_OF_RESOURCES) {
            throw new UncheckedIOException(new IOException(oneLine(said.toString())));
        }
        if (stopped[0]) {
            return row(point, "not-settled", Reason.CANCELLED.reportName(), "", MISSING, millis);
        }
        if (code == ExitCode.BAD_INPUT) {
            return row(point, SweepRow.REFUSED, "", oneLine(said.toString()), MISSING, millis);
        }
        if (code != ExitCode.DONE && code != ExitCode.NOT_SETTLED || out.toString().isBlank()) {
            return row(point, SweepRow.FAILED, "", oneLine(said.toString()), MISSING, millis);
        }
        JsonNode json = parsed(out.toString());
        boolean done = code == ExitCode.DONE;
        String why = json.path("reason").isTextual() ? json.get("reason").asText() : "";
        String reason = done ? "" : json.path("ending").asText();
        String detail = detail(json, why);
        return row(
                point,
                done ? SweepRow.TRAINED : "not-settled",
                reason,
                oneLine(detail),
                json,
                millis);
    }

    /** Faults that never happened in this training, and why it ended. */
    private static String detail(JsonNode json, String why) {
        List<String> never = new ArrayList<>();
        json.path("faultsMissing").forEach(one -> never.add(one.asText()));
        String missing = SweepRow.missing(never);
        return missing.isEmpty() || why.isEmpty() ? missing + why : missing + "; " + why;
    }

    private static final JsonNode MISSING = MAPPER.createObjectNode();

    private static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SweepRow row(
            GridPoint point,
            String verdict,
            String reason,
            String detail,
            JsonNode json,
            long millis) {
        long messages = json.path("messages").asLong();
        long relaxations = json.path("relaxations").asLong();
        long path = json.path("criticalPath").asLong();
        long operations = json.path("synapticOperations").asLong();
        return new SweepRow(
                point.index(),
                verdict,
                reason,
                detail,
                Double.NaN,
                json.path("relativeError").asDouble(Double.NaN),
                json.path("cosine").asDouble(Double.NaN),
                new RunCounts(messages, 0, 0, 0, 0, 0, relaxations, path, operations, 0, 0, 0),
                Prediction.NONE,
                new TrainingFigures(
                        json.path("testAccuracy").asDouble(Double.NaN),
                        json.path("testR2").asDouble(Double.NaN),
                        json.path("testLoss").asDouble(Double.NaN),
                        json.path("steps").asLong(),
                        json.path("backpropTestAccuracy")
                                .asDouble(json.path("backpropTestR2").asDouble(Double.NaN)),
                        advisedRate(json.path("adviceCommand").asText())),
                millis);
    }

    /** The rate at the end of an advised command; NaN for none. */
    private static double advisedRate(String command) {
        Matcher rate = ADVISED.matcher(command);
        return rate.find() ? Double.parseDouble(rate.group(1)) : Double.NaN;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").trim().replaceFirst("^relaxon: ", "");
        return line.length() <= DETAIL_MAX ? line : line.substring(0, DETAIL_MAX);
    }
}
