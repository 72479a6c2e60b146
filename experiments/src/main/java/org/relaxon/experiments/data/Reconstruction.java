package org.relaxon.experiments.data;

import java.util.Optional;

/** A set whose targets are its inputs. */
final class Reconstruction implements DataSet {
    private final DataSet set;

    Reconstruction(DataSet set) {
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
        return set.inputs();
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
        return false;
    }

    @Override
    public void target(int index, double[] into, int offset, int stride) {
        set.input(index, into, offset, stride);
    }
}
