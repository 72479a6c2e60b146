package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.relaxon.experiments.claims.CheckCase;
import org.relaxon.experiments.claims.CheckPlan;
import org.relaxon.experiments.claims.CheckResult;
import org.relaxon.experiments.claims.CheckSeed;
import org.relaxon.experiments.claims.ReferenceProblem;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.network.Parameters;
import org.relaxon.tools.output.ErrorPlot;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;
import org.relaxon.tools.output.Version;

/** The outcome of a check as a table, as JSON and as a run directory. */
final class CheckReport {
    private static final List<String> COLUMNS =
            List.of(
                    "beta",
                    "algorithm",
                    "estimator",
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
                    "order",
                    "messages",
                    "lost",
                    "stale",
                    "synapticOperations",
                    "relaxations",
                    "auditRounds",
                    "hostNanos",
                    "wallSeconds",
                    "network",
                    "data",
                    "repeat");

    private static final Set<String> REPLACED =
            Set.of(
                    "--algorithm",
                    "--host",
                    "--granularity",
                    "--delay",
                    "--beta",
                    "--lambda",
                    "--seeds",
                    "--seed",
                    "--json",
                    "--out",
                    "--quiet",
                    "-q");

    private final List<CheckResult> results;
    private final List<String> words;
    private final String command;

    /**
     * @param words the arguments behind {@code relaxon check}
     */
    CheckReport(List<CheckResult> results, List<String> words) {
        this.results = results;
        this.words = words;
        this.command = "relaxon check" + Words.without(words, Set.of());
    }

    void print(PrintWriter out, int code) {
        for (CheckResult result : results) {
            print(out, result);
        }
        printSlopes(out);
        out.println(
                code == ExitCode.DONE
                        ? "The claim holds: local updates equal backprop to the stated order."
                        : code == ExitCode.NOT_SETTLED
                                ? "Not settled: no gradient is claimed for the cases marked so."
                                : "The claim does not hold in the cases marked NO.");
    }

    private static void print(PrintWriter out, CheckResult result) {
        CheckPlan plan = result.plan();
        if (!result.problems().isEmpty()) {
            out.printf(
                    "%s%n%s, beta %s, seeds %d..%d; worst figures over the seeds%n",
                    result.problems().get(0).problem().description(),
                    plan.estimator().optionName(),
                    number(plan.beta()),
                    plan.seeds().get(0),
                    plan.seeds().get(plan.seeds().size() - 1));
        }
        out.printf(
                "%-9s %-11s %-8s %-21s %11s %10s %6s %7s %-11s %9s %5s%n",
                "algorithm",
                "host",
                "cells",
                "delay",
                "rel. error",
                "1-cosine",
                "signs",
                "order",
                "verdict",
                "messages",
                "holds");
        for (CheckCase c : result.cases()) {
            out.printf(
                    "%-9s %-11s %-8s %-21s %11.4e %10.1e %6.4f %7.4f %-11s %9d %5s%n",
                    c.rule(),
                    c.host(),
                    c.granularity(),
                    c.delay(),
                    c.relativeError(),
                    c.oneMinusCosine() == null ? Double.NaN : c.oneMinusCosine(),
                    c.signAgreement(),
                    c.order(),
                    c.verdict(),
                    c.messages(),
                    c.holds() ? "yes" : "NO");
            if (!c.holds()) {
                out.printf("          %s%n", c.why());
            }
        }
        if (Double.isFinite(result.spread())) {
            out.printf(
                    "largest difference between any two cases of one algorithm and seed: %.1e%n",
                    result.spread());
        }
        if (result.cancelled()) {
            out.println("stopped before all cases were judged");
        }
        out.println();
    }

    /** With several nudging strengths: the slope from the largest to the smallest. */
    private void printSlopes(PrintWriter out) {
        for (Slopes slopes : Slopes.of(results)) {
            out.printf(
                    "%s: order between beta %s and %s over all cases and seeds: %.4f to %.4f%n",
                    slopes.estimator(),
                    number(slopes.coarse()),
                    number(slopes.fine()),
                    slopes.least(),
                    slopes.most());
        }
    }

