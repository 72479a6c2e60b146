package org.relaxon.tools.cli.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.RunReport;
import org.relaxon.tools.cli.run.FaultsThatHappened;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.cli.settle.SettleResult.AdvisedRun;
import org.relaxon.tools.cli.settle.SettleResult.Comparison;
import org.relaxon.tools.cli.settle.SettleResult.Failure;
import org.relaxon.tools.cli.settle.SettleResult.Minimum;
import org.relaxon.tools.output.Json;

/** One settling as a JSON object, field by field. */
final class SettleJson {
    private static final HexFormat HEX = HexFormat.of();

    private SettleJson() {}

    /** The whole result. */
    static ObjectNode of(SettleResult result) {
        ObjectNode node = Json.object();
        request(node, result);
        verdict(node, result);
        boolean refused = result.verdict().failure() != null || result.isUnresolved();
        advice(node, refused ? result.advice() : null);
        minimum(node.putObject("minimum"), result.minimum());
        energy(node, "freeEnergy", result.freeEnergy());
        energy(node, "energy", result.energy());
        counts(node, result.counts(), result.request().isEventDriven());
        Json.put(node, "certificate", result.certificate());
        node.put("noCertificate", result.noCertificate());
        Comparison comparison = result.comparison();
        Json.put(node, "relativeError", comparison.relativeError());
        Json.put(node, "cosine", comparison.cosine());
        Json.put(node, "angleDegrees", comparison.angleDegrees());
        node.putNull("order"); // one nudging strength has none
        ArrayNode projections = node.putArray("projections");
        comparison.projections().forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        resolution(node, result);
        result.stop().fill(node);
        node.put("relativeErrorReason", comparison.noError());
        node.put("referenceObjection", comparison.objection());
        node.put("heldAtKink", comparison.heldAtKink());
        node.put("freeAtKink", comparison.freeAtKink());
        node.put("kinksCrossed", comparison.kinksCrossed());
        node.put("noGradient", comparison.noGradient());
        result.noEnergy().fill(node);
        ArrayNode probes = node.putArray("probes");
        result.probes().forEach(one -> one.fill(probes.addObject()));
        String remark = result.request().delayRemark();
        node.put("delayRemark", remark.isEmpty() ? null : remark);
        return node;
    }

    private static void request(ObjectNode node, SettleResult result) {
        SettleRequest request = result.request();
        node.put("command", request.command());
        node.put("version", request.version());
        node.put("seed", request.seed());
        node.put("network", request.network());
        node.put("problem", request.problem());
        node.put("algorithm", request.algorithm());
        node.put("variant", request.variant());
        node.put("estimator", request.estimator());
        node.put("beta", request.beta());
        node.put("reference", request.reference());
        node.put("host", request.host());
        node.put("granularity", request.granularity());
        node.put("discipline", request.discipline());
        node.put("delay", request.delay());
        Json.put(node, "threshold", request.threshold());
        Json.put(node, "quantum", request.quantum());
        Json.put(node, "tolerance", request.tolerance());
        result.faultsMissing().forEach(node.putArray("faultsMissing")::add);
        NetworkTiming.put(node, request.refractoryNanos());
        NetworkTiming.put(node, request.timing());
        request.options().forEach(node.putObject("options")::put);
    }

    private static void verdict(ObjectNode node, SettleResult result) {
        node.put("verdict", result.verdictWord());
        Failure failure = result.verdict().failure();
        String resting = result.isUnresolved() ? Reason.UNRESOLVED.reportName() : null;
        node.put("reason", failure == null ? resting : failure.reason());
        Json.put(node, "residual", result.verdict().residual());
        if (failure != null) {
            node.put("detail", failure.detail());
            node.put("meaning", failure.meaning());
            failure.cells().forEach(node.putArray("cells")::add);
            failure.links().forEach(node.putArray("links")::add);
        }
        if (result.isUnresolved()) {
            node.put("detail", result.resolution().whyUnresolved());
        }
        node.put("columns", result.verdict().columns());
        node.put("columnsSettled", result.verdict().columnsSettled());
    }

