package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.model.math.Numeral;

/** The required shape of the times beside a straggler, fixed before anything is run on nodes. */
public final class StragglerShape {
    /** How many times as fast as cells behind a barrier eager cells are to be. */
    static final int FASTER = 3;

    /**
     * Share of {@link StragglerPlan#waitingOfOnePath} that waiting for the straggler is to explain.
     */
    static final double WAITING = 0.6;

    private static final StragglerWork JUDGED = StragglerWork.ACTIVITIES;

    private final StragglerPlan plan;
    private final List<StragglerRow> rows;

    /**
     * Judges the rows of one study.
     *
     * @param plan of the runs
     * @param rows of all cases and seeds
     */
    public StragglerShape(StragglerPlan plan, List<StragglerRow> rows) {
        this.plan = plan;
        this.rows = List.copyOf(rows);
    }

    /**
     * How many times as long one way takes as eager cells on the same host, by network.
     *
     * @param one the way, its work, its host and its factor; for sweeps, beside cells in real or in
     *     virtual time
     * @return ratios of those networks in which both settled at the same gradient, by seed
     */
    public double[] ratios(StragglerCase one) {
        return overSeeds(seed -> ratio(one, one.factor(), seed));
    }

    private double ratio(StragglerCase one, int factor, long seed) {
        return nanos(with(one, one.way(), factor), seed)
                / nanos(with(one, StragglerWay.EAGER, factor), seed);
    }

    private double[] overSeeds(LongToDoubleFunction figure) {
        return plan.seeds().stream()
                .mapToDouble(figure::applyAsDouble)
                .filter(Double::isFinite)
                .toArray();
    }

    /**
     * What waiting for the straggler explains of these ratios.
     *
     * @param one the way, its work and its host; its factor is that of the plan
     * @return ratio beside the straggler over the ratio without one, by network
     */
    public double[] waiting(StragglerCase one) {
        return overSeeds(seed -> ratio(one, plan.factor(), seed) / ratio(one, 1, seed));
    }

    /** Sweeps are of no host of cells, and are compared with cells on each. */
    private double nanos(StragglerCase one, long seed) {
        boolean sweeps = one.way() == StragglerWay.SYNCHRONOUS;
        StragglerCase own =
                new StragglerCase(one.work(), one.cluster() && !sweeps, one.way(), one.factor());
        return rows.stream()
                .filter(r -> r.of().equals(own) && r.seed() == seed && r.isSame())
                .mapToDouble(StragglerRow::nanos)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static StragglerCase with(StragglerCase one, StragglerWay way, int factor) {
        return new StragglerCase(one.work(), one.cluster(), way, factor);
    }

    /**
     * The median over networks of the time of one case.
     *
     * @param one how cells settle
     * @return nanoseconds; NaN where not every network settled at the same gradient
     */
    public double medianNanos(StragglerCase one) {
        double[] all = plan.seeds().stream().mapToDouble(s -> nanos(one, s)).toArray();
        boolean complete = all.length > 0 && Arrays.stream(all).allMatch(Double::isFinite);
        return complete ? Interval.median(all) : Double.NaN;
    }

    /** {@return all checks, in the order of the claim} */
    public List<ShapeCheck> checks() {
        List<ShapeCheck> out = new ArrayList<>();
        out.add(
                ShapeCheck.all(
                        "all ways settle",
                        "all runs",
                        "do",
                        rows.stream().filter(StragglerRow::settled).count(),
                        rows.size()));
        double most = rows.stream().mapToDouble(StragglerRow::difference).max().orElse(Double.NaN);
        out.add(
                ShapeCheck.all(
                        "the same gradient in all ways",
                        "relative differences from the synchronous baseline of at most "
                                + Numeral.text(StragglerRow.DIFFERENCE_MAX),
                        "have it; largest difference " + ShapeCheck.brief(most),
                        rows.stream().filter(StragglerRow::isSame).count(),
                        rows.size()));
        out.add(faster(StragglerWay.HANDSHAKE, FASTER, ""));
        out.add(faster(StragglerWay.SYNCHRONOUS, FASTER, ""));
        out.add(
                faster(
                        StragglerWay.TURN_TAKING,
                        1,
                        "; no barrier: ratios were seen before this limit was stated"));
        double limit = WAITING * plan.waitingOfOnePath();
        for (StragglerWay way : List.of(StragglerWay.HANDSHAKE, StragglerWay.SYNCHRONOUS)) {
            out.add(
                    atLeast(
                            "in virtual time: waiting explains a part, against " + way.reportName(),
                            "the ratio is at least %s x that without a straggler: %s of %s, that of one path through all cells alike"
                                    .formatted(
                                            ShapeCheck.brief(limit),
                                            ShapeCheck.brief(WAITING),
                                            ShapeCheck.brief(plan.waitingOfOnePath())),
                            waiting(new StragglerCase(JUDGED, false, way, plan.factor())),
                            limit));
        }
        return out;
    }

    private ShapeCheck faster(StragglerWay way, int limit, String remark) {
        return atLeast(
                "on nodes, beside the straggler: eager is faster than " + way.reportName(),
                "at least %d x in every network%s".formatted(limit, remark),
                ratios(new StragglerCase(JUDGED, true, way, plan.factor())),
                limit);
    }

    /** One figure of every network is to reach a limit. */
    private ShapeCheck atLeast(String name, String expected, double[] figures, double limit) {
        if (figures.length == 0) {
            return new ShapeCheck(name, expected, ShapeCheck.NOT_MEASURED, false);
        }
        double least = Arrays.stream(figures).min().orElse(Double.NaN);
        double most = Arrays.stream(figures).max().orElse(Double.NaN);
        String range =
                least == most
                        ? ShapeCheck.brief(least)
                        : ShapeCheck.brief(least) + " to " + ShapeCheck.brief(most);
        String some =
                figures.length == plan.seeds().size()
                        ? ""
                        : ", in %d of %d networks".formatted(figures.length, plan.seeds().size());
        boolean holds = figures.length == plan.seeds().size() && least >= limit; // NaN fails
        return new ShapeCheck(name, expected, range + " x" + some, holds);
    }
}
