package org.relaxon.tools.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.experiments.check.CheckSeed;
import org.relaxon.experiments.check.ReferenceProblem;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Parameters;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.course.RepeatedSettling;
import org.relaxon.tools.output.ErrorPlot;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;

/** The outcome of a check as a run directory. */
final class CheckDirectory {
    private static final List<String> COLUMNS =
            List.of(
                    "beta",
                    "algorithm",
                    "variant",
                    "estimator",
                    "reference",
                    "host",
                    "granularity",
                    "delay",
                    "seed",
                    "verdict",
                    "reason",
                    "residual",
                    "relativeError",
                    "cosine",
                    "oneMinusCosine",
                    "signAgreement",
                    "predictedError",
                    "declaredOrder",
                    "order",
                    "caseHolds",
                    "notJudged",
                    "why",
                    "messages",
                    "lost",
                    "stale",
                    "synapticOperations",
                    "relaxations",
                    "criticalPath",
                    "auditRounds",
                    "hostNanos",
                    "wallSeconds",
                    "network",
                    "data",
                    "repeat");

    private static final String REFRACTORY_BY_DEFAULT =
            "by default: the typical delay; without a delay 100us for parts of layers and 0us for"
                    + " whole layers; 0us under any discipline but eager";

    /** Columns of a table of its own, where nothing is claimed. */
    private static final List<String> ANGLES =
            List.of("algorithm", "host", "granularity", "delay", "seed", "name", "angleDegrees");

    private final List<CheckResult> results;
    private final CheckRepeat repeat;
    private final String command;
    private final RepeatedSettling course;

    /**
     * @param words the arguments after {@code relaxon check}
     * @param repeat makes the command of every row
     * @param course what the page draws over time; null for none
     */
    CheckDirectory(
            List<CheckResult> results,
            List<String> words,
            CheckRepeat repeat,
            RepeatedSettling course) {
        this.course = course;
        this.results = results;
        this.repeat = repeat;
        this.command = Launcher.recorded("check", Words.without(words, Set.of()));
    }

    /** Writes the run directory; arrays are those of the worst case at its worst seed. */
    Path write(Path below) throws IOException {
        ObjectNode config = Json.object();
        config.put("command", command);
        ArrayNode plans = config.putArray("plans");
        results.forEach(r -> describe(plans.addObject(), r));
        RunDirectory directory =
                RunDirectory.create(below, "check", config, Clock.system(ZoneId.systemDefault()));
        directory.manifest(config);
        boolean claims = results.stream().allMatch(r -> r.noClaim().isEmpty());
        if (losses().stream().distinct().count() > 1) {
            directory.results(withLoss(COLUMNS, "loss"), rowsWithLoss());
        } else {
            directory.results(COLUMNS, rows());
        }
        if (!claims) {
            directory.table("angles.csv", ANGLES, angles());
        }
        writeArrays(directory);
        directory.histograms(histograms());
        if (course != null) {
            course.write(directory);
        }
        if (results.stream().noneMatch(CheckResult::cancelled)) {
            plot(directory);
        }
        return directory.path();
    }

    /** The loss of every row, in the order of {@link #rows}. */
    private List<String> losses() {
        List<String> out = new ArrayList<>();
        for (CheckResult result : results) {
            String loss = result.plan().problem().loss().optionName();
            result.cases().forEach(c -> c.seeds().forEach(s -> out.add(loss)));
        }
        return out;
    }

