package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.ResolvedOptions;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Model.CommandSpec;

/** The request: as options with their values, as a hash, and as commands for single runs. */
final class SweepConfig {
    /** Options that affect where and when runs are made, not their results. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "--parallel",
                    "--threads",
                    "--join",
                    "--nodes",
                    "--shard",
                    "--resume",
                    "--merge",
                    "--map");

    /** Options that define the set of runs; every single run states them again. */
    static final Set<String> GRID =
            Set.of(
                    "--axis",
                    "--seeds",
                    "--seed",
                    "--parallel",
                    "--shard",
                    "--resume",
                    "--merge",
                    "--map");

    /** Options by which a sweep resolves settings that a single run states as results. */
    static final Set<String> RESOLVED = ResolvedOptions.restated("--delay-family", "--own-init");

    private static final int HASH_DIGITS = 16;
    private static final int SEEDS_SHOWN = 5;

    private final String verb;
    private final String command;
    private final GivenOptions given;
    private final Set<String> optionsOfSettle;
    private final Grid grid;
    private final String host;
    private final Provenance provenance;

    /**
     * @throws IOException if a file that an option names cannot be read
     */
    SweepConfig(String verb, CommandSpec spec, Grid grid, String host) throws IOException {
        this.verb = verb;
        command = Launcher.running(verb, spec);
        given = GivenOptions.of(spec);
        CommandSpec settle =
                spec.root().commandLine().getSubcommands().get("settle").getCommandSpec();
        optionsOfSettle = Set.copyOf(settle.optionsMap().keySet());
        this.grid = grid;
        this.host = host;
        Set<String> elsewhere = new HashSet<>(ELSEWHERE);
        grid.axes().forEach(a -> elsewhere.add("--" + a.name())); // the grid holds their values
        provenance =
                ResolvedOptions.of(spec, elsewhere)
                        .with("command", Setting.of(verb))
                        .with("grid", new Setting(grid.toString(), words(grid)));
    }

    /** Axes and seeds in the words of their options. */
    private static String words(Grid grid) {
        List<String> out = new ArrayList<>();
        grid.axes().forEach(axis -> out.addAll(List.of("--axis", axis.toString())));
        return Words.without(out, Set.of()).strip() + " with seeds " + seeds(grid.seeds());
    }

    /** All of a few, otherwise the first and the last with their number. */
    private static String seeds(List<Long> all) {
        return all.size() <= SEEDS_SHOWN
                ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "%d, ..., %d (%d)".formatted(all.get(0), all.get(all.size() - 1), all.size());
    }

    String verb() {
        return verb;
    }

    Grid grid() {
        return grid;
    }

    /**
     * The request, as results state it.
     *
     * @param timing delays and refractory periods that belong to the network
     * @param timeRemark on an axis that changes only the unit of time; empty for none
     */
    GridRequest request(Timing timing, String timeRemark) {
        return new GridRequest(
                command, Version.text(), host, grid, hash(), provenance, timing, timeRemark);
    }

    /** All that determines the results of the runs: options, files by content, grid. */
    Provenance provenance() {
        return provenance;
    }

    /** Distinguishes sweeps whose rows must not be mixed. */
    String hash() {
        return provenance.digest().substring(0, HASH_DIGITS);
    }

    /** The command that repeats one run, or one refusal. */
    String repeat(SweepRun runs, GridPoint point) {
        return repeat(runs, point, Set.of(), List.of());
    }

    /**
     * The same with some options changed.
     *
     * @param replaced options to remove
     * @param words names and values in turn
     */
    String repeat(SweepRun runs, GridPoint point, Set<String> replaced, List<String> words) {
        ResolvedRun run;
        try {
            run = runs.resolve(point);
        } catch (IllegalArgumentException e) {
            return alone(point);
        }
        GivenOptions own = given.without(ResolvedOptions.OUTPUT).without(GRID);
        own = onAxes(own.without(RESOLVED), point).with(algorithm(run));
        own = own.with("--host", host);
        own = own.with("--granularity", run.plan().granularity().toString());
        own = own.with("--delay", run.plan().delay().spec());
        own = own.with("--init", run.problem().scheme().optionName());
        own = own.with("--budget-messages", Long.toString(run.budget().messages()));
        own = own.with("--gain", Figures.number(run.problem().gain()));
        own = own.with("--seed", Long.toString(point.seed()));
        return Launcher.recorded("settle", own.without(replaced).with(words));
    }

    /** With the values of the axes; an axis has the name of the option that it replaces. */
    private GivenOptions onAxes(GivenOptions own, GridPoint point) {
        GivenOptions out = own;
        for (int a = 0; a < grid.axes().size(); a++) {
            String axis = grid.axes().get(a).name();
            String value = point.values().get(a);
            if (optionsOfSettle.contains("--" + axis) && !RESOLVED.contains("--" + axis)) {
                boolean layers = axis.equals(AxisKind.LAYERS.axisName());
                out = out.with("--" + axis, layers ? value.replace('-', ',') : value);
            }
        }
        return out;
    }

    /** The command that computes the runs missing in a directory. */
    String goOn(Path directory) {
        GivenOptions kept = given.without(Set.of("--out"));
        return Launcher.recorded(verb, kept.with("--resume", directory.toString()));
    }

    /** The command that joins the parts of this sweep, but for their names. */
    String joinWith() {
        GivenOptions kept = given.without(ResolvedOptions.OUTPUT);
        return Launcher.recorded(verb, kept.without(Set.of("--shard", "--resume", "--merge")));
    }

    /** Whether an option was given, by its first name. */
    boolean isGiven(String option) {
        return given.names().contains(option);
    }

    /** The words of the sweep that hold for each of its runs. */
    List<String> common() {
        return given.without(ResolvedOptions.OUTPUT).without(GRID).words();
    }

    /** The grid of this one run, since a setting that cannot be resolved has no other command. */
    String alone(GridPoint point) {
        StringBuilder axes = new StringBuilder();
        for (int a = 0; a < grid.axes().size(); a++) {
            String axis = grid.axes().get(a).name() + "=" + point.values().get(a);
            axes.append(Words.without(List.of("--axis", axis), Set.of()));
        }
        GivenOptions own = given.without(ResolvedOptions.OUTPUT).without(GRID);
        own = own.with("--seeds", "1").with("--seed", Long.toString(point.seed()));
        return Launcher.recorded(verb, own.toString() + axes);
    }

    private static List<String> algorithm(ResolvedRun run) {
        Algorithm algorithm = run.method().algorithm();
        List<String> out = new ArrayList<>(AlgorithmOptions.words(algorithm));
        if (algorithm.strength() == Strength.COMPLEX) {
            out.addAll(List.of("--points", Integer.toString(run.method().estimator().order())));
        } else {
            out.addAll(List.of("--estimator", run.method().estimator().optionName()));
        }
        if (algorithm.strength() != Strength.NONE) {
            boolean gamma = algorithm.strength() == Strength.GAMMA;
            out.addAll(
                    List.of(gamma ? "--gamma" : "--beta", Figures.number(run.method().strength())));
        }
        return out;
    }
}
