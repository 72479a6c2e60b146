package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/relaxon} where the JVM does not start: its own exit code 1 is that of a claim. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("").toAbsolutePath().getParent().resolve("bin/relaxon");

    @TempDir private Path root;

    /** A tree that counts as built. */
    @BeforeEach
    void build() throws IOException {
        Files.createDirectories(root.resolve("bin"));
        Files.copy(LAUNCHER, root.resolve("bin/relaxon"));
        Files.createDirectories(root.resolve("tools/target/lib"));
        Files.createFile(root.resolve("tools/target/relaxon-tools-0.jar"));
    }

    private String run(int code, String variable, String options) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", root.resolve("bin/relaxon").toString(), "check");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.matches(".*JAVA_(TOOL_)?OPT.*"));
        builder.environment().put(variable, options);
        builder.directory(root.toFile());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        try (Stream<Path> files = Files.list(root)) {
            assertTrue(files.noneMatch(f -> f.toString().contains("hs_err")), "a crash file");
        }
        return said;
    }

    @Test
    void anOptionThatTheJvmDoesNotKnowIsBadInputAndNamesItsVariable() throws Exception {
        for (String variable : new String[] {"RELAXON_JAVA_OPTS", "JAVA_OPTS"}) {
            for (String options : new String[] {"-XX:+NoSuchOption", "-Xmx1x", "--no-such-word"}) {
                String said = run(2, variable, options);

                assertEquals(1, said.lines().count(), said);
                assertTrue(said.startsWith("relaxon: the JVM refuses its options: "), said);
                assertTrue(said.contains(variable + "=" + options), said);
            }
        }
    }

    @Test
    void aHeapThatTheMachineCannotReserveIsOutOfMemory() throws Exception {
        String said = run(4, "RELAXON_JAVA_OPTS", "-Xms60000g -Xmx60000g");

        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("does not get its memory"), said);
    }

    /** Options that it knows lead on to the program, which this tree has not. */
    @Test
    void optionsThatAreFineAreHandedOver() throws Exception {
        String said = run(1, "JAVA_OPTS", "-Xmx64m");

        assertTrue(said.contains("relaxon-tools-0.jar"), said);
    }
}
