package org.relaxon.tools.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.experiments.sweep.Journal;
import org.relaxon.tools.output.HeatMap;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;

/**
 * The run directory of a sweep: manifest and journal from the start, tables and maps at the end.
 */
final class SweepDirectory {
    private final RunDirectory directory;
    private final boolean isNew;

    private SweepDirectory(RunDirectory directory, boolean isNew) {
        this.directory = directory;
        this.isNew = isNew;
    }

    /** The one to go on with, or a new one; null if nothing is to be written. */
    static SweepDirectory of(
            GridOptions options, OutputOptions output, SweepConfig config, String problem)
            throws IOException {
        if (options.resume() != null) {
            requireSame(options.resume(), config);
            Journal.read(
                    options.resume(), config.hash(), config.grid()); // refuses what is not its own
            return new SweepDirectory(RunDirectory.open(options.resume()), false);
        }
        if (output.out() == null) {
            return null;
        }
        ObjectNode manifest = Json.object();
        config.fill(manifest);
        manifest.put("shard", options.shard().toString());
        manifest.put("problem", problem);
        RunDirectory made =
                RunDirectory.create(
                        output.out(), config.verb(), manifest, Clock.systemDefaultZone());
        made.manifest(manifest);
        return new SweepDirectory(made, true);
    }

    /** Names the options that differ; a directory without a manifest is left to its journal. */
    private static void requireSame(Path directory, SweepConfig config) throws IOException {
        Path file = directory.resolve("manifest.json");
        if (!Files.isRegularFile(file)) {
            return;
        }
        JsonNode stored = Json.read(file).path("config");
        SortedMap<String, Setting> before = new TreeMap<>();
        stored.path("options")
                .properties()
                .forEach(
                        e -> {
                            String shown = stored.path("optionsShown").path(e.getKey()).asText();
                            before.put(e.getKey(), new Setting(e.getValue().asText(), shown));
                        });
        new Provenance(before).requireSame(config.provenance(), directory.toString(), Set.of());
    }

    Path path() {
        return directory.path();
    }

    Journal journal(SweepConfig config) throws IOException {
        return isNew
                ? Journal.create(path(), config.hash())
                : Journal.resume(path(), config.hash(), config.grid());
    }

    /** Writes results.csv, summary.csv, times.csv, summary.txt and the maps. */
    void write(GridReport report) throws IOException {
        directory.table("results.csv", report.header(), report.rows());
        directory.table("summary.csv", report.summaryHeader(), report.summaryRows());
        directory.table("times.csv", List.of("run", "wallMillis"), report.times());
        Files.writeString(path().resolve("summary.txt"), report.text());
        for (Map.Entry<String, HeatMap> picture : report.pictures().entrySet()) {
            draw(picture.getValue(), picture.getKey());
        }
    }

    private void draw(HeatMap map, String name) throws IOException {
        Files.deleteIfExists(path().resolve(name + ".svg")); // of an earlier part of this run
        Files.deleteIfExists(path().resolve(name + ".png"));
        map.write(path(), name);
    }
}
