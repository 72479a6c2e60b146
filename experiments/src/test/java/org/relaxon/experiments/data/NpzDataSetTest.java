package org.relaxon.experiments.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.Allocation;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.format.NpzListing;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.format.Samples;

class NpzDataSetTest {

    private static final double[][] X0 = {{1, 2, 3}, {4, 5, 6}};

    @TempDir private Path directory;

    /** Puts arrays into the file of a test. */
    private interface Content {
        void writeTo(NpzWriter writer) throws IOException;
    }

    @Test
    void realTargetsAreHandedOnAndTheLargestIsTheLabel() throws IOException {
        NpzDataSet set =
                open(
                        writer -> {
                            writer.put("x0", X0);
                            writer.put(
                                    "target",
                                    new double[][] {
                                        {-2, 0.5, 1}, {-1, 0.5, 0}, {-3, 0, 0}, {-9, 0, 7}
                                    });
                        });
        double[] input = new double[2];
        double[] target = new double[4];

        set.input(1, input, 0, 1);
        set.target(0, target, 0, 1);

        assertArrayEquals(new double[] {2, 5}, input);
        assertArrayEquals(new double[] {-2, -1, -3, -9}, target);
        assertTrue(set.hasTargets());
        assertEquals("mine", set.name());
        assertEquals(3, set.size());
        assertEquals(2, set.inputs());
        assertEquals(4, set.classes());
        assertEquals(1, set.label(0));
        assertEquals(0, set.label(1), "the first of equals");
        assertEquals(3, set.label(2));
    }

    @Test
    void labelsAloneGiveOneHotTargets() throws IOException {
        NpzDataSet set =
                open(
                        writer -> {
                            writer.put("x0", X0);
                            writer.put("labels", new double[] {0, 4, 1});
                        });
        double[] target = new double[5];

        set.target(1, target, 0, 1);

        assertArrayEquals(new double[] {0, 0, 0, 0, 1}, target);
        assertEquals(5, set.classes());
        assertFalse(set.hasTargets());
    }

    @Test
    void labelsStartAnywhere() throws IOException {
        NpzDataSet set =
                open(
                        writer -> {
                            writer.put("x0", X0);
                            writer.put("labels", new double[] {26, 1, 2});
                        });
        assertEquals(26, set.classes());
        assertEquals(25, set.label(0));
        assertEquals(0, set.label(1));
    }

    /** One third in float32 is not one third; what is further off is no distribution. */
    @Test
    void theRoundingOfSoftTargetsIsRemovedAndOtherTargetsAreLeftAlone() throws IOException {
        double third = 1f / 3;
        NpzDataSet set =
                open(
                        writer -> {
                            writer.put("x0", X0);
                            writer.put(
                                    "target",
                                    new double[][] {
                                        {third, third + 1e-3, third},
                                        {third, third, -third},
                                        {third, third, third}
                                    });
                        });
        double[] target = new double[3];
        set.target(0, target, 0, 1);
        assertEquals(1.0 / 3, target[0], 1e-16);
        assertNotEquals(1.0 / 3, third, 1e-9);
        set.target(1, target, 0, 1);
        assertEquals(third, target[1]);
        set.target(2, target, 0, 1);
        assertEquals(third, target[2]);
    }

    @Test
    void labelsComeBeforeTheLargestTarget() throws IOException {
        NpzDataSet set =
                open(
                        writer -> {
                            writer.put("x0", X0);
                            writer.put("target", new double[][] {{1, 1, 1}, {0, 0, 0}});
                            writer.put("labels", new double[] {1, 0, 1});
                        });

        assertEquals(1, set.label(0));
        assertEquals(2, set.classes());
    }

    @Test
    void missingArraysAreNamed() {
        assertRefused("list of arrays is x0 (2, 3); allowed: x0", writer -> writer.put("x0", X0));
        assertRefused(
                "list of arrays is labels (3,); allowed: x0", w -> w.put("labels", new double[3]));
    }

