package org.relaxon.experiments.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads IDX files of unsigned bytes, plain or compressed with gzip.
 *
 * <p>The format is that of the MNIST database (LeCun, Cortes and Burges): two zero bytes, a type, a
 * number of axes, the big-endian 32-bit size of each axis, the elements row-major. Compression is
 * recognised by its first two bytes, not by the name of the file.
 *
 * <p>The file may be hostile. Every number is bounded before it is used; memory grows with the
 * bytes present, not with the sizes claimed; a file that ends too early or continues after the last
 * element is refused, and so is gzip that expands more than 100 times.
 */
public final class IdxReader {

    /** Most elements accepted, 256 Mi. */
    public static final long ELEMENTS_MAX = 256L << 20;

    /** Most axes accepted. */
    public static final int AXES_MAX = 4;

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int GZIP_MAGIC = 0x1f8b;

    /** Memory taken before the first element has been seen, in bytes. */
    private static final int CHUNK = 1 << 16;

    private final String file;
    private final InputStream in;

    private IdxReader(String file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /**
     * Reads a file of at most {@link #ELEMENTS_MAX} elements.
     *
     * @param file in IDX format, plain or compressed
     * @return its elements
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a regular file or not acceptable IDX
     * @throws IOException if the device fails or reading is not permitted
     */
    public static IdxArray read(Path file) throws IOException {
        return read(file, ELEMENTS_MAX);
    }

    /**
     * Reads a file of at most {@code elementsMax} elements.
     *
     * @param file in IDX format, plain or compressed
     * @param elementsMax 1 to {@link #ELEMENTS_MAX}
     * @return its elements
     * @throws IllegalArgumentException if elementsMax is outside its range
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a regular file or not acceptable IDX
     * @throws IOException if the device fails or reading is not permitted
     */
    public static IdxArray read(Path file, long elementsMax) throws IOException {
        RegularFile.check(file);
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, elementsMax);
        }
    }

    /** Reads a stream to its end; {@code file} names it in messages. */
    static IdxArray read(String file, InputStream in, long elementsMax) throws IOException {
        if (elementsMax < 1 || elementsMax > ELEMENTS_MAX) {
            throw new IllegalArgumentException(
                    "elementsMax is %d; allowed: 1 to %d".formatted(elementsMax, ELEMENTS_MAX));
        }
        PushbackInputStream raw = new PushbackInputStream(in, 2);
        byte[] magic = raw.readNBytes(2);
        raw.unread(magic);
        if (magic.length < 2 || ByteBuffer.wrap(magic).getShort() != (short) GZIP_MAGIC) {
            return new IdxReader(file, raw).array(elementsMax);
        }
        try (InputStream expanded = new GzipInput(file, raw)) {
            return new IdxReader(file, expanded).array(elementsMax);
        }
    }

    private IdxArray array(long elementsMax) throws IOException {
        int magic = readInt("magic");
        if (magic >>> 16 != 0) {
            throw refused("magic", "0x%08x".formatted(magic), "0x00000801 to 0x00000804");
        }
        int type = magic >>> 8 & 0xff;
        if (type != UNSIGNED_BYTE) {
            throw refused("type", typeName(type), "0x08 (unsigned byte)");
        }
        int axes = magic & 0xff;
        if (axes < 1 || axes > AXES_MAX) {
            throw refused("number of axes", axes, "1 to " + AXES_MAX);
        }
        int[] sizes = new int[axes];
        long elements = 1;
        for (int axis = 0; axis < axes; axis++) {
            long size = Integer.toUnsignedLong(readInt("size of axis " + axis));
            long sizeMax = elementsMax / elements; // divide, so that no product can overflow
            if (size < 1 || size > sizeMax) {
                throw refused("size of axis " + axis, size, "1 to " + sizeMax);
            }
            sizes[axis] = (int) size;
            elements *= size;
        }
        return new IdxArray(sizes, elements((int) elements));
    }

    private byte[] elements(int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, CHUNK)];
        int filled = 0;
        while (filled < count) {
            if (filled == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * filled));
            }
            int read = in.read(bytes, filled, bytes.length - filled);
            if (read < 0) {
                throw refused("number of elements present", filled, "exactly " + count);
            }
            filled += read;
        }
        if (in.read() >= 0) {
            throw refused("number of elements present", "more", "exactly " + count);
        }
        return bytes;
    }

    private int readInt(String field) throws IOException {
        byte[] bytes = in.readNBytes(Integer.BYTES);
        if (bytes.length < Integer.BYTES) {
            throw refused(field, "cut off after %d bytes".formatted(bytes.length), "4 bytes");
        }
        return ByteBuffer.wrap(bytes).getInt();
    }

    private static String typeName(int type) {
        String name =
                switch (type) {
                    case 0x09 -> "signed byte";
                    case 0x0b -> "short";
                    case 0x0c -> "int";
                    case 0x0d -> "float";
                    case 0x0e -> "double";
                    default -> "unknown";
                };
        return "0x%02x (%s)".formatted(type, name);
    }

    private MalformedFileException refused(String field, Object value, String allowed) {
        return new MalformedFileException(file, field, value, allowed);
    }
}
