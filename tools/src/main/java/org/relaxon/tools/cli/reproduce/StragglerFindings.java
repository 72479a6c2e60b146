package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.experiments.reproduction.StragglerCase;
import org.relaxon.experiments.reproduction.StragglerPlan;
import org.relaxon.experiments.reproduction.StragglerRow;
import org.relaxon.experiments.reproduction.StragglerShape;
import org.relaxon.experiments.reproduction.StragglerWay;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.Json;

/** Settlings beside a straggler in figures. */
record StragglerFindings(StragglerPlan plan, List<StragglerRow> all, double seconds)
        implements Findings {
    private static final List<String> HEADER =
            List.of(
                    "work",
                    "host",
                    "inference",
                    "factor",
                    "seed",
                    "beta",
                    "verdict",
                    "reason",
                    "seconds",
                    "differenceFromBaseline",
                    "errorFromBackprop",
                    "messages",
                    "relaxations");

    private static final Map<String, String> SYMBOLS = new LinkedHashMap<>();

    static {
        SYMBOLS.put(
                "straggler",
                "the node in the middle of the chain; each of its cells pauses longer after every"
                        + " relaxation, without using a processor");
        SYMBOLS.put(
                "eager",
                "a cell relaxes as soon as it receives a signal and its own pause is over");
        SYMBOLS.put("turn-taking", "neighbours relax one after the other");
        SYMBOLS.put(
                "handshake", "a cell relaxes when all neighbours have answered its last signal");
        SYMBOLS.put(
                "synchronous",
                "sweeps over all cells behind a barrier; not timed: the number of sweeps times the"
                        + " pause of the slowest cell");
        SYMBOLS.put(
                "cluster, virtual",
                "time of the wall clock on nodes; virtual time, in which nothing but pauses takes"
                        + " time");
        SYMBOLS.put("ratio", "time over that of eager cells on the same host");
        SYMBOLS.put(
                "waiting",
                "ratio beside the straggler over that without: how much of the advantage is due to"
                        + " waiting for it, and not to fewer relaxations one after another");
    }

    @Override
    public Map<String, String> symbols() {
        return SYMBOLS;
    }

    @Override
    public List<ShapeCheck> checks() {
        return shape().checks();
    }

    StragglerShape shape() {
        return new StragglerShape(plan, all);
    }

    @Override
    public List<Table> tables() {
        return new StragglerTables(this).all();
    }

    @Override
    public void print(PrintWriter out) {
        tables().forEach(table -> table.print(out));
        out.printf(Locale.ROOT, "%s in %.1f s%n", Figures.count(all.size(), "settling"), seconds);
    }

    @Override
    public void fill(ObjectNode json) {
        long settled = all.stream().filter(StragglerRow::settled).count();
        json.put("verdict", Findings.verdict(settled, all.size()));
        json.put("rowsSettled", settled);
        json.put("rowsNotSettled", all.size() - settled);
        json.put("reason", settled > 0 || all.isEmpty() ? null : all.get(0).reason().reportName());
        json.put("messages", all.stream().mapToLong(StragglerRow::messages).sum());
        Json.put(json, "wallSeconds", seconds);
        double most = all.stream().mapToDouble(StragglerRow::error).max().orElse(Double.NaN);
        Json.put(json, "relativeError", most);
        Json.putNulls(
                json,
                "residual",
                "certificate",
                "order",
                "synapticOperations",
                "cosine",
                "signAgreement"); // of the whole gradient alone
        json.putArray("projections");
        ArrayNode ratios = json.putArray("ratios");
        for (StragglerCase one : barriers()) {
            ObjectNode node = ratios.addObject();
            node.put("work", one.work().reportName());
            node.put("host", one.cluster() ? "cluster" : "virtual");
            node.put("inference", one.way().reportName());
            node.put("factor", one.factor());
            Json.put(node, "ratio", Findings.median(shape().ratios(one)));
            Json.put(node, "without", Findings.median(shape().ratios(even(one))));
            Json.put(node, "waiting", Findings.median(shape().waiting(one)));
        }
    }

    /** The ways that wait, beside the straggler, each on the hosts of eager cells. */
    private List<StragglerCase> barriers() {
        return plan.cases().stream()
                .filter(c -> c.way() == StragglerWay.EAGER && c.factor() == plan.factor())
                .flatMap(
                        c ->
                                Arrays.stream(StragglerWay.values())
                                        .filter(way -> way != StragglerWay.EAGER)
                                        .map(
                                                way ->
                                                        new StragglerCase(
                                                                c.work(),
                                                                c.cluster(),
                                                                way,
                                                                c.factor())))
                .toList();
    }

    static StragglerCase even(StragglerCase one) {
        return new StragglerCase(one.work(), one.cluster(), one.way(), 1);
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public List<List<String>> rows() {
        return all.stream().map(StragglerFindings::row).toList();
    }

    private static List<String> row(StragglerRow r) {
        return List.of(
                r.of().work().reportName(),
                r.of().host(),
                r.of().way().reportName(),
                Integer.toString(r.of().factor()),
                Long.toString(r.seed()),
                Figures.finite(r.of().work().beta()),
                r.settled() ? "settled" : "not-settled",
                r.settled() ? "" : r.reason().reportName(),
                Figures.finite(r.nanos() / 1e9),
                Figures.finite(r.difference()),
                Figures.finite(r.error()),
                Long.toString(r.messages()),
                Long.toString(r.relaxations()));
    }

    @Override
    public void draw(Path directory) throws IOException {
        new StragglerPictures(this).write(directory);
    }
}
