package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        double[] found = run("6");
        assertTrue(found[0] > 0.4, "labels from whole images: " + found[0]);
        assertTrue(found[1] > 0.25, "labels from upper halves: " + found[1]);
        assertTrue(found[2] < 0.99, "error of lower halves: " + found[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"five", "-1", "1 /no/such/directory", "1 pom.xml", "1 src"})
    void wrongArgumentsGetTheUsage(String arguments) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> line = new ArrayList<>(List.of(java.toString(), "-cp"));
        line.addAll(List.of(System.getProperty("java.class.path"), PROGRAM.toString()));
        line.addAll(List.of(arguments.split(" ")));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor(), said);
        assertTrue(said.startsWith("usage: Completion [EPOCHS [MNIST_DIRECTORY "), said);
        assertEquals(1, said.lines().count(), said);
        assertEquals(arguments.matches("five|-1"), said.contains("EPOCHS: \"" + arguments), said);
    }

    /** The twin: without learning it guesses. */
    @Test
    void untrainedItGuesses() throws Exception {
        double[] found = run("0");
        assertTrue(found[0] < 0.25 && found[1] < 0.25, found[0] + " " + found[1]);
        assertTrue(found[2] > 1.0, "error of lower halves: " + found[2]);
    }
}
