package org.relaxon.tools.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.output.Json;
import picocli.CommandLine;

/** Results on a disk that is full. */
class OutputOptionsTest {
    private static final String FULL = "No space left on device";

    @TempDir private Path temp;
    private final ObjectNode result = Json.object().put("verdict", "settled");
    private final StringWriter printed = new StringWriter();

    private OutputOptions options(String... words) {
        return CommandLine.populateCommand(new OutputOptions(), words);
    }

    @Test
    void aFullDiskKeepsTheVerdictAndNamesThePath() {
        OutputOptions options = options("--out", temp.toString(), "--json", "-");
        options.directory(
                result,
                below -> {
                    throw new IOException(FULL);
                });

        IOException why =
                assertThrows(
                        IOException.class, () -> options.write(result, new PrintWriter(printed)));

        assertEquals(temp + ": " + FULL, why.getMessage());
        assertTrue(printed.toString().contains("\"verdict\" : \"settled\""), printed.toString());
        assertEquals(why.getMessage(), result.get("directoryLost").asText());
        assertFalse(result.has("directory"));
    }

    /** The kernel's file system refuses new files as if their directory were missing. */
    @Test
    void aDirectoryThatTakesNoFilesIsNotCalledMissing() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                java.nio.file.Files.isDirectory(Path.of("/proc/self")));
        IllegalArgumentException why =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> options("--out", "/proc/x").requireWritable());
        assertEquals("out: cannot write to /proc: no file can be created there", why.getMessage());
    }

    @Test
    void aDirectoryThatIsWrittenIsNamed() throws IOException {
        OutputOptions options = options("--out", temp.toString());
        options.directory(result, temp.resolve("run"), place -> place);
        options.write(result, new PrintWriter(printed));

        assertEquals(temp.resolve("run").toString(), result.get("directory").asText());
        assertFalse(result.has("directoryLost"));
    }

    @Test
    void withoutOutNothingIsWritten() throws IOException {
        OutputOptions options = options();
        options.directory(
                result,
                below -> {
                    throw new IOException(FULL);
                });
        options.write(result, new PrintWriter(printed));

        assertEquals(1, result.size());
    }
}
