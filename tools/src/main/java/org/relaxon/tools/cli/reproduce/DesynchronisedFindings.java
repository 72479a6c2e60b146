package org.relaxon.tools.cli.reproduce;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.relaxon.experiments.reproduction.Arm;
import org.relaxon.experiments.reproduction.DesynchronisedRow;
import org.relaxon.experiments.reproduction.DesynchronisedShape;
import org.relaxon.experiments.reproduction.DesynchronisedShape.Outcome;
import org.relaxon.experiments.reproduction.ShapeCheck;
import org.relaxon.experiments.training.Evaluation;
import org.relaxon.experiments.training.TrainResult.Ending;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.LinePlot;

/** Trainings with and without a common moment of change in figures. */
record DesynchronisedFindings(List<DesynchronisedRow> all, double seconds) implements Findings {
    private static final List<String> HEADER =
            List.of(
                    "task",
                    "arm",
                    "updateProbability",
                    "frozen",
                    "seed",
                    "steps",
                    "rate",
                    "synapses",
                    "updates",
                    "neverMoved",
                    "ending",
                    "testLoss",
                    "testAccuracy",
                    "cosineToBackprop",
                    "messages");

    private static final Map<String, String> SYMBOLS = new LinkedHashMap<>();

    static {
        SYMBOLS.put(
                "arm",
                "a way to train: which synapses change at a step, how many steps, which rate");
        SYMBOLS.put("p", "probability that a synapse, a weight or a bias, changes at a step");
        SYMBOLS.put("synchronous", "every synapse changes at every step: N steps at the rate r");
        SYMBOLS.put("same updates", "N / p steps at r: as many changes of every synapse");
        SYMBOLS.put("same presentations", "N steps at r / p: as many minibatches, larger changes");
        SYMBOLS.put(
                "frozen",
                "N / p steps at r, of the same synapses at every step: each is drawn with p once, so"
                        + " that their share is p only in the mean; the others never change");
        SYMBOLS.put("less learning", "N steps at r without compensation");
        SYMBOLS.put(
                "SD", "standard deviation between seeds; in checks, of the synchronous trainings");
        SYMBOLS.put("changes", "made, over the number of synapses: counted, frozen ones as well");
        SYMBOLS.put("never moved", "share of the synapses that end where they began");
        SYMBOLS.put("messages", "between cells, without those of evaluations");
    }

    private List<Outcome> outcomes() {
        return new DesynchronisedShape(all).outcomes();
    }

    @Override
    public List<ShapeCheck> checks() {
        return new DesynchronisedShape(all).checks();
    }

    @Override
    public Map<String, String> symbols() {
        return SYMBOLS;
    }

    @Override
    public List<Table> tables() {
        return List.of(
                new Table(
                        "at the end of the trainings: means over seeds +- SD between them",
                        List.of(
                                "task",
                                "arm",
                                "p",
                                "test loss",
                                "test accuracy",
                                "changes",
                                "never moved",
                                "messages"),
                        outcomes().stream().map(DesynchronisedFindings::outcome).toList()));
    }

    private static List<String> outcome(Outcome o) {
        return List.of(
                o.task(),
                o.arm().name(),
                Figures.number(o.arm().probability()),
                spread("%.5f", o.loss(), o.lossSpread()),
                spread("%.2f %%", 100 * o.accuracy(), 100 * o.accuracySpread()),
                String.format(Locale.ROOT, "%.1f", o.updates()),
                String.format(Locale.ROOT, "%.4f", o.neverMoved()),
                String.format(Locale.ROOT, "%.0f", o.messages()));
    }

    @Override
    public void print(PrintWriter out) {
        tables().forEach(table -> table.print(out));
        out.printf(Locale.ROOT, "%s in %.1f s%n", Figures.count(all.size(), "training"), seconds);
    }

    /** Mean and standard deviation; a dash for a figure that no training has. */
    private static String spread(String format, double mean, double deviation) {
        if (Double.isNaN(mean)) {
            return "-";
        }
        String shown = String.format(Locale.ROOT, format, mean);
        return Double.isNaN(deviation)
                ? shown
                : shown + " +- " + String.format(Locale.ROOT, format, deviation);
    }

