package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.experiments.sweep.DelayFamily;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.GridRuns;
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.RunCounts;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.TrainingFigures;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.settling.CancelWatch;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A grid of trainings. Every point is the command line of one {@code train}, composed of the words
 * of the sweep and the values of its axes, and is run as such, so that the command stated by a row
 * repeats it exactly.
 */
final class TrainingRuns implements GridRuns {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DETAIL_MAX = 300;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Options of a sweep that a training does not have. */
    private static final Set<String> OF_SWEEPS = Set.of("--delay-family", "--own-init");

    private final SweepConfig config;
    private final Grid grid;
    private final CommandSpec spec;
    private final UnaryOperator<String> strengths;
    private final Function<Algorithm, ProblemSpec> problems;
    private final AlgorithmOptions variant = new AlgorithmOptions();

    /**
     * @param strengths the option that sets the strength of an algorithm
     * @param problems network and data of an algorithm, before axes and seed change them
     * @throws IllegalArgumentException if an axis does not apply to trainings
     */
    TrainingRuns(
            SweepConfig config,
            CommandSpec spec,
            UnaryOperator<String> strengths,
            Function<Algorithm, ProblemSpec> problems) {
        this.config = config;
        this.spec = spec;
        this.grid = config.grid();
        this.strengths = strengths;
        this.problems = problems;
        if (given("--checkpoint")) {
            throw new IllegalArgumentException(
                    "checkpoint: a sweep has many trainings; --resume continues a sweep");
        }
        requireStrengths();
        for (int p = 0; p < grid.points(); p++) {
            words(grid.point(p * grid.seeds().size()));
        }
    }

