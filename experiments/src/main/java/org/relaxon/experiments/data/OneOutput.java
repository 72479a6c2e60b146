package org.relaxon.experiments.data;

import java.util.Optional;

/** A set of two classes as one output: 0 for the first class, 1 for the second. */
final class OneOutput implements DataSet {
    private final DataSet set;

    OneOutput(DataSet set) {
        this.set = set;
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
        return 1;
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        set.input(index, into, offset, stride);
    }

    @Override
    public int label(int index) {
        return set.label(index);
    }

    @Override
    public boolean hasTargets() {
        return true;
    }

    @Override
    public boolean hasLabels() {
        return true;
    }

    @Override
    public void target(int index, double[] into, int offset, int stride) {
        Column.check(into, offset, stride, 1);
        into[offset] = set.label(index);
    }
}
