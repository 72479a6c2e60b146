package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.storage.OwnerLock;

/** Files are refused before the work, links are followed, and one process writes at a time. */
@EnabledOnOs(OS.LINUX) // which has a directory that takes no files, even from root
class FilesTest {
    private static final String MOONS =
            "train --data two-moons --layers 2,6,2 --examples 60 --test-examples 20 --batch 20"
                    + " --quiet --iterations 3 ";

    @TempDir private Path home;

    @Test
    void pathsAreCheckedBeforeTheWork() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "kept");
        Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("nowhere"));
        for (String option :
                List.of(
                        "--json " + home + "/no/such/a.json",
                        "--json " + link,
                        "--json " + file,
                        "--json " + home,
                        "--json /proc/a.json",
                        "--out " + file + "/below",
                        "--out " + link,
                        "--out /proc/runs",
                        "--out " + file)) {
            Ran ran = relaxon("settle --budget-messages 1 " + option);
            assertEquals(2, ran.code(), option); // not 3, which it would be after the work
            assertEquals(1, ran.err().lines().count(), ran.err());
        }
        for (String bad : List.of(home + "/no/a.ckpt", home.toString(), "/proc/a.ckpt")) {
            Ran ran = relaxon(MOONS + "--checkpoint " + bad);
            assertEquals(2, ran.code(), ran.err());
            assertTrue(ran.err().contains("checkpoint: "), ran.err());
            ran = relaxon("data --data strokes --export " + bad);
            assertEquals(2, ran.code(), ran.err());
            assertEquals("", ran.out(), "refused before the work");
        }
        assertEquals(3, relaxon("settle --budget-messages 1 --json " + home + "/new").code());
        assertEquals("kept", Files.readString(file));
        assertFalse(Files.exists(home.resolve("nowhere")));
    }

    @Test
    void aLinkIsFollowedAndStays() throws IOException {
        Path target = home.resolve("target.ckpt");
        Path link = Files.createSymbolicLink(home.resolve("a.ckpt"), target);
        assertEquals(0, relaxon(MOONS + "--checkpoint " + link).code());
        assertTrue(Files.isSymbolicLink(link), "it pointed to nothing");
        assertTrue(Files.isRegularFile(target));
        byte[] before = Files.readAllBytes(target);
        String longer = MOONS.replace("iterations 3", "iterations 6");
        assertEquals(0, relaxon(longer + "--checkpoint " + link).code());
        assertTrue(Files.isSymbolicLink(link));
        assertFalse(Arrays.equals(before, Files.readAllBytes(target)));
    }

    @Test
    void oneProcessWritesACheckpointAndIsNamed() throws IOException {
        Path file = home.resolve("a.ckpt");
        try (OwnerLock lock = OwnerLock.take(file, "process 7")) {
            assertTrue(lock != null);
            Ran ran = relaxon(MOONS + "--checkpoint " + file);
            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains("is being written by process 7"), ran.err());
        }
        assertFalse(Files.exists(home.resolve("a.ckpt.lock")));
        assertEquals(0, relaxon(MOONS + "--checkpoint " + file).code());
        assertFalse(Files.exists(home.resolve("a.ckpt.lock")));
    }

    @Test
    void oneProcessWritesASweepAndIsNamed() throws IOException {
        String line = "sweep --quiet --axis gain=1,2 --seeds 1 --json - ";
        Path run = Path.of(relaxon(line + "--out " + home).json().get("directory").asText());
        try (OwnerLock lock = OwnerLock.take(run.resolve("journal.txt"), "process 7")) {
            assertTrue(lock != null);
            Ran ran = relaxon(line + "--resume " + run);
            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains("is being written by process 7"), ran.err());
        }
        assertEquals(0, relaxon(line + "--resume " + run).code());
    }

    /** Another process, which says itself who it is, and which leaves no lock when it is killed. */
    @Test
    void aKilledProcessBlocksNobody() throws Exception {
        Path file = home.resolve("a.ckpt");
        String line = MOONS + "--checkpoint " + file;
        String endless = line.replace("iterations 3", "iterations 1000000 --evaluate-every 1");
        Process child =
                new ProcessBuilder(
                                Killer.command(List.of(endless.replace("--quiet ", "").split(" "))))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
            assertTrue(err.readLine() != null, "ended before it wrote");
            Ran ran = relaxon(line);
            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains("written by process " + child.pid() + " on "), ran.err());
            assertTrue(ran.err().contains("Main train --data two-moons"), ran.err());
            assertEquals(1, ran.err().lines().count(), ran.err());
        } finally {
            child.destroyForcibly();
        }
        assertTrue(child.waitFor(300, TimeUnit.SECONDS));
        assertTrue(Files.exists(home.resolve("a.ckpt.lock")), "what the killed one left");
        Files.deleteIfExists(
                file); // whether it came to its first checkpoint depends on the machine
        assertEquals(0, relaxon(line).code());
        assertFalse(Files.exists(home.resolve("a.ckpt.lock")));
    }
}
