package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A change of the inside leaves results as they were: runs are compared with those recorded in
 * {@code golden/runs.tsv}. Whoever means to change results records them anew, {@code mvn -B test
 * -pl tools -am -Dtest=GoldenTest -Drelaxon.golden.record=FILE}, and says so in the commit.
 */
class GoldenTest {
    private static final String FILE = "golden/runs.tsv";
    private static final int EVERY = 20;

    /** Twice the share to which updates are known by default. */
    private static final double DISTANCE = 2e-4;

    @TempDir Path temp;

    private Map<GoldenRuns.Golden, GoldenRecord> recorded() throws IOException {
        Map<GoldenRuns.Golden, GoldenRecord> out = new LinkedHashMap<>();
        try (var in = getClass().getClassLoader().getResourceAsStream(FILE)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] fields = line.split("\t", -1);
                GoldenRuns.Kind kind = GoldenRuns.Kind.valueOf(fields[0]);
                out.put(new GoldenRuns.Golden(kind, fields[1]), GoldenRecord.parse(fields, 2));
            }
        }
        return out;
    }

    private GoldenRecord run(GoldenRuns.Golden golden, int number) throws IOException {
        return GoldenRecord.of(golden, temp.resolve("run-" + number));
    }

    private void requireSame(int every) throws IOException {
        Map<GoldenRuns.Golden, GoldenRecord> known = recorded();
        List<GoldenRuns.Golden> runs = GoldenRuns.list();
        assertEquals(new ArrayList<>(known.keySet()), runs, "record the list anew");
        List<String> changed = new ArrayList<>();
        for (int k = 0; k < runs.size(); k += every) {
            GoldenRuns.Golden golden = runs.get(k);
            GoldenRecord now = run(golden, k);
            GoldenRecord then = known.get(golden);
            boolean loose = golden.kind() == GoldenRuns.Kind.VERDICT;
            boolean same =
                    loose
                            ? now.withoutArrays().equals(then.withoutArrays())
                                    && now.distance(then) <= DISTANCE
                            : now.equals(then);
            if (!same) {
                changed.add(
                        "relaxon %s%n was %s%n is  %s".formatted(golden.arguments(), then, now));
            }
        }
        assertTrue(
                changed.isEmpty(),
                changed.size() + " runs changed:\n" + String.join("\n", changed));
    }

    @Test
    void someRunsAreAsTheyWere() throws IOException {
        requireSame(EVERY);
    }

    @Test
    @Tag("slow")
    void allRunsAreAsTheyWere() throws IOException {
        requireSame(1);
    }

    /** The twin: another seed is another run, in every recorded field that it determines. */
    @Test
    void aRunThatDiffersIsSeen() throws IOException {
        GoldenRuns.Golden golden = GoldenRuns.list().get(1);
        GoldenRecord one = run(golden, 0);
        GoldenRuns.Golden other =
                new GoldenRuns.Golden(
                        golden.kind(), golden.arguments().replace("--seed 2", "--seed 3"));
        GoldenRecord two = run(other, 1);
        assertTrue(!one.trace().equals(two.trace()) && !one.arrays().equals(two.arrays()));
        assertEquals(one, run(golden, 2));
    }

    @Test
    void record() throws IOException {
        String file = System.getProperty("relaxon.golden.record");
        Assumptions.assumeTrue(file != null, "results are recorded only on request");
        List<String> lines = new ArrayList<>();
        for (GoldenRuns.Golden golden : GoldenRuns.list()) {
            GoldenRecord kept = run(golden, lines.size());
            lines.add(golden.kind() + "\t" + golden.arguments() + "\t" + kept.line());
        }
        Files.write(Path.of(file), lines);
    }
}
