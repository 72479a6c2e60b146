package org.relaxon.tools.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** JSON objects of results. A number that is not finite becomes null, since JSON has no NaN. */
public final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    /** {@return an empty object} */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Puts a number, or null if it is not finite.
     *
     * @param node changed in place
     * @param name of the entry
     * @param value any number
     */
    public static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /**
     * Puts names and values as an object of its own, or null.
     *
     * @param node changed in place
     * @param name of the entry
     * @param values in the order of their iteration; null for no object
     */
    public static void put(ObjectNode node, String name, Map<String, Object> values) {
        node.set(name, values == null ? MAPPER.nullNode() : MAPPER.valueToTree(values));
    }

    /**
     * Puts a number, or null if it is absent or not finite.
     *
     * @param node changed in place
     * @param name of the entry
     * @param value any number, or null
     */
    public static void put(ObjectNode node, String name, Double value) {
        put(node, name, value == null ? Double.NaN : value.doubleValue());
    }

    /**
     * Puts null under every name, for figures about which a result makes no claim.
     *
     * @param node changed in place
     * @param names of the entries
     */
    public static void putNulls(ObjectNode node, String... names) {
        for (String name : names) {
            node.putNull(name);
        }
    }

    /**
     * Reads a file that this program wrote.
     *
     * @param file in JSON
     * @return its content
     * @throws IllegalArgumentException if it is not JSON
     * @throws IOException if the file cannot be read
     */
    public static JsonNode read(Path file) throws IOException {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s is no JSON: %s".formatted(file, e.getOriginalMessage()), e);
        }
    }

    /**
     * {@return the text of an object, indented}
     *
     * @param node object
     */
    public static String pretty(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values always has a text", e);
        }
    }
}
