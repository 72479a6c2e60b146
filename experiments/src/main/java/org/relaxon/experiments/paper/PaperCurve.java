package org.relaxon.experiments.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.relaxon.experiments.compare.Order;

/**
 * One figure of one variant over beta, with its scatter over runs. A mean is taken over the runs
 * that have the figure, and states their number.
 *
 * @param variant whose curve it is
 * @param batch examples per run
 * @param points largest beta first
 */
public record PaperCurve(String variant, int batch, List<Point> points) {
    /**
     * The figures at one strength.
     *
     * @param beta nudging strength
     * @param runs number of runs, those without figures included
     * @param counted number of runs that have the figure
     * @param mean over these; NaN if there are none
     * @param standardError of the mean, standard deviation (with n - 1) over sqrt(n), n = counted;
     *     NaN below two
     * @param least of these; NaN if there are none
     * @param most of these; NaN if there are none
     */
    public record Point(
            double beta,
            int runs,
            int counted,
            double mean,
            double standardError,
            double least,
            double most) {}

    /**
     * Copies the list.
     *
     * @param variant whose curve it is
     * @param batch examples per run
     * @param points largest beta first
     */
    public PaperCurve {
        points = List.copyOf(points);
    }

    /**
     * {@return one curve per batch size and variant, in order of appearance}
     *
     * @param rows of an experiment, in any order
     * @param figure to be averaged; NaN where a row has none
     */
    public static List<PaperCurve> of(List<PaperRow> rows, ToDoubleFunction<PaperRow> figure) {
        List<PaperCurve> out = new ArrayList<>();
        for (int batch : rows.stream().map(PaperRow::batch).distinct().toList()) {
            for (String variant : rows.stream().map(PaperRow::variant).distinct().toList()) {
                List<PaperRow> own =
                        rows.stream()
                                .filter(r -> r.batch() == batch && r.variant().equals(variant))
                                .toList();
                List<Point> points = new ArrayList<>();
                for (double beta : own.stream().map(PaperRow::beta).distinct().toList()) {
                    points.add(
                            point(
                                    beta,
                                    own.stream()
                                            .filter(r -> r.beta() == beta)
                                            .mapToDouble(figure)
                                            .toArray()));
                }
                out.add(new PaperCurve(variant, batch, points));
            }
        }
        return out;
    }

    private static Point point(double beta, double[] all) {
        double[] values = java.util.Arrays.stream(all).filter(v -> !Double.isNaN(v)).toArray();
        int n = values.length;
        double mean = java.util.Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0.0;
        double least = n == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        double most = n == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        double error = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
        return new Point(beta, all.length, n, mean, error, least, most);
    }

    /**
     * {@return the smallest mean of any beta: where the curve ends or has its floor; NaN without
     * points}
     */
    public double floor() {
        return points.stream()
                .mapToDouble(Point::mean)
                .filter(v -> !Double.isNaN(v))
                .min()
                .orElse(Double.NaN);
    }

    /**
     * {@return the slope of log mean over log beta between two betas; NaN if one of them was not
     * run or has no figure}
     *
     * @param coarse the larger beta
     * @param fine the smaller beta
     */
    public double slope(double coarse, double fine) {
        double above = Double.NaN;
        double below = Double.NaN;
        for (Point p : points) {
            above = p.beta() == coarse ? p.mean() : above;
            below = p.beta() == fine ? p.mean() : below;
        }
        return Order.slope(coarse, above, fine, below);
    }
}
