package org.relaxon.tools.cli.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.reproduction.StragglerCase;
import org.relaxon.experiments.reproduction.StragglerPlan;
import org.relaxon.experiments.reproduction.StragglerRow;
import org.relaxon.experiments.reproduction.StragglerShape;
import org.relaxon.experiments.reproduction.StragglerWay;
import org.relaxon.experiments.reproduction.StragglerWork;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.tools.cli.reproduce.Findings.Table;
import org.relaxon.tools.cli.text.Figures;

/**
 * Times beside a straggler in tables.
 *
 * @param found what was measured
 */
record StragglerTables(StragglerFindings found) {
    private static final String NONE = "-";

    private StragglerPlan plan() {
        return found.plan();
    }

    private StragglerShape shape() {
        return found.shape();
    }

    List<Table> all() {
        List<Table> out = new ArrayList<>();
        for (StragglerWork work : StragglerWork.values()) {
            out.add(times(work));
        }
        out.add(slowDowns());
        out.add(accuracy());
        return out;
    }

    private String over() {
        return Findings.over(plan().seeds().size(), "median");
    }

    private Table times(StragglerWork work) {
        List<List<String>> rows = new ArrayList<>();
        for (boolean cluster : new boolean[] {true, false}) {
            if (!cluster || work.onCluster()) {
                for (StragglerWay way : StragglerWay.values()) {
                    rows.add(times(new StragglerCase(work, cluster, way, plan().factor())));
                }
            }
        }
        return new Table(
                "%s, beta %s, %s".formatted(work.reportName(), Figures.number(work.beta()), over()),
                List.of(
                        "host",
                        "inference",
                        "seconds",
                        "beside straggler",
                        "ratio",
                        "beside it",
                        "waiting"),
                rows,
                work.isLate()
                        ? "The result of a relaxation leaves its cell at the end of the pause that"
                                + " follows, as from a node that computes so slowly."
                        : "");
    }

    private List<String> times(StragglerCase slow) {
        StragglerCase even = StragglerFindings.even(slow);
        boolean eager = slow.way() == StragglerWay.EAGER;
        return List.of(
                slow.cluster() ? "cluster" : "virtual",
                slow.way().reportName(),
                seconds(shape().medianNanos(even)),
                seconds(shape().medianNanos(slow)),
                eager ? "" : ratio(Findings.median(shape().ratios(even))),
                eager ? "" : ratio(Findings.median(shape().ratios(slow))),
                eager ? "" : ratio(Findings.median(shape().waiting(slow))));
    }

    private static String seconds(double nanos) {
        return Double.isNaN(nanos) ? NONE : String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.2f", value);
    }

    private Table slowDowns() {
        List<String> header = new ArrayList<>(List.of("inference"));
        plan().factors().forEach(f -> header.add(f + " x"));
        List<List<String>> rows = new ArrayList<>();
        for (StragglerWay way : StragglerWay.values()) {
            List<String> row = new ArrayList<>(List.of(way.reportName()));
            for (int factor : plan().factors()) {
                row.add(
                        seconds(
                                shape().medianNanos(
                                                new StragglerCase(
                                                        StragglerWork.ACTIVITIES,
                                                        false,
                                                        way,
                                                        factor))));
            }
            rows.add(row);
        }
        return new Table(
                "%s, seconds of virtual time over the slow-down, pauses of %s, %s"
                        .formatted(
                                StragglerWork.ACTIVITIES.reportName(),
                                Durations.format(plan().pauseNanos()),
                                over()),
                header,
                rows);
    }

    private Table accuracy() {
        List<List<String>> rows = new ArrayList<>();
        for (StragglerWork work : StragglerWork.values()) {
            List<StragglerRow> own =
                    found.all().stream().filter(r -> r.of().work() == work).toList();
            rows.add(
                    List.of(
                            work.reportName(),
                            most(own.stream().mapToDouble(StragglerRow::difference)),
                            most(own.stream().mapToDouble(StragglerRow::error)),
                            "%d of %d"
                                    .formatted(
                                            own.stream().filter(StragglerRow::settled).count(),
                                            own.size())));
        }
        return new Table(
                "largest relative difference of updates, over all settled runs",
                List.of("work", "from synchronous", "from backprop", "settled"),
                rows);
    }

    private static String most(java.util.stream.DoubleStream values) {
        return Findings.error(values.filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN));
    }
}
