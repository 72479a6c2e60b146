package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.experiments.theory.MinimumJudge;
import org.relaxon.experiments.theory.ReferenceOf;
import org.relaxon.model.settle.Completed;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.RunReport;
import org.relaxon.tools.output.HistogramName;
import org.relaxon.tools.output.Json;

/** How a run ended, as the page shows it: the verdict in one sentence, and the figures for it. */
final class LiveVerdict {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Scene scene;
    private final MinimumJudge judged;
    private final ObjectNode out = Json.object();

    private LiveVerdict(Scene scene, MinimumJudge judged) {
        this.scene = scene;
        this.judged = judged;
    }

    /** The verdict of a run that ended by itself. */
    static ObjectNode of(Scene scene, MinimumJudge judged) {
        return new LiveVerdict(scene, judged).json();
    }

    /** The same with advice for a run that did not settle. */
    static ObjectNode with(ObjectNode verdict, Advice advice) {
        ObjectNode out = verdict.deepCopy();
        out.put("advice", advice == null ? "" : advice.line());
        out.put("adviceFound", advice != null && advice.isFound());
        return out;
    }

    private ObjectNode json() {
        Settlement verdict = judged.estimate().verdict();
        boolean settled = verdict instanceof Conclusive;
        out.put("settled", settled);
        Json.put(out, "residual", verdict.residual());
        if (verdict instanceof NotSettled not) {
            out.put("word", "not settled");
            out.put("reason", not.reason().reportName());
            out.put(
                    "sentence",
                    "Not settled (%s): %s. No gradient is claimed."
                            .formatted(not.reason().reportName(), detail(not)));
        } else {
            out.put("word", verdict instanceof Completed ? "completed" : "settled");
            compare();
        }
        counts(judged.estimate().report());
        return out;
    }

    private static String detail(NotSettled not) {
        String cells = not.cells().isEmpty() ? "" : "; cells " + String.join(", ", not.cells());
        String links = not.links().isEmpty() ? "" : "; links " + String.join(", ", not.links());
        return not.detail() + "; " + not.meaning() + cells + links;
    }

    /** The sentence of a settled run, with its update beside the reference. */
    private void compare() {
        boolean completed = judged.estimate().verdict() instanceof Completed;
        String rest =
                completed
                        ? "Completed: every cell acted once, and nothing is in flight."
                        : String.format(
                                Locale.ROOT,
                                "Settled: nothing is in flight, and every cell is within %.1e of its"
                                        + " own %s (tolerance %.0e).",
                                judged.estimate().verdict().residual(),
                                scene.problem().network().noEnergy().isEmpty()
                                        ? "minimum"
                                        : "fixed point",
                                scene.plan().effectiveTolerance());
        if (!judged.estimate().isConclusive()) {
            out.put("sentence", rest + " The free phase alone has no gradient.");
            return;
        }
        String name =
                Claim.reference(scene.method().algorithm(), null, scene.problem().network())
                        .optionName();
        ReferenceOf reference = reference();
        GradientComparison found =
                GradientComparison.of(
                        scene.problem().network(),
                        judged.estimate().update().gradient(),
                        reference.gradient());
        out.put("reference", name);
        projections(found.projections());
        ProjectionComparison total = found.total();
        if (!reference.objection().isEmpty() || total.cosine() == null) {
            out.put("sentence", rest);
            out.put("objection", reference.objection());
            return;
        }
        Json.put(out, "cosine", total.cosine());
        Json.put(out, "oneMinusCosine", total.oneMinusCosine());
        Json.put(out, "normRatio", total.normRatio());
        Json.put(out, "relativeError", total.relativeError());
        out.put(
                "sentence",
                String.format(
                        Locale.ROOT,
                        "%s The local updates have cosine %.6f with the %s gradient and %.4f of its"
                                + " norm.",
                        rest,
                        total.cosine(),
                        name,
                        total.normRatio()));
    }

    private ReferenceOf reference() {
        try {
            return ReferenceOf.estimate(
                    scene.method(),
                    null,
                    scene.problem(),
                    judged.estimate(),
                    scene.plan().effectiveTolerance(),
                    scene.plan().threshold());
        } catch (GaveUpException e) {
            return ReferenceOf.without(
                    scene.problem().network(), "the reference " + e.getMessage());
        }
    }

    private void projections(List<ProjectionComparison> all) {
        ArrayNode list = out.putArray("projections");
        for (ProjectionComparison one : all) {
            ObjectNode row = list.addObject();
            row.put("name", one.name());
            Json.put(row, "cosine", one.cosine());
            Json.put(row, "oneMinusCosine", one.oneMinusCosine());
            Json.put(row, "normRatio", one.normRatio());
            Json.put(row, "relativeError", one.relativeError());
        }
    }

    private void counts(RunReport report) {
        out.put("messages", report.messages());
        out.put("relaxations", report.relaxations());
        out.put("stale", report.stale());
        out.put("lost", report.lost());
        out.put("hostNanos", report.hostNanos());
        ArrayNode times = out.putArray("times");
        for (Map.Entry<String, Histogram> e : new TreeMap<>(report.histograms()).entrySet()) {
            if (HistogramName.isOfNanos(e.getKey())) {
                times.addObject()
                        .put("name", HistogramName.words(e.getKey()))
                        .put("p50", e.getValue().getValueAtPercentile(50) / NANOS_PER_MILLI)
                        .put("p99", e.getValue().getValueAtPercentile(99) / NANOS_PER_MILLI)
                        .put("max", e.getValue().getMaxValue() / NANOS_PER_MILLI);
            }
        }
    }
}
