package org.relaxon.experiments.reproduction;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.runtime.Budget;

/**
 * The runs that show what settling costs over the depth of a chain of layers.
 *
 * @param activations of the hidden layers
 * @param depths numbers of hidden layers between input and output, ascending
 * @param width neurons of every layer
 * @param gain factor of every initial weight, beside the one with which signals and errors keep
 *     their size in a chain of this activation; weights are N(0, 1 / fan-in)
 * @param beta nudging strength of the error form, finite and greater than 0
 * @param tolerance to which every projection is resolved, between 0 and 1
 * @param ways how chains are settled
 * @param seeds one network each for every activation and depth
 * @param messagesMax signals that one settling may send
 * @param threads runs at once
 */
public record DepthPlan(
        List<Activation> activations,
        List<Integer> depths,
        int width,
        double gain,
        double beta,
        double tolerance,
        List<ChainInference> ways,
        List<Long> seeds,
        long messagesMax,
        int threads) {
    private static final int SEEDS_MAX = 1000;
    private static final double TANH_GAIN = 1.3;

    /**
     * Checks all fields; sorts depths and removes duplicates.
     *
     * @param activations of the hidden layers
     * @param depths numbers of hidden layers between input and output
     * @param width neurons of every layer
     * @param gain factor of every initial weight, beside the one that keeps signals
     * @param beta nudging strength of the error form, finite and greater than 0
     * @param tolerance to which every projection is resolved, between 0 and 1
     * @param ways how chains are settled
     * @param seeds one network each for every activation and depth
     * @param messagesMax signals that one settling may send
     * @param threads runs at once
     * @throws IllegalArgumentException naming the field, its value and the allowed range
     */
    public DepthPlan {
        activations = activations.stream().distinct().toList();
        depths = depths.stream().sorted().distinct().toList();
        ways = ways.stream().distinct().toList();
        seeds = List.copyOf(seeds);
        if (depths.isEmpty() || activations.isEmpty() || ways.isEmpty()) {
            throw new IllegalArgumentException(
                    "depths, activations, ways: need at least one of each");
        }
        requireRange("depths", depths.get(0), ProblemSpec.LAYERS_MAX - 2);
        requireRange("depths", depths.get(depths.size() - 1), ProblemSpec.LAYERS_MAX - 2);
        requireRange("width", width, 1 << 12);
        requireRange("seeds", seeds.size(), SEEDS_MAX);
        requireRange("budget-messages", messagesMax, Long.MAX_VALUE);
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta: need a finite number > 0, got " + beta);
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException(
                    "tolerance: need a number between 0 and 1, got " + tolerance);
        }
    }

    private static void requireRange(String field, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s: %d is not in 1..%d".formatted(field, value, most));
        }
    }

    /**
     * {@return the default plan for a number of networks}
     *
     * @param firstSeed seed of the first network
     * @param count number of networks, with consecutive seeds
     */
    public static DepthPlan of(long firstSeed, int count) {
        return new DepthPlan(
                List.of(StandardActivation.TANH, StandardActivation.LINEAR),
                List.of(4, 8, 16, 32, 64, 128, 256),
                16,
                1.0,
                1e-12,
                1e-4,
                List.of(ChainInference.values()),
                LongStream.range(firstSeed, firstSeed + count).boxed().toList(),
                Budget.DEFAULT.messages(),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * {@return the chains of one activation and depth}
     *
     * @param activation of the hidden layers
     * @param depth number of hidden layers
     */
    public ProblemSpec problem(Activation activation, int depth) {
        int[] layers = new int[depth + 2];
        Arrays.fill(layers, width);
        return ProblemSpec.defaults()
                .withLayers(layers)
                .withActivation(activation)
                .withScheme(Scheme.NORMAL)
                .withGain(gain * keeping(activation));
    }

    /**
     * The gain with which neither signals nor errors vanish or explode. A linear layer changes the
     * logarithm of a norm by -1 / (2 n) in the mean; the gain for tanh is measured.
     */
    private double keeping(Activation activation) {
        if (activation == StandardActivation.LINEAR) {
            return 1.0 + 0.5 / width;
        }
        return activation == StandardActivation.TANH ? TANH_GAIN : 1.0;
    }

    /** {@return the budget of one settling} */
    public Budget budget() {
        return Budget.DEFAULT.withMessages(messagesMax);
    }

    /**
     * {@return the depths at which a way is tried}
     *
     * @param way how chains are settled
     */
    public List<Integer> depths(ChainInference way) {
        return depths.stream().filter(d -> d <= way.depthMax()).toList();
    }

    /** {@return the number of runs} */
    public int runs() {
        int chains = ways.stream().mapToInt(w -> depths(w).size()).sum();
        return chains * activations.size() * seeds.size();
    }
}
