package org.relaxon.experiments.reproduction;

import java.util.List;
import java.util.stream.LongStream;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.runtime.Budget;

/**
 * The runs that show how delays break gradient steps, and which remedies restore them.
 *
 * @param problem network and data; its seed is replaced
 * @param beta nudging strength, finite and greater than 0
 * @param ticks one-way delay at which the step varies, in mean pauses of a cell, at least 1
 * @param products steps times that delay, eta d, greater than 0, ascending; at most {@code ticks},
 *     so that no step is above 1
 * @param step eta at which the delay varies, greater than 0 and at most 1
 * @param delays one-way delays at which every way of inference is tried, in ticks, at least 0,
 *     ascending
 * @param seeds one network each
 * @param messagesMax signals that one settling may send
 * @param threads runs at once
 */
public record DelayPlan(
        ProblemSpec problem,
        double beta,
        int ticks,
        List<Double> products,
        double step,
        List<Integer> delays,
        List<Long> seeds,
        long messagesMax,
        int threads) {
    private static final int SEEDS_MAX = 1000;

    private static final double STEP_MAX = 1.0; // of gradient dynamics

    /**
     * Checks all fields; sorts products and delays, and removes duplicates.
     *
     * @param problem network and data
     * @param beta nudging strength, finite and greater than 0
     * @param ticks one-way delay at which the step varies, in mean pauses of a cell, at least 1
     * @param products steps times that delay, eta d, greater than 0, ascending; at most {@code
     *     ticks}, so that no step is above 1
     * @param step eta at which the delay varies, greater than 0 and at most 1
     * @param delays one-way delays at which every way of inference is tried, in ticks, at least 0,
     *     ascending
     * @param seeds one network each
     * @param messagesMax signals that one settling may send
     * @param threads runs at once
     * @throws IllegalArgumentException naming the field, its value and the allowed range
     */
    public DelayPlan {
        products = products.stream().sorted().distinct().toList();
        delays = delays.stream().sorted().distinct().toList();
        seeds = List.copyOf(seeds);
        requirePositive("beta", beta);
        requirePositive("step", step);
        products.forEach(p -> requirePositive("products", p));
        if (ticks < 1) {
            throw new IllegalArgumentException("ticks: need at least 1, got " + ticks);
        }
        requireSteps(step, products, ticks);
        for (int d : delays) {
            if (d < 0) {
                throw new IllegalArgumentException("delays: %d is negative".formatted(d));
            }
        }
        if (products.isEmpty() || delays.isEmpty()) {
            throw new IllegalArgumentException("products, delays: need at least one of each");
        }
        if (seeds.isEmpty() || seeds.size() > SEEDS_MAX) {
            throw new IllegalArgumentException(
                    "seeds: %d is not in 1..%d".formatted(seeds.size(), SEEDS_MAX));
        }
        if (messagesMax < 1) {
            throw new IllegalArgumentException(
                    "budget-messages: need at least 1, got " + messagesMax);
        }
    }

    private static void requireSteps(double step, List<Double> products, int ticks) {
        if (!(step <= STEP_MAX)) {
            throw new IllegalArgumentException(
                    "step: need a number of at most 1, got %s".formatted(Numeral.text(step)));
        }
        for (double p : products) {
            if (!(p / ticks <= STEP_MAX)) {
                throw new IllegalArgumentException(
                        "products: need at most the number of ticks, %d, got %s: a step above 1"
                                .formatted(ticks, Numeral.text(p)));
            }
        }
    }

    private static void requirePositive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "%s: need a finite number > 0, got %s".formatted(field, value));
        }
    }

    /**
     * {@return the default problem: random networks 8-16-12-4, tanh, weights N(0, 1 / fan-in),
     * whose loops have gain above 1}
     */
    public static ProblemSpec defaultProblem() {
        return ProblemSpec.defaults().withScheme(Scheme.NORMAL);
    }

    /**
     * {@return the default plan for a number of networks}
     *
     * @param firstSeed seed of the first network
     * @param count number of networks, with consecutive seeds
     */
    public static DelayPlan of(long firstSeed, int count) {
        return new DelayPlan(
                defaultProblem(),
                1e-2,
                20,
                List.of(.1, .2, .3, .4, .5, .6, .7, .8, 1.0, 1.25, 1.5, 2.0),
                0.05,
                List.of(0, 5, 10, 20, 40),
                LongStream.range(firstSeed, firstSeed + count).boxed().toList(),
                300_000,
                Runtime.getRuntime().availableProcessors());
    }

    /** {@return the budget of one settling} */
    public Budget budget() {
        return Budget.DEFAULT.withMessages(messagesMax);
    }

    /** {@return the number of runs} */
    public int runs() {
        return seeds.size() * (products.size() + delays.size() * Inference.values().length);
    }
}
