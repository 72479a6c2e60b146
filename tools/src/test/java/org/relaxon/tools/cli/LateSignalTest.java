package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.output.Json;

/** A signal in the very moment of the end: text, JSON, page and exit code say the same. */
class LateSignalTest {
    @TempDir private Path home;

    /** Asks for the end as soon as the first word of the result is written. */
    private static final class Asking extends FilterWriter {
        private final Interruption interruption;

        Asking(Interruption interruption) {
            super(new StringWriter());
            this.interruption = interruption;
        }

        @Override
        public void write(String text, int offset, int length) throws IOException {
            if (!interruption.asked()) {
                interruption.ask("INT");
            }
            super.write(text, offset, length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep --quiet --axis gain=1,2 --seeds 1", "check --seeds 1", "settle"})
    void oneVerdict(String verb) throws IOException {
        String line = verb + " --out " + home + "/runs --json " + home + "/a.json";
        StringWriter err = new StringWriter();
        int code;
        try (Interruption interruption = new Interruption()) {
            code =
                    Main.run(
                            Main.commandLine(interruption)
                                    .setOut(new PrintWriter(new Asking(interruption)))
                                    .setErr(new PrintWriter(err)),
                            interruption,
                            line.split(" "));
            assertTrue(interruption.asked(), "the signal came");
        }
        JsonNode json = Ran.json(home.resolve("a.json"));
        assertFalse(json.get("interrupted").asBoolean(), json.toString());
        assertEquals(0, code);
        assertEquals("", err.toString());
        try (Stream<Path> files = Files.walk(home.resolve("runs"))) {
            Path page = files.filter(f -> f.endsWith("report.html")).findFirst().orElseThrow();
            assertFalse(Files.readString(page).contains("Interrupted"));
        }
    }

    @Test
    void theFirstOutputDecides() {
        try (Interruption early = new Interruption();
                Interruption whole = new Interruption();
                Interruption late = new Interruption()) {
            early.ask("INT");
            assertTrue(early.concluded(false));
            whole.ask("INT");
            assertFalse(whole.concluded(true), "nothing was left to stop");
            assertFalse(late.concluded(false), "not asked for");
            late.ask("TERM");
            for (Interruption one : new Interruption[] {early, whole, late}) {
                ObjectNode json = Json.object();
                one.mark(json);
                assertEquals(one == early, json.get("interrupted").asBoolean());
                assertEquals(one == early ? 130 : 1, one.exitCode(1));
            }
        }
    }
}
