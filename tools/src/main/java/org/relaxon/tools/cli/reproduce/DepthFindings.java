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
import java.util.function.ToLongFunction;
import org.relaxon.experiments.reproduction.ChainInference;
import org.relaxon.experiments.reproduction.DepthPlan;
import org.relaxon.experiments.reproduction.DepthRow;
import org.relaxon.experiments.reproduction.DepthShape;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.model.activation.Activation;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.Json;

/** Settlings of chains in figures. */
record DepthFindings(DepthPlan plan, List<DepthRow> all, double seconds) implements Findings {
    private static final List<String> HEADER =
            List.of(
                    "inference",
                    "activation",
                    "hiddenLayers",
                    "seed",
                    "beta",
                    "verdict",
                    "reason",
                    "atReference",
                    "relativeError",
                    "worstLayerError",
                    "worstLayerOneMinusCosine",
                    "messages",
                    "relaxations",
                    "criticalPath",
                    "synapticOperations");

    private static final Map<String, String> SYMBOLS = new LinkedHashMap<>();

    static {
        SYMBOLS.put("L", "number of hidden layers; the chain has L + 1 cells and weight matrices");
        SYMBOLS.put(
                "exponent",
                "slope of the logarithm of a cost over that of L, with its 95 % interval where the"
                        + " fit has one");
        SYMBOLS.put(
                "error form", "errors are variables of their own, beta is small; against backprop");
        SYMBOLS.put(
                "full activities",
                "the same with every activity resolved to beta times the tolerance");
        SYMBOLS.put(
                "eager",
                "a cell relaxes as soon as it receives a signal, on arrival without delays");
        SYMBOLS.put("exponential delays", "every signal takes a random time, 1 ms in the mean");
        SYMBOLS.put("turn-taking, turns", "neighbours relax one after the other");
        SYMBOLS.put(
                "handshake", "a cell relaxes when all neighbours have answered its last signal");
        SYMBOLS.put("red-black", "sweeps over the layers at odd and at even height in turn");
        SYMBOLS.put("synchronous", "sweeps over all layers at once");
        SYMBOLS.put(
                "steps",
                "synchronous sweeps of gradient steps of %s".formatted(ChainInference.STEP));
        SYMBOLS.put("pc at beta 1", "the minimum of the energy, against its own gradient");
        SYMBOLS.put("pc-alm", "multipliers, beta is small, rho = alpha = 8; against backprop");
        SYMBOLS.put(
                "critical path",
                "relaxations of the longest chain in which each depends on the one before");
    }

    /** What is printed below the tables, and on the page beside the symbols. */
    private static final Map<String, String> LEGEND = new LinkedHashMap<>();

    static {
        LEGEND.put(
                "-",
                "no figure: no run was made, or one did not settle or is away; exponents are over the"
                        + " depths with a figure, from two on");
        LEGEND.put(
                "away",
                "settled, but some layer has a relative error above %s or a 1 - cosine above %s"
                                .formatted(
                                        Figures.finite(DepthRow.ERROR_MAX),
                                        Figures.finite(DepthRow.ANGLE_MAX))
                        + " (by the finite nudge, another minimum, or rounding), or there is no"
                        + " reference; left out above and in exponents");
    }

    /** A figure of one settling that grows with the depth. */
    enum Cost {
        MESSAGES("messages", DepthRow::messages),
        RELAXATIONS("relaxations", DepthRow::relaxations),
        CRITICAL_PATH("critical path", DepthRow::criticalPath);

        private final String words;
        private final ToLongFunction<DepthRow> figure;

        Cost(String words, ToLongFunction<DepthRow> figure) {
            this.words = words;
            this.figure = figure;
        }

        String words() {
            return words;
        }

        /** The name in files, such as critical-path. */
        String fileName() {
            return words.replace(' ', '-');
        }

        ToLongFunction<DepthRow> figure() {
            return figure;
        }
    }

    @Override
    public Map<String, String> symbols() {
        return SYMBOLS;
    }

    @Override
    public List<ShapeCheck> checks() {
        return new DepthShape(all).checks();
    }

