package org.relaxon.experiments.paper;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;

/**
 * The runs: every variant at every beta, for every seed and batch size.
 *
 * @param problem network and data; its seed and batch are replaced
 * @param betas nudging strengths, finite and greater than 0, each once; largest first afterwards
 * @param seeds one per run, at least one, each once
 * @param batches numbers of examples, at least one, each once
 * @param granularity of the cells that settle
 * @param delay of their signals
 * @param variants of the published inference to run as well
 */
public record PaperPlan(
        ProblemSpec problem,
        List<Double> betas,
        List<Long> seeds,
        List<Integer> batches,
        Granularity granularity,
        DelayModel delay,
        List<PublishedVariant> variants) {

    /** Share of the smallest error to be measured that an unsent change may make up. */
    private static final double THRESHOLD_PER_BETA = 1e-4;

    private static final double LEAST_THRESHOLD = 1e-15;
    private static final double LARGEST_THRESHOLD = 1e-10;

    /**
     * Checks all fields, and sorts the betas.
     *
     * @param problem network and data
     * @param betas nudging strengths, finite and greater than 0, each once
     * @param seeds one per run, at least one, each once
     * @param batches numbers of examples, at least one, each once
     * @param granularity of the cells that settle
     * @param delay of their signals
     * @param variants of the published inference to run as well
     * @throws IllegalArgumentException naming the field, its value and the allowed range
     */
    public PaperPlan {
        for (double beta : betas) {
            if (!(beta > 0) || Double.isInfinite(beta)) {
                throw new IllegalArgumentException("betas: need finite numbers > 0, got " + beta);
            }
        }
        betas = betas.stream().sorted(java.util.Comparator.reverseOrder()).toList();
        seeds = List.copyOf(seeds);
        batches = List.copyOf(batches);
        variants = List.copyOf(variants);
        requireSet("betas", betas);
        requireSet("runs", seeds);
        requireSet("batch", batches);
        for (int batch : batches) {
            problem.withBatch(batch); // refuses invalid batches
        }
    }

    /**
     * {@return the network of the paper, 784-128-64-10 ReLU, on data that has 784 inputs and 10
     * classes}
     *
     * @param data with 784 inputs and 10 classes, as {@link ProblemSpec#data}
     */
    public static ProblemSpec paperProblem(String data) {
        return ProblemSpec.defaults()
                .withData(data)
                .withActivation(StandardActivation.RELU)
                .withLayers(784, 128, 64, 10);
    }

    /**
     * {@return a plan of whole layers without delay, one image, one run and all variants}
     *
     * @param problem network and data
     * @param betas nudging strengths, finite and greater than 0, each once
     */
    public static PaperPlan of(ProblemSpec problem, List<Double> betas) {
        return new PaperPlan(
                problem,
                betas,
                List.of(problem.seed()),
                List.of(problem.batch()),
                Granularity.LAYER,
                Delays.none(),
                PublishedVariant.ALL);
    }

    /**
     * {@return the default betas, largest first} 1, .9, ..., .1 and .01 as published, then a
     * logarithmic grid, three to a decade, down to 1e-9.
     */
    public static List<Double> defaultBetas() {
        List<Double> out = new ArrayList<>();
        for (int tenth = 10; tenth >= 1; tenth--) {
            out.add(Double.valueOf(tenth + "e-1"));
        }
        for (int decade = 2; decade <= 9; decade++) {
            for (int digit : new int[] {5, 2, 1}) {
                out.add(Double.valueOf(digit + "e-" + decade));
            }
        }
        return out;
    }

    /** {@return the number of rows of a complete run} */
    public int rows() {
        return betas.size() * seeds.size() * batches.size() * (1 + variants.size());
    }

    /**
     * {@return the change of activity that is worth a signal} It leaves the smallest error
     * unchanged in its first digits.
     */
    public double threshold() {
        double least = betas.get(betas.size() - 1);
        return Math.min(LARGEST_THRESHOLD, Math.max(LEAST_THRESHOLD, THRESHOLD_PER_BETA * least));
    }

    private static void requireSet(String field, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(field + ": need at least one, got none");
        }
        if (values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException(field + ": one is named twice in " + values);
        }
    }
}
