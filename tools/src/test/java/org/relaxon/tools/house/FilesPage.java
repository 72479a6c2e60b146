package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields that a page explains, by file and verb: every table below a heading with a file. */
final class FilesPage {
    private static final Pattern HEADING = Pattern.compile("### `([^`]+)`(?: of `([a-z]+)`)?");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final Map<String, List<String>> explained = new LinkedHashMap<>();

    FilesPage(String text) {
        String key = null;
        for (String line : text.lines().toList()) {
            Matcher heading = HEADING.matcher(line);
            if (line.startsWith("#")) {
                key = heading.matches() ? key(heading.group(1), heading.group(2)) : null;
            } else if (key != null && line.startsWith("| `")) {
                Matcher name = NAME.matcher(line.substring(0, line.indexOf(" | ", 2)));
                while (name.find()) {
                    explained.computeIfAbsent(key, k -> new ArrayList<>()).add(name.group(1));
                }
            }
        }
        assertTrue(explained.size() > 10, "the pattern must find the tables");
    }

    private static String key(String file, String verb) {
        return verb == null ? file : file + " of " + verb;
    }

    /** The names that no table of the file explains, for this verb or for all. */
    Set<String> unexplained(String file, String verb, Set<String> names) {
        List<String> patterns = new ArrayList<>();
        for (String key : List.of(file, key(file, verb))) {
            patterns.addAll(explained.getOrDefault(key, List.of()));
        }
        Set<String> out = new TreeSet<>();
        for (String name : names) {
            if (patterns.stream().noneMatch(p -> explains(p, name))) {
                out.add(file + " of " + verb + ": " + name);
            }
        }
        return out;
    }

    /** All last parts of the names that the page explains, without those that have a star. */
    Set<String> words() {
        Set<String> out = new TreeSet<>();
        for (List<String> names : explained.values()) {
            for (String name : names) {
                String word = name.substring(name.lastIndexOf('.') + 1);
                if (!word.contains("*") && !word.matches("[a-z]*[0-9]")) {
                    out.add(word);
                }
            }
        }
        return out;
    }

    /** An object is explained by any of its fields. */
    private static boolean explains(String pattern, String name) {
        for (int end = pattern.length(); end > 0; end = pattern.lastIndexOf('.', end - 1)) {
            String part = pattern.substring(0, end);
            if (matches(part, name) || part.endsWith("[]") && matches(part, name + "[]")) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String name) {
        String regex =
                Pattern.compile("[^*]+")
                        .matcher(pattern)
                        .replaceAll(part -> Matcher.quoteReplacement(Pattern.quote(part.group())));
        return name.matches(regex.replace("*", "[^.]*"));
    }
}
