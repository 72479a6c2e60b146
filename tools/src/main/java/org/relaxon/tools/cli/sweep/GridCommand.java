package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.GridRuns;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.Shard;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.experiments.sweep.SweepSettings;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.option.RunOptions;
import org.relaxon.tools.cli.option.SingleRunOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.RunDirectory;
import org.relaxon.tools.report.RunPage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The common part of sweep and stress: all but their default axes. */
abstract class GridCommand implements Callable<Integer> {
    private static final long USUAL_MESSAGES = 1_000_000L;

    @Spec private CommandSpec spec;
    @ParentCommand private Program program;
    @Mixin private GridOptions options;
    @Mixin private ProblemOptions problem;
    @Mixin private AlgorithmOptions variant;
    @Mixin private SingleRunOptions single;
    @Mixin private RunOptions run;
    @Mixin private OutputOptions output;

    @Option(
            names = {"--beta", "--lambda"},
            paramLabel = "X",
            description = "Nudging strength. Default by algorithm, 1e-4 for pc-nudge.")
    private Double beta;

    /** The name of this command. */
    abstract String verb();

    /** Default axes. */
    abstract List<String> usualAxes();

    /** Default nudging strength of pc-nudge; NaN for that of the algorithm. */
    abstract double usualBeta();

    @Override
    public Integer call() throws IOException {
        run.requireSupported();
        output.requireWritable();
        options.requireConsistent(output);
        Catalog.requireHost(single.host());
        run.requireRead(List.of(single.host()));
        Grid grid = options.grid(problem.seed(), usualAxes());
        requireOnce(grid);
        List<List<String>> maps = options.maps(grid);
        Shard shard = options.shard();
        SweepConfig config = new SweepConfig(verb(), spec, grid, single.host());
        if (TimeRemark.applies(grid, single.host(), spec) && !output.quiet()) {
            remark(TimeRemark.TEXT);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (isOfTrainings(grid)) {
            TrainingRuns runs = new TrainingRuns(config, spec, this::strengthOption, spec(grid));
            if (output.dryRun()) {
                out.printf(
                        "%d points x %d seeds, %d trainings here; the first:%n",
                        grid.points(), grid.seeds().size(), GridRows.owned(grid, shard));
                return runs.dryRun(out);
            }
            return report(
                    runs,
                    runs.description(),
                    rows -> new TrainingReport(runs, rows, maps),
                    rows -> AdviceByKind.NONE,
                    config,
                    out);
        }
        SweepRun runs = new SweepRun(grid, settings(grid), this::host);
        Problem example = example(runs);
        if (output.dryRun()) {
            return dryRun(runs, example, shard, config);
        }
        return report(
                runs,
                example.description(),
                rows -> new SweepReport(runs, example.network().toString(), config, rows, maps),
                rows -> advice(runs, config, rows),
                config,
                out);
    }

    /** Options that make a grid one of trainings. */
    Set<String> trainingOptions() {
        return Set.of();
    }

    private boolean isOfTrainings(Grid grid) {
        boolean axes = grid.axes().stream().anyMatch(a -> AxisKind.named(a.name()).isOfTrainings());
        return !trainingOptions().isEmpty()
                && (axes
                        || trainingOptions().stream()
                                .anyMatch(spec.commandLine().getParseResult()::hasMatchedOption));
    }

    /** The option that sets the strength of an algorithm. */
    private String strengthOption(String algorithm) {
        Algorithm chosen = variant.algorithm(algorithm);
        if (chosen.strength() == Strength.NONE) {
            throw new IllegalArgumentException(
                    "strength: %s has no strength to choose".formatted(algorithm));
        }
        return chosen.strength() == Strength.GAMMA ? "--gamma" : "--beta";
    }

    private int report(
            GridRuns runs,
            String problem,
            Function<Map<Integer, SweepRow>, GridReport> reporter,
            Adviser adviser,
            SweepConfig config,
            PrintWriter out)
            throws IOException {
        Shard shard = options.shard();
        GridRows made = new GridRows(output, program.interruption(), spec.commandLine().getErr());
        SweepDirectory directory = SweepDirectory.of(options, output, config, problem);
        if (directory != null) {
            program.interruption().goOnWith(directory.goOn()); // even if the end is delayed
        }
        try {
            Map<Integer, SweepRow> rows =
                    options.merge() == null
                            ? made.made(runs, shard, options.parallel(single.host()), directory)
                            : GridRows.merged(options.merge(), runs.grid(), config);
            boolean whole = rows.size() == GridRows.owned(runs.grid(), shard);
            program.interruption().concluded(whole);
            AdviceByKind advice = whole ? adviser.advise(rows) : AdviceByKind.NONE;
            boolean any = rows.values().stream().anyMatch(SweepRow::settled);
            boolean kept = !made.unwritten();
            return report(reporter.apply(rows), advice, directory, whole, any, kept, out);
        } finally {
            if (directory != null) {
                directory.close();
            }
        }
    }

    /** Finds advice about some rows. */
    private interface Adviser {
        AdviceByKind advise(Map<Integer, SweepRow> rows) throws IOException;
    }

    /** Without runs, parts are only joined. */
    private AdviceByKind advice(SweepRun runs, SweepConfig config, Map<Integer, SweepRow> rows)
            throws IOException {
        if (options.merge() != null) {
            return AdviceByKind.NONE;
        }
        try (Host host = host()) {
            return new SweepAdvice(runs, config, host, program.interruption()).of(rows.values());
        }
    }

    private Host host() {
        return Catalog.host(single.host(), run.threads());
    }

    /** Refuses a quantity given as an option and as an axis: one of them would be ignored. */
    private void requireOnce(Grid grid) {
        for (Axis axis : grid.axes()) {
            String name = axis.name().startsWith("delay-mean") ? "delay" : axis.name();
            if (spec.commandLine().getParseResult().hasMatchedOption("--" + name)) {
                throw new IllegalArgumentException(
                        "%s: given as --%s and as an axis".formatted(axis.name(), name));
            }
        }
    }

    private SweepSettings settings(Grid grid) {
        boolean gamma = spec.commandLine().getParseResult().hasMatchedOption("--gamma");
        boolean usual = single.algorithm().equals("pc-nudge") && grid.axis("algorithm") < 0;
        double strength = beta != null ? beta : usual ? usualBeta() : Double.NaN;
        if (beta != null && !(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        if (gamma) {
            List<Double> gains = variant.strengths(variant.algorithm(single.algorithm()), null);
            if (gains.size() != 1 || beta != null) {
                throw new IllegalArgumentException(
                        "gamma: need one, without --beta; several are an axis, --axis gamma=...");
            }
            strength = gains.get(0);
        }
        boolean thresholds = grid.axis("threshold") >= 0;
        return new SweepSettings(
                single.algorithm(),
                variant::algorithm,
                a -> variant.estimator(a, single.estimator()),
                spec(grid),
                gamma ? "gamma" : beta == null ? "" : "beta",
                strength,
                options.delayFamily(),
                p -> single.plan(p, run, thresholds),
                budget());
    }

    /**
     * The problem of an algorithm. Along an axis of algorithms all get the same weights: those of
     * the first whose defaults are smaller than the common ones, since recurrent networks have
     * several equilibria at larger weights.
     */
    private Function<Algorithm, ProblemSpec> spec(Grid grid) {
        int axis = grid.axis("algorithm");
        if (options.ownInit() && axis < 0) {
            throw new IllegalArgumentException("own-init: has no effect without --axis algorithm");
        }
        if (axis < 0 || options.ownInit()) {
            return problem::spec;
        }
        List<Algorithm> all =
                grid.axes().get(axis).values().stream().map(variant::algorithm).toList();
        Algorithm shared =
                all.stream()
                        .min(Comparator.comparingDouble(a -> Defaults.of(a).gain()))
                        .orElseThrow();
        return algorithm -> problem.spec(shared);
    }

    /** Runs without an end are common in a grid: their limit is below that of a single run. */
    private Budget budget() {
        boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--budget-messages");
        Budget budget = run.budget(single.host());
        return asked ? budget : budget.withMessages(USUAL_MESSAGES);
    }

    /**
     * The first problem that can be built. If there is none, nothing is started.
     *
     * @throws IllegalArgumentException the reason of the first failure
     */
    private Problem example(SweepRun runs) throws IOException {
        IllegalArgumentException why = null;
        Grid grid = runs.grid();
        for (int p = 0; p < grid.points(); p++) {
            try {
                GridPoint point = grid.point(p * grid.seeds().size());
                return runs.resolve(point).problem().build();
            } catch (IllegalArgumentException e) {
                why = why == null ? e : why;
            }
        }
        throw why;
    }

    private int dryRun(SweepRun runs, Problem example, Shard shard, SweepConfig config) {
        PrintWriter out = spec.commandLine().getOut();
        Grid grid = runs.grid();
        out.printf(
                "%d points x %d seeds, %d runs here: %s%n",
                grid.points(),
                grid.seeds().size(),
                GridRows.owned(grid, shard),
                example.description());
        ResolvedRun first = runs.resolve(grid.point(0));
        out.println("the first run:");
        out.println(
                RunText.of(
                        first.method(),
                        single.host(),
                        first.plan().granularity().toString(),
                        first.plan().delay().spec()));
        ResolvedText text = new ResolvedText(out, spec);
        text.line("reference", first.method().algorithm().reference().optionName());
        text.print(first.plan(), first.budget(), single.host());
        text.cells(
                example,
                first.plan().granularity(),
                example.examples() * first.method().columnsPerExample());
        text.line("this run", Launcher.typed(config.repeat(runs, grid.point(0))));
        text.repeat(ResolvedText.command(verb(), spec));
        return ExitCode.DONE;
    }

    private void remark(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("relaxon: " + text);
        err.flush();
    }

    private int report(
            GridReport report,
            AdviceByKind advice,
            SweepDirectory directory,
            boolean whole,
            boolean any,
            boolean kept,
            PrintWriter out)
            throws IOException {
        ObjectNode json = report.json();
        advice.fill(json);
        int code = whole && any ? ExitCode.DONE : ExitCode.NOT_SETTLED;
        json.put("exitCode", code);
        output.mark(json);
        if (directory != null) {
            if (!whole) {
                json.put("goOn", directory.goOn());
            }
            output.directory(
                    json,
                    directory.path(),
                    () -> {
                        if (directory.restore()) {
                            remark(directory.path() + " had vanished; it was made again");
                        }
                        directory.write(report, json, whole);
                        RunPage.write(directory.path(), true); // replacing an earlier one
                        return directory.path();
                    });
        }
        json.put("complete", whole);
        boolean lost = !kept || json.has("directoryLost");
        if (lost) {
            ArrayNode lines = json.putArray("rows"); // which may be stored nowhere else
            ByteArrayOutputStream csv = new ByteArrayOutputStream();
            RunDirectory.csv("rows", report.header(), report.rows()).writeTo(csv);
            csv.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        if (output.prose()) {
            out.print(report.text(Launcher::typed));
            advice.print(out);
            if (whole && !any) {
                out.println("\nNo run of this grid was completed: nothing is claimed.");
            }
            if (lost) {
                json.get("rows").forEach(line -> out.println(line.asText()));
            }
            OutputOptions.announce(out, json);
        }
        if (!whole && directory != null && lost) {
            remark("go on, once there is room, with: " + Launcher.typed(directory.goOn()));
        }
        output.write(json, out);
        return code;
    }
}
