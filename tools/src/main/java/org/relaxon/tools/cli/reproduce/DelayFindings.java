package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.reproduction.DelayPlan;
import org.relaxon.experiments.reproduction.DelayRow;
import org.relaxon.experiments.reproduction.DelayRow.Varied;
import org.relaxon.experiments.reproduction.DelayShape;
import org.relaxon.experiments.reproduction.DelayShape.Threshold;
import org.relaxon.experiments.reproduction.Inference;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.Json;

/** Settlings under delays in figures. */
record DelayFindings(DelayPlan plan, List<DelayRow> all, double seconds) implements Findings {
    private static final List<String> HEADER =
            List.of(
                    "inference",
                    "varied",
                    "seed",
                    "ticks",
                    "step",
                    "stepTimesDelay",
                    "loopGain",
                    "lowerBound",
                    "upperBound",
                    "verdict",
                    "reason",
                    "residual",
                    "residualHalfway",
                    "tolerance",
                    "relativeError",
                    "distanceFromNudged",
                    "messages",
                    "virtualSeconds");

    private static final String LOCAL = "derived near the free state, in the limit of small steps";

    private static final Map<String, String> SYMBOLS = new LinkedHashMap<>();

    static {
        SYMBOLS.put("tick", "mean pause between two moves of a cell");
        SYMBOLS.put("d", "delay of every signal, in ticks");
        SYMBOLS.put("eta", "step: at each move the activity x changes by -eta dE/dx");
        SYMBOLS.put("k", "loop gain: largest squared singular value of a layer's Jacobian");
        SYMBOLS.put(
                "lower bound",
                "eta d up to which theory promises that gradient steps settle; " + LOCAL);
        SYMBOLS.put("upper bound", "eta d above which theory excludes that they settle; " + LOCAL);
        SYMBOLS.put("settled up to", "largest eta d tried up to which every one settled");
        SYMBOLS.put("failed from", "smallest eta d tried that did not settle");
        SYMBOLS.put(
                "stay away from rest",
                "with at least a tenth of the residual that the same run had after half of its"
                        + " messages, all of which it spent");
        SYMBOLS.put("residual", "largest distance of a cell from its own minimum");
        SYMBOLS.put("tolerance", "largest residual of a run that counts as settled");
        SYMBOLS.put("gradient steps", "by eta, each cell at times of its own, delays constant");
        SYMBOLS.put("random delays", "exponential, of mean d; for comparison, no remedy");
        SYMBOLS.put("smaller step", "eta, or half the limit of theory at d where that is smaller");
        SYMBOLS.put("handshake", "a step when all neighbours have answered the last one");
        SYMBOLS.put("turn-taking", "neighbours step one after the other");
        SYMBOLS.put("coordinate", "to the minimum of the cell's own energy in one move");
        SYMBOLS.put("error form", "errors are variables of their own: the default of Relaxon");
    }

    @Override
    public Map<String, String> symbols() {
        return SYMBOLS;
    }

    DelayShape shape() {
        return new DelayShape(all);
    }

    @Override
    public List<ShapeCheck> checks() {
        return shape().checks();
    }

    List<DelayRow> at(double product) {
        double step = product / plan.ticks();
        return all.stream().filter(r -> r.varied() == Varied.STEP && r.step() == step).toList();
    }

    List<DelayRow> at(Inference inference, int ticks) {
        return all.stream()
                .filter(r -> r.varied() == Varied.DELAY && r.ticks() == ticks)
                .filter(r -> r.inference() == inference)
                .toList();
    }

    static double share(List<DelayRow> rows) {
        long settled = rows.stream().filter(DelayRow::settled).count();
        return rows.isEmpty() ? Double.NaN : (double) settled / rows.size();
    }

    /** Median over settled runs; NaN if there are none. */
    static double medianMessages(List<DelayRow> rows) {
        return Interval.median(
                rows.stream().filter(DelayRow::settled).mapToDouble(DelayRow::messages).toArray());
    }

    private static double worstError(List<DelayRow> rows) {
        return rows.stream()
                .filter(DelayRow::settled)
                .mapToDouble(DelayRow::relativeError)
                .max()
                .orElse(Double.NaN);
    }

    @Override
    public List<Table> tables() {
        return List.of(products(), thresholds(), delays());
    }

    private Table products() {
        return new Table(
                "gradient steps at a delay of %s: networks that settle"
                        .formatted(Figures.count(plan.ticks(), "tick")),
                List.of("eta d", "settled"),
                plan.products().stream()
                        .map(p -> List.of(Figures.number(p), counted(at(p))))
                        .toList());
    }

    private Table thresholds() {
        return new Table(
                "product eta d at which each network stops settling",
                List.of("seed", "k", "lower bound", "settled up to", "failed from", "upper bound"),
                shape().thresholds().stream().map(DelayFindings::threshold).toList(),
                "The bounds are local: " + LOCAL + ".");
    }

    private static List<String> threshold(Threshold t) {
        return List.of(
                Long.toString(t.seed()),
                String.format(Locale.ROOT, "%.3f", t.predicted().gain()),
                bound(t.predicted().held()),
                bound(t.settledUpTo()),
                bound(t.failedFrom()),
                bound(t.predicted().free()));
    }

