package org.relaxon.experiments.data;

import java.util.Optional;
import org.relaxon.model.math.CounterRandom;

/** A set in another order, which is a pure function of its size and a seed. */
public final class Shuffled implements DataSet {
    private final DataSet set;
    private final int[] order;

    /**
     * Shuffles a set; the examples themselves stay where they are.
     *
     * @param set whose examples are shown in another order
     * @param seed of the random order
     * @param stream of random numbers
     */
    public Shuffled(DataSet set, long seed, long stream) {
        this.set = set;
        this.order = order(set.size(), seed, stream);
    }

    /**
     * {@return all numbers from 0 to size - 1 in a random order (Fisher and Yates 1938)}
     *
     * @param size number of examples, at least 0
     * @param seed of the random order
     * @param stream of random numbers
     */
    public static int[] order(int size, long seed, long stream) {
        int[] order = new int[size];
        for (int k = 0; k < size; k++) {
            int other = (int) (CounterRandom.uniform(seed, stream, k) * (k + 1));
            order[k] = order[other];
            order[other] = k;
        }
        return order;
    }

    @Override
    public String name() {
        return set.name();
    }

    @Override
    public int size() {
        return set.size();
    }

    @Override
    public int inputs() {
        return set.inputs();
    }

    @Override
    public Optional<ImageShape> image() {
        return set.image();
    }

    @Override
    public int classes() {
        return set.classes();
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        set.input(order[index], into, offset, stride);
    }

    @Override
    public int label(int index) {
        return set.label(order[index]);
    }

    @Override
    public boolean hasTargets() {
        return set.hasTargets();
    }

    @Override
    public boolean hasLabels() {
        return set.hasLabels();
    }

    @Override
    public void target(int index, double[] into, int offset, int stride) {
        set.target(order[index], into, offset, stride);
    }
}
