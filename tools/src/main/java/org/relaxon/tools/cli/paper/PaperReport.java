package org.relaxon.tools.cli.paper;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.paper.DistanceOverBeta;
import org.relaxon.experiments.paper.PaperCurve;
import org.relaxon.experiments.paper.PaperPlan;
import org.relaxon.experiments.paper.PaperRow;
import org.relaxon.tools.cli.run.ProjectionJson;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.output.Json;

/** The outcome of {@code paper} as text and as JSON. */
final class PaperReport {
    private static final double COARSE = 1e-2; // below it the law of the small beta holds

    private final PaperPlan plan;
    private final List<PaperRow> rows;
    private final List<PaperCurve> errors;

    PaperReport(PaperPlan plan, List<PaperRow> rows) {
        this.plan = plan;
        this.rows = rows;
        this.errors = PaperCurve.of(rows, PaperRow::relativeError);
    }

    /** Whether cells settled at any beta. */
    boolean anySettled() {
        return rows.stream().anyMatch(r -> r.judged() && r.hasFigures());
    }

    private double finest() {
        return plan.betas().get(plan.betas().size() - 1);
    }

    /**
     * From the largest beta of at most .01 at which every run has a figure, so that both ends are
     * means of the same runs; NaN if there is none, or if a run lacks one at the finest.
     */
    private double slope(PaperCurve curve) {
        List<PaperCurve.Point> whole =
                curve.points().stream()
                        .filter(p -> p.beta() <= COARSE && p.counted() == p.runs())
                        .toList();
        boolean both = whole.size() > 1 && whole.get(whole.size() - 1).beta() == finest();
        return both ? curve.slope(whole.get(0).beta(), finest()) : Double.NaN;
    }

    /** Mean relative errors over beta, one column per variant, then floors and slopes. */
    void print(PrintWriter out, List<String> notes) {
        notes.forEach(out::println);
        for (int batch : plan.batches()) {
            List<PaperCurve> curves = errors.stream().filter(c -> c.batch() == batch).toList();
            if (curves.isEmpty()) {
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "%n%s: mean relative error against backprop over %d run(s)%n",
                    batch == 1 ? "Single images" : "Batches of " + batch,
                    plan.seeds().size());
            out.printf(Locale.ROOT, "%-8s%8s", "beta", "settled");
            curves.forEach(c -> out.printf(Locale.ROOT, "  %20s", c.variant()));
            out.println();
            for (double beta : plan.betas()) {
                line(out, curves, beta);
            }
            line(out, "least", curves.stream().map(PaperCurve::floor).toList(), "%.2e");
            line(out, "slope", curves.stream().map(this::slope).toList(), "%.4f");
        }
        out.flush();
    }

    private void line(PrintWriter out, List<PaperCurve> curves, double beta) {
        String settled = "";
        StringBuilder means = new StringBuilder();
        for (PaperCurve curve : curves) {
            PaperCurve.Point at =
                    curve.points().stream().filter(p -> p.beta() == beta).findFirst().orElse(null);
            if (at != null && curve.variant().equals(DistanceOverBeta.SETTLED)) {
                settled = at.counted() + "/" + at.runs();
            }
            boolean shown = at != null && !Double.isNaN(at.mean());
            means.append("  ")
                    .append(
                            "%20s"
                                    .formatted(
                                            shown
                                                    ? String.format(Locale.ROOT, "%.2e", at.mean())
                                                    : "-"));
        }
        out.printf(Locale.ROOT, "%-8s%8s%s%n", Figures.number(beta), settled, means);
    }

    private static void line(PrintWriter out, String name, List<Double> values, String format) {
        out.printf(Locale.ROOT, "%-16s", name);
        for (double v : values) {
            String text = Double.isNaN(v) ? "-" : String.format(Locale.ROOT, format, v);
            out.printf(Locale.ROOT, "  %20s", text);
        }
        out.println();
    }

    /** Adds the verdict, the figures of the finest beta that settled, and all curves. */
    void fill(ObjectNode node) {
        List<PaperRow> own = rows.stream().filter(PaperRow::judged).toList();
        long settled = own.stream().filter(PaperRow::hasFigures).count();
        String some = settled == own.size() ? "settled" : "partly-settled";
        node.put("verdict", settled > 0 ? some : "not-settled");
        node.put("rowsSettled", settled);
        node.put("rowsNotSettled", own.size() - settled);
        PaperRow failed = own.stream().filter(r -> !r.hasFigures()).findFirst().orElse(null);
        node.put("reason", failed == null || settled > 0 ? null : failed.reason().reportName());
        PaperRow best = null; // the last one has the smallest beta of its run
        for (PaperRow r : own) {
            best = r.hasFigures() && (best == null || r.beta() <= best.beta()) ? r : best;
        }
        node.put("beta", best == null ? finest() : best.beta());
        Json.put(node, "residual", best == null ? Double.NaN : best.residual());
        node.put("messages", own.stream().mapToLong(PaperRow::messages).sum());
        node.put("synapticOperations", own.stream().mapToLong(PaperRow::synapticOperations).sum());
        Json.put(node, "wallSeconds", rows.stream().mapToLong(PaperRow::wallNanos).sum() / 1e9);
        node.putNull("certificate"); // none is computed
        Json.put(node, "relativeError", best == null ? Double.NaN : best.relativeError());
        Json.put(node, "cosine", best == null ? null : best.comparison().total().cosine());
        Json.put(
                node,
                "signAgreement",
                best == null ? Double.NaN : best.comparison().total().signAgreement());
        Json.put(node, "order", errors.isEmpty() ? Double.NaN : slope(errors.get(0)));
        ArrayNode projections = node.putArray("projections");
        if (best != null) {
            best.comparison()
                    .projections()
                    .forEach(p -> ProjectionJson.fill(projections.addObject(), p));
        }
        fillCurves(node.putArray("curves"));
    }

    private void fillCurves(ArrayNode out) {
        List<PaperCurve> free = PaperCurve.of(rows, PaperRow::squaredHiddenDistance);
        List<PaperCurve> angle = PaperCurve.of(rows, PaperRow::oneMinusCosine);
        for (int k = 0; k < errors.size(); k++) {
            PaperCurve curve = errors.get(k);
            ObjectNode one = out.addObject();
            one.put("variant", curve.variant());
            one.put("batch", curve.batch());
            Json.put(one, "leastMeanRelativeError", curve.floor());
            Json.put(one, "slope", slope(curve));
            ArrayNode points = one.putArray("points");
            for (int p = 0; p < curve.points().size(); p++) {
                PaperCurve.Point at = curve.points().get(p);
                ObjectNode point = points.addObject();
                point.put("beta", at.beta());
                point.put("runs", at.runs());
                point.put("counted", at.counted());
                Json.put(point, "relativeError", at.mean());
                Json.put(point, "standardError", at.standardError());
                Json.put(point, "least", at.least());
                Json.put(point, "most", at.most());
                Json.put(point, "oneMinusCosine", angle.get(k).points().get(p).mean());
                Json.put(point, "hiddenFreeSquaredDistance", free.get(k).points().get(p).mean());
            }
        }
    }
}
