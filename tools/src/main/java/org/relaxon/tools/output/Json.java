package org.relaxon.tools.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** JSON objects of results. A number that is not finite becomes null: JSON has no NaN. */
public final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Puts a number, or null if it is not finite. */
    public static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /** Puts names and values as an object of its own, or null. */
    public static void put(ObjectNode node, String name, Map<String, Object> values) {
        node.set(name, values == null ? MAPPER.nullNode() : MAPPER.valueToTree(values));
    }

    /** Puts a number, or null if it is absent or not finite. */
    public static void put(ObjectNode node, String name, Double value) {
        put(node, name, value == null ? Double.NaN : value.doubleValue());
    }

    /** Puts null under every name: what this result makes no claim about. */
    public static void putNulls(ObjectNode node, String... names) {
        for (String name : names) {
            node.putNull(name);
        }
    }

    /**
     * Reads a file that this program wrote.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static JsonNode read(Path file) throws IOException {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s is no JSON: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    /** The text of an object, indented. */
    public static String pretty(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always has a text", e);
        }
    }
}
