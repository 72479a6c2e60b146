package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.storage.WholeFile.Content;
import org.relaxon.experiments.sweep.Journal;
import org.relaxon.experiments.sweep.Shard;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.cli.text.Words;
import org.relaxon.tools.output.HeatMap;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;

/**
 * The run directory of a sweep: manifest and journal from the start, tables and maps at the end.
 */
final class SweepDirectory implements AutoCloseable {
    private static final String MANIFEST = "manifest.json";

    /** In a manifest, the command that joins the parts of a sweep, but for their names. */
    private static final String JOIN_WITH = "joinWith";

    /** More points are in summary.csv alone, so that pages can read the result. */
    private static final int POINTS_MAX = 10_000;

    private final RunDirectory directory;
    private final ObjectNode manifest;
    private final Journal journal; // null for one that joins others
    private final String goOn;

    private SweepDirectory(
            RunDirectory directory, ObjectNode manifest, Journal journal, String goOn) {
        this.directory = directory;
        this.manifest = manifest;
        this.journal = journal;
        this.goOn = goOn;
    }

    /**
     * The directory to continue with, or a new one; null if nothing is to be written. Until it is
     * closed no other process writes to it.
     */
    static SweepDirectory of(
            GridOptions options,
            OutputOptions output,
            SweepConfig config,
            GridRequest request,
            String problem)
            throws IOException {
        if (options.resume() == null && output.out() == null) {
            return null;
        }
        ObjectNode manifest = GridJson.manifest(request, options.shard().toString(), problem);
        if (options.resume() != null) {
            requireSame("resume", options.resume(), config);
            requireShard(options.resume(), options.shard());
            return new SweepDirectory(
                    RunDirectory.open(options.resume()),
                    manifest,
                    Journal.resume(options.resume(), config.hash(), config.grid()),
                    config.goOn(options.resume()));
        }
        RunDirectory made =
                RunDirectory.create(
                        output.out(),
                        config.verb(),
                        manifest,
                        Clock.system(ZoneId.systemDefault()));
        String goOn = config.goOn(made.path());
        if (options.merge() != null) {
            made.manifest(manifest);
            return new SweepDirectory(made, manifest, null, goOn);
        }
        manifest.put(JOIN_WITH, config.joinWith());
        manifest.put("goOn", goOn); // stored here for a run that is killed
        made.manifest(manifest);
        Journal journal = Journal.create(made.path(), config.hash());
        return new SweepDirectory(made, manifest, journal, goOn);
    }

    /**
     * Restores a directory that vanished during its runs, with all their rows.
     *
     * @return false if it still existed
     */
    boolean restore() throws IOException {
        boolean vanished = journal != null && journal.restore();
        if (!Files.exists(path().resolve(MANIFEST))) {
            directory.manifest(manifest);
            vanished = true;
        }
        return vanished;
    }

    /**
     * Refuses to continue or join directories of a sweep without its axes, naming the command that
     * has them.
     *
     * @throws IllegalArgumentException with that command, if the first directory states it
     */
    static void requireAxes(GridOptions options, Path out) throws IOException {
        boolean merging = options.merge() != null;
        Path first = merging ? options.merge().get(0) : options.resume();
        if (first == null) {
            return;
        }
        if (!Files.isDirectory(first)) {
            throw new IllegalArgumentException(
                    "%s: there is no directory %s".formatted(merging ? "merge" : "resume", first));
        }
        if (!Files.isRegularFile(first.resolve(MANIFEST))) {
            return;
        }
        JsonNode config = Json.read(first.resolve(MANIFEST)).path("config");
        String stated = config.path(JOIN_WITH).asText();
        if (stated.isEmpty()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        if (merging) {
            String all =
                    options.merge().stream().map(Path::toString).collect(Collectors.joining(","));
            parts.addAll(List.of("--merge", all));
        } else {
            String shard = config.path("shard").asText();
            parts.addAll(
                    shard.equals(Shard.WHOLE.toString()) ? List.of() : List.of("--shard", shard));
            parts.addAll(List.of("--resume", first.toString()));
        }
        if (out != null) {
            parts.addAll(List.of("--out", out.toString()));
        }
        throw new IllegalArgumentException(
                "%s: needs the options of the sweep: %s%s"
                        .formatted(
                                merging ? "merge" : "resume",
                                Launcher.typed(stated),
                                Words.without(parts, Set.of())));
    }

    /** A part continues as that part: its tables would lose or gain the rows of others. */
    private static void requireShard(Path directory, Shard shard) throws IOException {
        Path file = directory.resolve(MANIFEST);
        String before =
                Files.isRegularFile(file)
                        ? Json.read(file).at("/config/shard").asText(shard.toString())
                        : shard.toString();
        if (!before.equals(shard.toString())) {
            throw new IllegalArgumentException(
                    before.equals(Shard.WHOLE.toString())
                            ? "shard: %s is of the whole sweep; leave out --shard"
                                    .formatted(directory)
                            : "shard: %s is of the part %s; add --shard %s"
                                    .formatted(directory, before, before));
        }
    }

    /** Names the options that differ; a directory without a manifest is left to its journal. */
    static void requireSame(String option, Path directory, SweepConfig config) throws IOException {
        Path file = directory.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            return;
        }
        JsonNode stored = Json.read(file).path("config");
        if (!stored.path("options").has("command")) {
            String command = stored.path("command").asText("another command");
            throw new IllegalArgumentException(
                    "%s: %s is no directory of a %s, but of: %s"
                            .formatted(option, directory, config.verb(), command));
        }
        SortedMap<String, Setting> before = new TreeMap<>();
        stored.path("options")
                .properties()
                .forEach(
                        e -> {
                            String shown = stored.path("optionsShown").path(e.getKey()).asText();
                            before.put(e.getKey(), new Setting(e.getValue().asText(), shown));
                        });
        new Provenance(before)
                .requireSame(config.provenance(), option + ": " + directory, Set.of());
    }

    Path path() {
        return directory.path();
    }

    Journal journal() {
        return journal;
    }

    /** The command that computes the missing runs. */
    String goOn() {
        return goOn;
    }

    @Override
    public void close() throws IOException {
        if (journal != null) {
            journal.close();
        }
    }

    /**
     * Writes result.json, results.csv, summary.csv, times.csv, summary.txt and the maps, from the
     * existing rows.
     *
     * @param stated the result as {@link GridJson} states it; if rows are missing, result.json has
     *     the verdict of a run that was interrupted until they exist
     */
    void write(GridResult result, ObjectNode stated) throws IOException {
        ObjectNode kept = stated.deepCopy();
        GridJson.end(kept, result);
        if (result.points().size() > POINTS_MAX) {
            kept.remove("points");
            kept.put("pointsIn", "summary.csv");
        }
        if (!result.whole()) {
            kept.put("verdict", Interruption.VERDICT);
            kept.put("reason", result.runs().size() + " runs were made before it was stopped");
        }
        WholeFile.replace(path().resolve("result.json"), Content.text(Json.pretty(kept) + "\n"));
        GridTable table = new GridTable(result);
        directory.table("results.csv", table.header(), table.rows());
        directory.table("summary.csv", table.summaryHeader(), table.summaryRows());
        directory.table("times.csv", List.of("run", "wallMillis"), table.times());
        WholeFile.replace(
                path().resolve("summary.txt"),
                Content.text(GridText.of(result, UnaryOperator.identity())));
        for (Map.Entry<String, HeatMap> picture : GridPictures.of(result).entrySet()) {
            picture.getValue().write(path(), picture.getKey());
        }
    }
}
