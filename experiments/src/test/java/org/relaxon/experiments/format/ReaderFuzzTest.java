package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutated files: a reader may refuse them in its own words, or read what is really there. */
class ReaderFuzzTest {

    private static final int MUTATIONS = 1500;

    /** What one refusal may take from the heap; the files are below 1 KiB. */
    private static final long MEMORY_MAX = 4 << 20;

    private static final long SEED = Long.getLong("relaxon.fuzz.seed", 20_240_611);

    @TempDir private Path directory;

    /** Reads a mutated file and checks what came out, if anything did. */
    private interface Reader {
        void read(byte[] file) throws Exception;
    }

    @Test
    void idxIsRefusedOrReadAsItStands() throws Exception {
        fuzz(Samples.idx(3, 2, 5), file -> assertArrayEquals(file, Samples.idx(idx(file))));
    }

    @Test
    void compressedIdxIsRefusedOrReadAsItWas() throws Exception {
        byte[] plain = Samples.idx(3, 2, 5);
        fuzz(Samples.gzip(plain), file -> assertArrayEquals(plain, Samples.idx(idx(file))));
    }

    @Test
    void npzIsRefusedOrItsArraysAreAsTheyWere() throws Exception {
        byte[] deflated =
                Samples.zip(
                        "a.npy", Samples.npy("<f8", true, "(2, 3)", Samples.doubles(arange(6))));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (NpzWriter writer = NpzWriter.to(written)) {
            writer.put("x0", arange(6), 3, 2);
            writer.put("b1", arange(3));
        }
        for (byte[] whole : new byte[][] {deflated, written.toByteArray()}) {
            double[][] originals =
                    npz(whole).values().stream().map(NpyArray::values).toArray(double[][]::new);
            fuzz(
                    whole,
                    file -> {
                        for (NpyArray array : npz(file).values()) {
                            double[] values = array.values();
                            assertTrue(
                                    Arrays.stream(originals)
                                            .anyMatch(o -> Arrays.equals(o, values)),
                                    "another array: " + Arrays.toString(values));
                        }
                    });
        }
    }

    @Test
    void npyInsideASoundArchiveIsRefusedOrConsistent() throws Exception {
        byte[] npy = Samples.npy("<f8", false, "(2, 3)", Samples.doubles(arange(6)));
        fuzz(
                npy,
                stream -> {
                    for (NpyArray array : npz(Samples.stored("a.npy", stream)).values()) {
                        int product = Arrays.stream(array.shape()).reduce(1, (a, b) -> a * b);
                        assertEquals(product, array.length());
                    }
                });
    }

    private static void fuzz(byte[] whole, Reader reader) throws Exception {
        System.out.println("relaxon.fuzz.seed=" + SEED);
        reader.read(whole); // the file itself is accepted
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] mutated = mutated(whole, random);
            long taken = Allocation.of(() -> readOrRefuse(mutated, reader));
            assertTrue(taken < MEMORY_MAX, "took %d bytes; %s".formatted(taken, replay()));
        }
    }

    private static void readOrRefuse(byte[] file, Reader reader) {
        try {
            reader.read(file);
        } catch (MalformedFileException refused) {
            assertEquals(1, refused.getMessage().lines().count(), replay());
        } catch (Exception | AssertionError e) {
            throw new AssertionError(replay() + ", file " + Arrays.toString(file), e);
        }
    }

    private static String replay() {
        return "replay with -Dtest=ReaderFuzzTest -Drelaxon.fuzz.seed=" + SEED;
    }

    /** Applies 1 to 4 changes: a flipped bit, a new byte, a cut, a repeated or removed part. */
    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        byte[] file = whole.clone();
        for (int change = random.nextInt(4); change >= 0 && file.length > 0; change--) {
            int at = random.nextInt(file.length);
            int to = at + random.nextInt(file.length - at) + 1;
            switch (random.nextInt(6)) {
                case 0, 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> file[at] = (byte) random.nextInt(256);
                case 3 -> file[at] = (byte) (random.nextBoolean() ? 0xff : 0);
                case 4 -> file = spliced(file, to, at);
                default -> file = spliced(file, at, to);
            }
        }
        return file;
    }

    /** The bytes before end, then those from begin on: repeats a part or leaves it out. */
    private static byte[] spliced(byte[] file, int end, int begin) {
        byte[] result = Arrays.copyOf(file, end + file.length - begin);
        System.arraycopy(file, begin, result, end, file.length - begin);
        return result;
    }

    private static IdxArray idx(byte[] file) throws IOException {
        return IdxReader.read("fuzz", new ByteArrayInputStream(file), IdxReader.ELEMENTS_MAX);
    }

    private Map<String, NpyArray> npz(byte[] file) throws IOException {
        return NpzReader.read(Files.write(directory.resolve("fuzz.npz"), file));
    }

    private static double[] arange(int count) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = k;
        }
        return values;
    }
}
