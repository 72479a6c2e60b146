package org.relaxon.tools.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.relaxon.experiments.check.CheckCase;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.CheckResult;
import org.relaxon.model.algorithm.Method;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.cli.run.Promise;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.Version;

/** The outcome of a check as one JSON object. */
final class CheckJson {
    private final List<CheckResult> results;
    private final String noClaim;
    private final String command;

    /**
     * @param noClaim why nothing is claimed; empty if something is
     * @param words the arguments after {@code relaxon check}
     */
    CheckJson(List<CheckResult> results, String noClaim, List<String> words) {
        this.results = results;
        this.noClaim = noClaim;
        this.command = Launcher.recorded("check", Words.without(words, Set.of()));
    }

    ObjectNode of(int code) {
        ObjectNode root = Json.object();
        root.put("command", command);
        root.put("version", Version.text());
        root.put("exitCode", code);
        root.put("holds", holds(code));
        root.put("noClaim", noClaim.isEmpty() ? null : noClaim);
        List<CheckCase> all = new ArrayList<>();
        List<CheckResult> owner = new ArrayList<>();
        for (CheckResult result : results) {
            for (CheckCase c : result.cases()) {
                all.add(c);
                owner.add(result);
            }
        }
        IntStream.range(0, all.size())
                .boxed()
                .min(Comparator.comparing(all::get, CheckCase.WORST_FIRST))
                .ifPresent(worst -> fill(root, owner.get(worst), all.get(worst)));
        ArrayNode cases = root.putArray("cases");
        for (int k : failedFirst(all)) {
            fill(cases.addObject(), owner.get(k), all.get(k));
        }
        Json.put(
                root,
                "spread",
                results.stream()
                        .filter(r -> r.compared() > 0)
                        .mapToDouble(CheckResult::spread)
                        .reduce(Math::max)
                        .orElse(Double.NaN));
        ArrayNode slopes = root.putArray("slopes");
        for (Slopes one : Slopes.of(results)) {
            ObjectNode node = slopes.addObject();
            node.put("estimator", one.estimator());
            node.put("algorithms", String.join(", ", one.algorithms()));
            node.put("coarseBeta", one.coarse());
            node.put("fineBeta", one.fine());
            Json.put(node, "least", one.least());
            Json.put(node, "most", one.most());
        }
        return root;
    }

    /** Null where nothing is claimed, and where all settled but some case is not judged. */
    private Boolean holds(int code) {
        List<CheckCase> all = results.stream().flatMap(r -> r.cases().stream()).toList();
        boolean open =
                code == ExitCode.NOT_SETTLED
                        && all.stream().allMatch(CheckCase::settled)
                        && all.stream().anyMatch(c -> !c.notJudged().isEmpty());
        return open || !noClaim.isEmpty() ? null : Boolean.valueOf(code == ExitCode.DONE);
    }

    /** Not settled, not holding, not judged, otherwise in the order of the runs. */
    private static List<Integer> failedFirst(List<CheckCase> all) {
        return IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparing(all::get, CheckCase.FAILED_FIRST))
                .toList();
    }

    /** Those of the algorithm of a case, chosen or by default, in the order of the option. */
    private static List<Double> parameters(CheckPlan plan, CheckCase c) {
        return plan.methods().stream()
                .map(Method::algorithm)
                .filter(a -> a.optionName().equals(c.algorithm()))
                .filter(a -> a.variant().equals(c.variant()))
                .findFirst()
                .map(a -> a.rule().traits().parameters())
                .orElse(List.of());
    }

    private static void fill(ObjectNode node, CheckResult result, CheckCase c) {
        CheckPlan plan = result.plan();
        node.put("seed", c.worstSeed());
        node.put("network", result.problems().get(0).problem().network().toString());
        node.put("problem", result.problems().get(0).problem().description());
        node.put("algorithm", c.algorithm());
        node.put("variant", c.variant());
        node.put("loss", plan.problem().loss().optionName());
        parameters(plan, c).forEach(node.putArray("parameters")::add);
        node.put("estimator", plan.estimator().optionName());
        node.put("beta", plan.strength());
        node.put("reference", c.reference());
        node.put("host", c.host());
        node.put("granularity", c.granularity());
        node.put("discipline", plan.conditions().discipline().toString());
        node.put("delay", c.delay());
        NetworkTiming.put(node, plan.conditions().timing());
        node.put("verdict", c.verdict());
        node.put("reason", c.reason());
        node.put("detail", c.detail());
        Json.put(node, "residual", c.residual());
        node.put("messages", c.messages());
        node.put("relaxations", c.relaxations());
        node.put("criticalPath", c.criticalPath());
        node.put("synapticOperations", c.synapticOperations());
        Json.put(node, "wallSeconds", c.wallSeconds());
        Json.put(node, "certificate", Promise.toMap(c.certificate(), plan.conditions().faults()));
        node.put("noCertificate", CheckRepeat.whyNoCertificate(result, c));
        Json.put(node, "relativeError", c.relativeError());
        Json.put(node, "cosine", c.cosine());
        Json.put(node, "oneMinusCosine", c.oneMinusCosine());
        Json.put(node, "angleDegrees", c.angleDegrees());
        Json.put(node, "signAgreement", c.signAgreement());
        Json.put(node, "predictedError", c.predicted());
        node.put("declaredOrder", c.declaredOrder());
        Json.put(node, "order", c.order());
        node.put("caseHolds", holds(c));
        node.put("noClaim", c.noClaim().isEmpty() ? null : c.noClaim());
        node.put("notJudged", c.notJudged().isEmpty() ? null : c.notJudged());
        node.put("why", c.why());
        node.put("remark", c.remark());
        ArrayNode projections = node.putArray("projections");
        if (c.comparison() != null) {
            c.comparison()
                    .projections()
                    .forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        }
    }

    /** Whether the claim holds in a case; null if none is made or the run does not decide. */
    static Boolean holds(CheckCase c) {
        boolean judged = c.noClaim().isEmpty() && c.notJudged().isEmpty();
        return judged ? Boolean.valueOf(c.holds()) : null;
    }
}