    /** Arrays as scikit-learn names and lays them out. */
    @Test
    void foreignArraysAreListedWithTheLineThatStoresThem() {
        assertRefused(
                "X (5, 2), y (5,); allowed",
                w -> {
                    w.put("X", new double[10], 5, 2);
                    w.put("y", new double[5]);
                });
        assertRefused(
                "np.savez(\"mine.npz\", x0=X.T, target=y[None])",
                w -> {
                    w.put("X", new double[10], 5, 2);
                    w.put("y", new double[5]);
                });
        assertRefused(
                "x0=images.reshape(len(images), -1).T, target=targets.T)",
                w -> {
                    w.put("images", new double[60], 5, 3, 4);
                    w.put("targets", new double[15], 5, 3);
                });
        assertRefused(
                "x0=x, target=y)",
                w -> {
                    w.put("x", new double[10], 2, 5);
                    w.put("y", new double[15], 3, 5);
                });
    }

    @Test
    void integersAreClassesInTheHint() throws IOException {
        Path file = directory.resolve("mine.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(Samples.npy("|u1", false, "(3, 2)", new byte[6]));
            zip.putNextEntry(new ZipEntry("b.npy"));
            zip.write(Samples.npy("|i1", false, "(3,)", new byte[3]));
        }
        assertEquals(
                "np.savez(\"mine.npz\", x0=a.T, labels=b)",
                NpzListing.of(file).remedy().orElseThrow());
        assertEquals("a (3, 2), b (3,)", NpzListing.of(file).text());
        Files.writeString(file, "no archive");
        assertEquals("no array of numbers", NpzListing.of(file).text());
    }

    @Test
    void transposedArraysAreNamed() {
        double[][] rows = {{1, 4}, {2, 5}, {3, 6}};
        assertRefused(
                "x0 looks transposed (one row per example): store x0.T",
                w -> {
                    w.put("x0", rows);
                    w.put("labels", new double[3]);
                });
        assertRefused(
                "target looks transposed (one row per example): store target.T",
                w -> {
                    w.put("x0", X0);
                    w.put("target", new double[3][1]);
                });
        assertRefused(
                "x0 and target look transposed",
                w -> {
                    w.put("x0", rows);
                    w.put("target", new double[3][1]);
                });
        MalformedFileException other =
                assertThrows(
                        MalformedFileException.class,
                        () ->
                                open(
                                        w -> {
                                            w.put("x0", X0);
                                            w.put("labels", new double[4]);
                                        }));
        assertFalse(other.getMessage().contains("transposed"), other.getMessage());
    }

    @Test
    void valuesThatAreNotFiniteAreRefusedWithNameAndPosition() {
        assertRefused(
                "x0[1, 0] is NaN",
                writer -> {
                    writer.put("x0", new double[][] {{1, 2, 3}, {Double.NaN, 5, 6}});
                    writer.put("labels", new double[3]);
                });
        assertRefused(
                "target[0, 2] is -Infinity",
                writer -> {
                    writer.put("x0", X0);
                    writer.put("target", new double[][] {{1, 2, Double.NEGATIVE_INFINITY}});
                });
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        assertRefused(
                "shape of x0 is (6,)",
                writer -> {
                    writer.put("x0", new double[6]);
                    writer.put("labels", new double[6]);
                });
        assertRefused(
                "shape of x0 is (2, 0)",
                writer -> {
                    writer.put("x0", new double[0], 2, 0);
                    writer.put("labels", new double[0]);
                });
        assertRefused(
                "number of examples in target is 2; allowed: 3",
                writer -> {
                    writer.put("x0", X0);
                    writer.put("target", new double[][] {{1, 2}, {3, 4}});
                });
        assertRefused(
                "number of examples in labels is 2; allowed: 3",
                writer -> {
                    writer.put("x0", X0);
                    writer.put("labels", new double[2]);
                });
        assertRefused(
                "shape of labels is (1, 3)",
                writer -> {
                    writer.put("x0", X0);
                    writer.put("labels", new double[3], 1, 3);
                });
    }

