package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Desks of runs that never wait, for tests. */
final class Desks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Desks() {}

    @Command
    private static final class Parsed {
        @Mixin private SceneOptions options;
    }

    static Scene scene(List<String> words) {
        Parsed parsed = new Parsed();
        new CommandLine(parsed).parseArgs(words.toArray(String[]::new));
        try {
            return parsed.options.scene();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A desk whose first run has these options. */
    static LiveDesk open(boolean paced, String options) {
        LiveDesk desk = new LiveDesk(Desks::scene, paced);
        desk.open(List.of(options.split(" ")));
        return desk;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void act(LiveDesk desk, String action, String request) {
        desk.act(action, json(request.replace('\'', '"')));
    }

    /** The state once the run has its verdict. */
    static JsonNode ended(LiveDesk desk) {
        desk.present().run().await();
        JsonNode state = json(desk.state());
        assertEquals("ended", state.get("status").asText(), state.toString());
        return state;
    }
}
