package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzWriterTest {

    @TempDir private Path directory;

    @Test
    void whatIsWrittenIsReadBackInOrderAndToTheBit() throws IOException {
        Path file = directory.resolve("a.npz");
        double[] odd = {
            Math.PI, -0.0, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, 1e300
        };
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.put("W1", new double[][] {{1, 2, 3}, {4, 5, 6}});
            writer.put("odd", odd);
            writer.put("cube", new double[] {0, 1, 2, 3, 4, 5}, 1, 3, 2);
            writer.put("none", new double[0]);
            writer.put("empty", new double[0][]);
        }

        Map<String, NpyArray> arrays = NpzReader.read(file);

        assertEquals(List.of("W1", "odd", "cube", "none", "empty"), List.copyOf(arrays.keySet()));
        assertArrayEquals(new int[] {2, 3}, arrays.get("W1").shape());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, arrays.get("W1").values());
        assertArrayEquals(bits(odd), bits(arrays.get("odd").values()));
        assertArrayEquals(new int[] {6}, arrays.get("odd").shape());
        assertArrayEquals(new int[] {1, 3, 2}, arrays.get("cube").shape());
        assertArrayEquals(new int[] {0}, arrays.get("none").shape());
        assertArrayEquals(new int[] {0, 0}, arrays.get("empty").shape());
    }

    @Test
    void arraysLongerThanOneChunkAreWrittenWhole() throws IOException {
        Path file = directory.resolve("long.npz");
        double[][] rows = new double[7][3001];
        for (int k = 0; k < 7 * 3001; k++) {
            rows[k / 3001][k % 3001] = k;
        }
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.put("rows", rows);
        }

        NpyArray array = NpzReader.read(file).get("rows");

        assertEquals(7 * 3001, array.length());
        for (int k = 0; k < array.length(); k++) {
            assertEquals(k, array.value(k));
        }
    }

    @Test
    void theHeaderIsTheOneNumpyDocuments() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(small()))) {
            assertEquals("W1.npy", zip.getNextEntry().getName());
            byte[] stream = zip.readAllBytes();
            String header = new String(stream, 10, 128 - 10, StandardCharsets.US_ASCII);
            assertEquals(128 + 6 * Double.BYTES, stream.length);
            assertEquals(
                    "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", header.strip());
            assertTrue(header.endsWith(" \n"));
            assertEquals(128 - 10, stream[8] & 0xff | (stream[9] & 0xff) << 8);
        }
    }

    @Test
    void theBytesDependOnNeitherTheClockNorTheTimeZone() throws IOException {
        byte[] here = small();
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertArrayEquals(here, small());
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void anExistingFileIsLeftAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("kept.npz"), "kept");

        assertThrows(FileAlreadyExistsException.class, () -> NpzWriter.create(file));

        assertEquals("kept", Files.readString(file));
    }

    @Test
    void whatTheReaderWouldRefuseIsRefused() throws IOException {
        try (NpzWriter writer = NpzWriter.to(new ByteArrayOutputStream())) {
            writer.put("a", new double[2]);
            for (String name : List.of("a", "", "../a", "a/b", "a b", "x".repeat(65), ".a", "ä")) {
                assertThrows(IllegalArgumentException.class, () -> writer.put(name, new double[2]));
            }
            assertRefused(() -> writer.put("b", new double[6], 2, 2));
            assertRefused(() -> writer.put("b", new double[6], -2, -3));
            assertRefused(() -> writer.put("b", new double[0], 1 << 16, 1 << 16, 1 << 16, 1 << 16));
            assertRefused(() -> writer.put("b", new double[1], 1, 1, 1, 1, 1));
            assertRefused(() -> writer.put("b", new double[][] {{1, 2}, {3}}));
        }
    }

    @Test
    void noMoreArraysAreTakenThanTheReaderAccepts() throws IOException {
        try (NpzWriter writer = NpzWriter.to(new ByteArrayOutputStream())) {
            for (int k = 0; k < 1000; k++) {
                writer.put("a" + k, new double[1]);
            }
            assertRefused(() -> writer.put("one-too-many", new double[1]));
        }
    }

    private static byte[] small() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (NpzWriter writer = NpzWriter.to(bytes)) {
            writer.put("W1", new double[][] {{1, 2, 3}, {4, 5, 6}});
        }
        return bytes.toByteArray();
    }

    private static void assertRefused(org.junit.jupiter.api.function.Executable action) {
        assertThrows(IllegalArgumentException.class, action);
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
