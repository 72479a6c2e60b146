package org.relaxon.experiments.format;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes arrays into an NPZ file that numpy.load reads: a zip archive of .npy entries of format
 * 1.0, element type {@code <f8}, row-major.
 *
 * <p>The same calls give the same bytes on every machine: entries are stored, not compressed, and
 * carry a fixed time. {@link NpzReader} can read every file written, given enough memory. The file
 * is incomplete until {@link #close} has returned.
 */
public final class NpzWriter implements Closeable {

    /** Most elements in all arrays together: an archive without extensions ends at 4 GiB. */
    static final long ELEMENTS_MAX = (1L << 29) - (1L << 18);

    /**
     * Any time would do, except the earliest that zip can store, which would be written with a time
     * zone.
     */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    /** NumPy begins the elements at a multiple of this many bytes. */
    private static final int ALIGNMENT = 64;

    /** Magic, version 1.0 and the length of the text. */
    private static final int PREFIX_BYTES = 10;

    private static final int CHUNK = 8192;

    private final ZipOutputStream zip;
    private final Set<String> names = new HashSet<>();
    private long elements;

    private NpzWriter(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /**
     * Creates a file, which must not exist yet.
     *
     * @param file that must not exist
     * @return a writer that must be closed
     * @throws java.nio.file.FileAlreadyExistsException if it exists; it is left as it is
     * @throws IOException if it cannot be created
     */
    public static NpzWriter create(Path file) throws IOException {
        return to(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    }

    /**
     * Starts an archive on a stream, which {@link #close} closes.
     *
     * @param out receives the archive
     * @return a writer that must be closed
     */
    public static NpzWriter to(OutputStream out) {
        return new NpzWriter(new BufferedOutputStream(out));
    }

    /**
     * Writes one array.
     *
     * @param name letters, digits, underscore, point and hyphen, at most 64; without .npy
     * @param values row-major
     * @param shape up to 4 sizes whose product is the number of values; if none is given, one axis
     * @throws IllegalArgumentException if the name is not acceptable or repeated, the shape does
     *     not fit, or there would be more arrays or elements than {@link NpzReader} accepts
     * @throws IOException if writing fails
     */
    public void put(String name, double[] values, int... shape) throws IOException {
        int[] sizes = shape.length == 0 ? new int[] {values.length} : shape.clone();
        NpyArray.checkShape(sizes, values.length);
        write(name, sizes, new double[][] {values});
    }

    /**
     * Writes one matrix of shape (rows, length of the first row); no rows give shape (0, 0).
     *
     * @param name as in the other method
     * @param rows all of the same length
     * @throws IllegalArgumentException as in the other method, or if a row has another length
     * @throws IOException if writing fails
     */
    public void put(String name, double[][] rows) throws IOException {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        for (int row = 0; row < rows.length; row++) {
            if (rows[row].length != columns) {
                throw new IllegalArgumentException(
                        "row %d of %s has %d values; row 0 has %d"
                                .formatted(row, name, rows[row].length, columns));
            }
        }
        write(name, new int[] {rows.length, columns}, rows);
    }

    /** Writes the directory of the archive and closes the stream below. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void write(String name, int[] shape, double[][] parts) throws IOException {
        byte[] header = header(shape);
        long count = register(name, shape, parts);
        CheckedOutputStream sum =
                new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
        encode(header, parts, sum);
        ZipEntry entry = new ZipEntry(name + NpzReader.SUFFIX);
        entry.setTimeLocal(ENTRY_TIME);
        entry.setSize(header.length + count * Double.BYTES);
        entry.setCrc(sum.getChecksum().getValue());
        zip.putNextEntry(entry);
        encode(header, parts, zip);
        zip.closeEntry();
    }

    /** Refuses what the reader would refuse; otherwise returns the number of values. */
    private long register(String name, int[] shape, double[][] parts) {
        if (!NpzReader.NAME.matcher(name).matches()) {
            throw refused("name of an array", name, NpzReader.NAME.pattern());
        }
        if (shape.length > NpyHeader.AXES_MAX) {
            throw refused("axes of " + name, shape.length, "up to " + NpyHeader.AXES_MAX);
        }
        if (names.contains(name)) {
            throw refused("name of an array", name + " again", "each name once");
        }
        if (names.size() == ZipDirectory.ENTRIES_MAX) {
            throw refused("number of arrays", "more", "up to " + ZipDirectory.ENTRIES_MAX);
        }
        long count = 0;
        for (double[] part : parts) {
            count += part.length;
        }
        if (elements + count > ELEMENTS_MAX) {
            throw refused("elements", elements + count, "up to " + ELEMENTS_MAX);
        }
        names.add(name);
        elements += count;
        return count;
    }

    private static IllegalArgumentException refused(String field, Object value, String allowed) {
        return new IllegalArgumentException(
                "%s is %s; allowed: %s".formatted(field, value, allowed));
    }

    private static byte[] header(int[] shape) {
        String sizes =
                IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (%s%s), }"
                        .formatted(sizes, shape.length == 1 ? "," : "");
        int bare = PREFIX_BYTES + text.length() + 1;
        int padded = (bare + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        text = text + " ".repeat(padded - bare) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static void encode(byte[] header, double[][] parts, OutputStream out)
            throws IOException {
        out.write(header);
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double[] part : parts) {
            for (double value : part) {
                if (!chunk.hasRemaining()) {
                    out.write(chunk.array(), 0, chunk.position());
                    chunk.clear();
                }
                chunk.putDouble(value);
            }
        }
        out.write(chunk.array(), 0, chunk.position());
    }
}