    List<DepthRow> of(ChainInference way, Activation activation) {
        return all.stream().filter(r -> r.way() == way && r.activation() == activation).toList();
    }

    /** Median over seeds; NaN where not every run reached its reference, or none was made. */
    static double median(List<DepthRow> rows, int depth, Cost cost) {
        List<DepthRow> own = rows.stream().filter(r -> r.depth() == depth).toList();
        if (own.isEmpty() || !own.stream().allMatch(DepthRow::reached)) {
            return Double.NaN;
        }
        return Interval.median(own.stream().mapToLong(cost.figure()).asDoubleStream().toArray());
    }

    @Override
    public List<Table> tables() {
        List<Table> out = new ArrayList<>();
        for (Activation activation : plan.activations()) {
            for (Cost cost : Cost.values()) {
                List<String> header = new ArrayList<>(List.of("inference"));
                plan.depths().forEach(d -> header.add("L = " + d));
                header.add("exponent");
                List<List<String>> rows = new ArrayList<>();
                for (ChainInference way : plan.ways()) {
                    rows.add(medians(way, of(way, activation), cost));
                }
                out.add(new Table(title(activation, cost), header, rows));
            }
        }
        out.add(
                new Table(
                        "largest relative error and 1 - cosine of any layer, over all settled runs",
                        List.of("inference", "relative error", "1 - cosine", "settled"),
                        plan.ways().stream().map(this::accuracy).toList()));
        return out;
    }

    private List<String> accuracy(ChainInference way) {
        List<DepthRow> own = all.stream().filter(r -> r.way() == way).toList();
        long away = own.stream().filter(DepthRow::away).count();
        return List.of(
                way.reportName(),
                brief(own.stream().mapToDouble(DepthRow::worstError)),
                brief(own.stream().mapToDouble(DepthRow::worstAngle)),
                "%d of %d%s"
                        .formatted(
                                own.stream().filter(DepthRow::settled).count(),
                                own.size(),
                                away == 0 ? "" : ", %d of them away".formatted(away)));
    }

    private String title(Activation activation, Cost cost) {
        return "%s over L, %s, %s"
                .formatted(
                        cost.words(),
                        activation.optionName(),
                        Findings.over(plan.seeds().size(), "median"));
    }

    private List<String> medians(ChainInference way, List<DepthRow> rows, Cost cost) {
        List<String> out = new ArrayList<>(List.of(way.reportName()));
        for (int depth : plan.depths()) {
            double median = median(rows, depth, cost);
            out.add(Double.isNaN(median) ? "-" : Findings.count(median));
        }
        out.add(new DepthShape(rows).exponent(way, cost.figure()).text("%.2f"));
        return out;
    }

    @Override
    public void print(PrintWriter out) {
        for (Activation activation : plan.activations()) {
            for (Cost cost : Cost.values()) {
                out.println(title(activation, cost) + "; then the exponent");
                out.printf("%-27s", "L");
                plan.depths().forEach(d -> out.printf("%9d", d));
                out.println();
                for (ChainInference way : plan.ways()) {
                    print(out, medians(way, of(way, activation), cost));
                }
                out.println();
            }
        }
        out.println("largest relative error and 1 - cosine of any layer, over all settled runs");
        for (ChainInference way : plan.ways()) {
            List<DepthRow> own = all.stream().filter(r -> r.way() == way).toList();
            if (own.isEmpty()) {
                out.printf("%-27sno run was made%n", way.reportName());
                continue;
            }
            long away = own.stream().filter(DepthRow::away).count();
            out.printf(
                    Locale.ROOT,
                    "%-27s%9s%9s   %d of %d settled%s%n",
                    way.reportName(),
                    brief(own.stream().mapToDouble(DepthRow::worstError)),
                    brief(own.stream().mapToDouble(DepthRow::worstAngle)),
                    own.stream().filter(DepthRow::settled).count(),
                    own.size(),
                    away == 0 ? "" : ", %d of them away from their reference".formatted(away));
        }
        LEGEND.forEach((sign, text) -> out.printf("%-5s%s%n", sign, text));
        out.printf(Locale.ROOT, "%s in %.1f s%n", Figures.count(all.size(), "settling"), seconds);
    }

