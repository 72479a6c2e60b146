package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No test fails because a machine is slow: what a test may spend is counted in work, and one limit,
 * far above what any test takes and scaled from outside, ends what hangs.
 */
class TestClocksTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String PARAMETER = "junit.jupiter.execution.timeout.default";
    private static final long LEAST_SECONDS = 1_000;

    private static final Pattern CLOCK =
            Pattern.compile("@Timeout|assertTimeout|Thread\\.sleep|\\.join\\((\\d|[A-Z_]+\\))");

    @RegisterExtension
    static final BeforeAllCallback PARAMETERS = context -> limit = limit(context);

    private static String limit = "";

    private static String limit(ExtensionContext context) {
        return context.getConfigurationParameter(PARAMETER).orElse("");
    }

    @Test
    void noTestCarriesAClockOfItsOwn() throws IOException {
        List<String> found = new ArrayList<>();
        int read = 0;
        for (String module : List.of("model", "runtime", "testkit", "experiments", "tools")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    boolean own = file.endsWith("TestClocksTest.java");
                    read++;
                    if (!own && CLOCK.matcher(Files.readString(file)).find()) {
                        found.add(file.getFileName().toString());
                    }
                }
            }
        }
        assertTrue(read > 100, "the files must be found");
        assertEquals(List.of(), found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Timeout(5)",
                "assertTimeoutPreemptively(LIMIT, this::run);",
                "Thread.sleep(100);",
                "runner.join(30_000);"
            })
    void aClockIsSeen(String line) {
        assertTrue(CLOCK.matcher(line).find(), line);
        assertFalse(CLOCK.matcher("runner.join(); parts.join(List.of());").find());
    }

    /** Started by Maven, every test has the limit of the build. */
    @Test
    void whatHangsIsEndedByOneLimitForAll() {
        assumeTrue(!limit.isEmpty(), "not started by Maven");
        String[] parts = limit.split(" ");
        assertEquals("s", parts[1], limit);
        assertTrue(Long.parseLong(parts[0]) >= LEAST_SECONDS, limit);
    }
}
