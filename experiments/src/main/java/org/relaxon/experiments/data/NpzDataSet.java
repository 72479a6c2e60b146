package org.relaxon.experiments.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Examples of your own, from an NPZ file.
 *
 * <p>Array {@code x0} of shape (n, B) holds B examples as columns. Either {@code target} of shape
 * (k, B) holds what the output should be, or {@code labels} of shape (B) holds classes from 0, or
 * both are there. The number of classes is k, or else the largest label plus 1. Without labels the
 * label of an example is the position of its largest target, the first of equals. Other arrays are
 * ignored. Values are handed on as they stand in the file, without scaling.
 */
public final class NpzDataSet implements DataSet {

    /** Most classes that labels alone can ask for. */
    public static final int CLASSES_MAX = 1000;

    private static final String X0 = "x0";
    private static final String TARGET = "target";
    private static final String LABELS = "labels";

    private final String name;
    private final NpyArray x0;
    private final NpyArray target; // null if the file has none
    private final int[] labels;
    private final int classes;

    private NpzDataSet(String name, NpyArray x0, NpyArray target, int[] labels, int classes) {
        this.name = name;
        this.x0 = x0;
        this.target = target;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * Reads a set; its name is that of the file without {@code .npz}.
     *
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not acceptable to {@link NpzReader}, an array is
     *     missing, empty or of the wrong shape, a value is not finite, or a label is not an integer
     *     in its range
     * @throws IOException if the device fails or reading is not permitted
     */
    public static NpzDataSet open(Path file) throws IOException {
        Map<String, NpyArray> arrays = NpzReader.read(file);
        NpyArray x0 = arrays.get(X0);
        NpyArray target = arrays.get(TARGET);
        NpyArray given = arrays.get(LABELS);
        if (x0 == null || target == null && given == null) {
            throw new MalformedFileException(
                    file.toString(), "list of arrays", arrays.keySet(), "x0 and target or labels");
        }
        checkMatrix(file, X0, x0);
        int size = x0.size(1);
        if (target != null) {
            checkMatrix(file, TARGET, target);
            checkSize(file, TARGET, target.size(1), size);
        }
        int classesMax = target == null ? CLASSES_MAX : target.size(0);
        int[] labels = given == null ? largest(target) : labels(file, given, size, classesMax);
        int classes = classesMax;
        if (target == null) {
            classes = 1 + Arrays.stream(labels).max().getAsInt();
        }
        String name = file.getFileName().toString().replaceFirst("\\.npz$", "");
        return new NpzDataSet(name, x0, target, labels, classes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int inputs() {
        return x0.size(0);
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        copyColumn(x0, index, into, offset, stride);
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size());
        return labels[index];
    }

    @Override
    public boolean hasTargets() {
        return target != null;
    }

    @Override
    public void target(int index, double[] into, int offset, int stride) {
        if (target == null) {
            oneHot(index, into, offset, stride);
        } else {
            copyColumn(target, index, into, offset, stride);
        }
    }

    private void copyColumn(NpyArray matrix, int index, double[] into, int offset, int stride) {
        Objects.checkIndex(index, size());
        Column.check(into, offset, stride, matrix.size(0));
        for (int row = 0; row < matrix.size(0); row++) {
            into[offset + row * stride] = matrix.value(row * size() + index);
        }
    }

    private static void checkMatrix(Path file, String name, NpyArray array)
            throws MalformedFileException {
        if (array.axes() != 2 || array.length() == 0) {
            throw new MalformedFileException(
                    file.toString(),
                    "shape of " + name,
                    Arrays.toString(array.shape()),
                    "2 axes of size 1 or more");
        }
        for (int position = 0; position < array.length(); position++) {
            if (!Double.isFinite(array.value(position))) {
                int row = position / array.size(1);
                int column = position % array.size(1);
                throw new MalformedFileException(
                        file.toString(),
                        "%s[%d, %d]".formatted(name, row, column),
                        array.value(position),
                        "finite numbers");
            }
        }
    }

    private static void checkSize(Path file, String name, int size, int examples)
            throws MalformedFileException {
        if (size != examples) {
            throw new MalformedFileException(
                    file.toString(),
                    "number of examples in " + name,
                    size,
                    "%d, as in x0".formatted(examples));
        }
    }

    private static int[] labels(Path file, NpyArray given, int size, int classesMax)
            throws MalformedFileException {
        if (given.axes() != 1) {
            throw new MalformedFileException(
                    file.toString(), "axes of labels", given.axes(), "exactly 1");
        }
        checkSize(file, LABELS, given.size(0), size);
        int[] labels = new int[size];
        for (int index = 0; index < size; index++) {
            double value = given.value(index);
            if (!(value >= 0 && value < classesMax && value == Math.rint(value))) {
                throw new MalformedFileException(
                        file.toString(),
                        "labels[%d]".formatted(index),
                        value,
                        "integers from 0 to %d".formatted(classesMax - 1));
            }
            labels[index] = (int) value;
        }
        return labels;
    }

    private static int[] largest(NpyArray target) {
        int size = target.size(1);
        int[] labels = new int[size];
        for (int index = 0; index < size; index++) {
            for (int row = 1; row < target.size(0); row++) {
                double best = target.value(labels[index] * size + index);
                labels[index] = target.value(row * size + index) > best ? row : labels[index];
            }
        }
        return labels;
    }
}
