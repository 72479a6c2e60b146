package org.relaxon.experiments.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads the arrays of an NPZ file: a zip archive of .npy entries, as numpy.savez and
 * numpy.savez_compressed write it.
 *
 * <p>Element types {@code <f4}, {@code <f8}, {@code |u1}, {@code <i4} and {@code <i8} become
 * double; integers beyond 2^53 are rounded. Column-major (Fortran) arrays are reordered.
 *
 * <p>The file may be hostile. At most 1000 entries are accepted, whose names match a pattern and
 * which do not overlap; an entry may expand at most 100 times (the first 1 MiB is free); the total
 * number of elements is bounded; every number is bounded before it is used, and memory grows with
 * the bytes that are really there. Big-endian numbers and Python objects are refused by name.
 */
public final class NpzReader {

    /** Most elements accepted in all arrays together, 64 Mi (512 MiB as doubles). */
    public static final long ELEMENTS_MAX = 64L << 20;

    /** Names of arrays: letters, digits, underscore, point, hyphen; at most 64 characters. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    static final String SUFFIX = ".npy";

    private static final Pattern ENTRY = Pattern.compile(NAME.pattern() + "\\.npy");

    private static final int BUFFER = 8192;

    private NpzReader() {}

    /**
     * Reads a file of at most {@link #ELEMENTS_MAX} elements.
     *
     * @return the arrays by name (without .npy), in the order of the file; unmodifiable
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a regular file or not acceptable NPZ
     * @throws IOException if the device fails or reading is not permitted
     */
    public static Map<String, NpyArray> read(Path file) throws IOException {
        return read(file, ELEMENTS_MAX);
    }

    /**
     * Reads a file of at most {@code elementsMax} elements in all arrays together.
     *
     * @param elementsMax 1 to {@link #ELEMENTS_MAX}
     * @return the arrays by name (without .npy), in the order of the file; unmodifiable
     * @throws IllegalArgumentException if elementsMax is outside its range
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a regular file or not acceptable NPZ
     * @throws IOException if the device fails or reading is not permitted
     */
    public static Map<String, NpyArray> read(Path file, long elementsMax) throws IOException {
        if (elementsMax < 1 || elementsMax > ELEMENTS_MAX) {
            throw new IllegalArgumentException(
                    "elementsMax is %d; allowed: 1 to %d".formatted(elementsMax, ELEMENTS_MAX));
        }
        RegularFile.check(file);
        try (FileChannel channel = FileChannel.open(file)) {
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            long left = elementsMax;
            for (ZipMember member : ZipDirectory.read(file.toString(), channel, ENTRY)) {
                String where = file + "!" + member.name();
                NpyArray array = array(where, channel, member, left);
                left -= array.length();
                String entry = member.name();
                String name = entry.substring(0, entry.length() - SUFFIX.length());
                if (arrays.put(name, array) != null) {
                    throw new MalformedFileException(where, "name", "repeated", "one of a name");
                }
            }
            return Collections.unmodifiableMap(arrays);
        }
    }

    private static NpyArray array(String where, FileChannel channel, ZipMember member, long left)
            throws IOException {
        FileSlice slice = new FileSlice(channel, member.start(), member.storedBytes());
        Inflater inflater = new Inflater(true);
        InputStream expanded =
                member.deflated() ? new InflaterInputStream(slice, inflater, BUFFER) : slice;
        CheckedInputStream in = new CheckedInputStream(expanded, new CRC32());
        try {
            NpyArray array = NpyDecoder.read(where, in, member.bytes(), left);
            if (in.read() >= 0 || slice.left() > 0 || inflater.getRemaining() > 0) {
                throw new MalformedFileException(
                        where, "what follows the last element", "more bytes", "the end");
            }
            long checksum = in.getChecksum().getValue();
            if (checksum != member.checksum()) {
                throw new MalformedFileException(
                        where, "checksum", checksum, "exactly " + member.checksum());
            }
            return array;
        } catch (EOFException | ZipException e) {
            throw new MalformedFileException(
                    where, "compressed data", e.getMessage(), "valid deflate data", e);
        } finally {
            inflater.end();
        }
    }
}
