package org.relaxon.experiments.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Expands one gzip member (RFC 1952) and nothing else.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it refuses bytes after the member, reserved
 * flags, and data that expands more than {@value #RATIO_MAX} times, and it reports all of them as
 * {@link MalformedFileException}.
 */
final class GzipInput extends InflaterInputStream {

    /** Largest accepted quotient of expanded and compressed size. */
    static final int RATIO_MAX = 100;

    /** Expanded bytes that are accepted whatever the quotient; small files may be all zeros. */
    static final long RATIO_FREE = 1 << 20;

    private static final int BUFFER = 8192;
    private static final int NAME_MAX = 4096;

    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final String file;
    private final CRC32 headerSum = new CRC32();
    private final CRC32 contentSum = new CRC32();
    private boolean ended;

    /** Reads the header; {@code file} names the stream in messages. */
    GzipInput(String file, InputStream in) throws IOException {
        super(in, new Inflater(true), BUFFER);
        this.file = file;
        readHeader();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(into, offset, length);
        } catch (ZipException e) {
            throw new MalformedFileException(
                    file, "compressed data", e.getMessage(), "valid deflate data", e);
        }
        if (count >= 0) {
            contentSum.update(into, offset, count);
            checkRatio();
        } else if (!ended) {
            ended = true;
            readTrailer();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        inf.end();
        super.close();
    }

    @Override
    protected void fill() throws IOException {
        try {
            super.fill();
        } catch (EOFException e) {
            throw new MalformedFileException(
                    file, "compressed data", "cut off", "valid deflate data", e);
        }
    }

    private void readHeader() throws IOException {
        byte[] fixed = header(10);
        int flags = fixed[3] & 0xff;
        if (fixed[0] != 0x1f || fixed[1] != (byte) 0x8b || fixed[2] != 8) {
            throw refused("start of gzip header", Arrays.toString(fixed), "1f 8b 08");
        }
        if ((flags & RESERVED) != 0) {
            throw refused("gzip flags", "0x%02x".formatted(flags), "0x00 to 0x1f");
        }
        if ((flags & EXTRA) != 0) {
            header(little(header(2)).getShort() & 0xffff);
        }
        if ((flags & NAME) != 0) {
            skipText("gzip file name");
        }
        if ((flags & COMMENT) != 0) {
            skipText("gzip comment");
        }
        if ((flags & HEADER_CRC) != 0) {
            int sum = (int) headerSum.getValue() & 0xffff;
            int stated = little(header(2)).getShort() & 0xffff;
            if (stated != sum) {
                throw refused("gzip header checksum", stated, "exactly " + sum);
            }
        }
    }

    private void skipText(String field) throws IOException {
        for (int length = 0; header(1)[0] != 0; length++) {
            if (length == NAME_MAX) {
                throw refused(field, "longer", "at most %d bytes".formatted(NAME_MAX));
            }
        }
    }

    private byte[] header(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw refused("gzip header", "cut off", "a whole header");
        }
        headerSum.update(bytes);
        return bytes;
    }

    private void checkRatio() throws MalformedFileException {
        long expanded = inf.getBytesWritten();
        if (expanded > RATIO_FREE && expanded / RATIO_MAX > inf.getBytesRead()) {
            throw refused(
                    "compression ratio", "%d or more".formatted(RATIO_MAX), "up to " + RATIO_MAX);
        }
    }

    /** Reads checksum and length, then checks that nothing follows. */
    private void readTrailer() throws IOException {
        int held = inf.getRemaining();
        byte[] trailer = Arrays.copyOf(Arrays.copyOfRange(buf, len - held, len), 8);
        int missing = 8 - Math.min(held, 8);
        if (in.readNBytes(trailer, 8 - missing, missing) < missing) {
            throw refused("gzip trailer", "cut off", "8 bytes");
        }
        ByteBuffer fields = little(trailer);
        long sum = Integer.toUnsignedLong(fields.getInt());
        if (sum != contentSum.getValue()) {
            throw refused("gzip checksum", sum, "exactly " + contentSum.getValue());
        }
        int length = fields.getInt();
        if (length != (int) inf.getBytesWritten()) {
            throw refused("gzip length", length, "exactly " + (int) inf.getBytesWritten());
        }
        if (held > 8 || in.read() >= 0) {
            throw refused("what follows the gzip member", "more bytes", "the end of the file");
        }
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private MalformedFileException refused(String field, Object value, String allowed) {
        return new MalformedFileException(file, field, value, allowed);
    }
}
