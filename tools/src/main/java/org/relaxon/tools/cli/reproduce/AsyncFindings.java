package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.relaxon.experiments.reproduction.AsyncRow;
import org.relaxon.experiments.reproduction.AsyncRow.Part;
import org.relaxon.experiments.reproduction.AsyncShape;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.experiments.reproduction.published.Alignment;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.Json;

/** The study of asynchrony in figures, beside those of its authors. */
record AsyncFindings(List<AsyncRow> all, double seconds) implements Findings {
    private static final List<String> HEADER =
            List.of(
                    "part",
                    "scheme",
                    "layers",
                    "seed",
                    "verdict",
                    "reason",
                    "gradientCosine",
                    "earlyCosine",
                    "earlyNorm",
                    "sweeps",
                    "sweepsTo90",
                    "messages",
                    "criticalPath",
                    "layerCosines",
                    "layerNorms");

    private static final Map<String, String> SYMBOLS = new LinkedHashMap<>();

    static {
        SYMBOLS.put(
                "estimator",
                "the published program takes explicit steps z -= eta dE/dz with rho = alpha = 1 at full"
                        + " strength of the loss and stops after 2 L sweeps, unconverged; cells"
                        + " minimise exactly at a small strength beta and report a gradient only once"
                        + " it is resolved to the tolerance");
        SYMBOLS.put("L", "number of weight matrices; L - 1 layers have free states");
        SYMBOLS.put(
                "multiplier",
                "lambda_i of layer i, which its error z_i - p_i moves; the own multiplier of a layer"
                        + " is that of its own error");
        SYMBOLS.put("barrier", "all multipliers move together, after every sweep");
        SYMBOLS.put("sweep", "as many updates of single layers as there are free ones");
        SYMBOLS.put(
                "cosine", "of the whole weight gradient with that of backprop, mean over seeds");
        SYMBOLS.put("early", "mean over the quarter of the layers at the input");
        SYMBOLS.put("length", "of a layer's gradient over that of backprop");
        SYMBOLS.put(
                "t90",
                "sweeps until the multipliers of 9/10 of the free layers, without a gap from the output,"
                        + " have 1/4 of their length after 4 L synchronous sweeps: runs that reach it,"
                        + " then their median");
        SYMBOLS.put(
                "within", "whether the mean here is within 2 published SD of the published mean");
        SYMBOLS.put(
                "cells",
                "the same function with two cells a layer, state and activity; each relaxes at random"
                        + " times, once a sweep in the mean; delays are uniform from 0. The largest"
                        + " figures are over all layers and settled runs, the medians over settled runs");
    }

    @Override
    public Map<String, String> symbols() {
        Map<String, String> out = new LinkedHashMap<>(SYMBOLS);
        if (new AsyncTables(all).seeds() < 2) {
            out.put(
                    "cosine",
                    "of the whole weight gradient with that of backprop; one seed: no spread");
            out.computeIfPresent(
                    "cells",
                    (cells, words) -> words.replace(", the medians over settled runs", ""));
            out.put(
                    "within",
                    "whether the figure here is within 2 published SD of the published mean");
        }
        return out;
    }

    @Override
    public List<ShapeCheck> checks() {
        return new AsyncShape(all).checks();
    }

    @Override
    public List<Table> tables() {
        return new AsyncTables(all).tables();
    }

    @Override
    public void print(PrintWriter out) {
        tables().forEach(table -> table.print(out));
        out.println(new AsyncTables(all).within());
        out.printf(Locale.ROOT, "%s in %.1f s%n", Figures.count(all.size(), "run"), seconds);
    }

    @Override
    public void fill(ObjectNode json) {
        List<AsyncRow> cells = all.stream().filter(r -> r.part() == Part.CELLS).toList();
        long settled = cells.stream().filter(AsyncRow::settled).count();
        json.put("verdict", Findings.verdict(settled, cells.size()));
        json.put("rowsSettled", settled);
        json.put("rowsNotSettled", cells.size() - settled);
        json.put(
                "reason",
                settled > 0 || cells.isEmpty() ? null : cells.get(0).reason().reportName());
        json.put("messages", cells.stream().mapToLong(AsyncRow::messages).sum());
        Json.put(json, "wallSeconds", seconds);
        List<Boolean> judged = new AsyncTables(all).judged();
        json.put("publishedCosines", judged.size());
        json.put("publishedCosinesWithin", judged.stream().filter(w -> w).count());
        json.put("agreement", new AsyncTables(all).within());
        Json.putNulls(
                json,
                "residual",
                "certificate",
                "order",
                "synapticOperations",
                "relativeError",
                "cosine",
                "signAgreement"); // a row each
        json.putArray("projections");
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public List<List<String>> rows() {
        return all.stream().map(AsyncFindings::row).toList();
    }

    private static List<String> row(AsyncRow r) {
        boolean cells = r.part() == Part.CELLS;
        Alignment a = r.settled() ? r.outcome().alignment() : null;
        return List.of(
                r.part().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                r.scheme(),
                Integer.toString(r.depth()),
                Long.toString(r.seed()),
                !cells ? "not-judged" : r.settled() ? "settled" : "not-settled",
                r.reason() == null ? "" : r.reason().reportName(),
                a == null ? "" : Figures.finite(a.cosine()),
                a == null ? "" : Figures.finite(a.earlyCosine()),
                a == null ? "" : Figures.finite(a.earlyNorm()),
                a == null ? "" : Figures.finite(r.outcome().sweeps()),
                a == null ? "" : Figures.finite(r.outcome().reached90()),
                cells ? Long.toString(r.messages()) : "",
                cells ? Long.toString(r.criticalPath()) : "",
                a == null ? "" : joined(a.cosines()),
                a == null ? "" : joined(a.norms()));
    }

    /** By layer from the input. */
    private static String joined(double[] values) {
        return Arrays.stream(values).mapToObj(Figures::finite).collect(Collectors.joining(" "));
    }

    @Override
    public void draw(Path directory) throws IOException {
        new AsyncPictures(all).write(directory);
    }
}
