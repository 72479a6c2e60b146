package org.relaxon.tools.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relaxon.tools.course.RepeatedSettling;

/**
 * The content of a run directory, read with limits. Links are listed and not followed; a file that
 * is too large is left out with a note; one that is damaged is refused.
 */
final class RunFiles {
    static final String REPORT = "report.html";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long JSON_MAX = 16L << 20;
    private static final long TABLE_MAX = 64L << 20;
    private static final long PICTURE_MAX = 4L << 20;
    private static final int PICTURES_MAX = 40;
    private static final int KEPT = 4000;
    private static final int ENTRIES_MAX = 10_000;

    private final Path directory;
    private final List<Path> entries;
    private final List<String> notes = new ArrayList<>();
    private final JsonNode manifest;
    private final JsonNode result;
    private final Optional<CsvTable> results;
    private final Optional<CsvTable> summary;
    private final Optional<CsvTable> course;
    private final Optional<CsvTable> links;
    private final List<Latency> latency;
    private final List<Picture> pictures;
    private final long journalled;

    private RunFiles(Path directory) throws IOException {
        this.directory = directory;
        this.entries = entries(directory);
        this.manifest =
                json("manifest.json")
                        .filter(m -> m.path("config").isObject())
                        .orElseThrow(() -> noRun(directory));
        this.result = json("result.json").orElseGet(() -> settled(manifest.get("config")));
        this.results = table("results.csv", CsvTable.FIRST);
        this.summary = table("summary.csv", KEPT);
        this.course = table(RepeatedSettling.COURSE, KEPT);
        this.links = table(RepeatedSettling.LINKS, CsvTable.FIRST);
        this.latency =
                content("latency.hlog", TABLE_MAX)
                        .map(bytes -> decode("latency.hlog", bytes, Latency::read))
                        .orElse(List.of());
        this.pictures = readPictures();
        this.journalled = results.isPresent() ? -1 : journalRows();
    }

    private long journalRows() throws IOException {
        Path journal = directory.resolve("journal.txt");
        boolean regular = Files.isRegularFile(journal, LinkOption.NOFOLLOW_LINKS);
        if (!regular || Files.size(journal) > TABLE_MAX) {
            return -1;
        }
        long lines = 0;
        for (byte one : Files.readAllBytes(journal)) {
            lines += one == '\n' ? 1 : 0; // the last line may be incomplete
        }
        return Math.max(0, lines - 1); // below its header
    }

