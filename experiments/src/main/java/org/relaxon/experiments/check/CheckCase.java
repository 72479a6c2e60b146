package org.relaxon.experiments.check;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.ErrorWindow;
import org.relaxon.experiments.claims.OrderBetas;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.Conditions;

/**
 * The verdict on one rule, host, granularity and delay, over all seeds that were run. Figures are
 * the worst over the seeds that settled, and NaN or null if none did.
 *
 * @param algorithm name in options, as are the next six
 * @param variant of the algorithm; empty for the plain one
 * @param estimator of the phases
 * @param reference the gradient compared with
 * @param host of the cells
 * @param granularity of the cells
 * @param delay of the signals
 * @param dataflow true if the settlings ran out of work instead of reaching a minimum
 * @param settled true if every settling of every seed settled, or completed
 * @param reason of the first seed that did not; null if all did
 * @param detail of the reason; empty if all settled
 * @param residual largest audited defect
 * @param relativeError largest, over all weights and biases
 * @param cosine smallest
 * @param oneMinusCosine largest
 * @param signAgreement smallest
 * @param predicted relative error due to the strength alone, of the worst seed; NaN if the claim is
 *     exact or it is not known
 * @param declaredOrder power of the strength with which the error must fall; 0 if exact, null where
 *     nothing is claimed
 * @param order slope of the error that is farthest from the declared order; NaN if exact
 * @param orderBetas between which it was measured; null if it was not
 * @param window required range of the relative error of the worst seed
 * @param messages median over the seeds, the larger of two in the middle, of the settling at the
 *     requested beta
 * @param relaxations median likewise
 * @param criticalPath median likewise
 * @param synapticOperations median likewise
 * @param wallSeconds sum over all settlings
 * @param certificate certificate of the run with the first seed; null if theory does not cover this
 *     algorithm
 * @param noClaim why nothing is claimed: the network has no energy; empty if something is
 * @param notJudged why the run of a seed cannot decide whether the claim holds: its reference is
 *     too uncertain, its threshold too coarse, or rounding too large a part of the gradient; empty
 *     if it can, or if another seed denies it
 * @param holds whether the claim holds in this case; never where nothing is claimed or judged
 * @param why it does not, in one line with numbers; empty if it does. Where nothing is claimed, why
 *     the case does not stand: it did not settle, a comparison is missing or a fault never happened
 * @param remark the part that rounding excludes from the judgement, of the first seed with such a
 *     remark; empty if nothing
 * @param worstSeed the first that did not settle, else the one with the largest relative error
 * @param seeds one result per seed that was run, in order
 */
