package org.relaxon.tools.cli.paper;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.paper.PaperCurve;
import org.relaxon.tools.cli.paper.PaperResult.Curve;
import org.relaxon.tools.cli.text.Figures;

/** The outcome of {@code paper} as text. */
final class PaperText {
    private PaperText() {}

    /** Mean relative errors over beta, one column per variant, then floors and slopes. */
    static void print(PrintWriter out, PaperResult result) {
        PaperRequest request = result.request();
        out.println("Problem: " + request.problem());
        out.println(request.note());
        for (int batch : request.batches()) {
            List<Curve> curves = result.of(batch);
            if (curves.isEmpty()) {
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    "%n%s: mean relative error against backprop over %d run(s)%n",
                    batch == 1 ? "Single images" : "Batches of " + batch,
                    request.seeds().size());
            out.printf(Locale.ROOT, "%-8s%8s", "beta", "settled");
            curves.forEach(c -> out.printf(Locale.ROOT, "  %20s", c.variant()));
            out.println();
            for (double beta : request.betas()) {
                line(out, request, curves, beta);
            }
            line(out, "least", curves.stream().map(Curve::floor).toList(), "%.2e");
            if (curves.stream().anyMatch(c -> !Double.isNaN(c.slope()))) {
                line(out, "slope", curves.stream().map(Curve::slope).toList(), "%.4f");
            }
        }
        out.flush();
    }

    private static void line(
            PrintWriter out, PaperRequest request, List<Curve> curves, double beta) {
        String settled = "";
        StringBuilder means = new StringBuilder();
        for (Curve curve : curves) {
            PaperCurve.Point at =
                    curve.error().points().stream()
                            .filter(p -> p.beta() == beta)
                            .findFirst()
                            .orElse(null);
            if (at != null && curve.variant().equals(request.settled())) {
                settled = at.counted() + "/" + at.runs();
            }
            means.append(column(at == null ? Double.NaN : at.mean(), "%.2e"));
        }
        out.printf(Locale.ROOT, "%-8s%8s%s%n", Figures.number(beta), settled, means);
    }

    private static void line(PrintWriter out, String name, List<Double> values, String format) {
        out.printf(Locale.ROOT, "%-16s", name);
        values.forEach(v -> out.print(column(v, format)));
        out.println();
    }

    private static String column(double value, String format) {
        String text = Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
        return String.format(Locale.ROOT, "  %20s", text);
    }
}
