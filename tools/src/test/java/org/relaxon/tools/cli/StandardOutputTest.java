package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A standard output that cannot be written is exit code 4 and one line, whatever the verb. */
class StandardOutputTest {
    private static final String FULL =
            "relaxon: cannot write to the standard output: No space left on device\n";

    @TempDir private Path home;

    private int exitCode(ProcessBuilder.Redirect stdout, String line) throws Exception {
        Process child =
                new ProcessBuilder(Killer.command(List.of(line.split(" "))))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(stdout)
                        .redirectError(home.resolve("stderr").toFile())
                        .start();
        if (stdout == ProcessBuilder.Redirect.PIPE) {
            child.getInputStream().close(); // a reader that has gone before anything is written
        }
        try {
            assertEquals(true, child.waitFor(300, TimeUnit.SECONDS), "still running");
        } finally {
            child.destroyForcibly();
        }
        return child.exitValue();
    }

    @ParameterizedTest
    @EnabledOnOs(OS.LINUX) // which has a device that is full
    @ValueSource(strings = {"settle --json -", "--version", "check --help"})
    void aFullDevice(String line) throws Exception {
        File full = new File("/dev/full");
        assertEquals(4, exitCode(ProcessBuilder.Redirect.to(full), line), line);
        assertEquals(FULL, Files.readString(home.resolve("stderr")), line);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aReaderThatHasGoneIsNoComplaint() throws Exception {
        assertEquals(141, exitCode(ProcessBuilder.Redirect.PIPE, "list"));
        assertEquals("", Files.readString(home.resolve("stderr")));
    }

    /** The negative twin: the same with an output that can be written. */
    @Test
    void anOutputThatIsWritten() throws Exception {
        File file = home.resolve("stdout").toFile();
        assertEquals(0, exitCode(ProcessBuilder.Redirect.to(file), "list"));
        assertEquals("", Files.readString(home.resolve("stderr")));
    }

    private static final class Failing extends OutputStream {
        private final String why;
        private int left;

        Failing(int left, String why) {
            this.left = left;
            this.why = why;
        }

        @Override
        public void write(int b) throws IOException {
            if (left-- <= 0) {
                throw new IOException(why);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, No space left on device, 4",
        "1, No space left on device, 4",
        "3, No space left on device, 4",
        "130, No space left on device, 130",
        "0, Broken pipe, 141",
        "1, Broken pipe, 141",
        "3, Broken pipe, 141",
        "4, Broken pipe, 4",
        "143, Broken pipe, 143"
    })
    void theCodeOfTheCommandAndThatOfItsOutput(int own, String why, int code) {
        StandardOutput stdout = new StandardOutput(new Failing(5, why), false);
        PrintWriter writer = stdout.writer();
        writer.print("more than five");
        StringWriter err = new StringWriter();

        assertEquals(code, stdout.exitCode(own, writer, new PrintWriter(err)));
        String line = "relaxon: cannot write to the standard output: " + why;
        assertEquals(why.startsWith("No") ? line : "", err.toString().strip());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 70, 130})
    void anOutputThatIsWrittenChangesNoCode(int own) {
        StandardOutput stdout = new StandardOutput(new ByteArrayOutputStream(), true);
        PrintWriter writer = stdout.writer();
        writer.print("text");
        StringWriter err = new StringWriter();

        assertEquals(own, stdout.exitCode(own, writer, new PrintWriter(err)));
        assertEquals("", err.toString());
    }
}
