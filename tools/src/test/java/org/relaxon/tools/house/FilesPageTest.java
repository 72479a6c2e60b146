package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** The page of files explains every field, column and array that the verbs write. */
class FilesPageTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String SMALL = " --layers 8,6,4 --seeds 1 --delay exponential:1ms";
    private static final String MOONS =
            " --data two-moons --layers 2,4,2 --examples 64 --test-examples 20 --batch 16";

    /** What fills most fields: settled, not settled, with probes, faults, and without an energy. */
    private static final List<String> COMMANDS =
            List.of(
                    "check --estimator one-sided,centred --beta 1e-2,1e-3" + SMALL,
                    "check --algorithm ep --gain 30 --budget-messages 500 --beta 1e-1" + SMALL,
                    "settle --layers 8,6,4 --probe 1:3=activity,error,residual"
                            + " --probe 2=energy,sent,received,stale,lost,in-flight",
                    "settle --layers 8,6,6,4 --delay exponential:1ms --cut 1->2",
                    "settle --layers 8,6,4 --algorithm pc-alm --drive event-driven",
                    "settle --layers 8,6,4 --algorithm ep --feedback random:seed=1",
                    "settle --layers 8,6,4 --algorithm ep --discipline turn-taking --host akka",
                    "train --epochs 2 --beside backprop --align-every 2 --probe 1:0=activity"
                            + MOONS,
                    "train --epochs 1 --drop 0.3 --feedback random:seed=1" + MOONS,
                    "train --iterations 3 --budget-messages 2 --unsettled continue" + MOONS,
                    "sweep --axis beta=1e-1,1e-2 --axis gain=1,8" + SMALL,
                    "sweep --axis rate=1e-3,1e-2 --seeds 1 --epochs 1 --beside backprop" + MOONS);

    private static FilesPage page() throws IOException {
        return new FilesPage(Files.readString(ROOT.resolve("docs/files.md")));
    }

    /** Paths of all fields of a JSON object, those of objects in lists as {@code list[].field}. */
    private static void fields(JsonNode node, String path, Set<String> out) {
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            e -> {
                                String name = path.isEmpty() ? e.getKey() : path + "." + e.getKey();
                                out.add(name);
                                fields(e.getValue(), name, out);
                            });
        } else if (node.isArray()) {
            node.forEach(one -> fields(one, path + "[]", out));
        }
    }

    /** Names in one file of a run directory, without the axes of a grid. */
    private static Set<String> names(Path file, Set<String> axes) throws IOException {
        Set<String> out = new TreeSet<>();
        String name = file.getFileName().toString();
        if (name.endsWith(".json")) {
            Set<String> all = new TreeSet<>();
            fields(Ran.json(file), "", all);
            // Cases of a check have the fields of its worst one.
            all.forEach(field -> out.add(field.replaceFirst("^cases\\[]\\.", "")));
        } else if (name.endsWith(".csv")) {
            try (Stream<String> lines = Files.lines(file)) {
                out.addAll(List.of(lines.findFirst().orElseThrow().split(",")));
            }
            out.removeAll(axes);
        } else {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                zip.stream().map(ZipEntry::getName).forEach(n -> out.add(n.replace(".npy", "")));
            }
        }
        return out;
    }

    private static Set<String> unexplained(FilesPage page, Path directory) throws IOException {
        String verb = directory.getParent().getFileName().toString();
        JsonNode result = Ran.json(directory.resolve("result.json"));
        Set<String> axes = new TreeSet<>();
        result.path("axes").fieldNames().forEachRemaining(axes::add);
        Set<String> known = new TreeSet<>();
        result.fieldNames().forEachRemaining(known::add);
        Set<String> out = new TreeSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(json|csv|npz)")).toList()) {
                String name = file.getFileName().toString().replaceFirst("probe-\\d+", "probe-K");
                Set<String> names = names(file, axes);
                boolean request = name.equals("manifest.json") && !verb.matches("check|sweep");
                if (request) {
                    // Its request consists of fields of the result.
                    names.removeIf(
                            n -> n.startsWith("config.") && known.contains(n.split("[.\\[]")[1]));
                }
                out.addAll(page.unexplained(name, verb, names));
            }
        }
        return out;
    }

    @Test
    void everyFieldOfEveryFileIsExplained(@TempDir Path temp) throws IOException {
        for (String command : COMMANDS) {
            Ran ran = Ran.relaxon(command + " --quiet --out " + temp);
            assertTrue(ran.code() == 0 || ran.code() == 1 || ran.code() == 3, command + ran.err());
        }
        Set<String> missing = new TreeSet<>();
        int runs = 0;
        try (Stream<Path> results = Files.walk(temp)) {
            for (Path result : results.filter(f -> f.endsWith("result.json")).sorted().toList()) {
                missing.addAll(unexplained(page(), result.getParent()));
                runs++;
            }
        }
        assertEquals(COMMANDS.size(), runs);
        assertEquals(Set.of(), missing);
    }

    @Test
    void aFieldThatThePageLacksIsFound(@TempDir Path temp) throws IOException {
        Ran.relaxon("settle --quiet --layers 2,2,1 --out " + temp);
        String text = Files.readString(ROOT.resolve("docs/files.md"));
        Path run;
        try (Stream<Path> files = Files.walk(temp)) {
            run =
                    files.filter(f -> f.endsWith("result.json"))
                            .findFirst()
                            .orElseThrow()
                            .getParent();
        }
        for (String name : List.of("kinksCrossed", "probeWaves", "energy.total", "gW*")) {
            String without = text.replace("`" + name + "`", "`other`");
            Set<String> missing = unexplained(new FilesPage(without), run);
            String last = name.replace("*", "1");
            assertTrue(missing.stream().anyMatch(m -> m.endsWith(": " + last)), name + missing);
        }
        assertEquals(Set.of(), unexplained(new FilesPage(text), run));
    }

    /** A field that was removed from the program does not stay on the page. */
    @Test
    void everyExplainedFieldIsWritten() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("model", "runtime", "experiments", "tools")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
        }
        Set<String> unknown =
                page().words().stream()
                        .map(word -> word.replaceFirst("^.*-", "").replace("[]", ""))
                        .filter(word -> sources.indexOf(word + "\"") < 0)
                        .collect(Collectors.toCollection(TreeSet::new));
        unknown.removeIf(word -> word.matches("mean(Backprop)?Test.*")); // put together
        unknown.removeIf(word -> word.matches(".*\\.(html|txt|hlog|hgrm)|flight"));
        assertEquals(Set.of(), unknown);
    }
}
