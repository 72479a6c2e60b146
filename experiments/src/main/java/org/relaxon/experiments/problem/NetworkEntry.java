package org.relaxon.experiments.problem;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.model.network.Population;

/**
 * One object of a network file, whose fields are read by name and refused with their line.
 *
 * @param file for messages
 * @param what the object is called in messages
 * @param fields its content
 */
record NetworkEntry(Path file, String what, ConfigObject fields) {
    private static final String FILE = "the file";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final String NAMES =
            "1 to 64 letters of a-z, A-Z, digits, '_', '.' and '-', none of the last two first";

    /** The content of a whole file, which has no line. */
    static NetworkEntry of(Path file, ConfigObject content) {
        return new NetworkEntry(file, FILE, content);
    }

    NetworkEntry called(String name) {
        return new NetworkEntry(file, name, fields);
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    void requireKeys(Set<String> known) throws MalformedFileException {
        for (String key : new TreeSet<>(fields.keySet())) {
            if (!known.contains(key)) {
                throw new MalformedFileException(
                        place(fields.get(key)),
                        "a field of " + what,
                        key,
                        String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /** The objects of a list, each called by its kind and number until its name is known. */
    List<NetworkEntry> list(String key, String kind) throws MalformedFileException {
        ConfigValue value = fields.get(key);
        if (!(value instanceof ConfigList list)) {
            throw refused(key, shown(value), "a list of objects, [ { ... }, { ... } ]");
        }
        List<NetworkEntry> out = new ArrayList<>();
        for (ConfigValue element : list) {
            String name = kind + " number " + (out.size() + 1);
            if (!(element instanceof ConfigObject object)) {
                throw new MalformedFileException(
                        place(element), name, shown(element), "an object, { name = ... }");
            }
            out.add(new NetworkEntry(file, name, object));
        }
        return out;
    }

    String name(String key) throws MalformedFileException {
        String text = optional(key);
        if (text == null || !NAME.matcher(text).matches()) {
            throw refused(key, text == null ? "missing" : text, NAMES);
        }
        return text;
    }

    /** The text of a field, null if there is none; numbers are names as well. */
    String optional(String key) throws MalformedFileException {
        ConfigValue value = fields.get(key);
        if (value == null || value.valueType() == ConfigValueType.NULL) {
            return null;
        }
        boolean text =
                value.valueType() == ConfigValueType.STRING
                        || value.valueType() == ConfigValueType.NUMBER;
        if (!text) {
            throw refused(key, shown(value), "text");
        }
        return value.unwrapped().toString();
    }

    int size(String key, int most) throws MalformedFileException {
        String text = optional(key);
        int value = text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (value < 1 || value > most) {
            throw refused(key, text == null ? "missing" : text, "a whole number from 1 to " + most);
        }
        return value;
    }

    double number(String key) throws MalformedFileException {
        String text = optional(key);
        try {
            return Double.parseDouble(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw refused(key, text == null ? "missing" : text, "a number");
        }
    }

    Population.Role role(String key) throws MalformedFileException {
        String text = optional(key);
        if (text == null) {
            return Population.Role.HIDDEN;
        }
        return switch (text) {
            case "input" -> Population.Role.INPUT;
            case "hidden" -> Population.Role.HIDDEN;
            case "output" -> Population.Role.OUTPUT;
            default -> throw refused(key, text, "input, hidden, output");
        };
    }

    MalformedFileException refused(String key, String value, String allowed) {
        ConfigValue at = fields.get(key);
        return new MalformedFileException(
                place(at == null ? fields : at), key + " of " + what, value, allowed);
    }

    /** The result of a step of the construction; what it refuses is refused at this place. */
    <T> T located(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "network: %s: %s".formatted(place(fields), e.getMessage()), e);
        }
    }

    private String place(ConfigValue at) {
        int line = what.equals(FILE) && at == fields ? 0 : at.origin().lineNumber();
        return line < 1 ? file.toString() : file + ", line " + line;
    }

    private static String shown(ConfigValue value) {
        if (value == null) {
            return "missing";
        }
        return switch (value.valueType()) {
            case LIST -> "a list";
            case OBJECT -> "an object";
            default -> String.valueOf(value.unwrapped());
        };
    }
}