    private Table delays() {
        boolean one = plan.seeds().size() == 1;
        List<String> header = new ArrayList<>(List.of("inference"));
        plan.delays().forEach(d -> header.add("d = " + d));
        List<List<String>> rows = new ArrayList<>();
        for (Inference inference : Inference.values()) {
            List<String> row = new ArrayList<>(List.of(inference.reportName()));
            plan.delays().forEach(d -> row.add(cell(at(inference, d))));
            rows.add(row);
        }
        return new Table(
                "step eta = %s at several delays: settled; %s; %s to backprop"
                        .formatted(
                                Figures.number(plan.step()),
                                one ? "messages" : "median messages",
                                one ? "relative error" : "largest relative error"),
                header,
                rows);
    }

    @Override
    public void print(PrintWriter out) {
        tables().forEach(table -> table.print(out));
        out.printf(Locale.ROOT, "%s in %.1f s%n", Figures.count(all.size(), "settling"), seconds);
    }

    private static String counted(List<DelayRow> rows) {
        return rows.stream().filter(DelayRow::settled).count() + "/" + rows.size();
    }

    private static String bound(double value) {
        return Double.isInfinite(value) ? "none" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String cell(List<DelayRow> rows) {
        double messages = medianMessages(rows);
        return Double.isNaN(messages)
                ? counted(rows)
                : "%s; %s; %s"
                        .formatted(
                                counted(rows),
                                Findings.count(messages),
                                Findings.error(worstError(rows)));
    }

    @Override
    public void fill(ObjectNode json) {
        DelayRow worst =
                all.stream()
                        .filter(DelayRow::settled)
                        .max(Comparator.comparingDouble(DelayRow::relativeError))
                        .orElse(null);
        long settled = all.stream().filter(DelayRow::settled).count();
        json.put("verdict", Findings.verdict(settled, all.size()));
        json.put("rowsSettled", settled);
        json.put("rowsNotSettled", all.size() - settled);
        json.put("reason", settled > 0 || all.isEmpty() ? null : all.get(0).reason().reportName());
        Json.put(json, "residual", worst == null ? Double.NaN : worst.residual());
        json.put("messages", all.stream().mapToLong(DelayRow::messages).sum());
        json.put("synapticOperations", all.stream().mapToLong(DelayRow::synapticOperations).sum());
        Json.put(json, "wallSeconds", seconds);
        json.putNull("certificate"); // the bounds of every network are in thresholds
        Json.put(json, "relativeError", worst == null ? Double.NaN : worst.relativeError());
        Json.put(json, "cosine", worst == null ? null : worst.comparison().total().cosine());
        Json.put(
                json,
                "signAgreement",
                worst == null ? Double.NaN : worst.comparison().total().signAgreement());
        json.putNull("order"); // one beta
        ArrayNode projections = json.putArray("projections");
        if (worst != null) {
            worst.comparison()
                    .projections()
                    .forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        }
        fillCurves(json);
    }

    private void fillCurves(ObjectNode json) {
        ArrayNode shares = json.putArray("shareSettled");
        for (double product : plan.products()) {
            ObjectNode one = shares.addObject();
            one.put("stepTimesDelay", product);
            one.put("runs", at(product).size());
            Json.put(one, "settled", share(at(product)));
        }
        ArrayNode thresholds = json.putArray("thresholds");
        for (Threshold t : shape().thresholds()) {
            ObjectNode one = thresholds.addObject();
            one.put("seed", t.seed());
            Json.put(one, "loopGain", t.predicted().gain());
            Json.put(one, "lowerBound", t.predicted().held());
            Json.put(one, "settledUpTo", t.settledUpTo());
            Json.put(one, "failedFrom", t.failedFrom());
            Json.put(one, "upperBound", t.predicted().free());
        }
        ArrayNode repairs = json.putArray("inference");
        for (Inference inference : Inference.values()) {
            for (int ticks : plan.delays()) {
                List<DelayRow> rows = at(inference, ticks);
                ObjectNode one = repairs.addObject();
                one.put("inference", inference.reportName());
                one.put("ticks", ticks);
                one.put("runs", rows.size());
                Json.put(one, "settled", share(rows));
                Json.put(one, "medianMessages", medianMessages(rows));
                Json.put(one, "worstRelativeError", worstError(rows));
            }
        }
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public List<List<String>> rows() {
        return all.stream().map(DelayFindings::row).toList();
    }

    private static List<String> row(DelayRow r) {
        return List.of(
                r.inference().reportName(),
                r.varied().name().toLowerCase(Locale.ROOT),
                Long.toString(r.seed()),
                Integer.toString(r.ticks()),
                Figures.finite(r.step()),
                Figures.finite(r.product()),
                Figures.finite(r.bounds().gain()),
                Figures.finite(r.bounds().held()),
                Figures.finite(r.bounds().free()),
                r.settled() ? "settled" : "not-settled",
                r.settled() ? "" : r.reason().reportName(),
                Figures.finite(r.residual()),
                Figures.finite(r.halfway()),
                Figures.finite(r.tolerance()),
                Figures.finite(r.relativeError()),
                Figures.finite(r.distance()),
                Long.toString(r.messages()),
                Figures.finite(r.nanos() / 1e9));
    }

    @Override
    public void draw(Path directory) throws IOException {
        new DelayPictures(this).write(directory);
    }
}
