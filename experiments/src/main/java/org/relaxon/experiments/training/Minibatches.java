package org.relaxon.experiments.training;

import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.Shuffled;
import org.relaxon.model.math.Matrix;

/**
 * The examples of a set in minibatches, each epoch in another order: every batch is a pure function
 * of seed, epoch and position, so that a resumed training sees the same examples. A remainder that
 * does not fill a batch forms a smaller one, or is left out of its epoch.
 */
final class Minibatches {
    private static final long ORDER_STREAM = 1L << 53;

    private final DataSet set;
    private final int size;
    private final LastBatch last;
    private final long seed;
    private int[] order;
    private long orderOf = -1;

    /**
     * @param size examples per batch, 1 to the number of examples
     * @param last treatment of a remainder
     */
    Minibatches(DataSet set, int size, LastBatch last, long seed) {
        this.set = set;
        this.size = size;
        this.last = last;
        this.seed = seed;
    }

    /** Batches in an epoch. */
    int perEpoch() {
        return last.perEpoch(set.size(), size);
    }

    /** Examples in the batches of an epoch. */
    long examplesPerEpoch() {
        return (long) set.size() - last.unused(set.size(), size);
    }

    /** Examples of one batch. */
    int size(long step) {
        return last.size(step, set.size(), size);
    }

    /**
     * One batch. Where there are more columns than examples, the examples are repeated.
     *
     * @param step number of the batch since the beginning, from 0
     * @param input receives shape (n_0, B)
     * @param target receives shape (n_L, B)
     */
    void fill(long step, Matrix input, Matrix target) {
        long epoch = step / perEpoch();
        shuffle(epoch);
        int first = (int) (step % perEpoch()) * size;
        int count = size(step);
        set.fill(c -> order[first + c % count], input, target);
    }

    private void shuffle(long epoch) {
        if (epoch != orderOf) {
            order = Shuffled.order(set.size(), seed, ORDER_STREAM + epoch);
            orderOf = epoch;
        }
    }
}
