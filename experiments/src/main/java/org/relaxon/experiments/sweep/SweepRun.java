package org.relaxon.experiments.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.part.OwnPartException;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.NodeLostException;
import org.relaxon.runtime.Session;

/** Turns one point of a grid into one row: settles, and compares with the reference. */
public final class SweepRun implements GridRuns {
    private static final List<String> STRENGTHS = List.of("beta", "gamma", "strength");
    private static final int DETAIL_MAX = 300;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Grid grid;
    private final SweepSettings settings;
    private final Supplier<Host> hosts;

    /**
     * Prepares the runs of a grid.
     *
     * @param grid of axes that are known
     * @param settings of everything that no axis changes
     * @param hosts makes the host of one run, which closes it
     * @throws IllegalArgumentException if an axis is not known, two of them contradict each other,
     *     or a value cannot be read
     */
    public SweepRun(Grid grid, SweepSettings settings, Supplier<Host> hosts) {
        this.grid = grid;
        this.settings = settings;
        this.hosts = hosts;
        DelayFamily.require(settings.delayFamily());
        requireDelays(grid);
        for (Axis axis : grid.axes()) {
            AxisKind kind = AxisKind.named(axis.name());
            axis.values().forEach(text -> kind.apply(new RunDraft(settings), text));
        }
        requireStrengths();
    }

    /**
     * Refuses axes of delays of which one would have no effect.
     *
     * @param grid of settlings or of trainings
     * @throws IllegalArgumentException naming the axis
     */
    public static void requireDelays(Grid grid) {
        boolean mean = grid.axis("delay-mean") >= 0;
        boolean family = grid.axis("delay-family") >= 0;
        if (grid.axis("delay") >= 0 && (mean || family)) {
            throw new IllegalArgumentException(
                    "axis: delay names whole models; it does not go with delay-mean or"
                            + " delay-family");
        }
        if (family && !mean) {
            throw new IllegalArgumentException("axis: delay-family needs an axis delay-mean");
        }
    }

    /** One name for the strength, valid for every algorithm of the grid. */
    private void requireStrengths() {
        List<String> names = new ArrayList<>();
        if (!settings.strengthName().isEmpty()) {
            names.add(settings.strengthName());
        }
        STRENGTHS.stream().filter(name -> grid.axis(name) >= 0).forEach(names::add);
        if (names.size() > 1) {
            throw new IllegalArgumentException(
                    "%s: a run has one strength; name one of these".formatted(names));
        }
        int algorithms = grid.axis("algorithm");
        List<String> chosen =
                algorithms < 0
                        ? List.of(settings.algorithmName())
                        : grid.axes().get(algorithms).values();
        for (String name : names) {
            chosen.forEach(
                    a ->
                            RunDraft.requireStrength(
                                    name, settings.algorithms().named(a, Double.NaN)));
        }
    }

    @Override
    public Grid grid() {
        return grid;
    }

    /**
     * {@return all settings of the run of a point}
     *
     * @param point of the grid
     * @throws IllegalArgumentException naming the parts that do not fit each other
     */
    public ResolvedRun resolve(GridPoint point) {
        RunDraft draft = new RunDraft(settings);
        for (int a = 0; a < grid.axes().size(); a++) {
            AxisKind.named(grid.axes().get(a).name()).apply(draft, point.values().get(a));
        }
        return draft.resolve(point.seed());
    }

    @Override
    public SweepRow run(GridPoint point, Set<Session> open) {
        long start = System.nanoTime();
        try {
            return measure(point, resolve(point), open, start);
        } catch (IllegalArgumentException | IOException e) {
            return without(point, SweepRow.REFUSED, String.valueOf(e.getMessage()), start);
        } catch (GaveUpException e) {
            if (e.asked()) {
                throw e; // there is no row
            }
            return without(point, SweepRow.FAILED, String.valueOf(e.getMessage()), start);
        } catch (NodeLostException e) {
            throw e; // no result of the run
        } catch (RuntimeException e) {
            OwnPartException own = OwnPartException.in(e);
            if (own != null) {
                throw own; // it would be in every row, and must be corrected first
            }
            return without(point, SweepRow.FAILED, e.toString(), start);
        }
    }

