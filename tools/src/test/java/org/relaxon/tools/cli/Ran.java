package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;

/** What one command printed and returned. */
public record Ran(int code, String out, String err) {
    private static final ObjectMapper ONE_OBJECT =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** All commands, as the program has them. */
    public static CommandLine commands(Interruption interruption) {
        return Main.commandLine(interruption);
    }

    /** Runs a command as from a shell, words apart by spaces. */
    public static Ran relaxon(String line) {
        return relaxon(line.trim().split("\\s+"));
    }

    public static Ran relaxon(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (Interruption interruption = new Interruption()) {
            int code =
                    Main.commandLine(interruption, words)
                            .setOut(new PrintWriter(out))
                            .setErr(new PrintWriter(err))
                            .execute(words);
            return new Ran(code, out.toString(), err.toString());
        }
    }

    /** Runs a command that somebody has stopped before it could begin. */
    public static Ran stopped(String signal, String line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try (Interruption interruption = new Interruption()) {
            interruption.ask(signal);
            int code =
                    Main.run(
                            Main.commandLine(interruption)
                                    .setOut(new PrintWriter(out))
                                    .setErr(new PrintWriter(err)),
                            interruption,
                            line.trim().split("\\s+"));
            return new Ran(code, out.toString(), err.toString());
        }
    }

    /** The one line that names wrong input; there is nothing else. */
    public String refusal() {
        assertEquals(2, code, out + err);
        assertEquals("", out);
        assertEquals(1, err.lines().count(), err);
        return err;
    }

    /** The output, if it is one JSON object, no name in it twice, and nothing else. */
    public JsonNode json() throws IOException {
        return ONE_OBJECT.readTree(out);
    }

    /** A file, read as strictly. */
    public static JsonNode json(Path file) throws IOException {
        return ONE_OBJECT.readTree(file.toFile());
    }
}
