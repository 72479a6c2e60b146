package org.relaxon.tools.cli.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.relaxon.experiments.reproduction.AsyncRow;
import org.relaxon.experiments.reproduction.AsyncRow.Part;
import org.relaxon.experiments.reproduction.published.Alignment;
import org.relaxon.experiments.reproduction.published.PublishedFigure;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.tools.cli.reproduce.Findings.Table;

/**
 * The study of asynchrony in tables, beside the figures of its authors.
 *
 * @param all rows of all parts
 */
record AsyncTables(List<AsyncRow> all) {
    private static final String SCHEDULE_WORDS =
            "An event moves the state of one layer. synchronous: all layers at once, then all"
                    + " multipliers. random coordinate: layers drawn evenly, behind a barrier."
                    + " permutation: every layer once a sweep, in random order, behind a barrier."
                    + " global, N sweeps stale: as random coordinate, but a layer reads its"
                    + " neighbours as they were up to N sweeps ago. local: layers drawn evenly, each"
                    + " moves its own multiplier after its state, so that there is no barrier; N"
                    + " sweeps stale as above. unequal rates: behind a barrier, layers drawn with"
                    + " probabilities proportional to exp(1.5 N(0, 1)). A dash: nothing is published, or the"
                    + " early layers have no gradient, and so no angle.";

    private static final String STALE_WORDS =
            "As local above, but the value that is named is read as it was one sweep ago: the state"
                    + " of the layer below or above or both, the layer's own multiplier, the"
                    + " multiplier of the layer above, or all of these.";

    private static final String TRIGGER_WORDS =
            "In a round those layers fire for which the root mean square of dE/dz, E the mean over"
                    + " the batch, is above the number; they move state and own multiplier one after"
                    + " another from the output to the input. It ends when none fires, after 32"
                    + " rounds at the latest. sweeps: layers that fired over the number of layers.";

    private static final String CELL_WORDS =
            "error form: errors are variables of their own. pc-alm: multipliers, rho = alpha = 8; by"
                    + " steps: rho = alpha = 1 and steps of activities, as published. delays: uniform"
                    + " from 0 to so many sweeps; none without a number.";

    /** Runs of one row of a table. */
    private record Group(Part part, int depth, String scheme, List<AsyncRow> rows) {
        private static Group of(List<AsyncRow> rows) {
            AsyncRow first = rows.get(0);
            return new Group(first.part(), first.depth(), first.scheme(), rows);
        }

        PublishedFigure published() {
            return rows.get(0).published();
        }

        double[] of(ToDoubleFunction<Alignment> figure) {
            return rows.stream()
                    .filter(AsyncRow::settled)
                    .mapToDouble(r -> figure.applyAsDouble(r.outcome().alignment()))
                    .toArray();
        }

        double mean(ToDoubleFunction<Alignment> figure) {
            return Arrays.stream(of(figure)).average().orElse(Double.NaN);
        }

        /** Standard deviation between seeds; NaN of a single one. */
        double deviation(ToDoubleFunction<Alignment> figure) {
            double[] values = of(figure);
            double mean = mean(figure);
            double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
            return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
        }

        double median(ToDoubleFunction<AsyncRow> figure) {
            return Interval.median(
                    rows.stream().filter(AsyncRow::settled).mapToDouble(figure).toArray());
        }

        /** Null if nothing is published. */
        Boolean within() {
            PublishedFigure p = published();
            return p == null
                    ? null
                    : (Boolean)
                            (Math.abs(mean(Alignment::cosine) - p.cosine()) <= 2 * p.deviation());
        }
    }

    private List<Group> groups(Part part) {
        return all.stream()
                .filter(r -> r.part() == part)
                .collect(
                        Collectors.groupingBy(
                                r -> r.depth() + " " + r.scheme(),
                                LinkedHashMap::new,
                                Collectors.toList()))
                .values()
                .stream()
                .map(Group::of)
                .toList();
    }

    /** The number of networks. */
    long seeds() {
        return all.stream().map(AsyncRow::seed).distinct().count();
    }

    /** The head of a column: a single network has no spread. */
    private String cosine() {
        return seeds() > 1 ? "mean cosine +- SD" : "cosine, one seed";
    }

    /** One for each part. */
    List<Table> tables() {
        List<Table> out = new ArrayList<>();
        out.add(
                new Table(
                        Part.SCHEDULES.title(),
                        List.of(
                                "schedule",
                                "L",
                                cosine(),
                                "published +- SD",
                                "within 2 SD",
                                "early cosine",
                                "its published",
                                "early length",
                                "published length",
                                "t90",
                                "published t90"),
                        groups(Part.SCHEDULES).stream().map(AsyncTables::scheduled).toList(),
                        SCHEDULE_WORDS));
        out.add(
                new Table(
                        Part.STALE_READS.title(),
                        List.of(
                                "stale",
                                "L",
                                cosine(),
                                "published +- SD",
                                "within 2 SD",
                                "early cosine",
                                "its published"),
                        groups(Part.STALE_READS).stream().map(AsyncTables::stale).toList(),
                        STALE_WORDS));
        out.add(
                new Table(
                        Part.TRIGGERS.title(),
                        List.of(
                                "fires",
                                "L",
                                cosine(),
                                "published +- SD",
                                "within 2 SD",
                                "sweeps",
                                "published sweeps"),
                        groups(Part.TRIGGERS).stream().map(AsyncTables::triggered).toList(),
                        TRIGGER_WORDS));
        out.add(ofCells());
        return out;
    }