public record CheckCase(
        String algorithm,
        String variant,
        String estimator,
        String reference,
        String host,
        String granularity,
        String delay,
        boolean dataflow,
        boolean settled,
        String reason,
        String detail,
        double residual,
        double relativeError,
        Double cosine,
        Double oneMinusCosine,
        double signAgreement,
        double predicted,
        Integer declaredOrder,
        double order,
        OrderBetas orderBetas,
        ErrorWindow window,
        long messages,
        long relaxations,
        long criticalPath,
        long synapticOperations,
        double wallSeconds,
        Certificate certificate,
        String noClaim,
        String notJudged,
        boolean holds,
        String why,
        String remark,
        long worstSeed,
        List<CheckSeed> seeds) {

    /**
     * Not settled first, then not holding, then not judged: an order that the last digits of errors
     * do not change.
     */
    public static final Comparator<CheckCase> FAILED_FIRST =
            Comparator.comparing(CheckCase::settled)
                    .thenComparing(CheckCase::stands)
                    .thenComparing(c -> c.notJudged().isEmpty());

    /**
     * The order by which the worst case is chosen, wherever one is named: not settled first, then
     * not holding, then not judged, then by falling relative error; NaN counts as large.
     */
    public static final Comparator<CheckCase> WORST_FIRST =
            FAILED_FIRST.thenComparing(
                    Comparator.comparingDouble(CheckCase::relativeError).reversed());

    /** The delay of a case in which the network states that of every signal. */
    public static final String STATED = "stated";

    private static final double NANOS_PER_SECOND = 1e9;

    /** Judges the results of the seeds, of which there is at least one. */
    static CheckCase of(
            CaseSettings settings,
            Claim claim,
            Network network,
            Certificate certificate,
            List<CheckSeed> seeds,
            List<String> missingFaults) {
        int declaredOrder = claim.order();
        String noEnergy = network.noEnergy();
        CheckSeed failed = seeds.stream().filter(s -> !s.settled()).findFirst().orElse(null);
        List<CheckSeed> good = seeds.stream().filter(CheckSeed::settled).toList();
        String why = new Verdict(claim).whyNot(seeds, missingFaults);
        String notJudged = why.isEmpty() ? unjudged(seeds) : "";
        CheckSeed worst = failed != null ? failed : largest(good, CheckSeed::relativeError);
        CheckSeed bent = largest(good, s -> Math.abs(s.order() - declaredOrder));
        CheckSeed wide = largest(good, s -> number(total(s).oneMinusCosine()));
        CheckSeed signs = largest(good, s -> -total(s).signAgreement());
        return new CheckCase(
                settings.method().algorithm().optionName(),
                settings.method().algorithm().variant(),
                claim.estimator().optionName(),
                claim.reference().optionName(),
                settings.host().optionName(),
                settings.granularity().toString(),
                delay(settings, network, seeds.get(0).plan().conditions()),
                failed == null && good.get(0).dataflow(),
                failed == null,
                failed == null ? null : failed.reason().reportName(),
                failed == null ? "" : "seed %d %s".formatted(failed.seed(), failed.detail()),
                seeds.stream().mapToDouble(CheckSeed::residual).reduce(0.0, Math::max),
                good.isEmpty()
                        ? Double.NaN
                        : largest(good, CheckSeed::relativeError).relativeError(),
                wide == null ? null : total(wide).cosine(),
                wide == null ? null : total(wide).oneMinusCosine(),
                signs == null ? Double.NaN : total(signs).signAgreement(),
                worst.predicted(),
                noEnergy.isEmpty() ? declaredOrder : null,
                bent == null ? Double.NaN : bent.order(),
                bent == null ? null : bent.betas(),
                worst.window(),
                median(seeds, s -> s.report().messages()),
                median(seeds, s -> s.report().relaxations()),
                median(seeds, s -> s.report().criticalPath()),
                median(seeds, s -> s.report().synapticOperations()),
                seeds.stream().mapToLong(CheckSeed::wallNanos).sum() / NANOS_PER_SECOND,
                certificate,
                noEnergy,
                notJudged,
                why.isEmpty() && noEnergy.isEmpty() && notJudged.isEmpty(),
                why,
                remark(seeds),
                worst.seed(),
                List.copyOf(seeds));
    }

    private static String delay(CaseSettings settings, Network network, Conditions conditions) {
        return conditions.statesAllDelays(network) ? STATED : settings.delay().spec();
    }

    /** {@return whether nothing is wrong with this case: no claim is denied, and all settled} */
    public boolean stands() {
        return why.isEmpty();
    }

    /** {@return the largest angle to the reference, degrees; NaN without a cosine} */
    public double angleDegrees() {
        return oneMinusCosine == null
                ? Double.NaN
                : ProjectionComparison.angleDegrees(1.0 - oneMinusCosine, oneMinusCosine);
    }

    /** {@return algorithm and variant, for display} */
    public String label() {
        return variant.isEmpty() ? algorithm : algorithm + " " + variant;
    }

    /** {@return {@code settled}, {@code completed} or {@code not-settled}} */
    public String verdict() {
        return !settled ? "not-settled" : dataflow ? "completed" : "settled";
    }

    /**
     * {@return the comparison of the worst seed, per projection; null if its estimate does not
     * exist}
     */
    public GradientComparison comparison() {
        return seeds.stream()
                .filter(s -> s.seed() == worstSeed)
                .findFirst()
                .map(CheckSeed::comparison)
                .orElse(null);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %s %s %s: %s, relative error %.3e, order %.3f, %s",
                label(),
                host,
                granularity,
                delay,
                verdict(),
                relativeError,
                order,
                holds ? "holds" : why.isEmpty() ? noClaim + notJudged : why);
    }

    private static String unjudged(List<CheckSeed> seeds) {
        return seeds.stream()
                .filter(s -> !s.unjudged().isEmpty())
                .findFirst()
                .map(s -> "seed %d is not judged: %s".formatted(s.seed(), s.unjudged()))
                .orElse("");
    }

    private static String remark(List<CheckSeed> seeds) {
        return seeds.stream()
                .filter(s -> !s.remark().isEmpty())
                .findFirst()
                .map(s -> "seed %d: %s".formatted(s.seed(), s.remark()))
                .orElse("");
    }

    private static ProjectionComparison total(CheckSeed seed) {
        return seed.comparison().total();
    }

    /** A missing cosine counts as worse than any. */
    private static double number(Double value) {
        return value == null ? Double.NaN : value;
    }

    /** The seed with the largest figure, NaN before all numbers; null if there is no seed. */
    private static CheckSeed largest(List<CheckSeed> seeds, ToDoubleFunction<CheckSeed> figure) {
        return seeds.stream().max(Comparator.comparingDouble(figure)).orElse(null);
    }

    /** A count that occurred: of two in the middle, the larger one. */
    private static long median(List<CheckSeed> seeds, ToLongFunction<CheckSeed> figure) {
        long[] sorted = seeds.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