    /**
     * Reads a run directory.
     *
     * @throws IllegalArgumentException if it is not a run directory, or naming a damaged file
     */
    static RunFiles read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(
                    "report: %s is not a directory; name a run directory".formatted(directory));
        }
        return new RunFiles(directory);
    }

    /** True for files that exist only during writing: a lock, and the next content. */
    static boolean isInternal(String name) {
        return name.endsWith(".lock") || name.endsWith(".new") || name.startsWith(".");
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.limit(ENTRIES_MAX).sorted().toList();
        }
    }

    /** In runs from before result.json existed, the outcome of a settling is in its manifest. */
    private static JsonNode settled(JsonNode config) {
        return config.has("verdict") ? config : MissingNode.getInstance();
    }

    private Optional<JsonNode> json(String name) throws IOException {
        return content(name, JSON_MAX)
                .map(
                        bytes -> {
                            try {
                                return MAPPER.readTree(bytes);
                            } catch (JsonProcessingException e) {
                                throw refusal(name + " is no JSON: " + e.getOriginalMessage());
                            } catch (IOException e) {
                                throw refusal(name + " is no JSON: " + e.getMessage());
                            }
                        });
    }

    /** Of any length: only a limited number of rows is read; see {@link CsvTable}. */
    private Optional<CsvTable> table(String name, int kept) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (Reader text =
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            CsvTable table = CsvTable.read(text, CsvTable.ROWS_MAX, kept);
            if (!table.isWhole()) {
                notes.add(
                        "the rows of %s after the first %d were not read"
                                .formatted(name, table.size()));
            }
            return Optional.of(table);
        } catch (IllegalArgumentException e) {
            throw refusal(name + " " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw refusal(name + " cannot be read: " + e.getCause().getMessage());
        }
    }

    private <T> T decode(String name, byte[] bytes, Function<byte[], T> decoder) {
        try {
            return decoder.apply(bytes);
        } catch (IllegalArgumentException e) {
            throw refusal(name + " " + e.getMessage());
        }
    }

    private List<Picture> readPictures() throws IOException {
        List<Picture> out = new ArrayList<>();
        int left = 0;
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (!Picture.isOne(name) || hasVector(name)) {
                continue;
            }
            if (out.size() == PICTURES_MAX) {
                left++;
                continue;
            }
            Optional<byte[]> content = content(name, PICTURE_MAX);
            Optional<Picture> picture = content.flatMap(bytes -> Picture.of(name, bytes));
            picture.ifPresent(out::add);
            if (content.isPresent() && picture.isEmpty()) {
                notes.add(name + " is not the kind of picture that its name states; left out");
            }
        }
        if (left > 0) {
            notes.add(left + " more pictures left out");
        }
        return out;
    }

    /** True for a bitmap whose picture also exists as SVG, which is sharper. */
    private boolean hasVector(String name) {
        boolean bitmap = name.endsWith(".png");
        return bitmap && entries.contains(directory.resolve(name.replaceFirst("png$", "svg")));
    }

    /** A regular file of this directory; nothing if it is missing, a link, or too large. */
    private Optional<byte[]> content(String name, long most) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        long size = Files.size(file);
        if (size > most) {
            notes.add(
                    "%s is too large to show: %s, at most %s"
                            .formatted(name, Shown.size(size), Shown.size(most)));
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(file));
    }

    /** Names the runs below it, for a directory such as the one given with --out. */
    private IllegalArgumentException noRun(Path directory) {
        String below =
                entries.stream()
                        .flatMap(RunFiles::children)
                        .filter(d -> Files.isRegularFile(d.resolve("manifest.json")))
                        .findFirst()
                        .map(d -> "; there are some below it, such as " + d)
                        .orElse("; --out DIR of other commands makes one below DIR");
        return new IllegalArgumentException(
                "report: %s is not a run directory: it has no manifest.json of a run%s"
                        .formatted(directory, below));
    }

    /** The directory itself and its content; nothing if it cannot be read. */
    private static Stream<Path> children(Path entry) {
        if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            return Stream.empty();
        }
        try {
            return Stream.concat(Stream.of(entry), entries(entry).stream());
        } catch (IOException e) {
            return Stream.of(entry);
        }
    }

    private IllegalArgumentException refusal(String what) {
        return new IllegalArgumentException("report: " + directory + ": " + what);
    }

    Path directory() {
        return directory;
    }

    /** Experiment and name of the run: the last two names of its path. */
    String name() {
        Path full = directory.toAbsolutePath().normalize();
        int names = full.getNameCount();
        return names == 0
                ? full.toString()
                : full.subpath(Math.max(0, names - 2), names).toString();
    }

    JsonNode manifest() {
        return manifest;
    }

    /** The resolved options; always an object. */
    JsonNode config() {
        return manifest.get("config");
    }

    /** The outcome as one object; missing if none was recorded. */
    JsonNode result() {
        return result;
    }

    Optional<CsvTable> results() {
        return results;
    }

    /**
     * Number of runs that an unfinished sweep has finished, by its journal; -1 if there is none.
     */
    long journalled() {
        return journalled;
    }

    Optional<CsvTable> summary() {
        return summary;
    }

    /** Energy and residual over time. */
    Optional<CsvTable> course() {
        return course;
    }

    /** Travel times by link. */
    Optional<CsvTable> links() {
        return links;
    }

    /** Empty if there is no {@code latency.hlog}. */
    List<Latency> latency() {
        return latency;
    }

    List<Picture> pictures() {
        return pictures;
    }

    /** Everything in the directory, sorted by name. */
    List<Path> entries() {
        return entries;
    }

    /** Parts that could not be shown, and the reasons. */
    List<String> notes() {
        return notes;
    }
}
