package org.relaxon.experiments.problem;

import org.relaxon.experiments.data.DataSet;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;

/**
 * Draws a batch. Every number is a pure function of (seed, position of the example, row), in
 * streams that the initialisation of weights does not use, so that example k is the same in every
 * batch that contains it.
 */
record Batch(Matrix input, Matrix target) {
    private static final long INPUT_STREAM = 1L << 50;
    private static final long TARGET_STREAM = 1L << 51;
    private static final long ORDER_STREAM = 1L << 52;
    private static final double TARGET_MAX = 0.8;

    /**
     * Inputs N(0, 1); targets U(-.8, .8), or for cross-entropy one class of each output drawn
     * evenly.
     *
     * @param first position of the first example
     */
    static Batch random(Network network, Loss loss, long seed, int first, int count) {
        int nIn = network.inputSize();
        int nOut = network.outputSize();
        Matrix input = Matrix.zeros(nIn, count);
        Matrix target = Matrix.zeros(nOut, count);
        for (int c = 0; c < count; c++) {
            long k = (long) first + c;
            for (int j = 0; j < nIn; j++) {
                input.values()[j * count + c] = CounterRandom.normal(seed, INPUT_STREAM + k, j);
            }
            if (loss.needsDistribution()) {
                for (Population p : network.outputs()) {
                    int from = network.firstRow(p.index());
                    double u = CounterRandom.uniform(seed, TARGET_STREAM + k, from);
                    target.values()[(from + (int) (p.size() * u)) * count + c] = 1.0;
                }
            } else {
                for (int i = 0; i < nOut; i++) {
                    double u = CounterRandom.uniform(seed, TARGET_STREAM + k, i);
                    target.values()[i * count + c] = TARGET_MAX * (2.0 * u - 1.0);
                }
            }
        }
        return new Batch(input, target);
    }

    /**
     * Examples of a set without repetition, in an order drawn from the seed.
     *
     * @param first position of the first example in that order
     * @throws IllegalArgumentException if the set has not that many examples
     */
    static Batch of(DataSet set, long seed, int first, int count) {
        if (count > set.size() || first > set.size() - count) {
            throw new IllegalArgumentException(
                    "samples: %d from position %d on; data %s has %d"
                            .formatted(count, first, set.name(), set.size()));
        }
        int[] order = order(set.size(), seed, first + count);
        Matrix input = Matrix.zeros(set.inputs(), count);
        Matrix target = Matrix.zeros(set.classes(), count);
        set.fill(c -> order[first + c], input, target);
        return new Batch(input, target);
    }

    /** The first {@code needed} places of a random order of 0 to size - 1 (Fisher and Yates). */
    private static int[] order(int size, long seed, int needed) {
        int[] order = new int[size];
        for (int k = 0; k < size; k++) {
            order[k] = k;
        }
        for (int k = 0; k < needed; k++) {
            double u = CounterRandom.uniform(seed, ORDER_STREAM, k);
            int other = k + (int) (u * (size - k));
            int kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