    @Override
    public void fill(ObjectNode json) {
        boolean done = all.stream().allMatch(r -> r.ending() == Ending.DONE);
        json.put("verdict", "trained"); // claims no gradient
        json.put("reason", done ? null : "not every training was completed");
        json.put("messages", all.stream().mapToLong(DesynchronisedRow::messages).sum());
        json.put(
                "synapticOperations",
                all.stream().mapToLong(DesynchronisedRow::synapticOperations).sum());
        Json.put(json, "wallSeconds", seconds);
        Json.put(
                json,
                "cosine",
                all.stream().mapToDouble(DesynchronisedRow::cosine).average().orElse(Double.NaN));
        Json.putNulls(json, "residual", "certificate", "relativeError", "signAgreement", "order");
        json.putArray("projections");
        ArrayNode arms = json.putArray("arms");
        for (Outcome o : outcomes()) {
            ObjectNode one = arms.addObject();
            one.put("task", o.task());
            one.put("arm", o.arm().name());
            one.put("updateProbability", o.arm().probability());
            one.put("expected", o.arm().role().name().toLowerCase(Locale.ROOT));
            one.put("runs", o.runs());
            Json.put(one, "testLoss", o.loss());
            Json.put(one, "testLossSpread", o.lossSpread());
            Json.put(one, "testAccuracy", o.accuracy());
            Json.put(one, "testAccuracySpread", o.accuracySpread());
            Json.put(one, "updatesPerSynapse", o.updates());
            Json.put(one, "neverMoved", o.neverMoved());
            Json.put(one, "messages", o.messages());
        }
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public List<List<String>> rows() {
        return all.stream().map(DesynchronisedFindings::row).toList();
    }

    private static List<String> row(DesynchronisedRow r) {
        return List.of(
                r.task(),
                r.arm().name(),
                Figures.number(r.arm().probability()),
                Boolean.toString(r.arm().frozen()),
                Long.toString(r.seed()),
                Long.toString(r.steps()),
                Figures.number(r.rate()),
                Long.toString(r.synapses()),
                Long.toString(r.updates()),
                Figures.number(r.neverMoved()),
                r.ending().name().toLowerCase(Locale.ROOT),
                Figures.finite(r.loss()),
                Figures.finite(r.accuracy()),
                Figures.finite(r.cosine()),
                Long.toString(r.messages()));
    }

    @Override
    public void draw(Path directory) throws IOException {
        for (String task : all.stream().map(DesynchronisedRow::task).distinct().toList()) {
            LinePlot plot =
                    new LinePlot(
                            task
                                    + ": loss over learning done, in steps of the synchronous training",
                            "changes per synapse x rate / r",
                            "test loss, mean over seeds");
            List<DesynchronisedRow> own = all.stream().filter(r -> r.task().equals(task)).toList();
            for (Arm arm : own.stream().map(DesynchronisedRow::arm).distinct().toList()) {
                add(plot, arm, own.stream().filter(r -> r.arm().equals(arm)).toList());
            }
            plot.write(directory.resolve(picture(task)));
        }
    }

    /** The file with the picture of one task. */
    static String picture(String task) {
        return "loss-" + task + ".png";
    }

    private static void add(LinePlot plot, Arm arm, List<DesynchronisedRow> rows) {
        int points = rows.stream().mapToInt(r -> r.curve().size()).min().orElse(0);
        List<Evaluation> first = rows.get(0).curve();
        double perStep = changesPerStep(arm, rows) * arm.rateFactor();
        plot.add(
                "%s, p = %s".formatted(arm.name(), Figures.number(arm.probability())),
                IntStream.range(0, points)
                        .mapToDouble(k -> first.get(k).step() * perStep)
                        .toArray(),
                IntStream.range(0, points).mapToDouble(k -> meanLoss(rows, k)).toArray());
    }

    /** As counted, since the share of frozen synapses is p only in the mean. */
    static double changesPerStep(Arm arm, List<DesynchronisedRow> rows) {
        return rows.stream()
                .filter(r -> r.ending() == Ending.DONE)
                .mapToDouble(r -> (double) r.updates() / r.synapses() / r.steps())
                .average()
                .orElse(arm.probability());
    }

    private static double meanLoss(List<DesynchronisedRow> rows, int point) {
        return rows.stream()
                .mapToDouble(r -> r.curve().get(point).testLoss())
                .average()
                .orElse(Double.NaN);
    }
}
