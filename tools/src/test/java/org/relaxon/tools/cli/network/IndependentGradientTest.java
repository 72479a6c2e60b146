package org.relaxon.tools.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.tools.cli.Ran;

/** The numpy script of the docs finds the reference gradients that runs state. */
class IndependentGradientTest {
    private static final Path SCRIPT = Path.of("../docs/scripts/gradient.py");
    private static final double BOUND = 1e-12;

    private static final String SKIP =
            """
            populations = [ { name = x, size = 5, role = input }, { name = h, size = 4 },
              { name = y, size = 3, role = output } ]
            projections = [ { from = x, to = h }, { from = h, to = y }, { from = x, to = y } ]
            """;

    private static final String DIAMOND =
            """
            populations = [ { name = x, size = 3, role = input }, { name = z, size = 2, role = input },
              { name = g, size = 4 }, { name = h, size = 5 }, { name = y, size = 2, role = output },
              { name = w, size = 3, role = output } ]
            projections = [ { from = x, to = g }, { from = z, to = h }, { from = x, to = h },
              { from = g, to = y }, { from = h, to = y },
              { from = h, to = w, connectivity = "random:3,seed=2" } ]
            """;

    private static final String CONVOLUTION =
            """
            populations = [ { name = x, size = 40, role = input }, { name = map, size = 60 },
              { name = pool, size = 12 }, { name = y, size = 3, role = output } ]
            projections = [
              { from = x, to = map, connectivity = "convolution:2x4x5,filters=3,kernel=3,padding=1" },
              { from = map, to = pool, connectivity = "average-pooling:3x4x5,size=2" },
              { from = pool, to = y } ]
            """;

    private static final String TRANSPOSED =
            """
            populations = [ { name = x, size = 12, role = input },
              { name = map, size = 30, activation = relu },
              { name = h, size = 4, activation = sigmoid }, { name = y, size = 3, role = output } ]
            projections = [
              { from = x, to = map,
                connectivity = "transposed-convolution:2x3x2,filters=2,kernel=3,stride=2,padding=1" },
              { from = map, to = h }, { from = h, to = y } ]
            """;

    private static final String TIED =
            """
            populations = [ { name = x, size = 3, role = input }, { name = f, size = 5 },
              { name = g, size = 5 }, { name = h, size = 5 }, { name = y, size = 2, role = output } ]
            projections = [ { from = x, to = f }, { name = step, from = f, to = g },
              { name = again, from = g, to = h, weights-of = step },
              { name = past, from = f, to = h, weights-of = step }, { from = h, to = y } ]
            """;

    private static final String SCALED =
            """
            populations = [ { name = x, size = 3, role = input }, { name = g, size = 6 },
              { name = h, size = 6 }, { name = y, size = 2, role = output } ]
            projections = [ { from = x, to = g, scale = 0.7 },
              { from = g, to = h, connectivity = "random:2,seed=1", scale = 1.3 },
              { name = skip, from = g, to = h, connectivity = "identity", scale = 0.4 },
              { from = h, to = y, scale = 0.3 } ]
            """;

    private static final String RECURRENT =
            """
            populations = [ { name = x, size = 3, role = input }, { name = g, size = 4 },
              { name = h, size = 5 }, { name = y, size = 2, role = output } ]
            projections = [ { from = x, to = g }, { from = g, to = h }, { from = h, to = y },
              { name = back, from = h, to = g }, { name = side, from = h, to = h },
              { name = some, from = g, to = g, connectivity = "others:random:2,seed=1" } ]
            """;

    @TempDir private Path directory;

    @BeforeAll
    static void requireNumpy() throws IOException, InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("python3", "-c", "import numpy").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        assumeTrue(there, "python3 with numpy is not installed");
    }

    @ParameterizedTest
    @CsvSource({
        "skip, pc-nudge, backprop",
        "skip, ep, implicit",
        "diamond, pc-nudge, backprop",
        "diamond, ep, implicit",
        "convolution, pc-nudge, backprop",
        "convolution, ep, implicit",
        "transposed, pc-nudge, backprop",
        "tied, pc-nudge, backprop",
        "tied, ep, implicit",
        "scaled, pc-nudge, backprop",
        "scaled, ep, implicit",
        "recurrent, ep, implicit",
    })
    void theScriptFindsTheReference(String graph, String algorithm, String reference)
            throws IOException, InterruptedException {
        double distance = distance(graph, algorithm, reference);
        assertTrue(distance <= BOUND, graph + ", " + algorithm + ": " + distance);
    }

    /** The twin: the reference of another energy is not the one of the run. */
    @ParameterizedTest
    @CsvSource({"skip, ep, backprop", "diamond, pc-nudge, implicit"})
    void anotherReferenceIsFarAway(String graph, String algorithm, String reference)
            throws IOException, InterruptedException {
        double distance = distance(graph, algorithm, reference);
        assertTrue(distance > 1e-3, graph + ", " + algorithm + ": " + distance);
    }

    private static String text(String graph) {
        return switch (graph) {
            case "skip" -> SKIP;
            case "transposed" -> TRANSPOSED;
            case "diamond" -> DIAMOND;
            case "tied" -> TIED;
            case "scaled" -> SCALED;
            case "recurrent" -> RECURRENT;
            default -> CONVOLUTION;
        };
    }

    private double distance(String graph, String algorithm, String reference)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("net.conf"), text(graph));
        Path json = directory.resolve("net.json");
        assertEquals(0, relaxon("network " + file + " --json " + json).code());
        Ran ran =
                relaxon(
                        "settle --network %s --algorithm %s --batch 3 --seed 4 --out %s"
                                .formatted(file, algorithm, directory.resolve("runs")));
        assertEquals(0, ran.code(), ran.err());
        Path arrays;
        try (Stream<Path> found = Files.walk(directory.resolve("runs"))) {
            arrays = found.filter(p -> p.endsWith("arrays.npz")).findFirst().orElseThrow();
        }
        Process script =
                new ProcessBuilder(
                                List.of(
                                        "python3",
                                        SCRIPT.toString(),
                                        json.toString(),
                                        arrays.toString(),
                                        reference))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, script.waitFor(), said);
        String last = said.lines().reduce((a, b) -> b).orElseThrow();
        assertTrue(last.startsWith("largest"), said);
        return Double.parseDouble(last.substring("largest".length()).strip());
    }

    /** Only the request for help succeeds. */
    @ParameterizedTest
    @CsvSource({"0, --help", "2,", "2, net.json arrays.npz", "2, net.json arrays.npz other"})
    void withoutItsThreeArgumentsItSaysWhatItIs(int code, String arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("python3", SCRIPT.toString()));
        line.addAll(arguments == null ? List.of() : List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        assertTrue(said.startsWith("Recomputes the reference gradient of a run"), said);
    }
}
