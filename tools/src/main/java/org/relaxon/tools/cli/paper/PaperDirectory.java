package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.paper.PaperArrays;
import org.relaxon.experiments.paper.PaperCurve;
import org.relaxon.experiments.paper.PaperRow;
import org.relaxon.experiments.paper.StateDistance;
import org.relaxon.tools.cli.paper.PaperResult.Curve;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.BetaPlot;
import org.relaxon.tools.output.RunDirectory;

/** The figures of {@code paper} as a run directory: manifest, table, arrays, pictures. */
final class PaperDirectory {
    /** Pictures for each batch size. */
    private static final List<String> PICTURES =
            List.of(
                    "error-batch-%d.png",
                    "free-distance-batch-%d.png", "one-minus-cosine-batch-%d.png");

    private static final List<String> FIRST =
            List.of(
                    "variant",
                    "batch",
                    "seed",
                    "beta",
                    "verdict",
                    "reason",
                    "detail",
                    "residual",
                    "columnsSettled",
                    "relativeError",
                    "squaredDistance",
                    "cosine",
                    "oneMinusCosine",
                    "freeSquaredDistance",
                    "freeRelativeDistance",
                    "messages",
                    "wallSeconds");

    private final PaperResult result;
    private final List<PaperRow> rows;
    private final PaperArrays arrays;

    /**
     * @param arrays of the row whose arrays are written; null if no row settled
     */
    PaperDirectory(PaperResult result, PaperArrays arrays) {
        this.result = result;
        this.rows = result.rows();
        this.arrays = arrays;
    }

    /** The names of its files if a run is complete. */
    static List<String> files(List<Integer> batches) {
        List<String> out = new ArrayList<>(List.of("manifest.json", "results.csv", "arrays.npz"));
        for (int batch : batches) {
            PICTURES.forEach(name -> out.add(name.formatted(batch)));
        }
        out.addAll(List.of("result.json", "report.html"));
        return out;
    }

    /** Writes all but the result and its page, and no pictures if rows are missing. */
    Path write(Path below) throws IOException {
        ObjectNode config = PaperJson.of(result.request());
        config.put(Interruption.VERDICT, result.stop().stopped());
        RunDirectory directory =
                RunDirectory.create(below, "paper", config, Clock.system(ZoneId.systemDefault()));
        if (arrays != null) {
            config.put(
                    "arrays",
                    "pc-nudge, batch %d, seed %d, beta %s"
                            .formatted(
                                    arrays.problem().examples(),
                                    arrays.seed(),
                                    Figures.number(arrays.beta())));
        }
        directory.manifest(config);
        if (arrays != null) {
            directory.arrays(
                    arrays.problem(),
                    arrays.problem().network().parameters(),
                    arrays.update(),
                    arrays.reference(),
                    arrays.settled(),
                    arrays.free());
        }
        directory.results(header(), rows.stream().map(this::row).toList());
        if (!result.stop().stopped()) {
            for (int batch : result.request().batches()) {
                draw(directory.path(), batch);
            }
        }
        return directory.path();
    }

    /** Names of the compared arrays, such as W1 and b1; empty if no row has figures. */
    private List<String> arrays() {
        return rows.stream()
                .filter(PaperRow::hasFigures)
                .findFirst()
                .map(r -> r.comparison().projections())
                .orElse(List.of())
                .stream()
                .map(ProjectionComparison::name)
                .toList();
    }

    private List<String> layers() {
        return rows.stream()
                .filter(PaperRow::hasFigures)
                .findFirst()
                .map(PaperRow::distances)
                .orElse(List.of())
                .stream()
                .map(StateDistance::name)
                .filter(name -> !name.equals("total"))
                .toList();
    }

    private List<String> header() {
        List<String> out = new ArrayList<>(FIRST);
        for (String name : arrays()) {
            out.add("relativeError" + name);
            out.add("squaredDistance" + name);
            out.add("cosine" + name);
            out.add("oneMinusCosine" + name);
        }
        for (String name : layers()) {
            out.add("freeSquaredDistance" + name);
            out.add("freeRelativeDistance" + name);
        }
        return out;
    }

    private List<String> row(PaperRow r) {
        List<String> out =
                new ArrayList<>(
                        List.of(
                                r.variant(),
                                Integer.toString(r.batch()),
                                Long.toString(r.seed()),
                                Figures.number(r.beta()),
                                r.verdict(),
                                r.reason() == null ? "" : r.reason().reportName(),
                                r.detail(),
                                Figures.number(r.residual()),
                                r.judged() ? Integer.toString(r.columnsSettled()) : ""));
        addComparison(out, r.hasFigures() ? r.comparison().total() : null);
        addDistance(out, r.hasFigures() ? r.distances().get(r.distances().size() - 1) : null);
        out.add(r.judged() ? Long.toString(r.messages()) : "");
        out.add(Figures.number(r.wallNanos() / 1e9));
        for (int k = 0; k < arrays().size(); k++) {
            addComparison(out, r.hasFigures() ? r.comparison().projections().get(k) : null);
        }
        for (int k = 0; k < layers().size(); k++) {
            addDistance(out, r.hasFigures() ? r.distances().get(k) : null);
        }
        return out;
    }

    private static void addComparison(List<String> out, ProjectionComparison c) {
        out.add(c == null ? "" : Figures.number(c.relativeError()));
        out.add(c == null ? "" : Figures.number(c.rmse() * c.rmse() * c.elements()));
        out.add(c == null ? "" : Figures.number(c.cosine()));
        out.add(c == null ? "" : Figures.number(c.oneMinusCosine()));
    }

    private static void addDistance(List<String> out, StateDistance d) {
        out.add(d == null ? "" : Figures.number(d.squared()));
        out.add(d == null ? "" : Figures.number(d.relative()));
    }

    private void draw(Path directory, int batch) throws IOException {
        PaperRequest request = result.request();
        int runs = request.seeds().size();
        String on =
                "%s, %s, n = %d run%s"
                        .formatted(
                                request.data().replaceFirst(":.*", ""),
                                batch == 1 ? "single images" : "batches of " + batch,
                                runs,
                                runs == 1 ? "" : "s");
        BetaPlot error =
                new BetaPlot(
                        "Distance from backprop: " + on,
                        "relative error |g - backprop| / |backprop|");
        add(error, batch, Curve::error);
        double most = request.betas().get(0);
        double least = request.finest();
        error.law("error = beta", 1.0, 1, least, most);
        error.write(directory.resolve(PICTURES.get(0).formatted(batch)));
        BetaPlot free =
                new BetaPlot(
                        "Distance from the free equilibrium: " + on,
                        "|x(beta) - x(0)|^2 of the hidden layers");
        add(free, batch, Curve::freeDistance);
        free.law("beta^2", 1.0, 2, least, most);
        free.write(directory.resolve(PICTURES.get(1).formatted(batch)));
        BetaPlot angle = new BetaPlot("Angle to backprop: " + on, "1 - cosine");
        add(angle, batch, Curve::angle);
        angle.law("beta^2", 1.0, 2, least, most);
        angle.write(directory.resolve(PICTURES.get(2).formatted(batch)));
    }

    private void add(BetaPlot plot, int batch, Function<Curve, PaperCurve> figure) {
        result.of(batch).stream().map(figure).forEach(plot::add);
    }
}