    private SweepRow measure(GridPoint point, ResolvedRun run, Set<Session> open, long start)
            throws IOException {
        Problem problem = run.problem().build().in(run.plan().kernels().precision());
        Prediction prediction = Prediction.of(run, problem);
        GradientEstimate estimate;
        try (Host host = hosts.get();
                Session session = host.open(problem.network(), run.plan())) {
            estimate = settle(session, run, problem, open);
        }
        ReferenceOf reference = estimate.isConclusive() ? reference(run, problem, estimate) : null;
        GradientComparison found = reference == null ? null : compare(problem, estimate, reference);
        String zero = reference == null ? "" : reference.zeroBesideZero(problem.network(), found);
        ProjectionComparison total = found == null || !zero.isEmpty() ? null : found.total();
        NotSettled not = estimate.verdict() instanceof NotSettled n ? n : null;
        boolean completed = estimate.verdict() instanceof Completed;
        return new SweepRow(
                point.index(),
                not != null ? "not-settled" : completed ? "completed" : "settled",
                not == null ? "" : not.reason().reportName(),
                not == null ? remark(run, estimate, zero) : oneLine(not.detail()),
                estimate.verdict().residual(),
                total == null ? Double.NaN : total.relativeError(),
                total == null || total.cosine() == null ? Double.NaN : total.cosine(),
                RunCounts.of(estimate.report()),
                prediction,
                TrainingFigures.NONE,
                millis(start));
    }

    /** Requested faults that never happened, which weaken the statement of a row. */
    private static String missing(ResolvedRun run, GradientEstimate estimate) {
        return SweepRow.missing(run.plan().faults().missing(estimate.report().faults()));
    }

    /** Remarks on a row that settled: faults that never happened, and zero compared with zero. */
    private static String remark(ResolvedRun run, GradientEstimate estimate, String zero) {
        String missing = missing(run, estimate);
        return missing.isEmpty() || zero.isEmpty() ? missing + zero : missing + "; " + zero;
    }

    private static GradientEstimate settle(
            Session session, ResolvedRun run, Problem problem, Set<Session> open) {
        open.add(session);
        try {
            GradientEstimate reached =
                    GradientEstimate.withinOneBasin(
                            session, run.method(), problem.input(), problem.target(), run.budget());
            return MinimumJudge.of(
                            run.method().algorithm().rule(),
                            problem,
                            reached,
                            run.plan().effectiveTolerance(),
                            Thread.currentThread()::isInterrupted)
                    .estimate();
        } finally {
            open.remove(session);
        }
    }

    private static ReferenceOf reference(
            ResolvedRun run, Problem problem, GradientEstimate estimate) {
        return ReferenceOf.estimate(
                run.method(),
                null,
                problem,
                estimate,
                run.plan().effectiveTolerance(),
                run.plan().threshold());
    }

    private static GradientComparison compare(
            Problem problem, GradientEstimate estimate, ReferenceOf reference) {
        return GradientComparison.of(
                problem.network(), estimate.update().gradient(), reference.gradient());
    }

    private static SweepRow without(GridPoint point, String verdict, String why, long start) {
        return new SweepRow(
                point.index(),
                verdict,
                "",
                oneLine(why),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                RunCounts.NONE,
                Prediction.NONE,
                TrainingFigures.NONE,
                millis(start));
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ").trim();
        return line.length() <= DETAIL_MAX ? line : line.substring(0, DETAIL_MAX);
    }

    private static long millis(long start) {
        return Math.round((System.nanoTime() - start) / NANOS_PER_MILLI);
    }
}
