package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {

    /** Far more than any small file needs, far less than what the hostile files below claim. */
    private static final long SMALL = 4 << 20;

    @TempDir private Path directory;

    @Test
    void sizesAndElementsAreReadInOrder() throws IOException {
        byte[] file = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 255};

        IdxArray array = read(file);

        assertEquals(2, array.axes());
        assertEquals(2, array.size(0));
        assertEquals(3, array.size(1));
        assertEquals(6, array.elements());
        assertEquals(4, array.element(3));
        assertEquals(255, array.element(5));
    }

    @Test
    void oneToFourAxesAreAccepted() throws IOException {
        for (int[] sizes : new int[][] {{5}, {2, 3}, {2, 3, 4}, {2, 3, 1, 5}}) {
            byte[] file = Samples.idx(sizes);
            assertArrayEquals(file, Samples.idx(read(file)));
        }
        assertRefused(Samples.idx(1, 1, 1, 1, 1), "number of axes is 5; allowed: 1 to 4");
        assertRefused(new byte[] {0, 0, 8, 0}, "number of axes is 0; allowed: 1 to 4");
    }

    @Test
    void gzipIsRecognisedByItsFirstBytesAndNotByItsName() throws IOException {
        byte[] plain = Samples.idx(3, 2, 5);
        Path compressed = Files.write(directory.resolve("plain"), Samples.gzip(plain));
        Path uncompressed = Files.write(directory.resolve("compressed.gz"), plain);

        assertArrayEquals(plain, Samples.idx(IdxReader.read(compressed)));
        assertArrayEquals(plain, Samples.idx(IdxReader.read(uncompressed)));
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] plain = Samples.idx(3, 2, 5);
        for (byte[] whole : new byte[][] {plain, Samples.gzip(plain)}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(MalformedFileException.class, () -> read(cut), "cut at " + length);
            }
        }
    }

    @Test
    void everyFlippedBitOfTheHeaderIsRefusedOrGivesAConsistentArray() throws IOException {
        byte[] whole = Samples.idx(3, 2, 5);
        for (int bit = 0; bit < 8 * 16; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertArrayEquals(flipped, Samples.idx(read(flipped)), "bit " + bit);
            } catch (MalformedFileException refused) {
                assertEquals(1, refused.getMessage().lines().count());
            }
        }
    }

    @Test
    void everyFlippedBitOfGzipIsRefusedOrChangesNothing() throws IOException {
        byte[] plain = Samples.idx(3, 2, 5);
        byte[] whole = Samples.gzip(plain);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertArrayEquals(plain, Samples.idx(read(flipped)), "bit " + bit);
            } catch (MalformedFileException refused) {
                assertEquals(1, refused.getMessage().lines().count());
            }
        }
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        byte[] plain = Samples.idx(3, 2);
        byte[] longer = Arrays.copyOf(plain, plain.length + 1);
        assertRefused(longer, "number of elements present is more; allowed: exactly 6");
        assertRefused(Samples.gzip(longer), "number of elements present is more");

        byte[] compressed = Samples.gzip(plain);
        for (int extra : new int[] {1, 18, 40, 20_000}) {
            byte[] behind = Arrays.copyOf(compressed, compressed.length + extra);
            assertRefused(behind, "what follows the gzip member is more bytes");
        }
    }

    @Test
    void otherElementTypesAreRefusedByName() {
        assertRefused(new byte[] {0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0}, "0x0d (float)");
        assertRefused(new byte[] {0, 0, 0x09, 1, 0, 0, 0, 1, 0}, "0x09 (signed byte)");
        assertRefused(new byte[] {1, 0, 8, 1, 0, 0, 0, 1, 0}, "magic is 0x01000801");
    }

    @Test
    void sizesOfZeroOrBeyondTheLimitAreRefused() throws IOException {
        assertRefused(
                Samples.idxOf(new int[] {3, 0}), "size of axis 1 is 0; allowed: 1 to 89478485");
        assertRefused(Samples.idxOf(new int[] {-1}), "size of axis 0 is 4294967295");
        int half = 1 << 16; // the product of four is 2^64, which is 0 in 64 bits
        assertRefused(Samples.idxOf(new int[] {half, half, half, half}), "size of axis 1 is 65536");
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> read(Samples.idx(3, 2, 5), 29));
        assertTrue(refused.getMessage().contains("size of axis 2 is 5; allowed: 1 to 4"));
        assertEquals(30, read(Samples.idx(3, 2, 5), 30).elements());
    }

    @Test
    void aLimitOutsideItsRangeIsTheCallersMistake() {
        for (long limit : new long[] {0, -1, IdxReader.ELEMENTS_MAX + 1}) {
            assertThrows(IllegalArgumentException.class, () -> read(Samples.idx(1), limit));
        }
    }

    @Test
    void aTinyFileThatClaimsMuchTakesLittleMemory() throws Exception {
        byte[] plain = Samples.idxOf(new int[] {200 << 20}, new byte[32]);
        for (byte[] file : new byte[][] {plain, Samples.gzip(plain)}) {
            long taken = Allocation.of(() -> assertRefused(file, "allowed: exactly 209715200"));
            assertTrue(taken < SMALL, "took " + taken + " bytes");
        }
    }

    @Test
    void gzipThatExpandsTooMuchIsStoppedEarly() throws Exception {
        byte[] bomb = Samples.gzip(Samples.idxOf(new int[] {100 << 20}, new byte[100 << 20]));

        long taken = Allocation.of(() -> assertRefused(bomb, "compression ratio"));

        assertTrue(taken < 8 * SMALL, "took " + taken + " bytes");
    }

    @Test
    void gzipIsNotExpandedBeyondTheDeclaredSize() throws Exception {
        byte[] bomb = Samples.gzip(Samples.idxOf(new int[] {8}, new byte[100 << 20]));

        long taken = Allocation.of(() -> assertRefused(bomb, "allowed: exactly 8"));

        assertTrue(taken < SMALL, "took " + taken + " bytes");
    }

    @Test
    void elementsThatArriveInSmallPiecesAreAllKept() throws IOException {
        byte[] file = Samples.idx(300, 701); // more than two of the reader's chunks
        InputStream slow =
                new ByteArrayInputStream(file) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        return super.read(into, offset, Math.min(length, 997));
                    }
                };

        assertArrayEquals(file, Samples.idx(IdxReader.read("slow", slow, 1 << 20)));
        assertArrayEquals(file, Samples.idx(read(Samples.gzip(file))));
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        Path missing = directory.resolve("missing");

        assertThrows(NoSuchFileException.class, () -> IdxReader.read(missing));
        assertThrows(MalformedFileException.class, () -> IdxReader.read(directory));
    }

    private static IdxArray read(byte[] file) throws IOException {
        return read(file, IdxReader.ELEMENTS_MAX);
    }

    private static IdxArray read(byte[] file, long elementsMax) throws IOException {
        return IdxReader.read("sample", new ByteArrayInputStream(file), elementsMax);
    }

    private static void assertRefused(byte[] file, String part) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> read(file));
        assertTrue(refused.getMessage().startsWith("sample: "), refused.getMessage());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