    private Table ofCells() {
        String median = seeds() > 1 ? ", median" : "";
        return new Table(
                Part.CELLS.title(),
                List.of(
                        "inference",
                        "L",
                        "settled",
                        "largest 1 - cosine of a layer",
                        "largest deviation of a length",
                        "messages" + median,
                        "relaxations per cell" + median,
                        "critical path" + median),
                groups(Part.CELLS).stream().map(AsyncTables::cells).toList(),
                CELL_WORDS);
    }

    /** Scheme, L, cosine here and published, and whether it is within. */
    private static List<String> common(Group group) {
        PublishedFigure p = group.published();
        Boolean within = group.within();
        return new ArrayList<>(
                List.of(
                        group.scheme(),
                        Integer.toString(group.depth()),
                        spread(group.mean(Alignment::cosine), group.deviation(Alignment::cosine)),
                        p == null ? "-" : spread(p.cosine(), p.deviation()),
                        within == null ? "-" : within ? "yes" : "NO"));
    }

    private static List<String> scheduled(Group group) {
        List<String> out = stale(group);
        PublishedFigure p = group.published();
        out.add(text("%.3f", group.mean(Alignment::earlyNorm)));
        out.add(p == null ? "-" : text("%.3f", p.earlyNorm()));
        double[] reached =
                group.rows().stream()
                        .mapToDouble(r -> r.outcome().reached90())
                        .filter(t -> !Double.isNaN(t))
                        .toArray();
        String median = reached.length == 0 ? "" : "; " + Findings.count(Interval.median(reached));
        out.add("%d/%d%s".formatted(reached.length, group.rows().size(), median));
        out.add(p == null ? "-" : text("%.0f", p.reached90()));
        return out;
    }

    private static List<String> stale(Group group) {
        List<String> out = common(group);
        PublishedFigure p = group.published();
        boolean none = group.mean(Alignment::earlyNorm) == 0.0; // no length, no angle
        out.add(none ? "-" : text("%.4f", group.mean(Alignment::earlyCosine)));
        out.add(p == null ? "-" : text("%.4f", p.earlyCosine()));
        return out;
    }

    private static List<String> triggered(Group group) {
        List<String> out = common(group);
        PublishedFigure p = group.published();
        double sweeps =
                group.rows().stream().mapToDouble(r -> r.outcome().sweeps()).average().orElse(0);
        out.add(text("%.2f", sweeps));
        out.add(p == null ? "-" : text("%.2f", p.sweeps()));
        return out;
    }

    private static List<String> cells(Group group) {
        List<AsyncRow> rows = group.rows();
        String reasons =
                rows.stream()
                        .filter(r -> !r.settled())
                        .map(r -> ", " + r.reason().reportName())
                        .distinct()
                        .collect(Collectors.joining());
        long settled = rows.stream().filter(AsyncRow::settled).count();
        return List.of(
                group.scheme(),
                Integer.toString(group.depth()),
                "%d of %d%s".formatted(settled, rows.size(), reasons),
                Findings.error(worst(group.of(a -> largest(a.cosines())))),
                Findings.error(worst(group.of(a -> largest(a.norms())))),
                count(group.median(AsyncRow::messages)),
                text("%.1f", group.median(r -> r.outcome().sweeps())),
                count(group.median(AsyncRow::criticalPath)));
    }

    /** The largest distance from 1. */
    private static double largest(double[] values) {
        return worst(Arrays.stream(values).map(v -> Math.abs(1.0 - v)).toArray());
    }

    private static double worst(double[] values) {
        double most = values.length == 0 ? Double.NaN : 0.0;
        for (double v : values) {
            most = Math.max(most, v); // propagates NaN
        }
        return most;
    }

    /** Cosines by layer; NaN where a layer has no gradient, and so no angle. */
    static double[] cosines(Alignment alignment) {
        double[] out = alignment.cosines().clone();
        for (int l = 0; l < out.length; l++) {
            out[l] = alignment.norms()[l] == 0.0 ? Double.NaN : out[l];
        }
        return out;
    }

    /** A dash for NaN. */
    private static String count(double median) {
        return Double.isNaN(median) ? "-" : Findings.count(median);
    }

    private static String spread(double mean, double deviation) {
        return text("%.4f", mean) + (Double.isNaN(deviation) ? "" : text(" +- %.4f", deviation));
    }

    /** A dash for NaN. */
    private static String text(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** For every row with a published figure whether the mean cosine is within it. */
    List<Boolean> judged() {
        return Arrays.stream(Part.values())
                .flatMap(part -> groups(part).stream())
                .map(Group::within)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The number of them, for display. */
    String within() {
        List<Boolean> judged = judged();
        return "%d of %d %s are within 2 published SD of the published mean%s"
                .formatted(
                        judged.stream().filter(w -> w).count(),
                        judged.size(),
                        seeds() > 1 ? "mean cosines" : "cosines",
                        seeds() > 1 ? "" : "; one seed: no mean and no spread here");
    }
}