    private List<List<String>> rowsWithLoss() {
        List<List<String>> rows = rows();
        List<String> losses = losses();
        List<List<String>> out = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            out.add(withLoss(rows.get(k), losses.get(k)));
        }
        return out;
    }

    /** Behind algorithm and variant. */
    private static List<String> withLoss(List<String> cells, String loss) {
        List<String> out = new ArrayList<>(cells);
        out.add(COLUMNS.indexOf("variant") + 1, loss);
        return out;
    }

    private static void describe(ObjectNode node, CheckResult result) {
        CheckPlan plan = result.plan();
        node.put("problem", result.problems().get(0).problem().description());
        ArrayNode algorithms = node.putArray("algorithms");
        plan.methods().forEach(m -> algorithms.add(m.algorithm().label()));
        node.put("estimator", plan.estimator().optionName());
        node.put("beta", plan.strength());
        Json.put(node, "threshold", plan.threshold());
        Json.put(node, "tolerance", plan.tolerance());
        boolean given = plan.refractoryNanos() >= 0;
        node.put("refractoryNanos", given ? Long.valueOf(plan.refractoryNanos()) : null);
        node.put(
                "refractory",
                given ? Durations.format(plan.refractoryNanos()) : REFRACTORY_BY_DEFAULT);
        node.put("conditions", conditions(plan.conditions()));
        node.put("kernels", plan.kernels().functions().toString());
        node.put("precision", plan.kernels().precision().optionName());
        node.put(
                "seeds",
                plan.seeds().stream().map(s -> Long.toString(s)).collect(Collectors.joining(", ")));
        node.put("budget", budget(plan));
    }

    /** In the words of the options. */
    private static String conditions(Conditions conditions) {
        List<String> words = new ArrayList<>();
        words.add(conditions.discipline().toString());
        words.add(conditions.repeats() ? "reliable-latest" : "best-effort");
        Faults faults = conditions.faults();
        add(words, "drop", faults.drops());
        add(words, "duplicate", faults.duplicates());
        add(words, "reorder", faults.reorders());
        add(words, "late", faults.lates());
        add(words, "cut", faults.cuts());
        add(words, "burst", faults.bursts());
        add(words, "slow", faults.slow());
        add(words, "crash", faults.crashes());
        add(words, "starve", faults.starved());
        add(words, "delay-on", conditions.delaysOn());
        if (!conditions.timing().isEmpty()) {
            words.add(conditions.timing().toString());
        }
        return String.join(", ", words);
    }

    private static void add(List<String> words, String option, List<?> values) {
        values.forEach(v -> words.add("--" + option + " " + v));
    }

    private static String budget(CheckPlan plan) {
        boolean timed = plan.hosts().stream().allMatch(Host::keepsTime);
        return "%d messages, %d relaxations, %d in flight, %s"
                .formatted(
                        plan.budget().messages(),
                        plan.budget().relaxations(),
                        plan.budget().inFlight(),
                        timed
                                ? Durations.format(plan.budget().nanos())
                                : plan.budget().nanos() == Budget.DEFAULT.nanos()
                                        ? "any number of sweeps"
                                        : plan.budget().nanos() + " sweeps");
    }

    private void writeArrays(RunDirectory directory) throws IOException {
        WorstSeed worst = WorstSeed.of(results).orElse(null);
        if (worst == null) {
            return;
        }
        CheckSeed seed = worst.seed();
        ReferenceProblem reference = worst.problem();
        Parameters estimate = seed.settled() ? seed.estimate() : null;
        directory.arrays(
                reference.problem(),
                reference.problem().network().parameters(),
                estimate,
                seed.reference() == null ? reference.backprop() : seed.reference());
    }

    private Map<String, Histogram> histograms() {
        Map<String, Histogram> sum = new TreeMap<>();
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                for (CheckSeed s : c.seeds()) {
                    s.report()
                            .histograms()
                            .forEach(
                                    (name, h) ->
                                            sum.merge(
                                                    c.host() + "." + name,
                                                    h.copy(),
                                                    (a, b) -> {
                                                        a.add(b);
                                                        return a;
                                                    }));
                }
            }
        }
        return sum;
    }

    private void plot(RunDirectory directory) throws IOException {
        long names =
                results.stream()
                        .flatMap(r -> r.cases().stream().map(c -> name(r, c, true)))
                        .distinct()
                        .count();
        List<Algorithm> algorithms =
                results.stream()
                        .flatMap(r -> r.plan().methods().stream().map(Method::algorithm))
                        .toList();
        ErrorPlot plot = new ErrorPlot(AlgorithmOptions.strengthName(algorithms));
        for (CheckResult result : results) {
            CheckPlan plan = result.plan();
            for (CheckCase c : result.cases()) {
                String name = name(result, c, names <= ErrorPlot.NESTED_MAX);
                int order = c.declaredOrder() == null ? 0 : c.declaredOrder();
                for (CheckSeed s : c.seeds()) {
                    plot.add(name, order, plan.strength(), s.relativeError());
                }
            }
        }
        plot.write(
                directory.path().resolve("error.png"),
                "Local updates against their reference: every delay and seed"
                        + (names <= ErrorPlot.NESTED_MAX ? "" : ", host and granularity"));
    }

    /** Name of a series, with host and granularity if there are few. */
    private static String name(CheckResult result, CheckCase c, boolean whole) {
        String method = result.plan().estimator().optionName() + ", " + c.label();
        return whole ? "%s, %s, %s cells".formatted(method, c.host(), c.granularity()) : method;
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                c.seeds().forEach(s -> rows.add(row(result, c, s)));
            }
        }
        return rows;
    }

    /** The angle to backprop of every seed that settled: the whole, and each part. */
    private List<List<String>> angles() {
        List<List<String>> rows = new ArrayList<>();
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                for (CheckSeed s : c.seeds()) {
                    if (s.comparison() != null) {
                        rows.add(angle(c, s, s.comparison().total()));
                        s.comparison().projections().forEach(p -> rows.add(angle(c, s, p)));
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> angle(CheckCase c, CheckSeed s, ProjectionComparison p) {
        return List.of(
                c.label(),
                c.host(),
                c.granularity(),
                c.delay(),
                Long.toString(s.seed()),
                p.name(),
                Figures.number(p.angleDegrees()));
    }

    private List<String> row(CheckResult result, CheckCase c, CheckSeed s) {
        ProjectionComparison total = s.comparison() == null ? null : s.comparison().total();
        return List.of(
                Figures.number(result.plan().strength()),
                c.algorithm(),
                c.variant(),
                result.plan().estimator().optionName(),
                c.reference(),
                c.host(),
                c.granularity(),
                c.delay(),
                Long.toString(s.seed()),
                !s.settled() ? "not-settled" : s.dataflow() ? "completed" : "settled",
                s.reason() == null ? "" : s.reason().reportName(),
                Figures.number(s.residual()),
                Figures.number(s.relativeError()),
                Figures.number(total == null ? null : total.cosine()),
                Figures.number(total == null ? null : total.oneMinusCosine()),
                Figures.number(total == null ? null : total.signAgreement()),
                Figures.number(s.predicted()),
                Objects.toString(c.declaredOrder(), ""),
                Figures.number(s.order()),
                Objects.toString(CheckJson.holds(c), ""),
                c.notJudged(),
                c.why(),
                Long.toString(s.report().messages()),
                Long.toString(s.report().lost()),
                Long.toString(s.report().stale()),
                Long.toString(s.report().synapticOperations()),
                Long.toString(s.report().relaxations()),
                Long.toString(s.report().criticalPath()),
                Integer.toString(s.report().auditRounds()),
                Long.toString(s.report().hostNanos()),
                Figures.number(s.wallNanos() / 1e9),
                result.problems().get(0).problem().network().toString(),
                result.plan().problem().data(),
                repeat.command(result.plan(), c, s.seed()));
    }
}
