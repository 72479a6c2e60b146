package org.relaxon.tools.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.experiments.sweep.Interval;

/**
 * Two subjects measured in turn in one run.
 *
 * @param name of the comparison
 * @param unit of both figures
 * @param subject figures of Relaxon, one per round
 * @param floor figures of the floor, one per round
 * @param floorName name of the floor
 * @param moreIsBetter true for rates, false for durations
 * @param settled settlings of the subject that settled
 * @param settlings all settlings of the subject; a duration is known only of rounds in which all
 *     settled
 * @param why the reason of the first that did not; empty if all did
 */
public record Ratio(
        String name,
        String unit,
        List<Double> subject,
        List<Double> floor,
        String floorName,
        boolean moreIsBetter,
        long settled,
        long settlings,
        String why) {

    /** {@return the median of the subject} */
    public double subjectMedian() {
        return median(subject);
    }

    /** {@return the median of the floor} */
    public double floorMedian() {
        return median(floor);
    }

    /** {@return the median over the rounds of subject over floor} */
    public double median() {
        return median(ratios());
    }

    /** {@return the smallest ratio of any round; NaN without rounds} */
    public double least() {
        return ratios().stream().mapToDouble(r -> r).min().orElse(Double.NaN);
    }

    /** {@return the largest ratio of any round; NaN without rounds} */
    public double most() {
        return ratios().stream().mapToDouble(r -> r).max().orElse(Double.NaN);
    }

    /** {@return the number of rounds that have both figures} */
    public int rounds() {
        return ratios().size();
    }

    /** Ratios of the rounds that have both figures. */
    private List<Double> ratios() {
        return IntStream.range(0, subject.size())
                .mapToObj(k -> subject.get(k) / floor.get(k))
                .filter(r -> !Double.isNaN(r))
                .toList();
    }

    private static double median(List<Double> values) {
        return Interval.median(
                values.stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(v -> !Double.isNaN(v))
                        .toArray());
    }
}