    /** One name for the strength, valid for every algorithm of the grid. */
    private void requireStrengths() {
        List<String> named =
                List.of("beta", "gamma", "strength").stream()
                        .filter(n -> grid.axis(n) >= 0 || given("--" + n))
                        .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException(
                    "%s: a run has one strength; name one of these".formatted(named));
        }
        for (int p = 0; !named.isEmpty() && p < grid.points(); p++) {
            String algorithm = algorithm(grid.point(p * grid.seeds().size()));
            String own = strengths.apply(algorithm);
            if (!named.get(0).equals("strength") && !own.equals("--" + named.get(0))) {
                throw new IllegalArgumentException(
                        "%s: %s has %s in its place; --axis strength=... sets whichever an algorithm has"
                                .formatted(named.get(0), algorithm, own.substring(2)));
            }
        }
    }

    @Override
    public Grid grid() {
        return grid;
    }

    String description() {
        return "trainings, relaxon train" + Words.without(config.common(), OF_SWEEPS);
    }

    SweepConfig config() {
        return config;
    }

    /** The command of one run. */
    String repeat(GridPoint point) {
        return Launcher.recorded("train", Words.without(words(point), Set.of()));
    }

    /** How the weights of a run are drawn: scheme and gain, or the name of a file. */
    List<String> weights(GridPoint point) {
        List<String> words = words(point);
        int file = words.indexOf("--weights");
        if (file >= 0 && file + 1 < words.size()) {
            return List.of(words.get(file + 1), "");
        }
        ProblemSpec drawn = problem(point);
        int gain = grid.axis("gain");
        String factor = gain < 0 ? Figures.number(drawn.gain()) : point.values().get(gain);
        return List.of(drawn.scheme().optionName(), factor);
    }

    /** The words after {@code train} for one run. */
    List<String> words(GridPoint point) {
        List<String> out = new ArrayList<>(Words.list(config.common(), OF_SWEEPS));
        for (int a = 0; a < grid.axes().size(); a++) {
            add(out, AxisKind.named(grid.axes().get(a).name()), point, point.values().get(a));
        }
        boolean own = given("--own-init") || given("--init") || given("--gain");
        if (grid.axis("algorithm") >= 0 && !own && !given("--weights")) {
            ProblemSpec shared = problem(point);
            out.addAll(List.of("--init", shared.scheme().optionName()));
            if (grid.axis("gain") < 0) {
                out.addAll(List.of("--gain", Figures.number(shared.gain())));
            }
        }
        out.addAll(List.of("--seed", Long.toString(point.seed())));
        return out;
    }

    private ProblemSpec problem(GridPoint point) {
        return problems.apply(variant.algorithm(algorithm(point)));
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private String algorithm(GridPoint point) {
        int axis = grid.axis("algorithm");
        String name =
                axis < 0 ? spec.findOption("--algorithm").getValue() : point.values().get(axis);
        return name.equals("ipc") ? "pc" : name;
    }

    private void add(List<String> out, AxisKind kind, GridPoint point, String text) {
        switch (kind) {
            case LAYERS -> out.addAll(List.of("--layers", text.replace('-', ',')));
            case STRENGTH -> out.addAll(List.of(strengths.apply(algorithm(point)), text));
            case STEP -> out.addAll(List.of("--dynamics", "gradient", "--step", text));
            case DELAY_MEAN -> {
                int family = grid.axis("delay-family");
                String name =
                        family < 0
                                ? spec.findOption("--delay-family").getValue()
                                : point.values().get(family);
                long mean = Durations.parse("delay-mean", text);
                out.addAll(List.of("--delay", DelayFamily.of(name, mean).spec()));
            }
            case DELAY_FAMILY -> DelayFamily.require(text);
            case QUANTUM ->
                    throw new IllegalArgumentException("axis: quantum does not apply to trainings");
            default -> out.addAll(List.of("--" + kind.axisName(), text));
        }
    }

    /** Prints what the first run would need. */
    int dryRun(PrintWriter out) {
        List<String> words = new ArrayList<>(List.of("train"));
        words.addAll(words(grid.point(0)));
        words.add("--dry-run");
        return execute(words, out, spec.commandLine().getErr(), new boolean[1]);
    }

    /**
     * Runs a command that ends when the work on this thread is stopped.
     *
     * @throws OwnPartException if a user's own part failed
     */
    private int execute(List<String> words, PrintWriter out, PrintWriter err, boolean[] stopped) {
        try (Interruption interruption = new Interruption();
                CancelWatch watch = new CancelWatch(Effort.stopOfThisThread())) {
            watch.watch(
                    () -> {
                        if (!interruption.asked()) {
                            interruption.ask("INT"); // like a signal, whatever the first one was
                        }
                    });
            CommandLine command =
                    Program.of(spec).commandLine(interruption).setOut(out).setErr(err);
            OwnPartException[] own = new OwnPartException[1];
            IExecutionExceptionHandler usual = command.getExecutionExceptionHandler();
            command.setExecutionExceptionHandler(
                    (failure, failed, parsed) -> {
                        own[0] = OwnPartException.in(failure);
                        return own[0] == null
                                ? usual.handleExecutionException(failure, failed, parsed)
                                : ExitCode.BAD_INPUT;
                    });
            int code = command.execute(words.toArray(new String[0]));
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
        List<String> words = new ArrayList<>(List.of("train"));
        words.addAll(words(point));
        words.addAll(List.of("--quiet", "--json", "-"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        boolean[] stopped = new boolean[1];
        int code = execute(words, new PrintWriter(out), new PrintWriter(err), stopped);
        long millis = Math.round((System.nanoTime() - start) / NANOS_PER_MILLI);
        if (code == ExitCode.OUT_OF_RESOURCES) {
            throw new UncheckedIOException(new IOException(oneLine(err.toString())));
        }
        if (stopped[0]) {
            return row(point, "not-settled", Reason.CANCELLED.reportName(), "", MISSING, millis);
        }
        if (code == ExitCode.BAD_INPUT) {
            return row(point, SweepRow.REFUSED, "", oneLine(err.toString()), MISSING, millis);
        }
        if (code != ExitCode.DONE && code != ExitCode.NOT_SETTLED || out.toString().isBlank()) {
            return row(point, SweepRow.FAILED, "", oneLine(err.toString()), MISSING, millis);
        }
        JsonNode json = parsed(out.toString());
        boolean done = code == ExitCode.DONE;
        String why = json.path("reason").isTextual() ? json.get("reason").asText() : "";
        String reason = done ? "" : json.path("ending").asText();
        return row(
                point, done ? SweepRow.TRAINED : "not-settled", reason, oneLine(why), json, millis);
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
        long operations = json.path("synapticOperations").asLong();
        return new SweepRow(
                point.index(),
                verdict,
                reason,
                detail,
                Double.NaN,
                json.path("relativeError").asDouble(Double.NaN),
                json.path("cosine").asDouble(Double.NaN),
                new RunCounts(messages, 0, 0, 0, 0, 0, 0, operations, 0, 0, 0),
                Prediction.NONE,
                new TrainingFigures(
                        json.path("testAccuracy").asDouble(Double.NaN),
                        json.path("testR2").asDouble(Double.NaN),
                        json.path("testLoss").asDouble(Double.NaN),
                        json.path("steps").asLong()),
                millis);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").trim().replaceFirst("^relaxon: ", "");
        return line.length() <= DETAIL_MAX ? line : line.substring(0, DETAIL_MAX);
    }
}
