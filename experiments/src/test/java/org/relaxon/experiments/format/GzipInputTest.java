package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class GzipInputTest {

    private static final byte[] CONTENT = {1, 2, 3, 4, 5};

    private static final int PLAIN_HEADER = 10;

    @Test
    void everyOptionalFieldOfTheHeaderIsSkipped() throws IOException {
        byte[] file = withHeader(0x1e, new byte[] {3, 0, 9, 9, 9, 'n', 0, 'c', 'd', 0}, 0);

        assertArrayEquals(CONTENT, expand(file));
    }

    @Test
    void aWrongHeaderChecksumIsRefused() throws IOException {
        assertRefused(withHeader(0x02, new byte[0], 1), "gzip header checksum");
    }

    @Test
    void reservedFlagsAreRefused() throws IOException {
        byte[] file = Samples.gzip(CONTENT);
        file[3] = 0x20;

        assertRefused(file, "gzip flags is 0x20; allowed: 0x00 to 0x1f");
    }

    @Test
    void aNameWithoutEndIsRefused() throws IOException {
        byte[] name = new byte[5000];
        Arrays.fill(name, (byte) 'n');

        assertRefused(withHeader(0x08, name, 0), "gzip file name is longer");
    }

    @Test
    void aWrongLengthIsRefused() throws IOException {
        byte[] file = Samples.gzip(CONTENT);
        file[file.length - 1] ^= 1;

        assertRefused(file, "gzip length is 16777221; allowed: exactly 5");
    }

    @Test
    void aByteBehindTheMemberIsRefusedEvenIfItArrivesLate() throws IOException {
        byte[] file = Samples.gzip(CONTENT);
        byte[] longer = Arrays.copyOf(file, file.length + 1);

        assertArrayEquals(CONTENT, expand(oneByOne(file)));
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> expand(oneByOne(longer)));
        assertTrue(refused.getMessage().contains("what follows"), refused.getMessage());
    }

    /**
     * A member with flags, optional fields and, if flag 2 is set, a checksum that is off by so
     * much.
     */
    private static byte[] withHeader(int flags, byte[] fields, int off) throws IOException {
        byte[] plain = Samples.gzip(CONTENT);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(plain, 0, 3);
        file.write(flags);
        file.write(plain, 4, PLAIN_HEADER - 4);
        file.write(fields);
        if ((flags & 2) != 0) {
            CRC32 sum = new CRC32();
            sum.update(file.toByteArray());
            file.write((int) sum.getValue() + off);
            file.write((int) (sum.getValue() >>> 8));
        }
        file.write(plain, PLAIN_HEADER, plain.length - PLAIN_HEADER);
        return file.toByteArray();
    }

    private static InputStream oneByOne(byte[] file) {
        return new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 1));
            }
        };
    }

    private static byte[] expand(byte[] file) throws IOException {
        return expand(new ByteArrayInputStream(file));
    }

    private static byte[] expand(InputStream file) throws IOException {
        try (InputStream in = new GzipInput("sample", file)) {
            return in.readAllBytes();
        }
    }

    private static void assertRefused(byte[] file, String part) {
        MalformedFileException refused =
                assertThrows(MalformedFileException.class, () -> expand(file));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
