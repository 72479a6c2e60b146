package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.paper.PaperCurve;
import org.relaxon.experiments.paper.PaperRow;
import org.relaxon.tools.cli.paper.PaperResult.Curve;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.output.Json;

/** The outcome of {@code paper} as JSON. */
final class PaperJson {
    private PaperJson() {}

    /** The request alone, as the manifest states it. */
    static ObjectNode of(PaperRequest request) {
        ObjectNode node = Json.object();
        node.put("command", request.command());
        node.put("version", request.version());
        node.put("seed", request.seeds().get(0));
        node.put("network", request.network());
        node.put("problem", request.problem());
        node.put("data", request.data());
        node.put("note", request.note());
        node.put("runs", request.seeds().size());
        request.batches().forEach(node.putArray("batches")::add);
        request.betas().forEach(node.putArray("betas")::add);
        node.put("variants", String.join("; ", request.variants()));
        node.put("algorithm", request.settled());
        node.put("estimator", "one-sided");
        node.put("reference", "backprop");
        node.put("host", request.host());
        node.put("granularity", request.granularity());
        node.put("discipline", "eager");
        node.put("delay", request.delay());
        Json.put(node, "threshold", request.threshold());
        return node;
    }

    /** The whole result: the figures of the finest beta that settled, and all curves. */
    static ObjectNode of(PaperResult result) {
        ObjectNode node = of(result.request());
        node.put("verdict", result.verdict());
        node.put("rowsSettled", result.settled());
        node.put("rowsNotSettled", result.notSettled());
        node.put("reason", result.reason());
        PaperRow finest = result.finest();
        node.put("beta", finest == null ? result.request().finest() : finest.beta());
        Json.put(node, "residual", finest == null ? Double.NaN : finest.residual());
        node.put("messages", result.messages());
        node.put("synapticOperations", result.synapticOperations());
        Json.put(node, "wallSeconds", result.wallSeconds());
        node.putNull("certificate"); // none is computed
        compared(node, finest == null ? null : finest.comparison(), result);
        ArrayNode curves = node.putArray("curves");
        result.curves().forEach(curve -> curve(curves.addObject(), curve));
        result.stop().fill(node);
        return node;
    }

    private static void compared(ObjectNode node, GradientComparison found, PaperResult result) {
        Json.put(node, "relativeError", found == null ? Double.NaN : found.total().relativeError());
        Json.put(node, "cosine", found == null ? null : found.total().cosine());
        Json.put(node, "signAgreement", found == null ? Double.NaN : found.total().signAgreement());
        boolean none = result.curves().isEmpty();
        Json.put(node, "order", none ? Double.NaN : result.curves().get(0).slope());
        ArrayNode projections = node.putArray("projections");
        if (found != null) {
            found.projections().forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        }
    }

    private static void curve(ObjectNode one, Curve curve) {
        one.put("variant", curve.variant());
        one.put("batch", curve.batch());
        Json.put(one, "leastMeanRelativeError", curve.floor());
        Json.put(one, "slope", curve.slope());
        ArrayNode points = one.putArray("points");
        for (int p = 0; p < curve.error().points().size(); p++) {
            PaperCurve.Point at = curve.error().points().get(p);
            ObjectNode point = points.addObject();
            point.put("beta", at.beta());
            point.put("runs", at.runs());
            point.put("counted", at.counted());
            Json.put(point, "relativeError", at.mean());
            Json.put(point, "standardError", at.standardError());
            Json.put(point, "least", at.least());
            Json.put(point, "most", at.most());
            Json.put(point, "oneMinusCosine", curve.angle().points().get(p).mean());
            double free = curve.freeDistance().points().get(p).mean();
            Json.put(point, "hiddenFreeSquaredDistance", free);
        }
    }
}
