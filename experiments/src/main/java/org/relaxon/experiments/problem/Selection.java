package org.relaxon.experiments.problem;

import java.util.Objects;
import org.relaxon.experiments.data.DataSet;

/**
 * Some examples of a set in their order, kept in memory if drawing them takes long, with inputs
 * moved by {@code scale} x + {@code shift}.
 */
final class Selection implements DataSet {
    private final DataSet set;
    private final int first;
    private final int size;
    private final double scale;
    private final double shift;
    private final double[][] kept; // null unless kept

    Selection(DataSet set, int first, int size, double scale, double shift, boolean keeps) {
        Objects.checkFromIndexSize(first, size, set.size());
        this.set = set;
        this.first = first;
        this.size = size;
        this.scale = scale;
        this.shift = shift;
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
        for (int j = 0; (scale != 1.0 || shift != 0.0) && j < inputs(); j++) {
            into[offset + j * stride] = scale * into[offset + j * stride] + shift;
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
