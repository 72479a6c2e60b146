package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that documents show compile and run; SiteTest follows their links. */
class DocumentsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** Programs; tests are those of DocumentedTestsTest. */
    private static final Pattern JAVA =
            Pattern.compile("```java\\n(?!import static org.junit)(.*?)```", Pattern.DOTALL);

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top).filter(p -> p.toString().endsWith(".md")).toList();
        }
    }

    @Test
    void theFrontPageIsShort() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        assertTrue(lines.size() <= 150, lines.size() + " lines");
        assertEquals(List.of(), lines.stream().filter(l -> l.length() > 120).toList());
        int picture =
                lines.indexOf(lines.stream().filter(l -> l.startsWith("![")).findFirst().get());
        assertTrue(picture < 30 && lines.indexOf("bin/relaxon check") < 30, "on the first screen");
    }

    @Test
    void everyJavaProgramCompilesAndRuns(@TempDir Path temp) throws Exception {
        int programs = 0;
        for (Path document : documents()) {
            Matcher m = JAVA.matcher(Files.readString(document));
            while (m.find()) {
                programs++;
                String printed = run(m.group(1), Files.createTempDirectory(temp, "block"));
                if (m.group(1).contains("class WatchedSettling ")) {
                    requireFrames(printed.lines().toList());
                } else if (m.group(1).contains("class SettlingInSteps ")) {
                    requireSteps(printed.lines().toList());
                } else if (m.group(1).contains("class FirstExperiment ")) {
                    requireShort(m.group(1));
                    assertTrue(printed.startsWith("settled"), printed);
                } else {
                    requireError(printed);
                }
            }
        }
        assertEquals(5, programs, "programs in the documents");
    }

    /** What a user sees first, which the project of examples has as well. */
    private static void requireShort(String program) throws IOException {
        List<String> lines = program.strip().lines().filter(line -> !line.isBlank()).toList();
        assertTrue(lines.size() <= 12, lines.size() + " lines");
        assertTrue(lines.stream().filter(line -> line.startsWith("import ")).count() <= 6);
        Path copy = ROOT.resolve("examples/src/main/java/FirstExperiment.java");
        assertEquals(Files.readString(copy), program);
    }

    private static void requireError(String printed) {
        assertTrue(printed.startsWith("relative error "), printed);
        double error = Double.parseDouble(printed.substring("relative error ".length()));
        assertTrue(error > 1e-8 && error < 1e-4, "relative error " + error);
    }

    private static void requireFrames(List<String> printed) {
        int frames = printed.size() - 1;
        assertTrue(frames > 4, printed.toString());
        for (String frame : printed.subList(0, frames)) {
            assertTrue(frame.matches("cell [12] at [0-9.]+ ms: energy [0-9.e+-]+"), frame);
        }
        assertEquals("lost 0", printed.get(frames));
    }

    private static void requireSteps(List<String> printed) {
        int steps = printed.size() - 1;
        assertTrue(steps > 4, printed.toString());
        for (String step : printed.subList(0, steps)) {
            assertTrue(step.matches("[0-9.]+ ms: [0-9]+ in flight"), step);
        }
        assertTrue(printed.stream().anyMatch(s -> s.matches(".*: [2-9] in flight")), "few parcels");
        assertEquals("settled true", printed.get(steps));
    }

    /** Compiles and runs a program, and returns what it printed. */
    static String run(String source, Path directory, String... arguments) throws Exception {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
        assertTrue(name.find(), source);
        Path file = Files.writeString(directory.resolve(name.group(1) + ".java"), source);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                messages,
                                messages,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                directory.toString(),
                                file.toString());
        assertEquals(0, failed, messages.toString(StandardCharsets.UTF_8));
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {directory.toUri().toURL()},
                        DocumentsTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name.group(1))
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8).trim();
    }
}
