package org.relaxon.experiments.reproduction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The trainings that show whether synapses must change together.
 *
 * @param tasks at least one
 * @param probabilities p of desynchronised synapses, in (0, 1), largest first afterwards
 * @param seeds of weights, data and draws, at least three: margins come from their spread, which of
 *     three may be small by chance
 * @param threads trainings at once
 */
public record DesynchronisedPlan(
        List<LearningTask> tasks, List<Double> probabilities, List<Long> seeds, int threads) {
    private static final int SEEDS_MIN = 3;
    private static final int SEEDS_MAX = 1000;

    /**
     * Checks all fields, and sorts the probabilities.
     *
     * @param tasks at least one
     * @param probabilities p of desynchronised synapses, in (0, 1), largest first afterwards
     * @param seeds of weights, data and draws, at least three: margins come from their spread,
     *     which of three may be small by chance
     * @param threads trainings at once
     * @throws IllegalArgumentException naming the field, its value and the allowed range
     */
    public DesynchronisedPlan {
        tasks = List.copyOf(tasks);
        seeds = List.copyOf(seeds);
        probabilities =
                probabilities.stream().distinct().sorted(Comparator.reverseOrder()).toList();
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("data: need at least one task, got none");
        }
        if (tasks.stream().map(LearningTask::name).distinct().count() < tasks.size()) {
            throw new IllegalArgumentException("data: a task is named twice");
        }
        if (probabilities.isEmpty()) {
            throw new IllegalArgumentException("update-probability: need at least one, got none");
        }
        for (double p : probabilities) {
            if (!(p > 0 && p < 1)) {
                throw new IllegalArgumentException(
                        "update-probability: %s is not in (0, 1); 1 runs beside".formatted(p));
            }
        }
        if (seeds.size() < SEEDS_MIN || seeds.size() > SEEDS_MAX) {
            throw new IllegalArgumentException(
                    "seeds: %d is not in %d..%d".formatted(seeds.size(), SEEDS_MIN, SEEDS_MAX));
        }
    }

    /**
     * {@return a plan of both tasks}
     *
     * @param firstSeed the first of consecutive seeds
     * @param count number of seeds, at least three
     */
    public static DesynchronisedPlan of(long firstSeed, int count) {
        return new DesynchronisedPlan(
                LearningTask.names().stream().map(LearningTask::of).toList(),
                List.of(0.5, 0.2, 0.1),
                LongStream.range(firstSeed, firstSeed + count).boxed().toList(),
                Runtime.getRuntime().availableProcessors());
    }

    /** {@return the ways to train each task, the synchronous one first} */
    public List<Arm> arms() {
        List<Arm> out = new ArrayList<>();
        out.add(Arm.synchronous());
        probabilities.forEach(p -> out.add(Arm.sameUpdates(p)));
        probabilities.forEach(p -> out.add(Arm.samePresentations(p)));
        double least = probabilities.get(probabilities.size() - 1);
        out.add(Arm.frozen(least));
        out.add(Arm.lessLearning(least));
        return out;
    }

    /** {@return the number of trainings} */
    public int runs() {
        return tasks.size() * seeds.size() * arms().size();
    }
}
