package org.relaxon.experiments.reproduction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.relaxon.experiments.problem.ProblemSpec;

/**
 * The learning task of a small network.
 *
 * @param problem network and data; its seed is replaced, its batch is the minibatch
 * @param train examples to train on
 * @param test examples to test on
 * @param steps changes of the weights when all synapses change at every step
 * @param rate learning rate of that training, for the mean gradient of a minibatch
 */
public record LearningTask(ProblemSpec problem, int train, int test, long steps, double rate) {
    /**
     * Checks the ranges.
     *
     * @param problem network and data
     * @param train examples to train on
     * @param test examples to test on
     * @param steps changes of the weights when all synapses change at every step
     * @param rate learning rate of that training, for the mean gradient of a minibatch
     * @throws IllegalArgumentException naming the value that is out of range
     */
    public LearningTask {
        if (steps < 1) {
            throw new IllegalArgumentException("iterations: need at least 1, got " + steps);
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number > 0, got " + rate);
        }
    }

    private enum Known {
        TWO_MOONS,
        STROKES
    }

    /** {@return the names of the tasks that {@link #of} accepts} */
    public static List<String> names() {
        return Arrays.stream(Known.values()).map(LearningTask::text).toList();
    }

    private static String text(Known known) {
        return known.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return a task by the name of its data, with tanh hidden layers, linear output, squared
     * loss}
     *
     * @param data one of {@link #names}
     * @throws IllegalArgumentException naming the known tasks
     */
    public static LearningTask of(String data) {
        Known known =
                Arrays.stream(Known.values())
                        .filter(k -> text(k).equals(data))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "data: \"%s\" is not one of %s"
                                                        .formatted(
                                                                data, String.join(", ", names()))));
        ProblemSpec spec = ProblemSpec.defaults().withData(data).withBatch(20);
        return switch (known) {
            case TWO_MOONS -> new LearningTask(spec.withLayers(2, 16, 8, 2), 400, 1000, 800, 0.05);
            case STROKES -> new LearningTask(spec.withLayers(784, 24, 10), 400, 500, 200, 0.005);
        };
    }

    /**
     * {@return the same with another number of steps}
     *
     * @param value changes of the weights, at least 1
     */
    public LearningTask withSteps(long value) {
        return new LearningTask(problem, train, test, value, rate);
    }

    /**
     * {@return the same with another learning rate}
     *
     * @param value learning rate, finite and greater than 0
     */
    public LearningTask withRate(double value) {
        return new LearningTask(problem, train, test, steps, value);
    }

    /** {@return the name of the task, which is that of its data} */
    public String name() {
        return problem.data();
    }
}
