package org.relaxon.experiments.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.format.NpyArray;
import org.relaxon.experiments.format.NpzListing;
import org.relaxon.experiments.format.NpzReader;

/**
 * A user's examples, from an NPZ file.
 *
 * <p>Array {@code x0} of shape (n, B) holds B examples as columns. Either {@code target} of shape
 * (k, B) holds the desired outputs, or {@code labels} of shape (B) holds classes. If both are
 * present, the targets are learned, and outputs are scored by the labels, which are rows of the
 * target. The number of classes is k, or else the number of labels from the smallest to the
 * largest: labels may start anywhere from 0 on. Labels that are all -1 or 1 are the targets of one
 * output. Without labels the label of an example is the position of its largest target, the first
 * of equals. Other arrays are ignored.
 *
 * <p>Values are passed on unchanged, with one exception: a target that is a distribution up to the
 * rounding of float32 (non-negative, sum within 1e-6 of 1) is divided by its sum.
 */
public final class NpzDataSet implements DataSet {

    /** The most classes that labels alone can define. */
    public static final int CLASSES_MAX = 1000;

    private static final int LABEL_MAX = 1 << 30;

    /** A sum of doubles this close to 1 counts as 1. */
    private static final double SUM_ROUNDING = 1e-12;

    private static final String X0 = "x0";
    private static final String TARGET = "target";
    private static final String LABELS = "labels";
    private static final Set<String> ARRAYS = Set.of(X0, TARGET, LABELS);

    private final String name;
    private final NpyArray x0;
    private final NpyArray target; // null if the file has none
    private final int[] labels; // 0 for the first class
    private final int classes;
    private final boolean labelled;
    private final boolean signs; // labels are the targets -1 and 1 of one output
    private final int firstLabel; // of the file, that is class 0

    private NpzDataSet(
            String name,
            NpyArray x0,
            NpyArray target,
            int[] labels,
            int classes,
            boolean labelled,
            boolean signs,
            int firstLabel) {
        this.name = name;
        this.x0 = x0;
        this.target = target;
        this.labels = labels;
        this.classes = classes;
        this.labelled = labelled;
        this.signs = signs;
        this.firstLabel = firstLabel;
    }

