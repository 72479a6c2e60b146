package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.format.Samples;

class IdxDataSetTest {

    private static final byte[] IMAGES =
            Samples.idxOf(
                    new int[] {2, 1, 3},
                    (byte) 0,
                    (byte) 51,
                    (byte) 255,
                    (byte) 1,
                    (byte) 2,
                    (byte) 102);

    private static final byte[] LABELS = Samples.idxOf(new int[] {2}, (byte) 9, (byte) 0);

    @TempDir private Path directory;

    @Test
    void pixelsAreScaledToMinusOneToOne() throws IOException {
        write("train-images-idx3-ubyte", IMAGES);
        write("train-labels-idx1-ubyte", LABELS);
        IdxDataSet set = IdxDataSet.open("mine", directory, true);
        double[] input = new double[3];

        set.input(0, input, 0, 1);

        assertArrayEquals(new double[] {-1, -0.6, 1}, input, 1e-15);
        assertEquals(-1, input[0]);
        assertEquals(1, input[2]);
        assertEquals("mine", set.name());
        assertEquals(2, set.size());
        assertEquals(3, set.inputs());
        assertEquals(10, set.classes());
        assertEquals(9, set.label(0));
        assertFalse(set.hasTargets());
    }

    @Test
    void theTestHalfMayBeCompressed() throws IOException {
        write("t10k-images-idx3-ubyte.gz", Samples.gzip(IMAGES));
        write("t10k-labels-idx1-ubyte.gz", Samples.gzip(LABELS));

        assertEquals(0, IdxDataSet.open("mine", directory, false).label(1));
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        assertMissing("the directory holds nothing", directory);
        for (int k = 10; k < 24; k++) {
            write("other" + k, LABELS);
        }
        assertMissing("train-images-idx3-ubyte: neither", directory);
        assertMissing("holds other10, other11, ", directory);
        assertMissing("other21 and 2 more", directory);
        write("train-images-idx3-ubyte", IMAGES);
        assertMissing("train-labels-idx1-ubyte: neither", directory);
        assertMissing("train-images-idx3-ubyte: its directory", directory.resolve("nowhere"));
    }

    @Test
    void countsThatDifferAreRefused() throws IOException {
        write("train-images-idx3-ubyte", IMAGES);
        write("train-labels-idx1-ubyte", Samples.idxOf(new int[] {3}, new byte[3]));

        assertRefused("train-images-idx3-ubyte: number of images is 2; allowed: 3");
    }

    /** As EMNIST letters, whose labels are 1 to 26. */
    @Test
    void labelsStartAnywhereAndBothHalvesSayHowManyClassesThereAre() throws IOException {
        write("train-images-idx3-ubyte", IMAGES);
        write("train-labels-idx1-ubyte", Samples.idxOf(new int[] {2}, (byte) 2, (byte) 25));
        assertEquals(24, IdxDataSet.open("m", directory, true).classes());
        write("t10k-images-idx3-ubyte", IMAGES);
        write("t10k-labels-idx1-ubyte", Samples.idxOf(new int[] {2}, (byte) 26, (byte) 1));
        IdxDataSet train = IdxDataSet.open("m", directory, true);
        IdxDataSet test = IdxDataSet.open("m", directory, false);
        assertEquals(26, train.classes());
        assertEquals(26, test.classes());
        assertEquals(1, train.label(0));
        assertEquals(24, train.label(1));
        assertEquals(25, test.label(0));
        assertEquals(0, test.label(1));
        double[] target = new double[26];
        train.target(0, target, 0, 1);
        assertEquals(1.0, target[1]);
    }

    @Test
    void rowsColumnsAndRawPixelsAreKept() throws IOException {
        write("train-images-idx3-ubyte", Samples.idx(2, 4, 9));
        write("train-labels-idx1-ubyte", LABELS);
        IdxDataSet set = IdxDataSet.open("m", directory, true);
        assertEquals(new ImageShape(4, 9), set.image().orElseThrow());
        assertEquals(new ImageShape(4, 9), ImageShape.of(new Shuffled(set, 1, 1)).orElseThrow());
        double[] scaled = new double[36];
        double[] raw = new double[36];
        for (int k = 0; k < 2; k++) {
            set.input(k, scaled, 0, 1);
            set.raw().input(k, raw, 0, 1);
            for (int j = 0; j < 36; j++) {
                assertEquals(7 * (36 * k + j) % 251, raw[j]);
                assertEquals(raw[j] / 127.5 - 1, scaled[j]);
            }
        }
    }

    @Test
    void theNamesThatCollectionsComeUnderAreFound() throws IOException {
        for (String[] names :
                new String[][] {
                    {"train-images.idx3-ubyte", "train-labels.idx1-ubyte"},
                    {"emnist-letters-train-images-idx3-ubyte.gz", "a-train-labels-idx1-ubyte.gz"},
                    {"TRAIN-IMAGES-IDX3-UBYTE", "train-labels-idx1-ubyte.gz"},
                }) {
            boolean packed = names[0].endsWith("gz");
            Path images = write(names[0], packed ? Samples.gzip(IMAGES) : IMAGES);
            boolean small = names[1].endsWith("gz");
            Path labels = write(names[1], small ? Samples.gzip(LABELS) : LABELS);
            assertEquals(2, IdxDataSet.open("m", directory, true).size(), names[0]);
            Files.delete(images);
            Files.delete(labels);
        }
        write("test-images-idx3-ubyte", IMAGES);
        write("test-labels-idx1-ubyte", LABELS);
        assertEquals(0, IdxDataSet.open("m", directory, false).label(1));
        // the usual name comes first, a second unusual one leaves a choice
        write("t10k-images-idx3-ubyte", Samples.idx(2, 2, 2));
        assertEquals(4, IdxDataSet.open("m", directory, false).inputs());
        write("x-train-images-idx3-ubyte", IMAGES);
        write("y-train-images-idx3-ubyte", IMAGES);
        assertRefused("[x-train-images-idx3-ubyte, y-train-images-idx3-ubyte]; allowed: one");
    }

    @Test
    void imagesNeedThreeAxesAndLabelsOne() throws IOException {
        write("train-images-idx3-ubyte", Samples.idx(2, 3));
        write("train-labels-idx1-ubyte", LABELS);
        assertRefused("images-idx3-ubyte: number of axes is 2; allowed: exactly 3");

        write("train-images-idx3-ubyte", IMAGES);
        write("train-labels-idx1-ubyte", Samples.idx(1, 2));
        assertRefused("labels-idx1-ubyte: number of axes is 2; allowed: exactly 1");
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private static void assertMissing(String part, Path where) {
        NoSuchFileException missing =
                assertThrows(NoSuchFileException.class, () -> IdxDataSet.open("mine", where, true));
        assertTrue(missing.getMessage().contains(part), missing.getMessage());
    }

    private void assertRefused(String part) {
        MalformedFileException refused =
                assertThrows(
                        MalformedFileException.class, () -> IdxDataSet.open("m", directory, true));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
