package org.relaxon.tools.cli.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.relaxon.experiments.paper.PaperCurve;
import org.relaxon.experiments.paper.PaperRow;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;

/**
 * Everything that {@code paper} reports, in whichever form.
 *
 * @param request the resolved configuration
 * @param rows that were made
 * @param settled rows of cells that settled
 * @param notSettled rows of cells that did not
 * @param reason why the first of these did not; null if any row settled
 * @param finest the row of the smallest beta that settled; null if there is none
 * @param messages signals of all cells
 * @param synapticOperations multiplications by a weight of all cells
 * @param wallSeconds of all rows
 * @param curves one per batch size and variant
 * @param stop whether the work was stopped
 */
record PaperResult(
        PaperRequest request,
        List<PaperRow> rows,
        long settled,
        long notSettled,
        String reason,
        PaperRow finest,
        long messages,
        long synapticOperations,
        double wallSeconds,
        List<Curve> curves,
        Stop stop) {
    private static final double COARSE = 1e-2; // below it the law of the small beta holds

    PaperResult {
        rows = List.copyOf(rows);
        curves = List.copyOf(curves);
    }

    /**
     * The figures of one variant over beta.
     *
     * @param error relative error against backprop
     * @param freeDistance squared distance of the hidden layers from the free equilibrium
     * @param angle 1 - cosine to backprop
     * @param floor least mean error
     * @param slope of log error over log beta; NaN if there is none
     */
    record Curve(
            PaperCurve error,
            PaperCurve freeDistance,
            PaperCurve angle,
            double floor,
            double slope) {
        String variant() {
            return error.variant();
        }

        int batch() {
            return error.batch();
        }
    }

    /**
     * The result of some rows.
     *
     * @param stop asked last, after all else is computed
     */
    static PaperResult of(PaperRequest request, List<PaperRow> rows, Supplier<Stop> stop) {
        List<PaperRow> own = rows.stream().filter(PaperRow::judged).toList();
        long settled = own.stream().filter(PaperRow::hasFigures).count();
        PaperRow failed = own.stream().filter(r -> !r.hasFigures()).findFirst().orElse(null);
        PaperRow finest = null; // the last one has the smallest beta of its run
        for (PaperRow r : own) {
            finest = r.hasFigures() && (finest == null || r.beta() <= finest.beta()) ? r : finest;
        }
        return new PaperResult(
                request,
                rows,
                settled,
                own.size() - settled,
                failed == null || settled > 0 ? null : failed.reason().reportName(),
                finest,
                own.stream().mapToLong(PaperRow::messages).sum(),
                own.stream().mapToLong(PaperRow::synapticOperations).sum(),
                rows.stream().mapToLong(PaperRow::wallNanos).sum() / 1e9,
                curves(rows, request.finest()),
                stop.get());
    }

    private static List<Curve> curves(List<PaperRow> rows, double finest) {
        List<PaperCurve> error = PaperCurve.of(rows, PaperRow::relativeError);
        List<PaperCurve> free = PaperCurve.of(rows, PaperRow::squaredHiddenDistance);
        List<PaperCurve> angle = PaperCurve.of(rows, PaperRow::oneMinusCosine);
        List<Curve> out = new ArrayList<>();
        for (int k = 0; k < error.size(); k++) {
            PaperCurve one = error.get(k);
            out.add(new Curve(one, free.get(k), angle.get(k), one.floor(), slope(one, finest)));
        }
        return out;
    }

    /**
     * From the largest beta of at most .01 at which every run has a figure, so that both ends are
     * means of the same runs; NaN if there is none, or if a run lacks one at the finest.
     */
    private static double slope(PaperCurve curve, double finest) {
        List<PaperCurve.Point> whole =
                curve.points().stream()
                        .filter(p -> p.beta() <= COARSE && p.counted() == p.runs())
                        .toList();
        boolean both = whole.size() > 1 && whole.get(whole.size() - 1).beta() == finest;
        return both ? curve.slope(whole.get(0).beta(), finest) : Double.NaN;
    }

    /** The curves of a batch size. */
    List<Curve> of(int batch) {
        return curves.stream().filter(c -> c.batch() == batch).toList();
    }

    /** The verdict, or that of a run that was stopped. */
    String verdict() {
        String some = notSettled == 0 ? "settled" : "partly-settled";
        return stop.verdict(settled > 0 ? some : "not-settled");
    }

    /** The exit code of the command. */
    int exitCode() {
        return settled > 0 ? ExitCode.DONE : ExitCode.NOT_SETTLED;
    }
}
