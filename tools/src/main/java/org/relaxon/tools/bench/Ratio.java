package org.relaxon.tools.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Two things measured in turn in one run.
 *
 * @param name what is compared
 * @param unit of both figures
 * @param subject ours, one figure per round
 * @param floor what it is compared with, one figure per round
 * @param floorName what the floor is
 * @param moreIsBetter true for rates, false for durations
 */
public record Ratio(
        String name,
        String unit,
        List<Double> subject,
        List<Double> floor,
        String floorName,
        boolean moreIsBetter) {

    /** Median of ours. */
    public double subjectMedian() {
        return median(subject);
    }

    /** Median of the floor. */
    public double floorMedian() {
        return median(floor);
    }

    /** Median over the rounds of ours / floor. */
    public double median() {
        double[] ratios = new double[subject.size()];
        for (int k = 0; k < ratios.length; k++) {
            ratios[k] = subject.get(k) / floor.get(k);
        }
        return median(Arrays.stream(ratios).boxed().toList());
    }

    /** Smallest ratio of any round. */
    public double least() {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < subject.size(); k++) {
            least = Math.min(least, subject.get(k) / floor.get(k));
        }
        return least;
    }

    /** Largest ratio of any round. */
    public double most() {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < subject.size(); k++) {
            most = Math.max(most, subject.get(k) / floor.get(k));
        }
        return most;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
