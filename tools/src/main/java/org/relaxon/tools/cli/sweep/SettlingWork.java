package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.model.algorithm.Algorithm.Strength;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.text.Figures;

/** A grid of settlings, compared with their references. */
final class SettlingWork implements GridWork {
    private final SweepRun runs;
    private final SweepConfig config;
    private final Problem example;
    private final Supplier<Host> hosts;
    private final Interruption interruption;

    /**
     * @param hosts for trials
     * @param interruption ends the trials
     * @throws IllegalArgumentException if no problem of the grid can be built: the reason of the
     *     first failure; or if every algorithm refuses every network: the first refusal
     */
    SettlingWork(SweepRun runs, SweepConfig config, Supplier<Host> hosts, Interruption interruption)
            throws IOException {
        this.runs = runs;
        this.config = config;
        this.hosts = hosts;
        this.interruption = interruption;
        example = example(runs);
        requireOneDefined(runs);
    }

    /** Refuses a grid in which no algorithm is defined on a network, before anything runs. */
    private static void requireOneDefined(SweepRun runs) throws IOException {
        IllegalArgumentException why = null;
        Set<List<Object>> refused = new HashSet<>(); // algorithms with problems
        Grid grid = runs.grid();
        for (int p = 0; p < grid.points(); p++) {
            try {
                ResolvedRun run = runs.resolve(grid.point(p * grid.seeds().size()));
                if (run.method().strength() == 0.0) {
                    return;
                }
                Object problem = run.problem().withGain(1.0); // any gain has the same network
                if (refused.add(List.of(run.method().algorithm().label(), problem))) {
                    Problem built = run.problem().build();
                    run.method().algorithm().requireDefinedOn(built.network());
                    return;
                }
            } catch (IllegalArgumentException e) {
                why = why == null ? e : why;
            }
        }
        throw why;
    }

    /** Opens sessions until the host and the algorithm of a point accept its network and plan. */
    @Override
    public void requireOneAccepted() throws IOException {
        IllegalArgumentException why = null;
        ProblemSpec spec = null;
        Problem built = null;
        Grid grid = runs.grid();
        try (Host host = hosts.get()) {
            for (int p = 0; p < grid.points(); p++) {
                try {
                    ResolvedRun run = runs.resolve(grid.point(p * grid.seeds().size()));
                    if (!run.problem().equals(spec)) {
                        built = run.problem().build().in(run.plan().kernels().precision());
                        spec = run.problem();
                    }
                    if (run.method().strength() != 0.0) {
                        run.method().algorithm().requireDefinedOn(built.network());
                    }
                    host.open(built.network(), run.plan()).close();
                    return;
                } catch (IllegalArgumentException e) {
                    why = why == null ? e : why;
                }
            }
        }
        throw why;
    }

    private static Problem example(SweepRun runs) throws IOException {
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

    @Override
    public SweepRun runs() {
        return runs;
    }

    /** The first problem that can be built. */
    Problem example() {
        return example;
    }

    @Override
    public String problem() {
        return example.description();
    }

    @Override
    public GridResult.Kind kind(Collection<SweepRow> rows) {
        return GridResult.Kind.SETTLINGS;
    }

    @Override
    public String network() {
        return example.network().toString();
    }

    @Override
    public String noEnergy() {
        return example.network().noEnergy();
    }

    @Override
    public GridRun stated(SweepRow row) {
        GridPoint point = runs.grid().point(row.index());
        ResolvedRun run = resolved(point);
        boolean has = run != null && run.method().algorithm().strength() != Strength.NONE;
        return new GridRun(
                row,
                point.values(),
                point.seed(),
                drawn(run),
                has ? Figures.number(run.method().strength()) : "",
                config.repeat(runs, point));
    }

    private static List<String> drawn(ResolvedRun run) {
        if (run == null) {
            return List.of("", "");
        }
        String file = run.problem().weights();
        return file.isEmpty()
                ? List.of(run.problem().scheme().optionName(), Figures.number(run.problem().gain()))
                : List.of(file, "");
    }

    /** Null if the settings of a run cannot be resolved. */
    private ResolvedRun resolved(GridPoint point) {
        try {
            return runs.resolve(point);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Failed first, then not settled, refused, and by falling error; a NaN counts as large. */
    @Override
    public List<GridRun> worstFirst(List<GridRun> made) {
        Comparator<GridRun> byError =
                Comparator.comparingDouble((GridRun r) -> r.row().relativeError()).reversed();
        return made.stream()
                .sorted(Comparator.comparingInt(SettlingWork::rank).thenComparing(byError))
                .toList();
    }

    private static int rank(GridRun run) {
        return switch (run.row().verdict()) {
            case SweepRow.FAILED -> 0;
            case "not-settled" -> 1;
            case SweepRow.REFUSED -> 2;
            default -> 3;
        };
    }

    @Override
    public WorstRun worst(GridRun first) {
        GridPoint point = runs.grid().point(first == null ? 0 : first.row().index());
        return WorstRun.of(
                point,
                resolved(point),
                first == null ? null : first.row(),
                first == null ? config.repeat(runs, point) : first.command());
    }

    @Override
    public AdviceByKind advice(Collection<SweepRow> rows) throws IOException {
        try (Host host = hosts.get()) {
            return new SweepAdvice(runs, config, host, interruption).of(rows);
        }
    }
}
