package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tests that docs/library.md shows compile and pass, and fail where the part is wrong. */
class DocumentedTestsTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs/library.md");
    private static final Pattern BLOCK =
            Pattern.compile("```java\\n(import static org.junit.*?)```", Pattern.DOTALL);

    private static String source() throws Exception {
        Matcher m = BLOCK.matcher(Files.readString(PAGE));
        assertTrue(m.find(), "no block with tests");
        return m.group(1);
    }

    /** The message of each test that failed, "passed" for the others. */
    private static Map<String, String> run(String source, Path directory) throws Exception {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
        assertTrue(name.find(), source);
        Path file = Files.writeString(directory.resolve(name.group(1) + ".java"), source);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String path = System.getProperty("java.class.path");
        String[] options = {"-cp", path, "-d", directory.toString(), file.toString()};
        int failed = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, options);
        assertEquals(0, failed, messages.toString(StandardCharsets.UTF_8));
        Map<String, String> out = new TreeMap<>();
        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {directory.toUri().toURL()},
                        DocumentedTestsTest.class.getClassLoader())) {
            Class<?> tests = loader.loadClass(name.group(1));
            for (Method test : tests.getMethods()) {
                if (test.isAnnotationPresent(Test.class)) {
                    out.put(test.getName(), outcome(test, tests));
                }
            }
        }
        return out;
    }

    private static String outcome(Method test, Class<?> tests) throws Exception {
        try {
            test.invoke(tests.getConstructor().newInstance());
            return "passed";
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause().getMessage());
        }
    }

    @Test
    void theyPass(@TempDir Path directory) throws Exception {
        Map<String, String> outcomes = run(source(), directory);
        assertEquals(4, outcomes.size(), outcomes.toString());
        outcomes.forEach((name, outcome) -> assertEquals("passed", outcome, name));
    }

    @Test
    void aPlantedDerivativeIsNamed(@TempDir Path directory) throws Exception {
        String wrong = source().replace("(a.prediction() - x) * a.slope()", "a.prediction() - x");
        Map<String, String> outcomes = run(wrong, directory);
        String message = outcomes.get("derivativesBelongToTheValue");
        assertTrue(message.contains("half-squares") && message.contains("byDrive"), message);
    }
}
