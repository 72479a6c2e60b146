package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.relaxon.experiments.certificate.DelayBounds;
import org.relaxon.experiments.reproduction.DelayRow.Varied;
import org.relaxon.experiments.sweep.Interval;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.settle.Reason;

/** The required shape of settling under delays, fixed before anything is run. */
public final class DelayShape {
    /** Steps up to this share of the limit must settle. */
    static final double BELOW = 0.9;

    /** Products from this multiple of the upper bound on must not settle. */
    public static final double ABOVE = 1.1;

    /** Half of the runs above the upper bound end so many times the tolerance away from rest. */
    static final double FAR = 100.0;

    /** The most signals that the error form may need, whatever the delay. */
    static final long FEW_MESSAGES = 200;

    /** Largest distance of any settled update from the exact gradient at its nudge. */
    static final double SAME_GRADIENT = 1e-4;

    private final List<DelayRow> rows;

    /**
     * Judges the rows of one experiment.
     *
     * @param rows of every network and every way of inference
     */
    public DelayShape(List<DelayRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * The product of step and delay at which one network ceases to settle.
     *
     * @param seed of the network
     * @param predicted bounds of theory
     * @param settledUpTo largest product up to which all runs settled; 0 if none did
     * @param failedFrom smallest product that did not settle; infinite if all did
     */
    public record Threshold(
            long seed, DelayBounds predicted, double settledUpTo, double failedFrom) {}

    /** {@return one threshold per network, in the order of the seeds} */
    public List<Threshold> thresholds() {
        List<Threshold> out = new ArrayList<>();
        for (long seed : rows.stream().map(DelayRow::seed).distinct().sorted().toList()) {
            List<DelayRow> own =
                    varied(Varied.STEP).stream()
                            .filter(r -> r.seed() == seed)
                            .sorted(Comparator.comparingDouble(DelayRow::product))
                            .toList();
            double failed =
                    own.stream()
                            .filter(r -> !r.settled())
                            .mapToDouble(DelayRow::product)
                            .min()
                            .orElse(Double.POSITIVE_INFINITY);
            double settled =
                    own.stream()
                            .mapToDouble(DelayRow::product)
                            .filter(p -> p < failed)
                            .max()
                            .orElse(0.0);
            if (!own.isEmpty()) {
                DelayRow any = own.get(0);
                out.add(new Threshold(seed, any.bounds(), settled, failed));
            }
        }
        return out;
    }

    /** {@return all checks, in the order of the claim} */
    public List<ShapeCheck> checks() {
        List<ShapeCheck> out = new ArrayList<>();
        List<DelayRow> steps = of(Inference.GRADIENT);
        out.add(
                settling(
                        "gradient steps below the lower bound settle",
                        "all settle at eta d <= %s of the lower bound".formatted(BELOW),
                        steps,
                        r -> r.ofLimit() <= BELOW));
        List<DelayRow> above = steps.stream().filter(r -> r.ofFailure() >= ABOVE).toList();
        out.add(
                ShapeCheck.all(
                        "delays break gradient steps above the upper bound",
                        "none settles at eta d >= %s of the upper bound".formatted(ABOVE),
                        "do not settle",
                        above.stream().filter(r -> !r.settled()).count(),
                        above.size()));
        out.add(oscillating(above));
        out.add(
                settling(
                        "the same step settles without delay",
                        "all settle",
                        steps,
                        r -> r.ticks() == 0));
        for (Inference repair : Inference.values()) {
            if (repair.isRepair()) {
                out.add(
                        settling(
                                "repaired: " + repair.reportName(),
                                "all settle, at every delay",
                                of(repair),
                                r -> true));
            }
        }
        out.add(fewMessages());
        out.add(sameGradient());
        return out;
    }

    private static ShapeCheck settling(
            String name, String expected, List<DelayRow> some, Predicate<DelayRow> which) {
        List<DelayRow> chosen = some.stream().filter(which).toList();
        return ShapeCheck.all(
                name,
                expected,
                "settle",
                chosen.stream().filter(DelayRow::settled).count(),
                chosen.size());
    }

    /**
     * A merely slow run loses nine tenths of its residual in the second half of its budget. Close
     * to the bound oscillations may be smaller than the tolerance, so the size of half of them
     * decides; activity that is no longer finite counts as infinitely far.
     */
    private static ShapeCheck oscillating(List<DelayRow> above) {
        List<DelayRow> failed = above.stream().filter(r -> !r.settled()).toList();
        long diverged = failed.stream().filter(r -> r.reason() == Reason.DIVERGED).count();
        long steady = failed.stream().filter(DelayRow::staysAway).count();
        double median =
                Interval.median(failed.stream().mapToDouble(DelayShape::distance).toArray());
        boolean finite = Double.isFinite(median);
        String far = ShapeCheck.brief(median) + (finite ? " x tolerance" : "");
        String measured =
                "%d of %d stay away from rest, %d diverge, %d end otherwise; median residual %s"
                        .formatted(
                                steady,
                                failed.size(),
                                diverged,
                                failed.size() - steady - diverged,
                                far);
        return new ShapeCheck(
                "runs above the upper bound are not merely slow",
                "all that do not settle stay away from rest or diverge; median residual >="
                        + " %s x tolerance (at first all that spent their budget counted; changed"
                                .formatted(Numeral.text(FAR))
                        + " after the first runs)",
                failed.isEmpty() ? ShapeCheck.NOT_MEASURED : measured,
                steady + diverged == failed.size() && median >= FAR); // NaN fails
    }

    private static double distance(DelayRow r) {
        return r.reason() == Reason.DIVERGED
                ? Double.POSITIVE_INFINITY
                : r.residual() / r.tolerance();
    }

    private ShapeCheck fewMessages() {
        long most =
                of(Inference.ERROR_FORM).stream().mapToLong(DelayRow::messages).max().orElse(-1);
        return new ShapeCheck(
                "the error form needs few messages at every delay",
                "at most " + FEW_MESSAGES,
                most < 0 ? ShapeCheck.NOT_MEASURED : "at most " + most,
                most >= 0 && most <= FEW_MESSAGES);
    }

    private ShapeCheck sameGradient() {
        double most =
                rows.stream()
                        .filter(DelayRow::settled)
                        .mapToDouble(DelayRow::distance)
                        .max()
                        .orElse(Double.NaN);
        return new ShapeCheck(
                "runs that settle have the exact gradient of their nudge",
                "relative distance at most " + Numeral.text(SAME_GRADIENT),
                Double.isNaN(most) ? ShapeCheck.NOT_MEASURED : "at most " + ShapeCheck.brief(most),
                most <= SAME_GRADIENT);
    }

    private List<DelayRow> varied(Varied part) {
        return rows.stream().filter(r -> r.varied() == part).toList();
    }

    private List<DelayRow> of(Inference inference) {
        return rows.stream().filter(r -> r.inference() == inference).toList();
    }
}
