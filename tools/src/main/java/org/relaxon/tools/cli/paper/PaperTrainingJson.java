package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.relaxon.tools.cli.paper.PaperTrainingResult.Training;
import org.relaxon.tools.output.Json;

/** The outcome of {@code paper-training} as JSON. */
final class PaperTrainingJson {
    private PaperTrainingJson() {}

    /** The whole result. */
    static ObjectNode of(PaperTrainingResult result) {
        ObjectNode node = Json.object();
        PaperTrainingResult.Request request = result.request();
        node.put("command", request.command());
        node.put("version", request.version());
        node.put("seed", request.seed());
        node.put("network", request.network());
        node.put("data", result.data());
        node.put("host", request.host());
        Json.put(node, "wallSeconds", result.wallSeconds());
        node.put("verdict", result.verdict());
        node.put("algorithm", "pc-nudge");
        node.put("estimator", "one-sided");
        node.put("reference", "backprop");
        node.put("granularity", "layer");
        node.put("discipline", "eager");
        node.put("delay", "none");
        node.put(
                "reason",
                result.whole()
                        ? null
                        : "a training ended early or no minibatch settled completely");
        Json.put(node, "beta", result.beta());
        node.put("messages", result.messages());
        node.put("synapticOperations", result.synapticOperations());
        Json.put(node, "cosine", result.cosine());
        Json.put(node, "relativeError", result.relativeError());
        // a training claims no gradient
        Json.putNulls(node, "residual", "certificate", "signAgreement", "order");
        node.putArray("projections");
        node.put("published", PaperTrainingResult.PUBLISHED);
        ArrayNode all = node.putArray("trainings");
        result.trainings().forEach(r -> training(all.addObject(), r));
        result.stop().fill(node);
        return node;
    }

    private static void training(ObjectNode one, Training r) {
        one.put("seed", r.seed());
        one.put("beta", r.beta());
        one.put("ending", r.ending());
        one.put("minibatches", r.alignments().size());
        one.put("compared", r.compared());
        one.put("comparedInPart", r.comparedInPart());
        one.put("examplesDropped", r.dropped());
        one.put("messages", r.messages());
        Json.put(one, "cosineMedian", r.cosineMedian());
        Json.put(one, "cosineLeast", r.cosineLeast());
        Json.put(one, "oneMinusCosineMost", r.apartMost());
        one.put("crossed", r.crossed());
        Json.put(one, "oneMinusCosineMostUncrossed", r.apartMostUncrossed());
        Json.put(one, "shareAligned", r.aligned());
        Json.put(one, "distanceMedian", r.distanceMedian());
        Json.put(one, "distanceMost", r.distanceMost());
        Json.put(one, "testAccuracy", r.testAccuracy());
        Json.put(one, "backpropTestAccuracy", r.backpropTestAccuracy());
        Json.put(one, "oneMinusCosineMedian", r.apartMedian());
    }
}
