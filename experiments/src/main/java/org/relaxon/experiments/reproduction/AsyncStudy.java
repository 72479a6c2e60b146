package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.reproduction.AsyncRow.Part;
import org.relaxon.experiments.reproduction.published.EventProgram;
import org.relaxon.experiments.reproduction.published.Outcome;
import org.relaxon.experiments.reproduction.published.PublishedFigure;
import org.relaxon.experiments.reproduction.published.PublishedSchedule;
import org.relaxon.experiments.reproduction.published.ResidualProblem;
import org.relaxon.experiments.reproduction.published.StaleRead;
import org.relaxon.experiments.reproduction.published.StaleReadProgram;
import org.relaxon.experiments.reproduction.published.TriggeredProgram;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.runtime.settling.CancelWatch;

/**
 * Claim: predictive coding by an augmented Lagrangian gives its gradient under asynchronous
 * execution if every layer moves its own multiplier, while a barrier for all multipliers loses the
 * credit of early layers under stale reads, and a stale multiplier of its own destroys it. The
 * published program is run as its authors state it, beside cells that settle on the same networks.
 * {@link AsyncShape} states this in figures.
 */
public final class AsyncStudy {
    /** Which reads are stale. */
    static final List<StaleRead> STALE_READS = List.of(StaleRead.values());

    /** Thresholds of triggers; a negative one always fires. */
    static final List<Double> THRESHOLDS = List.of(-1.0, 1e-5, 3e-5, 1e-4);

    private final AsyncPlan plan;
    private final Map<String, ResidualProblem> problems = new ConcurrentHashMap<>();

    /**
     * Creates an experiment that has not run yet.
     *
     * @param plan what to run
     */
    public AsyncStudy(AsyncPlan plan) {
        this.plan = plan;
    }

    /**
     * Runs everything.
     *
     * @param stop polled between and during runs; a settling in progress is then cancelled, and
     *     only the rows finished before are returned
     * @param done called after each of them, from any thread
     * @return rows by part, depth, scheme and seed
     * @throws IOException if a problem cannot be built
     */
    public List<AsyncRow> run(BooleanSupplier stop, Runnable done) throws IOException {
        List<Callable<AsyncRow>> tasks = new ArrayList<>();
        for (int depth : plan.depths()) {
            for (PublishedSchedule schedule : plan.schedules(depth)) {
                plan.seeds().forEach(seed -> tasks.add(() -> scheduled(schedule, depth, seed)));
            }
        }
        for (StaleRead read : STALE_READS) {
            plan.seeds().forEach(seed -> tasks.add(() -> stale(read, seed)));
        }
        for (double threshold : THRESHOLDS) {
            plan.seeds().forEach(seed -> tasks.add(() -> triggered(threshold, seed)));
        }
        for (AsyncCells cells : AsyncCells.all()) {
            plan.seeds().forEach(seed -> tasks.add(() -> settled(cells, seed, stop)));
        }
        return Concurrently.run(tasks, plan.threads(), stop, done);
    }

    /** As published. */
    private static long scheduleSeed(long seed) {
        return 101 + 1009 * seed;
    }

    private ResidualProblem problem(int depth, long seed) throws IOException {
        String key = depth + " " + seed;
        ResidualProblem known = problems.get(key);
        if (known == null) {
            known = plan.draw(depth, seed, false).problem();
            problems.put(key, known);
        }
        return known;
    }

    private AsyncRow scheduled(PublishedSchedule schedule, int depth, long seed)
            throws IOException {
        return published(
                Part.SCHEDULES,
                schedule.reportName(),
                depth,
                seed,
                (p, step) -> new EventProgram(p, step, schedule, scheduleSeed(seed)).run(),
                PublishedFigure.of(plan.isFashion(), depth, schedule));
    }

    private AsyncRow stale(StaleRead read, long seed) throws IOException {
        return published(
                Part.STALE_READS,
                read.reportName(),
                AsyncPlan.BASE,
                seed,
                (p, step) -> new StaleReadProgram(p, step, read, scheduleSeed(seed)).run(),
                PublishedFigure.of(plan.isFashion(), AsyncPlan.BASE, read));
    }

    private AsyncRow triggered(double threshold, long seed) throws IOException {
        return published(
                Part.TRIGGERS,
                trigger(threshold),
                AsyncPlan.BASE,
                seed,
                (p, step) -> new TriggeredProgram(p, step, threshold).run(),
                PublishedFigure.of(plan.isFashion(), AsyncPlan.BASE, threshold));
    }

    /** {@return the names of the reads that may be stale, none first} */
    public static List<String> staleReads() {
        return STALE_READS.stream().map(StaleRead::reportName).toList();
    }

    /** {@return the names of the triggers, one that always fires first} */
    public static List<String> triggers() {
        return THRESHOLDS.stream().map(AsyncStudy::trigger).toList();
    }

    /** One way of execution, with the step of the states. */
    private interface Program {
        Outcome run(ResidualProblem problem, double step);
    }

    private AsyncRow published(
            Part part, String scheme, int depth, long seed, Program program, PublishedFigure figure)
            throws IOException {
        ResidualProblem problem =
                part == Part.TRIGGERS
                        ? plan.draw(depth, seed, true).problem()
                        : problem(depth, seed);
        Outcome outcome = program.run(problem, plan.step(depth));
        return AsyncRow.of(part, scheme, depth, seed, outcome, figure);
    }

    /** The name of a threshold in tables. */
    static String trigger(double threshold) {
        return threshold < 0.0 ? "always" : "above " + Numeral.text(threshold);
    }

    /** One row; null if it was stopped before it was complete. */
    private AsyncRow settled(AsyncCells cells, long seed, BooleanSupplier stop) throws IOException {
        int depth = AsyncPlan.BASE;
        AsyncPlan.Drawn drawn = plan.draw(depth, seed, false);
        Estimator estimator = Estimator.ONE_SIDED;
        try (Host host = Hosts.virtual();
                Session session =
                        host.open(drawn.network(), cells.runPlan(plan.tolerance(), seed));
                CancelWatch watch = new CancelWatch(stop)) {
            watch.watch(session::cancel);
            Settlement verdict =
                    session.settle(
                            estimator.phase(drawn.input(), drawn.target(), cells.beta(plan.beta())),
                            plan.budget());
            watch.rest();
            Reason reason = verdict instanceof NotSettled not ? not.reason() : null;
            if (reason == Reason.CANCELLED) {
                return null;
            }
            RunReport cost = session.report();
            Outcome outcome = null;
            if (verdict instanceof Settled settled) {
                outcome =
                        new Outcome(
                                drawn.problem()
                                        .alignment(session.update(settled, estimator).gradient()),
                                (double) cost.relaxations() / (2 * depth - 1),
                                Double.NaN);
            }
            return new AsyncRow(
                    Part.CELLS,
                    cells.reportName(),
                    depth,
                    seed,
                    outcome,
                    reason,
                    cost.messages(),
                    cost.criticalPath(),
                    null);
        }
    }
}
