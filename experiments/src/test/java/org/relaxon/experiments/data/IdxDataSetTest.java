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
        assertMissing("train-images-idx3-ubyte: neither", directory);
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

    @Test
    void aLabelAboveNineIsRefused() throws IOException {
        write("train-images-idx3-ubyte", IMAGES);
        write("train-labels-idx1-ubyte", Samples.idxOf(new int[] {2}, (byte) 9, (byte) 10));

        assertRefused("train-labels-idx1-ubyte: label 1 is 10; allowed: 0 to 9");
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

    private void write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
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
