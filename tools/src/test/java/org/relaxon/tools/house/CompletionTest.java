package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/generative.md learns to infer labels and to complete images. */
class CompletionTest {
    private static final Path PROGRAM = Path.of("src/test/resources/programs/Completion.java");
    private static final Pattern FIGURE = Pattern.compile(": ([0-9.]+)");

    @TempDir private Path directory;

    /** Labels from whole images, labels from halves, error of the lower halves. */
    private double[] run(String epochs) throws Exception {
        Path into = Files.createTempDirectory(directory, "program");
        String printed = DocumentsTest.run(Files.readString(PROGRAM), into, epochs);
        Matcher m = FIGURE.matcher(printed);
        double[] out = new double[3];
        for (int k = 0; k < out.length; k++) {
            assertTrue(m.find(), printed);
            out[k] = Double.parseDouble(m.group(1));
        }
        return out;
    }

    @Test
    void itInfersLabelsAndCompletesImages() throws Exception {
        double[] found = run("4");
        assertTrue(found[0] > 0.4, "labels from whole images: " + found[0]);
        assertTrue(found[1] > 0.25, "labels from upper halves: " + found[1]);
        assertTrue(found[2] < 0.99, "error of lower halves: " + found[2]);
    }

    /** The twin: without learning it guesses. */
    @Test
    void untrainedItGuesses() throws Exception {
        double[] found = run("0");
        assertTrue(found[0] < 0.25 && found[1] < 0.25, found[0] + " " + found[1]);
        assertTrue(found[2] > 1.0, "error of lower halves: " + found[2]);
    }
}
