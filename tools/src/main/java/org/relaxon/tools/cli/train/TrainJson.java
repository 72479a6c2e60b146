package org.relaxon.tools.cli.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.training.Alignment;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.Pace;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.tools.cli.run.FaultsThatHappened;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.train.TrainingResult.Compared;
import org.relaxon.tools.cli.train.TrainingResult.Counts;
import org.relaxon.tools.cli.train.TrainingResult.Learned;
import org.relaxon.tools.output.Json;

/** A training as a JSON object, field by field. */
final class TrainJson {
    private TrainJson() {}

    /** The whole result. */
    static ObjectNode of(TrainingResult result) {
        ObjectNode node = Json.object();
        TrainRequest request = result.request();
        request(node, request);
        pace(node, request);
        ending(node, result);
        counts(node, result.settled());
        Json.put(node, "wallSeconds", result.seconds());
        scores(node, result);
        compared(node, result);
        result.warnings().forEach(node.putArray("warnings")::add);
        request.remarks().forEach(node.putArray("remarks")::add);
        request.chosen().forEach(node.putArray("chosenByDefault")::add);
        curve(node.putArray("curve"), result.settled());
        // a training claims no gradient
        Json.putNulls(node, "residual", "certificate", "signAgreement", "order");
        node.putArray("projections");
        node.put("command", request.command());
        node.put("beside", request.beside() ? "backprop" : null);
        result.stop().fill(node);
        node.put("referenceNote", orNull(request.method().note()));
        node.put("delayRemark", orNull(request.delayRemark()));
        node.put("leftOutWarning", result.leftOutWarning());
        ArrayNode probes = node.putArray("probes");
        result.recorded().probes().forEach(one -> one.fill(probes.addObject()));
        node.put("probeEvery", result.recorded().every());
        node.put("probesAfterStep", result.recorded().from());
        return node;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void request(ObjectNode node, TrainRequest request) {
        node.put("version", request.version());
        node.put("seed", request.seed());
        request.options().forEach(node.putObject("options")::put);
        node.put("network", request.network());
        node.put("data", request.data().description());
        node.put("task", request.data().task().optionName());
        node.put("taskInferred", request.data().inferred());
        TrainRequest.Followed method = request.method();
        node.put("algorithm", method.algorithm());
        node.put("standsFor", method.standsFor());
        node.put("variant", method.variant());
        node.put("estimator", method.estimator());
        node.put("beta", method.strength());
        node.put("strengthName", method.strengthName());
        TrainRequest.Settling settling = request.settling();
        node.put("host", settling.host());
        node.put("granularity", settling.granularity());
        node.put("discipline", settling.discipline());
        node.put("threshold", settling.threshold());
        node.put("tolerance", settling.tolerance());
        Json.put(node, "resolution", settling.resolution());
        node.put("delay", settling.delay());
        NetworkTiming.put(node, settling.timing());
    }

    private static void pace(ObjectNode node, TrainRequest request) {
        node.put("schedule", request.schedule().toString());
        node.put("motion", request.motion().toString());
        node.put("optimiser", request.optimiser().name());
        node.put("updateProbability", request.optimiser().updateProbability());
        node.put("weightDecay", request.optimiser().weightDecay());
        Pace pace = request.pace();
        node.put("rate", pace.rate());
        node.put("rateDecay", pace.decay());
        node.put("rateSchedule", pace.rateSchedule().optionName());
        node.put("batch", pace.batch());
        node.put("stepsAsked", pace.steps());
        node.put("alignEvery", pace.alignEvery());
        node.put("inFlight", pace.inFlight());
        node.put("lastBatch", pace.lastBatch().optionName());
        node.put("examples", request.data().examples());
        node.put("examplesUnusedPerEpoch", request.data().unusedPerEpoch());
        node.put("examplesUnselected", request.data().unselected());
    }

    private static void ending(ObjectNode node, TrainingResult result) {
        Learned settled = result.settled();
        Learned baseline = result.baseline();
        boolean failed = EnumSet.of(Ending.UNSETTLED, Ending.DIVERGED).contains(settled.ending());
        String verdict = failed ? settled.endingName() : "trained"; // claims no gradient
        node.put("verdict", result.stop().verdict(verdict));
        node.put("ending", settled.endingName());
        node.put("reason", settled.reason());
        node.put("adviceCommand", result.adviceCommand());
        node.put("backpropEnding", baseline == null ? null : baseline.endingName());
        node.put("backpropReason", baseline == null ? null : baseline.reason());
        if (baseline != null) {
            node.put("backpropSteps", baseline.counts().steps());
            node.put("backpropApart", result.apart().isEmpty() ? null : result.apart());
        }
    }

    private static void counts(ObjectNode node, Learned settled) {
        Counts counts = settled.counts();
        node.put("steps", counts.steps());
        node.put("accuracyAtStep", settled.last().step());
        node.put("messages", counts.ledger().messages());
        node.put("relaxations", counts.ledger().relaxations());
        node.put("criticalPath", counts.ledger().criticalPath());
        node.put("synapticOperations", counts.ledger().synapticOperations());
        FaultsThatHappened.of(counts.faults()).forEach(node.putObject("faults")::put);
        counts.faultsMissing().forEach(node.putArray("faultsMissing")::add);
        node.put("examplesDropped", counts.dropped());
        Json.put(node, "examplesDroppedShare", counts.droppedShare());
        counts.reasons().forEach(node.putObject("examplesDroppedBecause")::put);
        node.put("lastDroppedBecause", counts.lastWhy());
        node.put("heldAtKink", counts.heldAtKink());
        node.put("framesBeforeRest", counts.restless());
        node.put("examplesJudged", counts.judged());
        node.put("examplesAtSaddles", counts.saddles());
        node.put("examplesUntold", counts.untold());
        node.put("examplesNotJudged", counts.notJudged());
    }

    private static void scores(ObjectNode node, TrainingResult result) {
        Learned settled = result.settled();
        Json.put(node, "testAccuracy", settled.last().testAccuracy());
        Json.put(node, "bestTestAccuracy", settled.bestAccuracy());
        int classes = result.request().data().classes();
        Json.put(node, "chanceAccuracy", classes == 0 ? Double.NaN : 1.0 / classes);
        Json.put(node, "testR2", settled.last().testR2());
        Json.put(node, "testLoss", settled.last().testLoss());
        node.put("noScore", settled.noScore());
        Json.put(node, "cosineToBackprop", settled.last().cosine());
        Json.put(node, "angleDegrees", settled.last().angleDegrees());
        angles(node.putArray("angles"), result.lastExamined());
        node.put("anglesFromStep", result.examinedFrom());
        result.noEnergy().fill(node);
        Learned baseline = result.baseline();
        Json.put(node, "backpropTestAccuracy", last(baseline, Evaluation::testAccuracy));
        Json.put(node, "backpropTestR2", last(baseline, Evaluation::testR2));
        Json.put(node, "backpropTestLoss", last(baseline, Evaluation::testLoss));
    }

    /** Angles to backprop at the last evaluation, per projection and population's biases. */
    private static void angles(ArrayNode array, Alignment last) {
        for (ProjectionComparison one :
                last == null ? List.<ProjectionComparison>of() : last.parts()) {
            ObjectNode node = array.addObject();
            node.put("name", one.name());
            Json.put(node, "angleDegrees", one.angleDegrees());
            Json.put(node, "cosine", one.cosine());
        }
    }

    private static double last(Learned learned, ToDoubleFunction<Evaluation> figure) {
        return learned == null ? Double.NaN : figure.applyAsDouble(learned.last());
    }

    private static void compared(ObjectNode node, TrainingResult result) {
        Compared compared = result.compared();
        node.put("reference", "backprop");
        node.put("limit", result.request().method().limit());
        node.put("comparisons", compared.count());
        node.put("comparisonsUnsettled", compared.unsettled());
        node.put("comparisonsInPart", compared.inPart());
        Json.put(node, "cosine", compared.cosine());
        Json.put(node, "relativeError", compared.relativeError());
        boolean none = compared.change() == null;
        Json.put(node, "changeError", none ? Double.NaN : compared.change().error());
        boolean named = !none && !compared.change().where().isEmpty();
        node.put("changeErrorIn", named ? compared.change().where() : null);
    }

    private static void curve(ArrayNode curve, Learned settled) {
        for (TrainingResult.Point one : settled.curve()) {
            Evaluation e = one.figures();
            ObjectNode point = curve.addObject();
            point.put("step", e.step());
            Json.put(point, "testAccuracy", e.testAccuracy());
            Json.put(point, "testR2", e.testR2());
            Json.put(point, "testLoss", e.testLoss());
            Json.put(point, "trainLoss", e.trainLoss());
            Json.put(point, "cosineToBackprop", e.cosine());
            Json.put(point, "angleDegrees", e.angleDegrees());
            if (!one.changed().isEmpty()) {
                point.put("changed", one.changed());
            }
        }
    }
}
