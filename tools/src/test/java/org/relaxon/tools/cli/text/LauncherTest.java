package org.relaxon.tools.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/** Commands that the program prints run as they stand. */
class LauncherTest {
    @Test
    void partsOfAUsersOwnAreFoundAgain() {
        assertEquals("RELAXON_CLASSPATH=mine.jar ", Launcher.jars("mine.jar"));
        assertEquals(
                "RELAXON_CLASSPATH='my parts.jar:b.jar' ", Launcher.jars("my parts.jar:b.jar"));
        assertEquals("", Launcher.jars(null));
        assertEquals("", Launcher.jars(" "));
    }

    @Test
    void messagesNameWhatGaveTheJars() {
        String wrong = "RELAXON_CLASSPATH: no class own.Mine";
        assertEquals("--module: no class own.Mine", Launcher.naming(wrong, "--module"));
        assertEquals(wrong, Launcher.naming(wrong, null));
        String other = "beta: RELAXON_CLASSPATH: is no number";
        assertEquals(other, Launcher.naming(other, "--module"));
    }

    @Test
    void theTerminalRepeatsHowTheProgramWasCalled() {
        String recorded = Launcher.recorded("check", " --seeds 1"); // no jars in these tests
        assertEquals("relaxon check --seeds 1", recorded);
        assertEquals("bin/relaxon check --seeds 1", Launcher.typed(recorded, "bin/relaxon"));
        assertEquals(
                "'/my dir/relaxon' check --seeds 1", Launcher.typed(recorded, "/my dir/relaxon"));
        assertEquals(recorded, Launcher.typed(recorded));
    }

    /** The twin: what is kept is the same whoever called, so that a sweep may be resumed. */
    @Test
    void nothingThatIsKeptNamesTheLauncher(@TempDir Path temp) throws IOException {
        String sweep = "sweep --quiet --layers 3,4,2 --seeds 1 --axis gain=1,1e9 --out ";
        System.setProperty(Launcher.CALLED, "other/relaxon");
        try {
            Ran dry = Ran.relaxon(sweep + temp + " --dry-run");
            assertTrue(dry.out().contains("repeat       other/relaxon sweep "), dry.out());
            assertEquals(0, Ran.relaxon(sweep + temp).code());
        } finally {
            System.clearProperty(Launcher.CALLED);
        }
        try (Stream<Path> files = Files.walk(temp)) {
            List<Path> kept =
                    files.filter(f -> f.toString().matches(".*\\.(json|csv|html|txt)")).toList();
            assertTrue(kept.size() >= 4, kept.toString());
            for (Path file : kept) {
                assertFalse(read(file).contains("other/relaxon"), file.toString());
            }
            Path run = kept.get(0).getParent();
            Ran again = Ran.relaxon(sweep.replace("--out ", "--resume ") + run);
            assertEquals(0, again.code(), again.err());
        }
    }

    /** A command that is put together elsewhere would lose them. */
    @Test
    void allCommandsStartHere() throws IOException {
        Path sources = Path.of("src/main/java/org/relaxon/tools/cli");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> others =
                    files.filter(f -> f.toString().endsWith(".java"))
                            .filter(
                                    f ->
                                            read(f).contains("\"bin/relaxon")
                                                    || read(f).contains("relaxon.launcher"))
                            .map(f -> f.getFileName().toString())
                            .toList();
            assertEquals(List.of("Launcher.java"), others);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
