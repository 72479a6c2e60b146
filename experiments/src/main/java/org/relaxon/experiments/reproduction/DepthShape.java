package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.model.math.Numeral;

/** The required shape of the cost over depth, fixed before anything is run. */
public final class DepthShape {
    /** Largest deviation of the exponent of messages from 1. */
    static final double EXPONENT_OFF = 0.05;

    /** Messages per hidden layer. */
    static final long PER_LAYER = 2;

    private final List<DepthRow> rows;

    /**
     * Judges the rows of one experiment.
     *
     * @param rows of every chain and every way
     */
    public DepthShape(List<DepthRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * The exponent of a cost over the depth.
     *
     * @param way how chains were settled
     * @param cost what is counted
     * @return the slope of its logarithm over that of the depth by least squares over all runs of
     *     those depths at which every run reached its reference, with the 95 % interval of
     *     Student's t; NaN with fewer than two such depths
     */
    public Interval exponent(ChainInference way, ToLongFunction<DepthRow> cost) {
        List<DepthRow> own = of(way);
        Set<Integer> missed =
                own.stream()
                        .filter(r -> !r.reached())
                        .map(DepthRow::depth)
                        .collect(Collectors.toSet());
        List<DepthRow> fitted = own.stream().filter(r -> !missed.contains(r.depth())).toList();
        return Interval.slope(
                fitted.stream().mapToDouble(r -> Math.log(r.depth())).toArray(),
                fitted.stream().mapToDouble(r -> Math.log((double) cost.applyAsLong(r))).toArray());
    }

    /** {@return all checks, in the order of the claim} */
    public List<ShapeCheck> checks() {
        List<DepthRow> eager = of(ChainInference.EAGER);
        List<ShapeCheck> out = new ArrayList<>();
        out.add(
                all(
                        "error form, eager: every layer has its backprop gradient",
                        "in every layer a relative error of at most %s and 1 - cosine of at most %s"
                                .formatted(
                                        Numeral.text(DepthRow.ERROR_MAX),
                                        Numeral.text(DepthRow.ANGLE_MAX)),
                        "do; largest relative error %s",
                        DepthRow::worstError,
                        eager,
                        DepthRow::reached));
        Interval exponent = exponent(ChainInference.EAGER, DepthRow::messages);
        out.add(
                new ShapeCheck(
                        "error form, eager: messages grow as the depth",
                        "exponent within %s of 1".formatted(EXPONENT_OFF),
                        Double.isNaN(exponent.value())
                                ? ShapeCheck.NOT_MEASURED
                                : exponent.text("%.3f"),
                        Math.abs(exponent.value() - 1.0) <= EXPONENT_OFF)); // NaN fails
        out.add(
                all(
                        "error form, eager: two messages per hidden layer",
                        "at most %d L".formatted(PER_LAYER),
                        "send no more; at most %s L",
                        r -> (double) r.messages() / r.depth(),
                        eager,
                        r -> r.settled() && r.messages() <= PER_LAYER * r.depth()));
        return out;
    }

    /** One condition required of all runs, with the largest of one figure of them. */
    private static ShapeCheck all(
            String name,
            String expected,
            String condition,
            ToDoubleFunction<DepthRow> figure,
            List<DepthRow> some,
            Predicate<DepthRow> holds) {
        long good = some.stream().filter(holds).count();
        double most = some.stream().mapToDouble(figure).max().orElse(Double.NaN);
        String words = condition.formatted(ShapeCheck.brief(most));
        return ShapeCheck.all(name, expected, words, good, some.size());
    }

    private List<DepthRow> of(ChainInference way) {
        return rows.stream().filter(r -> r.way() == way).toList();
    }
}
