package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.relaxon.tools.cli.Main;

/** Python 3 with the libraries that a test needs, which starts the program of this build. */
public final class Python {
    private final String program;
    private final Path launcher;

    private Python(String program, Path launcher) {
        this.program = program;
        this.launcher = launcher;
    }

    /** What a script printed on both outputs, and its exit code. */
    public record Done(int code, String printed) {
        public String ok() {
            assertEquals(0, code, printed);
            return printed;
        }
    }

    /** That of Debian last, since another one may come first on the path. Skips without one. */
    public static Python with(String libraries, Path temp) throws Exception {
        for (String program : List.of("python3", "/usr/bin/python3")) {
            try {
                ProcessBuilder ask = new ProcessBuilder(program, "-c", "import " + libraries);
                if (ask.redirectErrorStream(true).start().waitFor() == 0) {
                    return new Python(program, launcher(temp));
                }
            } catch (IOException e) {
                continue; // there is no such program
            }
        }
        assumeTrue(false, "there is no python3 with " + libraries);
        return null;
    }

    private static Path launcher(Path temp) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path file =
                Files.writeString(
                        temp.resolve("relaxon-of-this-build"),
                        """
                        #!/bin/sh
                        exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
                        """
                                .formatted(
                                        java,
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()));
        file.toFile().setExecutable(true);
        return file;
    }

    public Done run(Path directory, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.directory(directory.toFile());
        builder.environment().put("RELAXON", launcher.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Done(process.waitFor(), printed);
    }
}
