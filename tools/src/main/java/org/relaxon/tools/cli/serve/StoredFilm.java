package org.relaxon.tools.cli.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.storage.UnwritableException;
import org.relaxon.experiments.storage.WholeFile;

/**
 * Frames in a file: the state of the page beside them, as one JSON object.
 *
 * @param state of the page, without the choices that belong to the program
 * @param frames a JSON array
 */
record StoredFilm(JsonNode state, String frames) {
    private static final String FORMAT = "relaxon frames 1";

    /** Of a file: a whole film takes a few megabytes. */
    private static final long BYTES_MAX = 64L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads a file.
     *
     * @throws MalformedFileException if it is no file of frames
     */
    static StoredFilm read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new MalformedFileException(
                    file.toString(), "size", Files.size(file), "at most " + BYTES_MAX);
        }
        JsonNode all;
        try {
            all = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw new MalformedFileException(file.toString(), "content", "another", "JSON");
        }
        boolean whole =
                all.path("format").asText().equals(FORMAT)
                        && all.path("state").path("layout").path("populations").isArray()
                        && all.path("state").path("controls").isObject()
                        && all.path("frames").isArray();
        if (!whole) {
            throw new MalformedFileException(
                    file.toString(), "format", all.path("format").asText(), FORMAT);
        }
        return new StoredFilm(all.get("state"), all.get("frames").toString());
    }

    /** The state as the page shows it, with what it can choose from. */
    ObjectNode shown() {
        ObjectNode out = state.deepCopy();
        out.put("status", "stored").put("run", 0).put("film", 0);
        LiveState.catalog(out);
        return out;
    }

    /** Writes a new file. */
    static void write(Path file, JsonNode state, String frames) throws UnwritableException {
        ObjectNode kept = state.deepCopy();
        kept.remove(List.of("choices", "scenes"));
        ObjectNode head = JSON.createObjectNode();
        head.put("format", FORMAT);
        head.set("state", kept);
        String text = head.toString();
        WholeFile.create(
                file,
                WholeFile.Content.text(
                        text.substring(0, text.length() - 1) + ",\"frames\":" + frames + "}\n"));
    }
}
