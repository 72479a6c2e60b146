package org.relaxon.experiments.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
 * <p>Truth values, integers and floating-point numbers of 1 to 8 bytes and either byte order are
 * read as doubles; integers beyond 2^53 are rounded. Column-major (Fortran) arrays are read
 * row-major. Arrays that are not requested may be of any type, name and compression.
 *
 * <p>The file may be hostile. At most 1000 entries are accepted, which do not overlap; the name of
 * a requested one matches a pattern, and it may expand at most 100 times (the first 1 MiB is free);
 * the memory for all elements together is bounded; every number is bounded before it is used, and
 * memory grows with the bytes present.
 */
public final class NpzReader {

    /** Names of arrays: letters, digits, underscore, point, hyphen; at most 64 characters. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    static final String SUFFIX = ".npy";

    static final Pattern ENTRY = Pattern.compile(NAME.pattern() + "\\.npy");

    private static final int BUFFER = 8192;

    private NpzReader() {}

    /**
     * {@return the memory that the elements of one file may take: half of this process's heap, in
     * bytes}
     */
    public static long memoryBudget() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /**
     * Reads all arrays of a file within {@link #memoryBudget}.
     *
     * @param file in NPZ format
     * @return the arrays by name (without .npy), in the order of the file; unmodifiable
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a regular file or not acceptable NPZ
     * @throws IOException if the device fails or reading is not permitted
     */
    public static Map<String, NpyArray> read(Path file) throws IOException {
        return read(file, name -> true, memoryBudget());
    }

    /**
     * Reads some arrays of a file.
     *
     * @param file in NPZ format
     * @param wanted names of the arrays to read; all others are ignored
     * @param bytesMax memory that the elements of these arrays may take together, 1 or more
     * @return the arrays by name (without .npy), in the order of the file; unmodifiable
     * @throws IllegalArgumentException if bytesMax is outside its range
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is not a regular file or not acceptable NPZ
     * @throws IOException if the device fails or reading is not permitted
     */
    public static Map<String, NpyArray> read(Path file, Predicate<String> wanted, long bytesMax)
            throws IOException {
        if (bytesMax < 1) {
            throw new IllegalArgumentException(
                    "bytesMax is %d; allowed: 1 or more".formatted(bytesMax));
        }
        RegularFile.check(file);
        try (FileChannel channel = FileChannel.open(file)) {
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            long left = bytesMax;
            for (ZipMember member : entries(file, channel, wanted)) {
                String where = file + "!" + member.name();
                NpyArray array = array(where, channel, member, left);
                left -= array.bytes();
                if (arrays.put(arrayName(member.name()), array) != null) {
                    throw new MalformedFileException(where, "name", "repeated", "one of a name");
                }
            }
            return Collections.unmodifiableMap(arrays);
        }
    }

    private static List<ZipMember> entries(Path file, FileChannel channel, Predicate<String> wanted)
            throws IOException {
        return ZipDirectory.read(
                file.toString(), channel, ENTRY, entry -> wanted.test(arrayName(entry)));
    }

    /** Whether an entry has the name of an array that is read. */
    static boolean isArray(String entry) {
        return ENTRY.matcher(entry).matches();
    }

    /** The name of an entry without .npy. */
    static String arrayName(String entry) {
        return entry.endsWith(SUFFIX)
                ? entry.substring(0, entry.length() - SUFFIX.length())
                : entry;
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
