package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A directory that vanishes while runs are made costs none of their rows. */
@EnabledOnOs(OS.LINUX) // which lets open files be deleted
class VanishedDirectoryTest {
    @TempDir private Path home;

    /** What happens to the directory while the sweep goes on. */
    private interface Mishap {
        void strike(Path out) throws IOException;
    }

    private Ran sweep(String options, Mishap mishap) throws Exception {
        Path out = home.resolve("runs");
        String line =
                "sweep --quiet --axis gain=1,2,3 --seeds 200 --delay exponential:1ms --out "
                        + out
                        + options;
        Process child =
                new ProcessBuilder(Killer.command(List.of(line.split(" "))))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(home.resolve("stdout").toFile())
                        .redirectError(home.resolve("stderr").toFile())
                        .start();
        try {
            while (!hasJournal(out)) {
                assertTrue(!child.waitFor(5, TimeUnit.MILLISECONDS), "ended too early");
            }
            mishap.strike(out);
            assertTrue(child.waitFor(300, TimeUnit.SECONDS));
        } finally {
            child.destroyForcibly();
        }
        return new Ran(
                child.exitValue(),
                Files.readString(home.resolve("stdout")),
                Files.readString(home.resolve("stderr")));
    }

    @Test
    void aSweepMakesItAgain() throws Exception {
        Ran ran = sweep("", VanishedDirectoryTest::delete);

        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.err().contains("had vanished; it was made again"), ran.err());
        try (Stream<Path> runs = Files.list(home.resolve("runs/sweep"))) {
            Path run = runs.findFirst().orElseThrow();
            assertEquals(601, Files.readAllLines(run.resolve("results.csv")).size());
            assertEquals(601, Files.readAllLines(run.resolve("journal.txt")).size());
            assertTrue(Files.exists(run.resolve("manifest.json")));
            assertFalse(Files.exists(run.resolve("journal.txt.lock")));
        }
    }

    /** A file stands in its place: what was computed goes to stdout, and nothing more is begun. */
    @Test
    void whereItCannotBeMadeAgainRowsArePrinted() throws Exception {
        Path away = home.resolve("away");
        Ran ran =
                sweep(
                        " --json -",
                        out -> {
                            Files.move(out, away);
                            Files.writeString(out, "in the way");
                        });

        assertEquals(4, ran.code(), ran.err());
        assertTrue(ran.err().contains("cannot write " + home.resolve("runs")), ran.err());
        assertFalse(ran.err().contains("defect"), ran.err());
        JsonNode rows = ran.json().get("rows");
        assertTrue(ran.json().has("directoryLost"), ran.out());
        assertTrue(rows.get(0).asText().startsWith("run,"), rows.get(0).asText());
        try (Stream<Path> runs = Files.list(away.resolve("sweep"))) {
            Path journal = runs.findFirst().orElseThrow().resolve("journal.txt");
            int kept = Files.readAllLines(journal).size();
            assertTrue(rows.size() > kept, rows.size() + " rows, " + kept + " in the journal");
        }
        assertTrue(rows.size() < 601, "it ended when rows could not be kept");
    }

    /** The same of a training: it ends with what it has learned, and says what was lost. */
    @Test
    void aTrainingWhoseCheckpointCannotBeWrittenIsReported() throws Exception {
        Path own = Files.createDirectory(home.resolve("own"));
        String line =
                "train --data two-moons --layers 2,6,2 --examples 60 --test-examples 20 --batch 20"
                        + " --iterations 1000000 --evaluate-every 1 --beside backprop --out "
                        + home.resolve("runs")
                        + " --checkpoint "
                        + own.resolve("a.ckpt");
        Path out = home.resolve("stdout");
        Process child =
                new ProcessBuilder(Killer.command(List.of(line.split(" "))))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(out.toFile())
                        .redirectError(home.resolve("stderr").toFile())
                        .start();
        try {
            while (!Files.exists(own.resolve("a.ckpt"))) {
                assertTrue(!child.waitFor(5, TimeUnit.MILLISECONDS), "ended too early");
            }
            Files.move(own, home.resolve("away"));
            Files.writeString(own, "in the way");
            assertTrue(child.waitFor(300, TimeUnit.SECONDS));
        } finally {
            child.destroyForcibly();
        }
        String err = Files.readString(home.resolve("stderr"));
        assertEquals(4, child.exitValue(), err);
        assertTrue(err.contains("cannot write " + own.resolve("a.ckpt")), err);
        assertFalse(err.contains("defect"), err);
        assertTrue(Files.readString(out).contains("stopped after"), Files.readString(out));
        try (Stream<Path> runs = Files.list(home.resolve("runs/train"))) {
            Path run = runs.findFirst().orElseThrow();
            assertTrue(Files.readAllLines(run.resolve("results.csv")).size() > 1);
            assertTrue(Files.exists(run.resolve("arrays.npz")));
        }
        assertTrue(Files.size(home.resolve("away/a.ckpt")) > 0, "the last one that was written");
    }

    private static boolean hasJournal(Path out) throws IOException {
        if (!Files.isDirectory(out.resolve("sweep"))) {
            return false;
        }
        try (Stream<Path> runs = Files.list(out.resolve("sweep"))) {
            Path journal = runs.findFirst().map(r -> r.resolve("journal.txt")).orElse(out);
            return Files.isRegularFile(journal) && Files.readAllLines(journal).size() > 3;
        }
    }

    private static void delete(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
