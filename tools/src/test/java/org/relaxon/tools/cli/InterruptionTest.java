package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped says so in every output of every verb, and claims nothing. */
class InterruptionTest {
    private static final String VERBS =
            """
            check --delay all --seeds 20
            check --all
            settle --host virtual
            settle --host akka --algorithm ep
            train --data two-moons --layers 2,6,2
            sweep --axis beta=1e-1,1e-2
            stress
            paper --runs 1 --layers 784,8,10
            paper-training --layers 784,8,10 --examples 640 --test-examples 100
            reproduce delays
            reproduce desynchronised
            reproduce depth
            reproduce straggler
            bench
            """;

    @TempDir private Path home;

    static String[] verbs() {
        return VERBS.split("\n");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("verbs")
    void whatWasStoppedClaimsNothing(String line) throws IOException {
        Ran ran = Ran.stopped("INT", line + " --json - --out " + home);

        assertEquals(130, ran.code(), ran.out() + ran.err());
        JsonNode json = ran.json();
        assertEquals("interrupted", json.get("verdict").asText(), ran.out());
        assertTrue(json.get("interrupted").asBoolean());
        assertEquals(130, json.get("exitCode").asInt());
        boolean claims = line.startsWith("check") || line.startsWith("reproduce");
        assertEquals(claims, json.has("holds"), ran.out());
        assertFalse(json.hasNonNull("holds"), ran.out());
        if (line.startsWith("reproduce")) {
            json.path("checks").forEach(c -> assertTrue(c.get("holds").isNull(), ran.out()));
        }
        assertFalse(ran.err().contains("defect"), ran.err());
        assertTrue(ran.err().contains("stopped by SIGINT; "), ran.err());
        assertTrue(ran.err().contains("relaxon " + line), ran.err());
        assertWhole(home);
    }

    /** Every file that is there can be read, and pages say what happened. */
    private static void assertWhole(Path below) throws IOException {
        try (var files = Files.walk(below)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertTrue(Files.size(file) > 0, file.toString());
                if (file.endsWith("report.html")) {
                    assertTrue(Files.readString(file).contains("Interrupted"), file.toString());
                    assertFalse(
                            Files.readString(file).contains("<td>NO</td>"),
                            "shapes are not judged");
                    assertGoesOn(
                            Files.readString(file), Ran.json(file.resolveSibling("result.json")));
                }
                if (file.endsWith("result.json")) {
                    assertEquals("interrupted", Ran.json(file).get("verdict").asText());
                }
            }
        }
    }

    /** A page names the command that the terminal names. */
    private static void assertGoesOn(String page, JsonNode result) {
        assertTrue(page.contains("Stopped by SIGINT."), page);
        String next = result.hasNonNull("goOn") ? " Go on with: " : "the whole run again: ";
        assertTrue(page.contains(next + "<code class=\"copied\">relaxon "), page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check --seeds 20", "settle", "reproduce delays"})
    void theTextSaysSo(String line) {
        Ran ran = Ran.stopped("TERM", line);

        assertEquals(143, ran.code(), ran.err());
        assertTrue(ran.out().toLowerCase(Locale.ROOT).contains("interrupted"), ran.out());
        assertFalse(ran.out().contains("The claim holds"), ran.out());
        assertTrue(ran.err().contains("stopped by SIGTERM"), ran.err());
    }

    /** The negative twin: without a signal nothing of this is said. */
    @Test
    void whatWasNotStoppedSaysSo() throws IOException {
        Ran ran = Ran.relaxon("settle --json -");

        assertEquals(0, ran.code(), ran.err());
        assertEquals("settled", ran.json().get("verdict").asText());
        assertFalse(ran.json().get("interrupted").asBoolean());
        assertFalse(ran.json().has("goOn") || ran.json().has("stoppedBy"), ran.out());
        assertEquals("", ran.err());
    }

    /** The file that states it exists, so that the command would be refused with it. */
    @Test
    void theCommandThatContinuesDoesNotNameTheFileThatStatesIt() throws IOException {
        Path file = home.resolve("result.json");
        String line = "sweep --axis beta=1e-1,1e-2 --seeds 1 --out " + home;
        Ran.stopped("INT", line + " --json " + file);
        String goOn = Ran.json(file).get("goOn").asText();
        assertTrue(goOn.contains(" --resume ") && !goOn.contains("--json"), goOn);
        Ran whole = Ran.relaxon(goOn.substring("relaxon ".length()));
        assertEquals(0, whole.code(), whole.err());
        Ran printed = Ran.stopped("INT", line + " --json -");
        assertTrue(printed.json().get("goOn").asText().contains("--json -"), printed.out());
    }
}