    ObjectNode json(int code) {
        ObjectNode root = Json.object();
        root.put("command", command);
        root.put("version", Version.text());
        root.put("exitCode", code);
        root.put("holds", code == ExitCode.DONE);
        List<CheckCase> all = new ArrayList<>();
        List<CheckResult> owner = new ArrayList<>();
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                all.add(c);
                owner.add(result);
            }
        }
        List<Integer> order = worstFirst(all);
        if (!order.isEmpty()) {
            fill(root, owner.get(order.get(0)), all.get(order.get(0)));
        }
        ArrayNode cases = root.putArray("cases");
        for (int k : order) {
            fill(cases.addObject(), owner.get(k), all.get(k));
        }
        Json.put(
                root,
                "spread",
                results.stream().mapToDouble(CheckResult::spread).max().orElse(Double.NaN));
        ArrayNode slopes = root.putArray("slopes");
        for (Slopes one : Slopes.of(results)) {
            ObjectNode node = slopes.addObject();
            node.put("estimator", one.estimator());
            node.put("coarseBeta", one.coarse());
            node.put("fineBeta", one.fine());
            Json.put(node, "least", one.least());
            Json.put(node, "most", one.most());
        }
        return root;
    }

    /** Not settled, then not holding, then the largest error in units of what beta promises. */
    private static List<Integer> worstFirst(List<CheckCase> all) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            order.add(k);
        }
        order.sort(
                java.util.Comparator.comparing((Integer k) -> all.get(k).settled())
                        .thenComparing(k -> all.get(k).holds())
                        .thenComparing(
                                k -> -all.get(k).relativeError() / all.get(k).window().upper()));
        return order;
    }

    private static void fill(ObjectNode node, CheckResult result, CheckCase c) {
        CheckPlan plan = result.plan();
        node.put("seed", c.worstSeed());
        node.put("network", result.problems().get(0).problem().network().toString());
        node.put("problem", result.problems().get(0).problem().description());
        node.put("algorithm", c.rule());
        node.put("estimator", plan.estimator().optionName());
        node.put("beta", plan.beta());
        node.put("reference", "backprop");
        node.put("host", c.host());
        node.put("granularity", c.granularity());
        node.put("discipline", "eager");
        node.put("delay", c.delay());
        node.put("verdict", c.verdict());
        node.put("reason", c.reason());
        node.put("detail", c.detail());
        Json.put(node, "residual", c.residual());
        node.put("messages", c.messages());
        node.put("synapticOperations", c.synapticOperations());
        Json.put(node, "wallSeconds", c.wallSeconds());
        node.putNull("certificate"); // none is computed yet
        Json.put(node, "relativeError", c.relativeError());
        Json.put(node, "cosine", c.cosine());
        Json.put(node, "oneMinusCosine", c.oneMinusCosine());
        Json.put(node, "signAgreement", c.signAgreement());
        Json.put(node, "order", c.order());
        node.put("caseHolds", c.holds());
        node.put("why", c.why());
        ArrayNode projections = node.putArray("projections");
        if (c.comparison() != null) {
            c.comparison().projections().forEach(p -> fill(projections.addObject(), p));
        }
    }

    static void fill(ObjectNode node, ProjectionComparison p) {
        node.put("name", p.name());
        Json.put(node, "relativeError", p.relativeError());
        Json.put(node, "cosine", p.cosine());
        node.put("cosineReason", p.cosineReason());
        Json.put(node, "signAgreement", p.signAgreement());
        Json.put(node, "rmse", p.rmse());
        Json.put(node, "normRatio", p.normRatio());
        Json.put(node, "leastDifference", p.minimum());
        Json.put(node, "medianDifference", p.median());
        Json.put(node, "quantile90Difference", p.quantile90());
        Json.put(node, "mostDifference", p.maximum());
    }

    /** Writes the run directory; arrays are those of the worst case at its worst seed. */
    Path writeDirectory(Path below) throws IOException {
        ObjectNode config = Json.object();
        config.put("command", command);
        ArrayNode plans = config.putArray("plans");
        results.forEach(r -> describe(plans.addObject(), r));
        RunDirectory directory =
                RunDirectory.create(below, "check", config, Clock.systemDefaultZone());
        directory.manifest(config);
        directory.results(COLUMNS, rows());
        writeArrays(directory);
        directory.histograms(histograms());
        if (results.stream().noneMatch(CheckResult::cancelled)) {
            plot(directory); // while the process is ending, pictures cannot be drawn any more
        }
        return directory.path();
    }

    private static void describe(ObjectNode node, CheckResult result) {
        CheckPlan plan = result.plan();
        node.put("problem", result.problems().get(0).problem().description());
        node.put("estimator", plan.estimator().optionName());
        node.put("beta", plan.beta());
        Json.put(node, "threshold", plan.threshold());
        Json.put(node, "tolerance", plan.tolerance());
        node.put("refractoryNanos", plan.refractoryNanos());
        node.put("cuts", plan.cuts().toString());
        node.put("kernels", plan.kernels().toString());
        node.put("seeds", plan.seeds().toString());
        node.put("budget", plan.budget().toString());
    }

    private void writeArrays(RunDirectory directory) throws IOException {
        CheckResult result = results.get(0);
        if (result.cases().isEmpty()) {
            return;
        }
        CheckCase worst = result.cases().get(0);
        CheckSeed seed =
                worst.seeds().stream()
                        .filter(s -> s.seed() == worst.worstSeed())
                        .findFirst()
                        .orElseThrow();
        ReferenceProblem reference =
                result.problems().stream()
                        .filter(p -> p.seed() == seed.seed())
                        .findFirst()
                        .orElseThrow();
        Parameters estimate = seed.settled() ? seed.estimate() : null;
        directory.arrays(
                reference.problem(),
                reference.problem().network().parameters(),
                estimate,
                reference.reference().gradient());
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
        ErrorPlot plot = new ErrorPlot();
        for (CheckResult result : results) {
            CheckPlan plan = result.plan();
            for (CheckCase c : result.cases()) {
                String name =
                        "%s, %s, %s, %s cells"
                                .formatted(
                                        plan.estimator().optionName(),
                                        c.rule(),
                                        c.host(),
                                        c.granularity());
                for (CheckSeed s : c.seeds()) {
                    plot.add(name, plan.estimator().order(), plan.beta(), s.relativeError());
                }
            }
        }
        plot.write(
                directory.path().resolve("error.png"),
                "Local updates against backprop: every delay, every seed");
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

    private List<String> row(CheckResult result, CheckCase c, CheckSeed s) {
        ProjectionComparison total = s.comparison() == null ? null : s.comparison().total();
        return List.of(
                number(result.plan().beta()),
                c.rule(),
                result.plan().estimator().optionName(),
                c.host(),
                c.granularity(),
                c.delay(),
                Long.toString(s.seed()),
                s.settled() ? "settled" : "not-settled",
                s.reason() == null ? "" : s.reason().reportName(),
                number(s.residual()),
                number(s.relativeError()),
                number(total == null ? null : total.cosine()),
                number(total == null ? null : total.oneMinusCosine()),
                number(total == null ? null : total.signAgreement()),
                number(s.order()),
                Long.toString(s.report().messages()),
                Long.toString(s.report().lost()),
                Long.toString(s.report().stale()),
                Long.toString(s.report().synapticOperations()),
                Long.toString(s.report().relaxations()),
                Integer.toString(s.report().auditRounds()),
                Long.toString(s.report().hostNanos()),
                number(s.wallNanos() / 1e9),
                result.problems().get(0).problem().network().toString(),
                result.plan().problem().data(),
                repeat(result, c, s));
    }

    /** The command that runs this row alone. */
    private String repeat(CheckResult result, CheckCase c, CheckSeed s) {
        String options =
                " --algorithm %s --host %s --granularity %s --delay %s --beta %s --seeds 1 --seed"
                        + " %d";
        return ("relaxon check%s" + options)
                .formatted(
                        Words.without(words, REPLACED),
                        c.rule(),
                        c.host(),
                        c.granularity(),
                        c.delay(),
                        number(result.plan().beta()),
                        s.seed());
    }

    private static String number(Double value) {
        return value == null ? "" : Double.toString(value).replace(".0E", "e").replace("E", "e");
    }
}