    private static void advice(ObjectNode node, AdvisedRun advice) {
        boolean found = advice != null && advice.command() != null;
        node.put("advice", advice == null ? null : advice.line());
        node.put("adviceCommand", found ? advice.command() : null);
        if (found) {
            node.put("adviceMessages", advice.messages());
            Json.put(node, "adviceRelativeError", advice.relativeError());
        }
    }

    private static void minimum(ObjectNode node, Minimum minimum) {
        node.put("minima", minimum.minima());
        node.put("saddles", minimum.saddles());
        node.put("unknown", minimum.unknown());
        node.put("why", minimum.why());
        node.put("unjudged", minimum.unjudged());
        node.put("whyUnjudged", minimum.whyUnjudged());
        node.put("text", minimum.text());
    }

    /** Null if the phase did not settle; numbers that are null, with a reason, without a value. */
    static void energy(ObjectNode node, String name, PhaseEnergy energy) {
        if (energy == null) {
            node.putNull(name);
            return;
        }
        ObjectNode out = node.putObject(name);
        out.put("contains", PhaseEnergy.CONTAINS);
        add(out.putArray("internalPerColumn"), energy.internal());
        add(out.putArray("totalPerColumn"), energy.total());
        Json.put(out, "internal", energy.internalSum());
        Json.put(out, "total", energy.totalSum());
        if (energy.reason() != null) {
            out.put("reason", energy.reason());
        }
    }

    private static void add(ArrayNode array, List<Double> values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }

    private static void counts(ObjectNode node, RunReport r, boolean eventDriven) {
        node.put("messages", r.messages());
        node.put("delivered", r.delivered());
        node.put("stale", r.stale());
        node.put("late", r.late());
        node.put("lost", r.lost());
        node.put("repeated", r.repeated());
        node.put("abandoned", r.abandoned());
        FaultsThatHappened.of(r.faults()).forEach(node.putObject("faults")::put);
        node.put("relaxations", r.relaxations());
        node.put("criticalPath", r.criticalPath());
        node.put("synapticOperations", r.synapticOperations());
        if (eventDriven) {
            node.put("denseOperations", r.denseOperations());
        }
        node.put("eventOperations", r.eventOperations());
        node.put("spikes", r.spikes());
        node.put("auditRounds", r.auditRounds());
        node.put("probeWaves", r.probeWaves());
        node.put("hostNanos", r.hostNanos());
        node.put("wallSeconds", r.wallNanos() / 1e9);
        node.put("traceHash", hash(r.traceHash()));
        node.put("stateHash", hash(r.stateHash()));
        ObjectNode latencies = node.putObject("histograms");
        for (Map.Entry<String, Histogram> entry : new TreeMap<>(r.histograms()).entrySet()) {
            ObjectNode one = latencies.putObject(entry.getKey());
            one.put("count", entry.getValue().getTotalCount());
            one.put("p50", entry.getValue().getValueAtPercentile(50));
            one.put("p99", entry.getValue().getValueAtPercentile(99));
            one.put("max", entry.getValue().getMaxValue());
        }
    }

    /** Null where the host has none. */
    private static String hash(long hash) {
        return hash == 0 ? null : HEX.toHexDigits(hash);
    }

    private static void resolution(ObjectNode node, SettleResult result) {
        ResolvedUpdate update = result.resolution();
        node.put("economic", result.isEconomic());
        if (update.swept()) {
            ObjectNode out = node.putObject("resolution");
            Json.put(out, "asked", update.asked());
            out.put("contrast", update.contrast());
            update.withheld().forEach(out.putArray("withheld")::add);
        }
        node.put("unresolved", update.unresolved());
        node.put("resolutionWarning", update.warning());
    }
}