    /**
     * Reads a set; its name is that of the file without {@code .npz}.
     *
     * @param file to be read whole
     * @return the set
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not acceptable to {@link NpzReader}, an array is
     *     missing, empty or of the wrong shape, a value is not finite, or a label is not an integer
     *     in its range
     * @throws IOException if the device fails or reading is not permitted
     */
    public static NpzDataSet open(Path file) throws IOException {
        Map<String, NpyArray> arrays =
                NpzReader.read(file, ARRAYS::contains, NpzReader.memoryBudget());
        NpyArray x0 = arrays.get(X0);
        NpyArray target = arrays.get(TARGET);
        NpyArray given = arrays.get(LABELS);
        if (x0 == null || target == null && given == null) {
            NpzListing listing = NpzListing.of(file);
            throw new MalformedFileException(
                    file.toString(),
                    "list of arrays",
                    listing.text(),
                    "x0 (inputs, examples) and target (outputs, examples) or labels (examples,),"
                            + " one column per example"
                            + hint(listing));
        }
        checkMatrix(file, X0, x0);
        if (target != null) {
            checkMatrix(file, TARGET, target);
            checkSize(file, target, TARGET, target.size(1), x0);
        }
        String name = file.getFileName().toString().replaceFirst("\\.npz$", "");
        if (given == null) {
            int classes = target.size(0);
            return new NpzDataSet(name, x0, target, largest(target), classes, false, false, 0);
        }
        int[] labels = labels(file, given, x0, target == null ? 0 : target.size(0));
        if (target != null) {
            return new NpzDataSet(name, x0, target, labels, target.size(0), true, false, 0);
        }
        int least = Arrays.stream(labels).min().getAsInt();
        int most = Arrays.stream(labels).max().getAsInt();
        boolean signs = least == -1;
        Arrays.setAll(labels, k -> signs ? (labels[k] + 1) / 2 : labels[k] - least);
        int classes = signs ? 1 : most - least + 1;
        return new NpzDataSet(name, x0, null, labels, classes, true, signs, signs ? 0 : least);
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * {@return how the labels of the file are interpreted, for a report; empty where this is
     * obvious}
     */
    public String labelling() {
        if (labelled && target != null) {
            return "target is learned, labels are scored";
        }
        return firstLabel == 0
                ? ""
                : "labels %d to %d are classes 0 to %d"
                        .formatted(firstLabel, firstLabel + classes - 1, classes - 1);
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
        return target != null || signs;
    }

    @Override
    public boolean hasLabels() {
        return labelled;
    }

    @Override
    public void target(int index, double[] into, int offset, int stride) {
        if (signs) {
            Column.check(into, offset, stride, 1);
            into[offset] = 2 * label(index) - 1;
        } else if (target == null) {
            oneHot(index, into, offset, stride);
        } else {
            copyColumn(target, index, into, offset, stride);
            normalise(into, offset, stride);
        }
    }

    /** Removes the rounding of a float32 distribution, whose sum cross-entropy assumes to be 1. */
    private void normalise(double[] into, int offset, int stride) {
        double sum = 0.0;
        for (int k = 0; classes > 1 && k < classes; k++) {
            double share = into[offset + k * stride];
            if (!(share >= 0)) {
                return;
            }
            sum += share;
        }
        double off = Math.abs(sum - 1.0);
        if (classes > 1 && off > SUM_ROUNDING && off <= TaskEvidence.SUM_TOLERANCE) {
            for (int k = 0; k < classes; k++) {
                into[offset + k * stride] /= sum;
            }
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
                    NpzListing.text(array.shape()),
                    TARGET.equals(name) && array.axes() == 1
                            ? "2 axes (outputs, examples); classes as integers are named labels"
                            : "2 axes of size 1 or more, the second of the examples"
                                    + (array.axes() > 2
                                            ? "; flatten it: %s.reshape(len(%1$s), -1).T"
                                                    .formatted(name)
                                            : ""));
        }
        for (int position = 0; array.isFloating() && position < array.length(); position++) {
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

    private static String hint(NpzListing listing) {
        return listing.remedy().map("; if these are yours: "::concat).orElse("");
    }

    private static void checkSize(Path file, NpyArray array, String name, int size, NpyArray x0)
            throws MalformedFileException {
        if (size == x0.size(1)) {
            return;
        }
        boolean rows = array.size(0) == x0.size(0);
        boolean both = rows && array.axes() == 2;
        boolean own = !rows && array.axes() == 2 && array.size(0) == x0.size(1);
        String turned =
                both
                        ? "; x0 and %s look transposed (one row per example): store x0.T and %1$s.T"
                        : rows
                                ? "; x0 looks transposed (one row per example): store x0.T"
                                : own
                                        ? "; %s looks transposed (one row per example): store %1$s.T"
                                        : "";
        throw new MalformedFileException(
                file.toString(),
                "number of examples in " + name,
                size,
                "%d, as in x0 %s, where every column is an example"
                                .formatted(x0.size(1), NpzListing.text(x0.shape()))
                        + turned.formatted(name));
    }

    /** Integers from 0 on, all -1 or 1, or below the number of outputs if there are targets. */
    private static int[] labels(Path file, NpyArray given, NpyArray x0, int outputs)
            throws MalformedFileException {
        if (given.axes() != 1) {
            throw new MalformedFileException(
                    file.toString(),
                    "shape of labels",
                    NpzListing.text(given.shape()),
                    "1 axis (examples,); one-hot rows are a target (outputs, examples)");
        }
        checkSize(file, given, LABELS, given.size(0), x0);
        int size = given.size(0);
        boolean signs = outputs == 0 && areSigns(given);
        int most = outputs == 0 ? LABEL_MAX : Math.max(2, outputs) - 1;
        int[] labels = new int[size];
        for (int index = 0; index < size; index++) {
            double value = given.value(index);
            boolean allowed = value >= 0 && value <= most && value == Math.rint(value);
            if (!(allowed || signs)) {
                throw new MalformedFileException(
                        file.toString(),
                        "labels[%d]".formatted(index),
                        value,
                        outputs == 0
                                ? "whole numbers from 0 on, one per class, or -1 and 1"
                                : "integers from 0 to %d".formatted(most));
            }
            labels[index] = (int) value;
        }
        int least = Arrays.stream(labels).min().getAsInt();
        int classes = 1 + Arrays.stream(labels).max().getAsInt() - least;
        if (outputs == 0 && classes > CLASSES_MAX) {
            throw new MalformedFileException(
                    file.toString(), "number of classes", classes, "1 to " + CLASSES_MAX);
        }
        return labels;
    }

    /** Whether all are -1 or 1, and -1 occurs. */
    private static boolean areSigns(NpyArray given) {
        boolean negative = false;
        for (int index = 0; index < given.length(); index++) {
            double value = given.value(index);
            if (value != -1 && value != 1) {
                return false;
            }
            negative |= value == -1;
        }
        return negative;
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
