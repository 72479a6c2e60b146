package org.relaxon.experiments.sweep;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.relaxon.experiments.storage.OwnerLock;
import org.relaxon.experiments.storage.UnwritableException;

/**
 * The rows of a sweep as they are finished, one line each, forced to disk one by one: however the
 * process ends, all but the last line are complete. Every line begins with a checksum, and the
 * first one holds the hash of the configuration, so that rows of another sweep are not taken for
 * rows of this one. One process at a time.
 */
public final class Journal implements SweepListener, AutoCloseable {
    /** Its name in a run directory. */
    public static final String NAME = "journal.txt";

    private static final String FORMAT = "relaxon sweep journal 2 ";
    private static final int CHECKSUM_DIGITS = 8;

    private final Path directory;
    private final String hash;
    private final Map<Integer, SweepRow> rows;
    private OwnerLock owner;
    private FileChannel channel;

    private Journal(Path directory, String hash, Map<Integer, SweepRow> rows, OwnerLock owner) {
        this.directory = directory;
        this.hash = hash;
        this.rows = rows;
        this.owner = owner;
    }

    /**
     * Creates a journal in a directory that has none.
     *
     * @param directory of the sweep
     * @param hash of the configuration, which later readers must have too
     * @return the journal, open for rows
     * @throws IOException if the file exists or cannot be written
     */
    public static Journal create(Path directory, String hash) throws IOException {
        return opened(
                directory,
                hash,
                journal -> {
                    journal.channel = journal.open(StandardOpenOption.CREATE_NEW);
                    journal.write(header(hash));
                });
    }

    /**
     * Resumes a journal. An incomplete last line is cut off.
     *
     * @param directory of the sweep
     * @param hash of the configuration
     * @param grid whose points the rows belong to
     * @return the journal with its rows, open for more
     * @throws IllegalArgumentException if there is none, it belongs to another configuration, is in
     *     use, or a line before the last one is damaged
     * @throws IOException if the file cannot be read or written
     */
    public static Journal resume(Path directory, String hash, Grid grid) throws IOException {
        requireThere(directory);
        return opened(
                directory,
                hash,
                journal -> {
                    journal.rows.putAll(read(directory, hash, grid));
                    journal.channel = journal.open(StandardOpenOption.CREATE);
                    journal.cutOff();
                });
    }

    /** A step with a journal that no other process may write. */
    private interface Begin {
        void with(Journal journal) throws IOException;
    }

    private static Journal opened(Path directory, String hash, Begin begin) throws IOException {
        OwnerLock owner = OwnerLock.take(directory.resolve(NAME));
        Journal journal = new Journal(directory, hash, new TreeMap<>(), owner);
        boolean done = false;
        try {
            begin.with(journal);
            done = true;
            return journal;
        } finally {
            if (!done) {
                journal.close();
            }
        }
    }

    private FileChannel open(StandardOpenOption how) throws IOException {
        return FileChannel.open(directory.resolve(NAME), how, StandardOpenOption.WRITE);
    }

    private void cutOff() throws IOException {
        byte[] bytes = Files.readAllBytes(directory.resolve(NAME));
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        channel.truncate(whole);
        channel.position(whole);
        if (whole == 0) {
            write(header(hash));
        }
    }

    /**
     * {@return the rows of a journal by index; the journal is not opened for more}
     *
     * @param directory of the sweep
     * @param hash of the configuration
     * @param grid whose points the rows belong to
     * @throws IllegalArgumentException as {@link #resume}
     * @throws IOException if the file cannot be read
     */
    public static Map<Integer, SweepRow> read(Path directory, String hash, Grid grid)
            throws IOException {
        Path file = requireThere(directory);
        String text = Files.readString(file, StandardCharsets.ISO_8859_1); // cut anywhere
        int whole = text.lastIndexOf('\n') + 1;
        if (whole == 0 && header(hash).startsWith(text)) {
            return new TreeMap<>();
        }
        List<String> lines = text.substring(0, whole).lines().toList();
        if (lines.isEmpty() || !header(hash).equals(lines.get(0) + "\n")) {
            throw new IllegalArgumentException(
                    "%s belongs to a sweep with other options, or of another version of relaxon;"
                                    .formatted(file)
                            + " repeat the ones in manifest.json");
        }
        Map<Integer, SweepRow> rows = new TreeMap<>();
        for (int k = 1; k < lines.size(); k++) {
            SweepRow row = row(file, k + 1, lines.get(k), grid);
            rows.put(row.index(), row);
        }
        return rows;
    }

    private static Path requireThere(Path directory) {
        Path file = directory.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "%s has no %s: not the directory of a sweep".formatted(directory, NAME));
        }
        return file;
    }

    private static SweepRow row(Path file, int number, String latin, Grid grid) {
        String line =
                new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        int gap = line.indexOf(' ');
        String body = line.substring(gap + 1);
        if (gap == CHECKSUM_DIGITS && line.substring(0, gap).equals(checksum(body))) {
            CsvRecord cells =
                    CsvReader.builder().ofCsvRecord(body).stream().findFirst().orElseThrow();
            int index = Integer.parseInt(cells.getField(0));
            int last = cells.getFieldCount() - 1;
            if (index < grid.size()) {
                return SweepRow.of(
                        index,
                        cells.getFields().subList(1, last),
                        Long.parseLong(cells.getField(last)));
            }
        }
        throw new IllegalArgumentException("%s, line %d is damaged".formatted(file, number));
    }

    /** {@return a copy of the rows by index} */
    public Map<Integer, SweepRow> rows() {
        return new TreeMap<>(rows);
    }

    @Override
    public void finished(SweepRow row) throws IOException {
        rows.put(row.index(), row);
        if (!restore()) {
            write(line(row));
        }
    }

    /**
     * Writes the journal again, with all its rows, if its directory has vanished.
     *
     * @return false if the journal still existed
     * @throws IOException if it cannot be written
     */
    public boolean restore() throws IOException {
        if (Files.exists(directory.resolve(NAME))) {
            return false;
        }
        close();
        Files.createDirectories(directory);
        owner = OwnerLock.take(directory.resolve(NAME));
        channel = open(StandardOpenOption.CREATE_NEW);
        StringBuilder all = new StringBuilder(header(hash));
        for (SweepRow row : rows.values()) {
            all.append(line(row));
        }
        write(all.toString());
        return true;
    }

    private static String line(SweepRow row) throws IOException {
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(row.index()));
        cells.addAll(row.cells());
        cells.add(Long.toString(row.wallMillis()));
        StringWriter line = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(line)) {
            csv.writeRecord(cells);
        }
        String body = line.toString().stripTrailing();
        return checksum(body) + " " + body + "\n";
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            owner.close();
        }
    }

    private void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UnwritableException(directory.resolve(NAME), e);
        }
    }

    private static String header(String hash) {
        return FORMAT + hash + "\n";
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
