package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that does not stop when a signal asks it to ends all the same. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StubbornTest {
    private static final String HOUR = "3600000";

    @TempDir private Path home;
    private String called; // null for not stated
    private Process child;
    private BufferedReader out;

    private void start(String... words) throws IOException {
        List<String> command = new ArrayList<>(Killer.command(List.of(words)));
        int main = command.indexOf(Main.class.getName());
        command.set(main, Stubborn.class.getName());
        if (called != null) {
            command.add(1, "-Drelaxon.launcher=" + called);
        }
        child = new ProcessBuilder(command).redirectError(home.resolve("err").toFile()).start();
        out =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", out.readLine());
    }

    @AfterEach
    void end() throws IOException {
        child.destroyForcibly();
        out.close();
    }

    private void terminate() throws Exception {
        String pid = Long.toString(child.pid());
        assertEquals(0, new ProcessBuilder("kill", "-TERM", pid).start().waitFor());
    }

    private String ended(int code) throws Exception {
        assertTrue(child.waitFor(300, TimeUnit.SECONDS), "still running");
        assertEquals(code, child.exitValue());
        return Files.readString(home.resolve("err"));
    }

    @Test
    void theFirstSignalEndsItAfterTheLimit() throws Exception {
        start("200");
        terminate();
        assertEquals("asked", out.readLine());
        assertEquals(
                "relaxon: the run did not stop within 0.200 s of SIGTERM;"
                        + " existing files are complete",
                ended(143).strip());
    }

    @Test
    void theCommandThatGoesOnIsPrintedWhateverHoldsUpTheEnd() throws Exception {
        start("200", "relaxon sweep --resume runs/sweep/1");
        terminate();
        assertEquals("asked", out.readLine());
        String said = ended(143).strip();
        assertTrue(said.endsWith("; go on with: relaxon sweep --resume runs/sweep/1"), said);
    }

    @Test
    void thatCommandBeginsAsTheProgramWasCalled() throws Exception {
        called = "here/bin/relaxon";
        start("200", "relaxon sweep --resume runs/sweep/1");
        terminate();
        assertEquals("asked", out.readLine());
        String said = ended(143).strip();
        assertTrue(
                said.endsWith("; go on with: here/bin/relaxon sweep --resume runs/sweep/1"), said);
    }

    /** The negative twin of the limit: it is not over, and the second signal does not wait. */
    @Test
    void theSecondSignalEndsItAtOnce() throws Exception {
        start(HOUR);
        terminate();
        assertEquals("asked", out.readLine());
        assertTrue(child.isAlive(), "the first one asks only");
        terminate();
        assertEquals("", ended(143));
    }
}
