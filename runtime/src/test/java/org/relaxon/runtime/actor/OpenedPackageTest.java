package org.relaxon.runtime.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.host.Hosts;

/** A program that uses actors in a JVM with and without the option that Agrona needs. */
class OpenedPackageTest {
    private static final String OPTION = "java.base/jdk.internal.misc=ALL-UNNAMED";

    @TempDir Path directory;

    /** The program. */
    static final class UsesActors {
        private UsesActors() {}

        public static void main(String[] args) {
            try (Host host = Hosts.akka(1)) {
                System.out.println("made " + host.optionName());
            }
        }
    }

    @Test
    void aJvmWithoutTheOptionEndsWithALineThatNamesIt() throws Exception {
        String printed = run(false);
        assertEquals(1, printed.lines().filter(line -> line.contains(OPTION)).count(), printed);
        assertTrue(printed.contains("the actor host needs the JVM option --add-opens"), printed);
    }

    @Test
    void aJvmWithTheOptionRunsActors() throws Exception {
        String printed = run(true, "--add-opens", OPTION);
        assertTrue(printed.contains("made akka"), printed);
    }

    private String run(boolean works, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(UsesActors.class.getName());
        Path out = directory.resolve("printed.txt");
        Process child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            boolean ended = child.waitFor(2, TimeUnit.MINUTES);
            String printed = Files.readString(out, StandardCharsets.UTF_8);
            assertTrue(ended, "still alive: " + printed);
            if (works) {
                assertEquals(0, child.exitValue(), printed);
            } else {
                assertNotEquals(0, child.exitValue(), printed);
            }
            return printed;
        } finally {
            child.destroyForcibly();
        }
    }
}
