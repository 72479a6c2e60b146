package org.relaxon.tools.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands that the program prints run as they stand. */
class LauncherTest {
    @Test
    void partsOfAUsersOwnAreFoundAgain() {
        assertEquals("RELAXON_CLASSPATH=mine.jar bin/relaxon", Launcher.start("mine.jar"));
        assertEquals(
                "RELAXON_CLASSPATH='my parts.jar:b.jar' bin/relaxon",
                Launcher.start("my parts.jar:b.jar"));
    }

    @Test
    void whatResultsRecordIsTheCommandWithoutItsPlace() {
        assertEquals("relaxon check", Launcher.recorded("check")); // no jars in these tests
    }

    @Test
    void withoutThemNothingIsSaidOfThem() {
        assertEquals("bin/relaxon", Launcher.start(null));
        assertEquals("bin/relaxon", Launcher.start(" "));
    }

    /** A command that is put together elsewhere would lose them. */
    @Test
    void allCommandsStartHere() throws IOException {
        Path sources = Path.of("src/main/java/org/relaxon/tools/cli");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> others =
                    files.filter(f -> f.toString().endsWith(".java"))
                            .filter(f -> read(f).contains("\"bin/relaxon"))
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
