package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunPlan;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.cli.run.Promise;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report of {@code settle}, field by field.
 *
 * @param spec the command as parsed
 * @param seed of the problem
 * @param host on which it settled
 * @param against requested reference; null for the algorithm's own
 * @param options everything that determines the result, by option
 */
record SettleJson(
        CommandSpec spec, long seed, String host, Reference against, Map<String, String> options) {
    /** The result of one settling. */
    ObjectNode of(SettleRecord record, GradientComparison comparison) {
        Problem built = record.problem();
        RunPlan plan = record.plan();
        ObjectNode node = Json.object();
        node.put("command", Launcher.running("settle", spec));
        node.put("version", Version.text());
        node.put("seed", seed);
        node.put("network", built.network().toString());
        node.put("problem", built.description());
        node.put("algorithm", record.method().algorithm().optionName());
        node.put("variant", record.method().algorithm().variant());
        node.put("estimator", record.method().estimator().optionName());
        node.put("beta", record.method().strength());
        node.put("reference", record.referenceKind(against).optionName());
        node.put("host", host);
        node.put("granularity", plan.granularity().toString());
        node.put("discipline", plan.discipline().toString());
        node.put("delay", plan.delay().spec());
        Json.put(node, "threshold", plan.threshold());
        Json.put(node, "quantum", plan.signalling().quantum());
        Json.put(node, "tolerance", plan.effectiveTolerance());
        ArrayNode missing = node.putArray("faultsMissing");
        plan.faults().missing(record.estimate().report().faults()).forEach(missing::add);
        node.put("refractoryNanos", plan.effectiveRefractoryNanos());
        options.forEach(node.putObject("options")::put);
        verdict(node, record.estimate().verdict());
        advice(node, record.advice());
        minimum(node, record.judged());
        Energies.fill(node, built, record.method().algorithm().rule(), record.estimate());
        SettleText.counts(node, record.estimate().report());
        Certificate certificate = record.certificate().orElse(null);
        Json.put(node, "certificate", Promise.toMap(certificate, plan.faults()));
        Json.put(node, "relativeError", total(comparison, true));
        Json.put(node, "cosine", total(comparison, false));
        node.putNull("order"); // one nudging strength has none
        ArrayNode projections = node.putArray("projections");
        if (comparison != null) {
            comparison.projections().forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        }
        ResolutionJson.fill(node, record.estimate().verdict(), plan);
        return node;
    }

    private void advice(ObjectNode node, Advice advice) {
        boolean any = advice != null && !advice.line().isEmpty();
        node.put("advice", any ? advice.line() : null);
        node.putNull("adviceCommand");
        if (any && advice.isFound()) {
            Set<String> replaced = Set.copyOf(advice.replaced());
            node.put(
                    "adviceCommand",
                    Launcher.recorded(
                            "settle",
                            Words.without(Words.after("settle", spec), replaced)
                                    + Words.without(advice.words(), Set.of())));
            node.put("adviceMessages", advice.messages());
            Json.put(node, "adviceRelativeError", advice.worth().error());
        }
    }

    /** Whether the columns of all phases rest at minima, by an independent judgement. */
    private static void minimum(ObjectNode node, MinimumJudge judged) {
        ObjectNode own = node.putObject("minimum");
        own.put("minima", judged.minima());
        own.put("saddles", judged.saddles());
        own.put("unknown", judged.unknown());
        own.put("why", judged.why());
        own.put("unjudged", judged.unjudged());
        own.put("whyUnjudged", judged.whyUnjudged());
        own.put("text", judged.text());
    }

    private static Double total(GradientComparison comparison, boolean error) {
        if (comparison == null) {
            return null;
        }
        return error
                ? Double.valueOf(comparison.total().relativeError())
                : comparison.total().cosine();
    }

    private static String notSettled(Settlement verdict) {
        return isCancelled(verdict) ? Interruption.VERDICT : "not-settled";
    }

    static boolean isCancelled(Settlement verdict) {
        return verdict instanceof NotSettled n && n.reason() == Reason.CANCELLED;
    }

    private static void verdict(ObjectNode node, Settlement verdict) {
        node.put(
                "verdict",
                verdict instanceof Settled
                        ? "settled"
                        : verdict instanceof Completed ? "completed" : notSettled(verdict));
        node.putNull("reason");
        Json.put(node, "residual", verdict.residual());
        if (verdict instanceof NotSettled not) {
            node.put("reason", not.reason().reportName());
            node.put("detail", not.detail());
            node.put("meaning", not.meaning());
            ArrayNode cells = node.putArray("cells");
            not.cells().forEach(cells::add);
            ArrayNode links = node.putArray("links");
            not.links().forEach(links::add);
        }
        node.put("columns", verdict.columns().size());
        node.put("columnsSettled", verdict.columns().stream().filter(c -> c.settled()).count());
    }
}
