package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzReaderTest {

    /** Far more than any small file needs, far less than what the hostile files below claim. */
    private static final long SMALL = 4 << 20;

    private static final byte[] SIX = Samples.doubles(1, 2, 3, 4, 5, 6);

    @TempDir private Path directory;

    @Test
    void storedAndDeflatedEntriesAreRead() throws IOException {
        byte[] npy = Samples.npy("<f8", false, "(2, 3)", SIX);
        for (byte[] file : new byte[][] {Samples.zip("a.npy", npy), Samples.stored("a.npy", npy)}) {
            NpyArray array = read(file).get("a");
            assertArrayEquals(new int[] {2, 3}, array.shape());
            assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, array.values());
        }
    }

    @Test
    void sizesBeyondTheLimitAreRefusedWithoutOverflow() throws IOException {
        String half = "4294967296"; // the product of two is 2^64
        assertNpyRefused(Samples.npy("<f8", false, "(%s, %s)".formatted(half, half)), half);
        assertNpyRefused(Samples.npy("<f8", false, "(0, 99999999999)"), "1 to 10 digits");
        byte[] two = two(Samples.npy("<f8", false, "(6,)", SIX));
        assertEquals(2, NpzReader.read(write(two), n -> true, 96).size());
        assertThrows(MalformedFileException.class, () -> NpzReader.read(write(two), n -> true, 95));
        byte[] scalar = two(Samples.npy("<f8", false, "()", Samples.doubles(5)));
        assertThrows(
                MalformedFileException.class, () -> NpzReader.read(write(scalar), n -> true, 15));
        assertThrows(
                IllegalArgumentException.class, () -> NpzReader.read(write(two), n -> true, 0));
    }

    /** What is not asked for may be objects, text, a bomb, encrypted or oddly named. */
    @Test
    void arraysThatAreNotAskedForAreIgnoredWhateverTheyAre() throws Exception {
        byte[] npy = Samples.npy("<f8", false, "(6,)", SIX);
        byte[] objects = Samples.npy("|O", false, "(6,)", SIX);
        byte[] zeros = Samples.npy("|u1", false, "(20000000,)", new byte[20_000_000]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : new String[] {"meta data.npy", "x0.npy", "classes.npy", "readme"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.equals("x0.npy") ? npy : name.equals("readme") ? zeros : objects);
            }
        }
        byte[] file = bytes.toByteArray();
        Path sample = write(file);

        long taken =
                Allocation.of(
                        () -> {
                            Map<String, NpyArray> one = NpzReader.read(sample, "x0"::equals, 48);
                            assertEquals(Set.of("x0"), one.keySet());
                            assertEquals(6, one.get("x0").value(5));
                        });

        assertTrue(taken < SMALL, "took " + taken + " bytes");
        assertRefused(file, "name of entry 0 is meta data.npy");
        assertThrows(
                MalformedFileException.class,
                () -> NpzReader.read(sample, Set.of("x0", "classes")::contains, 1000));
        byte[] encrypted = file.clone();
        encrypted[central(file) + 8] |= 1; // of the first entry
        assertEquals(1, NpzReader.read(write(encrypted), "x0"::equals, 48).size());
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] npy = Samples.npy("<f8", false, "(2, 3)", SIX);
        for (byte[] whole : new byte[][] {Samples.zip("a.npy", npy), two(npy)}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThrows(MalformedFileException.class, () -> read(cut), "cut at " + length);
            }
        }
    }

    /** What to look for is in the message, and no signature in hexadecimal digits. */
    @Test
    void aFileThatWasCutOffDiffersFromAnotherKind() throws IOException {
        byte[] zip = Samples.zip("a.npy", Samples.npy("<f8", false, "(6,)", SIX));
        String cut =
                assertThrows(
                                MalformedFileException.class,
                                () -> read(Arrays.copyOf(zip, zip.length - 5)))
                        .getMessage();
        assertTrue(cut.contains("end of archive is missing: cut off"), cut);
        String other =
                assertThrows(MalformedFileException.class, () -> read(new byte[100])).getMessage();
        assertTrue(other.contains("content is no ZIP archive"), other);
        assertTrue(!cut.contains("0x") && !other.contains("0x"), cut + other);
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        byte[] npy = Samples.npy("<f8", false, "(6,)", SIX);
        byte[] zip = Samples.zip("a.npy", npy);
        assertRefused(Arrays.copyOf(zip, zip.length + 1), "end of archive");
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        byte[] file = Samples.stored("a.npy", Samples.npy("<f8", false, "(6,)", SIX));
        int element = indexOf(file, SIX) + 3;
        file[element] ^= 1;

        assertRefused(file, "checksum");
    }

    @Test
    void aTinyFileThatClaimsMuchTakesLittleMemory() throws Exception {
        byte[] npy = Samples.npy("|u1", false, "(60000000,)", SIX);
        byte[] file = Samples.zip("a.npy", npy);
        patch(file, central(file) + 24, npy.length - SIX.length + 60_000_000);

        long taken = Allocation.of(() -> assertRefused(file, "compression ratio"));

        assertTrue(taken < SMALL, "took " + taken + " bytes");
    }

    @Test
    void aClaimWithinTheFreeRatioStillTakesMemoryOnlyAsBytesArrive() throws Exception {
        byte[] npy = Samples.npy("|u1", false, "(1000000,)", SIX);
        byte[] file = Samples.zip("a.npy", npy);
        patch(file, central(file) + 24, npy.length - SIX.length + 1_000_000);

        long taken = Allocation.of(() -> assertRefused(file, "elements present is 48"));

        assertTrue(taken < 1 << 20, "took " + taken + " bytes");
    }

    @Test
    void aZipBombIsRefusedBeforeItIsExpanded() throws Exception {
        byte[] npy = Samples.npy("|u1", false, "(20000000,)", new byte[20_000_000]);
        byte[] bomb = Samples.zip("a.npy", npy);

        long taken = Allocation.of(() -> assertRefused(bomb, "compression ratio is above 100"));

        assertTrue(taken < SMALL, "took " + taken + " bytes");
    }

    @Test
    void aZipBombThatClaimsToBeSmallIsNotExpanded() throws Exception {
        byte[] npy = Samples.npy("|u1", false, "(6,)", new byte[20_000_000]);
        byte[] bomb = Samples.zip("a.npy", npy);
        patch(bomb, central(bomb) + 24, npy.length - 20_000_000 + 6);

        long taken = Allocation.of(() -> assertRefused(bomb, "what follows the last element"));

        assertTrue(taken < SMALL, "took " + taken + " bytes");
    }

    @Test
    void oneByteMoreThanClaimedIsRefusedEvenWithAMatchingChecksum() throws IOException {
        for (int count = 10; count < 60; count++) { // the last code ends at every bit of a byte
            byte[] elements = new byte[count + 1];
            for (int k = 0; k <= count; k++) {
                elements[k] = (byte) (37 * k * k);
            }
            byte[] npy = Samples.npy("|u1", false, "(%d,)".formatted(count), elements);
            byte[] file = Samples.zip("a.npy", npy);
            CRC32 sum = new CRC32();
            sum.update(npy, 0, npy.length - 1);
            patch(file, central(file) + 16, (int) sum.getValue());
            patch(file, central(file) + 24, npy.length - 1);

            assertRefused(file, "what follows the last element");
        }
    }

    @Test
    void smallArraysMayBeAllZeros() throws IOException {
        byte[] npy = Samples.npy("|u1", false, "(1000000,)", new byte[1_000_000]);

        assertEquals(1_000_000, read(Samples.zip("a.npy", npy)).get("a").length());
    }

    @Test
    void entriesThatShareTheirBytesAreRefused() throws IOException {
        byte[] file = two(Samples.npy("<f8", false, "(6,)", SIX));
        int first = central(file);
        int second = first + 46 + "a.npy".length();
        patch(file, second + 42, 0); // the second entry now points to the first one's bytes

        assertRefused(file, "position is 0");
    }

    @Test
    void entryNamesOutsideThePatternAreRefused() throws IOException {
        byte[] npy = Samples.npy("<f8", false, "(6,)", SIX);
        for (String name :
                new String[] {
                    "../a.npy",
                    "/a.npy",
                    "a/b.npy",
                    "a\\b.npy",
                    "C:a.npy",
                    "a.txt",
                    ".npy",
                    "a\0.npy",
                    "a\n.npy",
                    "x".repeat(65) + ".npy",
                    "dir/"
                }) {
            assertRefused(Samples.zip(name, npy), "name of entry 0");
        }
    }

    @Test
    void aNameThatOccursTwiceIsRefused() throws IOException {
        byte[] file = two(Samples.npy("<f8", false, "(6,)", SIX));
        for (int k = 0; k < file.length - 5; k++) {
            if (file[k] == 'b' && file[k + 1] == '.' && file[k + 2] == 'n') {
                file[k] = 'a';
            }
        }

        assertRefused(file, "name is repeated");
    }

    @Test
    void moreThanAThousandEntriesAreRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int k = 0; k <= 1000; k++) {
                zip.putNextEntry(new ZipEntry("a" + k + ".npy"));
            }
        }

        assertRefused(bytes.toByteArray(), "number of entries is 1001; allowed: 0 to 1000");
    }

    @Test
    void encryptedAndOtherwiseCompressedEntriesAreRefused() throws IOException {
        byte[] file = Samples.zip("a.npy", Samples.npy("<f8", false, "(6,)", SIX));
        byte[] encrypted = file.clone();
        encrypted[central(file) + 8] |= 1;
        assertRefused(encrypted, "a.npy encryption is on");
        byte[] lzma = file.clone();
        lzma[central(file) + 10] = 14;
        assertRefused(lzma, "a.npy compression is 14");
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        Path missing = directory.resolve("missing.npz");

        assertThrows(NoSuchFileException.class, () -> NpzReader.read(missing));
        assertThrows(MalformedFileException.class, () -> NpzReader.read(directory));
    }

    @Test
    void theResultCannotBeChanged() throws IOException {
        Map<String, NpyArray> arrays = read(two(Samples.npy("<f8", false, "(6,)", SIX)));

        assertThrows(UnsupportedOperationException.class, arrays::clear);
        arrays.get("a").values()[0] = 99;
        arrays.get("a").shape()[0] = 99;
        assertEquals(1, arrays.get("a").value(0));
        assertEquals(6, arrays.get("a").size(0));
    }

    private Path write(byte[] file) throws IOException {
        return Files.write(directory.resolve("sample.npz"), file);
    }

    private Map<String, NpyArray> read(byte[] file) throws IOException {
        return NpzReader.read(write(file));
    }

    private void assertNpyRefused(byte[] npy, String part) {
        try {
            assertRefused(Samples.stored("a.npy", npy), part);
        } catch (IOException e) {
            throw new AssertionError("cannot build the sample", e);
        }
    }

    private void assertRefused(byte[] file, String part) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> read(file));
        assertTrue(refused.getMessage().contains("sample.npz"), refused.getMessage());
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }

    /** An archive with the same stream twice, as a and as b. */
    private static byte[] two(byte[] npy) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : new String[] {"a.npy", "b.npy"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(npy);
            }
        }
        return bytes.toByteArray();
    }

    /** Position of the directory, as the end of the archive states it. */
    private static int central(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
    }

    private static void patch(byte[] zip, int position, int value) {
        ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).putInt(position, value);
    }

    private static int indexOf(byte[] file, byte[] part) {
        int at = 0;
        while (!Arrays.equals(file, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }
}