    @Test
    void labelsThatAreNoClassesAreRefused() {
        for (double label : new double[] {-1, 0.5, Double.NaN, 1e300}) {
            assertRefused(
                    "labels[2] is " + label,
                    writer -> {
                        writer.put("x0", X0);
                        writer.put("labels", new double[] {0, 1, label});
                    });
        }
        assertRefused(
                "number of classes is 1001; allowed: 1 to 1000",
                writer -> {
                    writer.put("x0", X0);
                    writer.put("labels", new double[] {7, 8, 1007});
                });
        assertRefused(
                "labels[0] is 2.0; allowed: integers from 0 to 1",
                writer -> {
                    writer.put("x0", X0);
                    writer.put("target", new double[][] {{1, 1, 1}, {0, 0, 0}});
                    writer.put("labels", new double[] {2, 0, 1});
                });
    }

    /** 94,080,000 numbers, which would be 753 MB as doubles. */
    @Test
    void aSetOf120000ImagesTakesAByteAPixel() throws Exception {
        int size = 120_000;
        Path file = directory.resolve("large.npz");
        byte[] row = new byte[size];
        byte[] header = Samples.npy("|u1", false, "(784, %d)".formatted(size));
        CRC32 sum = new CRC32();
        sum.update(header);
        for (int k = 0; k < 784; k++) {
            sum.update(row(row, k));
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            ZipEntry images = new ZipEntry("x0.npy");
            images.setMethod(ZipEntry.STORED);
            images.setSize(header.length + 784L * size);
            images.setCrc(sum.getValue());
            zip.putNextEntry(images);
            zip.write(header);
            for (int k = 0; k < 784; k++) {
                zip.write(row(row, k));
            }
            zip.putNextEntry(new ZipEntry("labels.npy"));
            zip.write(Samples.npy("|u1", false, "(%d,)".formatted(size), row(row, 9)));
        }
        NpzDataSet[] set = new NpzDataSet[1];
        long taken = Allocation.of(() -> set[0] = NpzDataSet.open(file));
        assertTrue(taken < 784L * size + (8 << 20), "took " + taken + " bytes");
        assertEquals(size, set[0].size());
        double[] input = new double[784];
        set[0].input(size - 1, input, 0, 1);
        for (int k = 0; k < 784; k++) {
            assertEquals(row(row, k)[size - 1] & 0xff, input[k]);
        }
        long refusing =
                Allocation.of(
                        () ->
                                assertThrows(
                                        MalformedFileException.class,
                                        () -> NpzReader.read(file, "x0"::equals, 94_079_999)));
        assertTrue(refusing < 1 << 20, "took " + refusing + " bytes to refuse");
    }

    private static byte[] row(byte[] row, int number) {
        for (int k = 0; k < row.length; k++) {
            row[k] = (byte) (Integer.toUnsignedLong((k + number * 31) * 0x9E3779B9) % 251);
        }
        return row;
    }

    @Test
    void truthValuesAndBigEndianNumbersMakeASetAndOtherArraysAreIgnored() throws IOException {
        Path file = directory.resolve("other.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("x0.npy"));
            zip.write(
                    Samples.npy(
                            "|b1", false, "(2, 3)", (byte) 0, (byte) 1, (byte) 1, (byte) 1,
                            (byte) 0, (byte) 0));
            zip.putNextEntry(new ZipEntry("labels.npy"));
            zip.write(
                    Samples.npy(
                            ">i2", false, "(3,)", (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0,
                            (byte) 0));
            zip.putNextEntry(new ZipEntry("class_names.npy"));
            zip.write(Samples.npy("<U5", false, "(2,)", new byte[40]));
        }
        NpzDataSet set = NpzDataSet.open(file);
        double[] input = new double[2];
        set.input(0, input, 0, 1);
        assertArrayEquals(new double[] {0, 1}, input);
        assertEquals(1, set.label(1));
        assertEquals(2, set.classes());
    }

    private NpzDataSet open(Content content) throws IOException {
        Path file = directory.resolve("mine.npz");
        Files.deleteIfExists(file);
        try (NpzWriter writer = NpzWriter.create(file)) {
            content.writeTo(writer);
        }
        return NpzDataSet.open(file);
    }

    private void assertRefused(String part, Content content) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> open(content));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
