package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.sweep.Axis;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.Shard;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Conditions.Timing;
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
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.ResolvedText;
import org.relaxon.tools.cli.run.RunText;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The common part of sweep and stress: all but their default axes. */
abstract class GridCommand implements Callable<Integer> {
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
        output.requireWritable();
        options.requireConsistent(output);
        Catalog.requireHost(single.host());
        run.requireRead(List.of(single.host()));
        if (usualAxes().isEmpty() && !options.hasAxes()) {
            SweepDirectory.requireAxes(options, output.out());
        }
        Grid grid = options.grid(problem.seed(), usualAxes());
        requireOnce(grid);
        List<List<String>> maps = options.maps(grid);
        Shard shard = options.shard();
        SweepConfig config = new SweepConfig(verb(), spec, grid, single.host());
        Timing timing = problem.spec().timing();
        boolean timeless = timing.isEmpty() && TimeRemark.applies(grid, single.host(), spec);
        PrintWriter out = spec.commandLine().getOut();
        GridOutput to = new GridOutput(output, out, spec.commandLine().getErr());
        if (timeless && !output.quiet()) {
            to.remark(TimeRemark.TEXT);
        }
        GridSettings settings =
                new GridSettings(
                        spec.commandLine().getParseResult(),
                        options,
                        problem,
                        variant,
                        single,
                        run,
                        beta,
                        usualBeta());
        GridWork work =
                isOfTrainings(grid) ? trainings(config, settings) : settlings(config, settings);
        if (output.dryRun()) {
            return dryRun(work, config, shard);
        }
        if (options.merge() == null) {
            work.requireOneAccepted();
        }
        return run(work, config, config.request(timing, timeless ? TimeRemark.TEXT : ""), maps, to);
    }

    private SettlingWork settlings(SweepConfig config, GridSettings settings) throws IOException {
        Grid grid = config.grid();
        SweepRun runs = new SweepRun(grid, settings.of(grid), this::host);
        SettlingWork work = new SettlingWork(runs, config, this::host, program.interruption());
        requireDelayRead(grid, work.example().network());
        return work;
    }

    private void requireDelayRead(Grid grid, Network network) {
        Conditions stated = run.conditions().withTiming(problem.spec().timing());
        NetworkTiming.requireDelayRead(spec, network, stated);
        for (Axis axis : grid.axes()) {
            if (axis.name().startsWith("delay") && NetworkTiming.statesAll(network, stated)) {
                throw new IllegalArgumentException(
                        "axis %s: %schoose another".formatted(axis.name(), NetworkTiming.UNREAD));
            }
        }
    }

    private TrainingWork trainings(SweepConfig config, GridSettings settings) throws IOException {
        SweepRun.requireDelays(config.grid());
        if (!problem.spec().timing().isEmpty()) {
            requireDelayRead(config.grid(), problem.spec().build().network());
        }
        TrainingWords words =
                new TrainingWords(
                        config,
                        single.algorithm(),
                        options.delayFamily(),
                        settings::strengthOption,
                        settings.specOfTrainings(config.grid()));
        return new TrainingWork(new TrainingRuns(words, program, spec.commandLine().getErr()));
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

    /** Makes the missing runs, or joins those of parts, and states the result. */
    private int run(
            GridWork work,
            SweepConfig config,
            GridRequest request,
            List<List<String>> maps,
            GridOutput to)
            throws IOException {
        Shard shard = options.shard();
        Map<Integer, SweepRow> joined = // before a directory exists, as parts may be refused
                options.merge() == null
                        ? null
                        : GridRows.merged(options.merge(), config.grid(), config);
        GridRows made = new GridRows(output, program.interruption(), spec.commandLine().getErr());
        SweepDirectory directory =
                SweepDirectory.of(options, output, config, request, work.problem());
        if (directory != null) {
            program.interruption().goOnWith(directory.goOn()); // even if the end is delayed
        }
        try {
            Map<Integer, SweepRow> rows =
                    joined != null
                            ? joined
                            : made.made(
                                    work.runs(), shard, options.parallel(single.host()), directory);
            boolean whole = rows.size() == GridRows.owned(config.grid(), shard);
            program.interruption().concluded(whole);
            AdviceByKind advice = whole ? work.advice(rows.values()) : AdviceByKind.NONE;
            String goOn = whole || directory == null ? null : directory.goOn();
            GridResult result = result(work, request, rows.values(), maps, advice, whole, goOn);
            to.write(result, directory, !made.unwritten());
            return result.exitCode();
        } finally {
            if (directory != null) {
                directory.close();
            }
        }
    }

    private GridResult result(
            GridWork work,
            GridRequest request,
            Collection<SweepRow> rows,
            List<List<String>> maps,
            AdviceByKind advice,
            boolean whole,
            String goOn) {
        Grid grid = request.grid();
        List<SweepRow> made = List.copyOf(rows);
        List<GridRun> runs = made.stream().map(work::stated).toList();
        List<GridRun> worstFirst = work.worstFirst(runs);
        return new GridResult(
                request,
                work.kind(made),
                work.network(),
                work.noEnergy(),
                runs,
                worstFirst.stream().filter(r -> !r.row().settled()).toList(),
                GridResult.points(grid, made),
                maps.stream()
                        .map(pair -> SweepMap.of(grid, made, pair.get(0), pair.get(1)))
                        .toList(),
                work.worst(worstFirst.isEmpty() ? null : worstFirst.get(0)),
                advice,
                whole,
                goOn,
                program.interruption().stated());
    }

    private Host host() {
        return run.host(single.host());
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

    private int dryRun(GridWork work, SweepConfig config, Shard shard) {
        PrintWriter out = spec.commandLine().getOut();
        Grid grid = config.grid();
        if (work instanceof TrainingWork training) {
            out.printf(
                    "%s x %s, %s here; the first:%n",
                    Figures.count(grid.points(), "point"),
                    Figures.count(grid.seeds().size(), "seed"),
                    Figures.count(GridRows.owned(grid, shard), "training"));
            return training.runs().dryRun(out);
        }
        SettlingWork settling = (SettlingWork) work;
        Problem example = settling.example();
        out.printf(
                "%s x %s, %s here: %s%n",
                Figures.count(grid.points(), "point"),
                Figures.count(grid.seeds().size(), "seed"),
                Figures.count(GridRows.owned(grid, shard), "run"),
                example.description());
        ResolvedRun first = settling.runs().resolve(grid.point(0));
        out.println("the first run:");
        out.println(
                RunText.of(
                        first.method(),
                        single.host(),
                        first.plan().granularity().toString(),
                        first.plan().delay().spec()));
        ResolvedText text = new ResolvedText(out, spec);
        text.line(
                "reference",
                Claim.reference(first.method().algorithm(), null, example.network()).optionName());
        text.print(first.plan(), example.network(), first.budget(), single.host());
        text.cells(
                example,
                first.plan().granularity(),
                example.examples() * first.method().columnsPerExample());
        text.line("this run", Launcher.typed(config.repeat(settling.runs(), grid.point(0))));
        text.repeat(ResolvedText.command(verb(), spec));
        return ExitCode.DONE;
    }
}
