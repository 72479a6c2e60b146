package org.relaxon.experiments.problem;

import java.util.Objects;
import java.util.Optional;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.ImageShape;

/**
 * Some examples of a set in their order, kept in memory if drawing them takes long, with inputs
 * scaled.
 */
final class Selection implements DataSet {
    private final DataSet set;
    private final int first;
    private final int size;
    private final InputScaling scaling;
    private final double[][] kept; // null unless kept

    Selection(DataSet set, int first, int size, InputScaling scaling, boolean keeps) {
        Objects.checkFromIndexSize(first, size, set.size());
        this.set = set;
        this.first = first;
        this.size = size;
        this.scaling = scaling;
        kept = keeps ? new double[size][] : null;
    }

    @Override
    public String name() {
        return set.name();
    }

    @Override
    public int size() {
        return size;
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
        Objects.checkIndex(index, size);
        if (kept == null) {
            set.input(first + index, into, offset, stride);
        } else {
            if (kept[index] == null) {
                double[] drawn = new double[inputs()];
                set.input(first + index, drawn, 0, 1);
                kept[index] = drawn;
            }
            for (int j = 0; j < inputs(); j++) {
                into[offset + j * stride] = kept[index][j];
            }
        }
        for (int j = 0; !scaling.isNone() && j < inputs(); j++) {
            into[offset + j * stride] = scaling.apply(j, into[offset + j * stride]);
        }
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size);
        return set.label(first + index);
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
        Objects.checkIndex(index, size);
        set.target(first + index, into, offset, stride);
    }
}
