package org.relaxon.tools.report;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Several run directories: a page in each, and one page about all of them, worst first. */
public final class Overview {
    /** Name of the page that compares runs where none is given. */
    public static final String COMPARISON = "comparison.html";

    private static final int COMMIT_SHOWN = 10;

    private static final List<String> HEADER =
            List.of(
                    "run",
                    "outcome",
                    "reason",
                    "result",
                    "largest relative error",
                    "rows by verdict",
                    "command",
                    "version",
                    "commit");

    /** A run and its result. */
    private record Run(RunFiles files, RunVerdict verdict) {
        static Run of(RunFiles files) {
            return new Run(files, RunVerdict.of(files));
        }
    }

    private Overview() {}

    /**
     * {@return whether a directory contains only files that were being written: its run was killed
     * before any was complete}
     *
     * @param directory possibly of a run
     * @throws IOException if it cannot be read
     */
    public static boolean isStillborn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(e -> e.getFileName().toString()).allMatch(RunFiles::isInternal);
        }
    }

    /**
     * Writes {@code report.html} into every directory, and a page about all of them. Nothing is
     * written if any of the directories or files is refused.
     *
     * @param directories of runs, each once
     * @param out the page about all of them; null for {@link #COMPARISON} in the directory above
     *     all runs if there are several of one kind, and none otherwise
     * @param force whether files that are not earlier reports may be replaced
     * @return the written files, the page about all of them last
     * @throws IllegalArgumentException if one of them is not a run directory, or a file may not be
     *     written
     * @throws IOException if a file cannot be read or written
     */
    public static List<Path> write(List<Path> directories, Path out, boolean force)
            throws IOException {
        List<Run> runs = new ArrayList<>();
        for (Path directory : directories) {
            runs.add(Run.of(RunFiles.read(directory)));
            PageFile.requireWritable(directory.resolve(RunFiles.REPORT), force);
        }
        Optional<Comparison> comparison = Comparison.of(runs.stream().map(Run::files).toList());
        Path page = out != null ? out : comparison.map(c -> above(directories)).orElse(null);
        if (page != null) {
            PageFile.requireWritable(page, force);
        }
        List<Path> written = new ArrayList<>();
        for (Run run : runs) {
            written.add(RunPage.write(run.files(), force));
        }
        if (page != null) {
            PageFile.write(page, text(runs, comparison, page), force);
            written.add(page);
        }
        return written;
    }

    /** The page in the nearest directory that holds all runs, named as the first run is. */
    private static Path above(List<Path> directories) {
        Path common = parent(directories.get(0));
        for (Path one : directories) {
            Path full = one.toAbsolutePath().normalize();
            while (common.getParent() != null
                    && !full.startsWith(common.toAbsolutePath().normalize())) {
                common = common.getParent();
            }
        }
        return common.resolve(COMPARISON);
    }

    private static Path parent(Path directory) {
        Path given = directory.normalize().getParent();
        boolean climbs = given == null || given.toString().isEmpty() || given.startsWith("..");
        return climbs ? directory.toAbsolutePath().normalize().getParent() : given;
    }

    /**
     * {@return whether a path is a page that this program has written}
     *
     * @param path any path
     * @throws IOException if it cannot be read
     */
    public static boolean isPage(Path path) throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && PageFile.isOurs(path);
    }

    private static String text(List<Run> runs, Optional<Comparison> comparison, Path out) {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(
                Comparator.comparing((Run r) -> r.verdict().outcome())
                        .thenComparing(r -> r.verdict().worstError(), Comparator.reverseOrder())
                        .thenComparing(r -> r.files().name()));
        Page page = new Page("Relaxon: %d runs".formatted(runs.size()));
        Map<Outcome, Long> outcomes =
                runs.stream()
                        .map(r -> r.verdict().outcome())
                        .collect(
                                Collectors.groupingBy(o -> o, TreeMap::new, Collectors.counting()));
        page.table(
                "Runs by outcome.",
                List.of("outcome", "runs"),
                outcomes.entrySet().stream()
                        .map(e -> List.of(e.getKey().text(), e.getValue().toString()))
                        .toList(),
                outcomes.size());
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(HEADER);
        sorted.forEach(r -> rows.add(new ArrayList<>(row(r))));
        comparison.ifPresent(
                c -> {
                    header.add(1, "letter");
                    for (int k = 0; k < rows.size(); k++) {
                        rows.get(k).add(1, c.names().get(runs.indexOf(sorted.get(k))));
                    }
                });
        page.links(
                "Worst first: by outcome, then by the largest relative error of any row that claims a"
                        + " gradient. Rows that are not judged, such as the published arithmetic of"
                        + " paper, are left out.",
                header,
                rows,
                sorted.stream().map(r -> address(out, r.files().directory())).toList());
        comparison.ifPresent(
                c -> {
                    c.settings(page);
                    c.figures(page);
                });
        return page.finish();
    }

    private static List<String> row(Run run) {
        RunFiles files = run.files();
        double error = run.verdict().worstError();
        return List.of(
                files.name(),
                run.verdict().outcome().text(),
                lines(run.verdict().reason()),
                lines(Opening.reached(files)),
                (Double.isNaN(error) ? "-" : Shown.number(error)) + leftOut(files),
                files.results().flatMap(RunVerdict::counts).orElse("-"),
                Shown.value(files.config().path("command")),
                Shown.value(files.manifest().path("version")),
                shortened(Shown.value(files.manifest().path("commit"))));
    }

    /**
     * The first digits of a commit, enough to distinguish commits; the page of the run has all of
     * them.
     */
    private static String shortened(String commit) {
        return commit.substring(0, Math.min(COMMIT_SHOWN, commit.length()));
    }

    /** Clauses in a line each; a dash for none. */
    private static String lines(String text) {
        return text.isEmpty() ? "-" : text.replace("; ", "\n");
    }

    private static String leftOut(RunFiles files) {
        long rows = files.results().map(CsvTable::unjudged).orElse(0L);
        return rows == 0 ? "" : " (without %d rows that are not judged)".formatted(rows);
    }

    /** The page of a run, relative to the page about all of them. */
    private static String address(Path out, Path directory) {
        Path from = out.toAbsolutePath().normalize().getParent();
        Path to = directory.toAbsolutePath().normalize().resolve(RunFiles.REPORT);
        // The leading dot keeps a name with a colon from being read as a scheme.
        return StreamSupport.stream(from.relativize(to).spliterator(), false)
                .map(name -> escaped(name.toString()))
                .collect(Collectors.joining("/", "./", ""));
    }

    private static String escaped(String name) {
        try {
            return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every name can be escaped", e);
        }
    }
}
