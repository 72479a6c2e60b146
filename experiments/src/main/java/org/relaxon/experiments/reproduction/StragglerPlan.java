package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.runtime.Budget;

/**
 * The runs that show what one slow node costs, by how cells wait for each other.
 *
 * @param hiddenLayers of the chains
 * @param width neurons of every layer
 * @param nodes that hold the cells, at least 2; the one in the middle is slow
 * @param pauseNanos pause of a cell after each relaxation; it uses no processor
 * @param factor how many times as long the cells of the slow node pause, at least 2
 * @param seeds one network each
 * @param threads runs in virtual time at once
 */
public record StragglerPlan(
        int hiddenLayers,
        int width,
        int nodes,
        long pauseNanos,
        int factor,
        List<Long> seeds,
        int threads) {
    /** To which every projection is resolved, and which defects count as settled. */
    public static final double TOLERANCE = 1e-10;

    private static final int SEEDS_MAX = 1000;
    private static final int FACTOR_MAX = 1000;
    private static final int NODES_MAX = 1024;
    private static final long PAUSE_MAX = 1_000_000_000L;
    private static final double TANH_GAIN = 1.3; // signals and errors keep their size
    private static final long BUDGET_NANOS = 600_000_000_000L;

    /**
     * Checks all fields.
     *
     * @param hiddenLayers of the chains
     * @param width neurons of every layer
     * @param nodes that hold the cells, at least 2; the one in the middle is slow
     * @param pauseNanos pause of a cell after each relaxation
     * @param factor how many times as long the cells of the slow node pause, at least 2
     * @param seeds one network each
     * @param threads runs in virtual time at once
     * @throws IllegalArgumentException naming the field, its value and the allowed range
     */
    public StragglerPlan {
        seeds = List.copyOf(seeds);
        requireRange("hidden-layers", hiddenLayers, 1, ProblemSpec.LAYERS_MAX - 2);
        requireRange("width", width, 1, 1 << 12);
        requireRange("nodes", nodes, 2, NODES_MAX);
        requireRange("nodes", nodes, 2, hiddenLayers + 1); // a node without cells is not slow
        requireRange("pause", pauseNanos, 1, PAUSE_MAX);
        requireRange("factor", factor, 2, FACTOR_MAX);
        requireRange("seeds", seeds.size(), 1, SEEDS_MAX);
    }

    private static void requireRange(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: %d is not in %d..%d".formatted(field, value, least, most));
        }
    }

    /**
     * {@return the default plan for a number of networks}
     *
     * @param firstSeed seed of the first network
     * @param count number of networks, with consecutive seeds
     */
    public static StragglerPlan of(long firstSeed, int count) {
        return new StragglerPlan(
                24,
                16,
                3,
                5_000_000,
                10,
                LongStream.range(firstSeed, firstSeed + count).boxed().toList(),
                Runtime.getRuntime().availableProcessors());
    }

    /** {@return index of the slow node, from 0} */
    public int slowNode() {
        return nodes / 2;
    }

    /** {@return the chains} */
    public ProblemSpec problem() {
        int[] layers = new int[hiddenLayers + 2];
        Arrays.fill(layers, width);
        return ProblemSpec.defaults()
                .withLayers(layers)
                .withActivation(StandardActivation.TANH)
                .withScheme(Scheme.NORMAL)
                .withGain(TANH_GAIN);
    }

    /** {@return the slow-downs for which one work is settled in virtual time, from 1} */
    public List<Integer> factors() {
        return IntStream.of(1, Math.max(1, factor / 5), Math.max(1, factor / 2), factor, 2 * factor)
                .distinct()
                .boxed()
                .toList();
    }

    /**
     * {@return all cases, in the order of tables}
     *
     * @see StragglerWork#onCluster
     */
    public List<StragglerCase> cases() {
        List<StragglerCase> out = new ArrayList<>();
        for (StragglerWork work : StragglerWork.values()) {
            if (work.onCluster()) {
                add(work, true, List.of(1, factor), out);
            }
            add(
                    work,
                    false,
                    work == StragglerWork.ACTIVITIES ? factors() : List.of(1, factor),
                    out);
        }
        return out;
    }

    private static void add(
            StragglerWork work, boolean cluster, List<Integer> factors, List<StragglerCase> out) {
        for (StragglerWay way : StragglerWay.values()) {
            if (!cluster || way != StragglerWay.SYNCHRONOUS) {
                factors.forEach(f -> out.add(new StragglerCase(work, cluster, way, f)));
            }
        }
    }

    /** {@return the budget of one settling} */
    public Budget budget() {
        return Budget.DEFAULT.withNanos(BUDGET_NANOS);
    }

    /** {@return the number of runs} */
    public int runs() {
        return cases().size() * seeds.size();
    }

    /**
     * How many times as much a straggler slows a barrier as it slows one path that passes all cells
     * alike: F / (1 + (F - 1) / N). A path that passes slow cells less often is slowed less.
     *
     * @return this figure of what waiting explains
     */
    public double waitingOfOnePath() {
        return factor / (1.0 + (factor - 1.0) / nodes);
    }
}
