package org.relaxon.tools.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terms that a page explains, from the project's vocabulary: its table of names. */
final class Glossary {
    private static final String FILE = "vocabulary.md";
    private static final Pattern ROW = Pattern.compile("\\| ([^|]+) \\| ([^|]+) \\| [^|]*\\|");
    private static final String END = "## Words to avoid";

    private static final Map<String, String> MEANINGS = read();

    private Glossary() {}

    private static Map<String, String> read() {
        try (InputStream in = Glossary.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the build puts docs/vocabulary.md beside " + FILE);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("a resource of this program can be read", e);
        }
    }

    /**
     * The meaning of every name in a row of the table, in lower case. A row with as many parts
     * between semicolons as names has one part for each.
     */
    static Map<String, String> parse(String vocabulary) {
        Map<String, String> out = new HashMap<>();
        Matcher rows = ROW.matcher(vocabulary.split(END)[0]);
        while (rows.find()) {
            String[] names = rows.group(1).replaceAll("\\([^)]*\\)", "").split(",");
            String[] parts = rows.group(2).strip().split("; ");
            for (int k = 0; k < names.length; k++) {
                String key = names[k].strip().toLowerCase(Locale.ROOT);
                if (!key.isEmpty() && !key.equals("name") && !key.startsWith("---")) {
                    boolean own = parts.length == names.length;
                    out.putIfAbsent(key, own ? parts[k] : rows.group(2).strip());
                }
            }
        }
        return Map.copyOf(out);
    }

    /** The meaning of a term; empty if the vocabulary has none of this name. */
    static Optional<String> meaning(String term) {
        String key = term.strip().toLowerCase(Locale.ROOT);
        String found = MEANINGS.get(key);
        if (found == null && key.endsWith("s")) {
            found = MEANINGS.get(key.substring(0, key.length() - 1));
        }
        return Optional.ofNullable(found);
    }
}
