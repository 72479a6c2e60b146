package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The program in a process of its own, stopped by a signal while it works: it writes what is whole,
 * says what goes on from there, and returns 128 and the number of the signal.
 */
@EnabledOnOs(OS.LINUX) // which shows the threads of a process as files
class SignalTest {
    private static final String TRAINING =
            "train --data strokes --layers 784,12,10 --examples 200 --test-examples 50 --batch 20"
                    + " --iterations 100000 --evaluate-every 5 --delay exponential:100us";
    private static final long LIMIT_SECONDS = 300;

    @TempDir private Path home;

    private Ran stopped(String line, String signal, Sign sign) throws Exception {
        assumeFalse(isIgnored(signal), "a process in the background is started without " + signal);
        File out = home.resolve("stdout").toFile();
        File err = home.resolve("stderr").toFile();
        Process child =
                new ProcessBuilder(Killer.command(List.of(line.split(" "))))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(out)
                        .redirectError(err)
                        .start();
        try {
            while (!sign.isThere(child, err.toPath())) {
                assertFalse(
                        child.waitFor(5, TimeUnit.MILLISECONDS),
                        () -> "ended before the signal: " + child.exitValue());
            }
            String kill = "-" + signal;
            new ProcessBuilder("kill", kill, Long.toString(child.pid())).start().waitFor();
            assertTrue(child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "still running");
        } finally {
            child.destroyForcibly();
        }
        return new Ran(
                child.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    /** True if this process, and so those that it starts, do not see a signal. */
    private static boolean isIgnored(String signal) throws IOException {
        int number = signal.equals("INT") ? 2 : 15;
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
    }

    /** What shows from outside that the work is under way. */
    private interface Sign {
        boolean isThere(Process child, Path err) throws IOException;
    }

    private static Sign lines(int count) {
        return (child, err) -> Files.readString(err).lines().count() >= count;
    }

    /** The name of a thread, as far as the system keeps it. */
    private static Sign thread(String name) {
        return (child, err) -> {
            try (Stream<Path> tasks = Files.list(Path.of("/proc/" + child.pid() + "/task"))) {
                return tasks.anyMatch(t -> isNamed(t, name));
            }
        };
    }

    private static boolean isNamed(Path task, String name) {
        try {
            return Files.readString(task.resolve("comm")).strip().equals(name);
        } catch (IOException e) {
            return false; // the thread has ended
        }
    }

    private static Path only(Path below) throws IOException {
        try (Stream<Path> runs = Files.list(below)) {
            List<Path> all = runs.toList();
            assertEquals(1, all.size(), all.toString());
            return all.get(0);
        }
    }

    private static void assertInterrupted(Path run) throws IOException {
        assertEquals("interrupted", Ran.json(run.resolve("result.json")).get("verdict").asText());
        assertTrue(Files.readString(run.resolve("report.html")).contains("Interrupted"));
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                assertTrue(Files.size(file) > 0, file.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130,virtual", "TERM,143,akka"})
    void aTrainingWritesItsRunAndGoesOnFromItsCheckpoint(String signal, int code, String host)
            throws Exception {
        String line =
                TRAINING
                        + " --host "
                        + host
                        + " --checkpoint "
                        + home.resolve("a.ckpt")
                        + " --out "
                        + home.resolve("runs");
        Ran ran = stopped(line, signal, lines(2));

        assertEquals(code, ran.code(), ran.err());
        assertFalse(ran.err().contains("defect"), ran.err());
        assertTrue(
                ran.err().contains("stopped by SIG" + signal + "; go on with: relaxon train"),
                ran.err());
        assertTrue(ran.out().contains("stopped after"), ran.out());
        Path run = only(home.resolve("runs/train"));
        assertInterrupted(run);
        assertTrue(Files.exists(run.resolve("curve.png")));
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(
                page.contains("Go on with: <code class=\"copied\">relaxon train --data strokes"),
                page);
        assertTrue(page.contains(". Test accuracy "), page);
        assertTrue(page.contains(" of 100000, the last complete state"), page);
        assertTrue(Files.exists(run.resolve("arrays.npz")));
    }

    /** Without a checkpoint there is nothing to continue from, which the last line says. */
    @Test
    void aTrainingWithoutACheckpointSaysWhatIsLeft() throws Exception {
        String line = TRAINING + " --out " + home.resolve("runs");
        Ran ran = stopped(line, "TERM", lines(2));

        assertEquals(143, ran.code(), ran.err());
        Path arrays = only(home.resolve("runs/train")).resolve("arrays.npz");
        String last = ran.err().strip();
        assertTrue(last.contains("not kept, for want of --checkpoint FILE; its weights"), last);
        assertTrue(last.contains(" in " + arrays + ", from which --weights"), last);
        Ran anew = Ran.relaxon(once(line) + " --weights " + arrays);
        assertEquals(0, anew.code(), anew.err());
    }

    /** The twin: without a directory nothing is promised. */
    @Test
    void aTrainingThatIsWrittenNowhereLeavesNothing() throws Exception {
        Ran ran = stopped(TRAINING, "INT", lines(2));
        String last = ran.err().strip();
        assertTrue(last.contains("nor its weights, for want of --out DIR; run again: "), last);
        assertFalse(last.contains("arrays.npz"), last);
    }

    private static String once(String line) {
        return line.replaceAll("--iterations \\S+", "--iterations 1");
    }

    @Test
    void aCheckClaimsNothing() throws Exception {
        Ran ran =
                stopped(
                        "check --delay all --seeds 1000 --json -",
                        "INT",
                        thread("relaxon-cancel-"));

        assertEquals(130, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals("interrupted", json.get("verdict").asText());
        assertTrue(json.get("holds").isNull(), "no case fails, and not all are judged");
        assertTrue(ran.err().contains("again: relaxon check --delay all"), ran.err());
    }

    @Test
    void aSweepGoesOnWithTheCommandThatItPrints() throws Exception {
        Path out = home.resolve("runs");
        String line = "sweep --quiet --axis gain=1,2,3 --seeds 300 --delay exponential:1ms --out ";
        Ran ran = stopped(line + out, "TERM", (child, err) -> hasRows(out));

        assertEquals(143, ran.code(), ran.err());
        Path run = only(out.resolve("sweep"));
        String next = ran.err().strip().replaceAll(".*go on with: relaxon ", "");
        assertEquals(line.replace("--out ", "--resume ") + run, next);
        int before = Files.readAllLines(run.resolve("journal.txt")).size();
        assertTrue(before < 901, "stopped before its end");
        assertEquals(before, Files.readAllLines(run.resolve("results.csv")).size());
        Path verdict = run.resolve("result.json");
        assertEquals("interrupted", Ran.json(verdict).get("verdict").asText());
        assertFalse(Ran.json(verdict).get("complete").asBoolean());
        String page = Files.readString(run.resolve("report.html"));
        assertTrue(page.contains("Interrupted"), page);
        assertTrue(
                page.contains("Go on with: <code class=\"copied\">relaxon " + next + "</code>"),
                page);
        assertFalse(page.contains("journal.txt.lock"), page);
        Ran rest = Ran.relaxon(next);
        assertEquals(0, rest.code(), rest.err());
        assertEquals(901, Files.readAllLines(run.resolve("journal.txt")).size());
        assertEquals(901, Files.readAllLines(run.resolve("results.csv")).size());
        assertTrue(Ran.json(verdict).get("complete").asBoolean());
        assertEquals("settled", Ran.json(verdict).get("verdict").asText());
        assertFalse(Files.readString(run.resolve("report.html")).contains("Interrupted"));
    }

    /** A training that the signal meets in the middle is no row; what goes on trains it again. */
    @Test
    void aSweepOfTrainingsKeepsNoRowOfWhatWasStopped() throws Exception {
        Path out = home.resolve("runs");
        String line =
                "sweep --quiet --data strokes --layers 784,64,10 --examples 300 --test-examples 50"
                        + " --seeds 1 --axis rate=1e-3,1e-2 --epochs 1 --out ";
        Ran ran = stopped(line + out, "INT", thread("relaxon-cancel-"));

        assertEquals(130, ran.code(), ran.err());
        Path run = only(out.resolve("sweep"));
        List<String> kept = Files.readAllLines(run.resolve("journal.txt"));
        assertTrue(kept.stream().noneMatch(l -> l.contains("failed")), kept.toString());
        assertTrue(kept.size() < 3, "stopped before its end: " + kept);
        Ran rest = Ran.relaxon(ran.err().strip().replaceAll(".*go on with: relaxon ", ""));
        assertEquals(0, rest.code(), rest.err());
        List<String> all = Files.readAllLines(run.resolve("journal.txt"));
        assertEquals(2, all.stream().filter(l -> l.contains(",trained,")).count(), all.toString());
    }

    private static boolean hasRows(Path out) throws IOException {
        if (!Files.isDirectory(out.resolve("sweep"))) {
            return false;
        }
        try (Stream<Path> runs = Files.list(out.resolve("sweep"))) {
            Path journal = runs.findFirst().map(r -> r.resolve("journal.txt")).orElse(out);
            return Files.isRegularFile(journal) && Files.readAllLines(journal).size() > 3;
        }
    }

    @Test
    void aBenchmarkKeepsTheFiguresThatAreWhole() throws Exception {
        Ran ran = stopped("bench --rounds 1000 --span 50ms", "INT", lines(1));

        assertEquals(130, ran.code(), ran.err());
        assertTrue(ran.err().contains("stopped by SIGINT"), ran.err());
        assertFalse(ran.err().contains("defect"), ran.err());
    }
}
