package org.relaxon.experiments.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relaxon.experiments.format.IdxArray;
import org.relaxon.experiments.format.IdxFiles;
import org.relaxon.experiments.format.IdxReader;
import org.relaxon.experiments.format.MalformedFileException;

/**
 * Labelled images from a pair of IDX files, as MNIST, Fashion-MNIST and EMNIST are distributed.
 *
 * <p>An image of shape (rows, columns) gives rows * columns inputs, row by row; a pixel p from 0 to
 * 255 becomes p / 127.5 - 1, or stays p in {@link #raw}. Labels may start anywhere: the classes are
 * those from the smallest to the largest label of both halves, whether or not all occur.
 */
public final class IdxDataSet implements DataSet {

    private final String name;
    private final IdxArray images;
    private final IdxArray labels;
    private final int least; // label of class 0
    private final int classes;
    private final boolean raw;
    private final int inputs;

    private IdxDataSet(
            String name, IdxArray images, IdxArray labels, int least, int classes, boolean raw) {
        this.name = name;
        this.images = images;
        this.labels = labels;
        this.least = least;
        this.classes = classes;
        this.raw = raw;
        this.inputs = images.elements() / images.size(0);
    }

    /**
     * Reads one half of a collection from the files {@code train-images-idx3-ubyte} and {@code
     * train-labels-idx1-ubyte}, or {@code t10k-...}; where such a file is missing, the same name
     * with {@code .gz}, with a dot before {@code idx}, with {@code test} for {@code t10k} or with a
     * prefix. The labels of the other half are read as well, if they are there.
     *
     * @param name what to call the set in reports
     * @param directory where the files are
     * @param training whether to read the training half rather than the test half
     * @return the set
     * @throws NoSuchFileException if a file is missing; the message names it and the files that
     *     exist
     * @throws MalformedFileException if a file is not acceptable, the names are ambiguous, the
     *     images do not have 3 axes or the labels 1, or their counts differ
     * @throws IOException if the device fails or reading is not permitted
     */
    public static IdxDataSet open(String name, Path directory, boolean training)
            throws IOException {
        Objects.requireNonNull(name, "name");
        IdxFiles files = new IdxFiles(directory);
        Path imageFile = files.images(training);
        Path labelFile = files.labels(training);
        IdxArray labels = readLabels(labelFile);
        IdxArray others = files.hasLabels(!training) ? readLabels(files.labels(!training)) : labels;
        int least = Math.min(least(labels), least(others));
        int most = Math.max(most(labels), most(others));
        IdxArray images = IdxReader.read(imageFile);
        checkAxes(imageFile, images, 3);
        if (images.size(0) != labels.size(0)) {
            throw new MalformedFileException(
                    imageFile.toString(),
                    "number of images",
                    images.size(0),
                    "%d, the number of labels in %s"
                            .formatted(labels.size(0), labelFile.getFileName()));
        }
        return new IdxDataSet(name, images, labels, least, most - least + 1, false);
    }

    /** {@return the same images with pixels from 0 to 255} */
    public IdxDataSet raw() {
        return new IdxDataSet(name, images, labels, least, classes, true);
    }

    private static IdxArray readLabels(Path file) throws IOException {
        IdxArray labels = IdxReader.read(file);
        checkAxes(file, labels, 1);
        return labels;
    }

    private static int least(IdxArray labels) {
        return IntStream.range(0, labels.elements()).map(labels::element).min().orElseThrow();
    }

    private static int most(IdxArray labels) {
        return IntStream.range(0, labels.elements()).map(labels::element).max().orElseThrow();
    }

    @Override
    public Optional<ImageShape> image() {
        return Optional.of(new ImageShape(images.size(1), images.size(2)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.elements();
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        Objects.checkIndex(index, size());
        Column.check(into, offset, stride, inputs);
        int first = index * inputs;
        for (int j = 0; j < inputs; j++) {
            int pixel = images.element(first + j);
            into[offset + j * stride] = raw ? pixel : pixel / 127.5 - 1;
        }
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size());
        return labels.element(index) - least;
    }

    private static void checkAxes(Path file, IdxArray array, int axes)
            throws MalformedFileException {
        if (array.axes() != axes) {
            throw new MalformedFileException(
                    file.toString(), "number of axes", array.axes(), "exactly " + axes);
        }
    }
}
