package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.Prediction;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;

/** A grid as a JSON object: the worst run on top, then a summary per point. */
final class GridJson {
    private GridJson() {}

    /** The whole result but for the rows. */
    static ObjectNode of(GridResult result) {
        ObjectNode node = Json.object();
        GridRequest request = result.request();
        node.put("command", request.command());
        node.put("version", request.version());
        node.put("host", request.host());
        NetworkTiming.put(node, request.timing());
        node.put("noEnergy", result.noEnergy().isEmpty() ? null : result.noEnergy());
        if (result.kind().isOfTrainings()) {
            trainings(node, result);
        } else {
            settlings(node, result);
        }
        axes(node, result.grid());
        points(node.putArray("points"), result);
        result.advice().fill(node);
        node.put("exitCode", result.exitCode());
        result.stop().fill(node);
        if (result.goOn() != null) {
            node.put("goOn", Words.withoutResultFile(result.goOn()));
        }
        return node;
    }

    /** Adds what is known once the files are written, or are not. */
    static void end(ObjectNode node, GridResult result) {
        node.put("complete", result.whole());
        String remark = result.request().timeRemark();
        node.put("timeRemark", remark.isEmpty() ? null : remark);
        result.weights().forEach(node.putArray("weights")::add);
    }

    /** Adds the rows as lines of a table, for a result that may be stored nowhere else. */
    static List<String> rows(ObjectNode node, GridResult result) throws IOException {
        GridTable table = new GridTable(result);
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        RunDirectory.csv("rows", table.header(), table.rows()).writeTo(csv);
        List<String> lines = csv.toString(StandardCharsets.UTF_8).lines().toList();
        lines.forEach(node.putArray("rows")::add);
        return lines;
    }

    /**
     * The request, as it is stored before the runs.
     *
     * @param shard the part of the grid that is run here
     * @param problem network and data in words
     */
    static ObjectNode manifest(GridRequest request, String shard, String problem) {
        ObjectNode manifest = Json.object();
        manifest.put("command", request.command());
        manifest.put("configHash", request.hash());
        axes(manifest, request.grid());
        ObjectNode values = manifest.putObject("options");
        request.provenance().settings().forEach((name, s) -> values.put(name, s.value()));
        ObjectNode shown = manifest.putObject("optionsShown");
        request.provenance().shown().forEach(shown::put);
        manifest.put("shard", shard);
        manifest.put("problem", problem);
        return manifest;
    }

    private static void axes(ObjectNode node, Grid grid) {
        ObjectNode axes = node.putObject("axes");
        grid.axes().forEach(a -> a.values().forEach(axes.withArray(a.name())::add));
        grid.seeds().forEach(node.putArray("seeds")::add);
    }

    private static void trainings(ObjectNode node, GridResult result) {
        long trained = result.good();
        node.put(
                "verdict",
                trained == result.runs().size()
                        ? "trained"
                        : trained > 0 ? "partly-trained" : "not-settled");
        counts(node, result, "runsTrained");
        node.put("score", result.kind().score());
        node.put("beside", new GridTable(result).isBesideBackprop() ? "backprop" : null);
    }

    private static void settlings(ObjectNode node, GridResult result) {
        node.put("network", result.network());
        request(node, result.worst());
        verdict(node, result);
        figures(node, result.worst());
        counts(node, result, "runsSettled");
        ArrayNode findings = node.putArray("findings");
        result.maps().forEach(m -> m.findings().forEach(findings::add));
    }

    private static void counts(ObjectNode node, GridResult result, String good) {
        node.put("runs", result.runs().size());
        node.put("runsWithoutRequestedFault", result.lackingFaults());
        node.put("runsOfGrid", result.grid().size());
        node.put(good, result.good());
    }

    private static void request(ObjectNode node, WorstRun worst) {
        node.put("seed", worst.seed());
        node.put("algorithm", worst.algorithm());
        node.put("estimator", worst.estimator());
        Json.put(node, "beta", worst.beta());
        node.put("reference", worst.reference());
        node.put("discipline", worst.discipline());
        node.put("granularity", worst.granularity());
        node.put("delay", worst.delay());
    }

    private static void verdict(ObjectNode node, GridResult result) {
        SweepRow row = result.worst().row();
        node.put("verdict", row == null ? null : row.verdict());
        node.put("reason", row == null || row.reason().isEmpty() ? null : row.reason());
        node.put("detail", row == null ? null : row.detail());
        Json.put(node, "residual", row == null ? Double.NaN : row.residual());
        List<SweepRow> rows = result.runs().stream().map(GridRun::row).toList();
        node.put("messages", rows.stream().mapToLong(r -> r.counts().messages()).sum());
        node.put(
                "synapticOperations",
                rows.stream().mapToLong(r -> r.counts().synapticOperations()).sum());
        node.put("wallSeconds", rows.stream().mapToLong(SweepRow::wallMillis).sum() / 1e3);
    }

    private static void figures(ObjectNode node, WorstRun worst) {
        SweepRow row = worst.row();
        Prediction prediction = row == null ? Prediction.NONE : row.prediction();
        ObjectNode certificate = node.putObject("certificate");
        Json.put(certificate, "contraction", prediction.contraction());
        Json.put(certificate, "loopGain", prediction.loopGain());
        Json.put(node, "relativeError", row == null ? Double.NaN : row.relativeError());
        Json.put(node, "cosine", row == null ? Double.NaN : row.cosine());
        node.putNull("signAgreement"); // rows keep totals only
        node.putNull("order");
        node.putArray("projections");
        node.put("repeat", worst.command());
    }

    /** An object per point, of its values and figures. */
    private static void points(ArrayNode points, GridResult result) {
        GridTable table = new GridTable(result);
        for (PointSummary point : result.points()) {
            ObjectNode one = points.addObject();
            for (int a = 0; a < point.values().size(); a++) {
                one.put(result.grid().axes().get(a).name(), point.values().get(a));
            }
            table.figures(point).forEach((name, v) -> Json.put(one, name, v.doubleValue()));
        }
    }
}
