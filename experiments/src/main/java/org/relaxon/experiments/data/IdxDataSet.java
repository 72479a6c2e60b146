package org.relaxon.experiments.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Labelled images from a pair of IDX files, as MNIST and Fashion-MNIST are distributed.
 *
 * <p>An image of shape (rows, columns) gives rows * columns inputs, row by row; a pixel p from 0 to
 * 255 becomes p / 127.5 - 1. There are always {@value #CLASSES} classes, whether or not all occur.
 */
public final class IdxDataSet implements DataSet {

    /** Number of classes; labels are 0 to 9. */
    public static final int CLASSES = 10;

    private final String name;
    private final IdxArray images;
    private final IdxArray labels;
    private final int inputs;

    private IdxDataSet(String name, IdxArray images, IdxArray labels) {
        this.name = name;
        this.images = images;
        this.labels = labels;
        this.inputs = images.elements() / images.size(0);
    }

    /**
     * Reads one half of a collection from the files {@code train-images-idx3-ubyte} and {@code
     * train-labels-idx1-ubyte}, or {@code t10k-...}; where such a file is missing, the same name
     * with {@code .gz}.
     *
     * @param name what to call the set in reports
     * @param directory where the files are
     * @param training whether to read the training half rather than the test half
     * @throws NoSuchFileException if a file is missing; the message names it
     * @throws MalformedFileException if a file is not acceptable, the images do not have 3 axes or
     *     the labels 1, their counts differ, or a label is not 0 to 9
     * @throws IOException if the device fails or reading is not permitted
     */
    public static IdxDataSet open(String name, Path directory, boolean training)
            throws IOException {
        Objects.requireNonNull(name, "name");
        String half = training ? "train" : "t10k";
        Path imageFile = find(directory, half + "-images-idx3-ubyte");
        Path labelFile = find(directory, half + "-labels-idx1-ubyte");
        IdxArray labels = IdxReader.read(labelFile);
        checkAxes(labelFile, labels, 1);
        for (int index = 0; index < labels.elements(); index++) {
            if (labels.element(index) >= CLASSES) {
                throw new MalformedFileException(
                        labelFile.toString(),
                        "label " + index,
                        labels.element(index),
                        "0 to " + (CLASSES - 1));
            }
        }
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
        return new IdxDataSet(name, images, labels);
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
        return CLASSES;
    }

    @Override
    public void input(int index, double[] into, int offset, int stride) {
        Objects.checkIndex(index, size());
        Column.check(into, offset, stride, inputs);
        int first = index * inputs;
        for (int j = 0; j < inputs; j++) {
            into[offset + j * stride] = images.element(first + j) / 127.5 - 1;
        }
    }

    @Override
    public int label(int index) {
        Objects.checkIndex(index, size());
        return labels.element(index);
    }

    private static Path find(Path directory, String file) throws NoSuchFileException {
        Path plain = directory.resolve(file);
        Path compressed = directory.resolve(file + ".gz");
        if (Files.exists(plain)) {
            return plain;
        }
        if (Files.exists(compressed)) {
            return compressed;
        }
        String reason =
                Files.isDirectory(directory)
                        ? "neither this file nor the same with .gz is there"
                        : "its directory is not there";
        throw new NoSuchFileException(plain.toString(), null, reason);
    }

    private static void checkAxes(Path file, IdxArray array, int axes)
            throws MalformedFileException {
        if (array.axes() != axes) {
            throw new MalformedFileException(
                    file.toString(), "number of axes", array.axes(), "exactly " + axes);
        }
    }
}