    private static String brief(java.util.stream.DoubleStream values) {
        double most = values.filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
        return Findings.error(most);
    }

    private static void print(PrintWriter out, List<String> row) {
        int last = row.size() - 1;
        out.printf("%-27s", row.get(0));
        row.subList(1, last).forEach(cell -> out.printf("%9s", cell));
        out.printf("   %s%n", row.get(last));
    }

    @Override
    public void fill(ObjectNode json) {
        DepthRow worst =
                all.stream()
                        .filter(r -> r.settled() && r.way().isErrorForm())
                        .max(Comparator.comparingDouble(DepthRow::worstError))
                        .orElse(null);
        long settled = all.stream().filter(DepthRow::settled).count();
        json.put("verdict", Findings.verdict(settled, all.size()));
        json.put("rowsSettled", settled);
        json.put("rowsNotSettled", all.size() - settled);
        json.put("rowsAway", all.stream().filter(DepthRow::away).count());
        LEGEND.forEach(json.withObject("/symbols")::put);
        json.put("reason", settled > 0 || all.isEmpty() ? null : all.get(0).reason().reportName());
        json.put("messages", all.stream().mapToLong(DepthRow::messages).sum());
        json.put("synapticOperations", all.stream().mapToLong(DepthRow::synapticOperations).sum());
        Json.put(json, "wallSeconds", seconds);
        Json.putNulls(json, "residual", "certificate", "order"); // a row each; one beta
        Json.put(
                json,
                "relativeError",
                worst == null ? Double.NaN : worst.comparison().total().relativeError());
        Json.put(json, "cosine", worst == null ? null : worst.comparison().total().cosine());
        Json.put(
                json,
                "signAgreement",
                worst == null ? Double.NaN : worst.comparison().total().signAgreement());
        ArrayNode projections = json.putArray("projections");
        if (worst != null) {
            worst.comparison()
                    .projections()
                    .forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        }
        fillExponents(json.putArray("exponents"));
    }

    private void fillExponents(ArrayNode array) {
        for (Activation activation : plan.activations()) {
            for (ChainInference way : plan.ways()) {
                List<DepthRow> rows = of(way, activation);
                for (Cost cost : Cost.values()) {
                    Interval exponent = new DepthShape(rows).exponent(way, cost.figure());
                    ObjectNode one = array.addObject();
                    one.put("inference", way.reportName());
                    one.put("activation", activation.optionName());
                    one.put("cost", cost.words());
                    Json.put(one, "exponent", exponent.value());
                    Json.put(one, "low", exponent.low());
                    Json.put(one, "high", exponent.high());
                    ArrayNode medians = one.putArray("medians");
                    for (int depth : plan.depths()) {
                        ObjectNode point = medians.addObject();
                        point.put("hiddenLayers", depth);
                        Json.put(point, "median", median(rows, depth, cost));
                    }
                }
            }
        }
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public List<List<String>> rows() {
        return all.stream().map(this::row).toList();
    }

    private static String reason(DepthRow r) {
        if (!r.settled()) {
            return r.reason().reportName();
        }
        String away = r.comparison() == null ? "no reference" : "away from its reference";
        return r.away() ? away : "";
    }

    private List<String> row(DepthRow r) {
        return List.of(
                r.way().reportName(),
                r.activation().optionName(),
                Integer.toString(r.depth()),
                Long.toString(r.seed()),
                Figures.finite(r.way().beta(plan.beta())),
                r.settled() ? "settled" : "not-settled",
                reason(r),
                r.comparison() == null ? "" : Boolean.toString(r.reached()),
                r.comparison() != null
                        ? Figures.finite(r.comparison().total().relativeError())
                        : "",
                Figures.finite(r.worstError()),
                Figures.finite(r.worstAngle()),
                Long.toString(r.messages()),
                Long.toString(r.relaxations()),
                Long.toString(r.criticalPath()),
                Long.toString(r.synapticOperations()));
    }

    @Override
    public void draw(Path directory) throws IOException {
        new DepthPictures(this).write(directory);
    }
}
