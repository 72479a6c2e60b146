package org.relaxon.experiments.problem;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.relaxon.experiments.format.MalformedFileException;

/**
 * Refuses what HOCON would silently merge: a field that is stated twice in one object, and two
 * objects on one line without a comma between them, which become one. In a list of projections
 * either of them loses a projection without a word.
 *
 * <p>Reads tokens only as far as this needs; the parser refuses all other mistakes.
 */
final class RepeatedFields {
    private final Path file;
    private final String text;
    private final Deque<Set<String>> objects = new ArrayDeque<>(); // a list has an empty set
    private final StringBuilder word = new StringBuilder();
    private int at;
    private int line = 1;
    private boolean closed; // an object ended, and nothing has separated it from what follows
    private boolean value; // behind the sign of a field

    private RepeatedFields(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    static void refuse(Path file, String text) throws MalformedFileException {
        new RepeatedFields(file, text).scan();
    }

    private void scan() throws MalformedFileException {
        objects.push(new HashSet<>());
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                word.append(quoted());
            } else if (c == '#' || text.startsWith("//", at)) {
                skipComment();
            } else {
                at++;
                symbol(c);
            }
        }
    }

    private void symbol(char c) throws MalformedFileException {
        switch (c) {
            case '{', '[' -> open(c);
            case '}', ']' -> close(c);
            case ',', '\n' -> {
                separate();
                line += c == '\n' ? 1 : 0;
            }
            case '=', ':' -> field();
            default -> word.append(c);
        }
    }

    private void open(char c) throws MalformedFileException {
        if (c == '{' && closed) {
            throw new MalformedFileException(
                    place(), "text", "} {", "a comma or a new line between two objects");
        }
        if (c == '{' && !value && !word.toString().isBlank()) {
            field(); // name { ... } states a field as name = { ... } does
        }
        objects.push(new HashSet<>());
        separate();
    }

    private void close(char c) {
        if (objects.size() > 1) {
            objects.pop();
        }
        separate();
        closed = c == '}';
    }

    private void field() throws MalformedFileException {
        if (value) {
            return; // a sign within a value
        }
        String name = word.toString().replaceAll("\\+$", "").trim();
        boolean added = word.toString().endsWith("+");
        if (!objects.element().add(name) && !added) {
            throw new MalformedFileException(
                    place(), "field " + name, "stated twice", "one " + name + " in an object");
        }
        word.setLength(0);
        value = true;
    }

    private void separate() {
        word.setLength(0);
        value = false;
        closed = false;
    }

    private String quoted() {
        String mark = text.startsWith("\"\"\"", at) ? "\"\"\"" : "\"";
        int begin = at + mark.length();
        int end = begin;
        while (end < text.length() && !text.startsWith(mark, end)) {
            boolean escape = mark.length() == 1 && text.charAt(end) == '\\';
            line += text.charAt(end) == '\n' ? 1 : 0;
            end += escape ? 2 : 1;
        }
        end = Math.min(end, text.length());
        at = Math.min(end + mark.length(), text.length());
        return text.substring(begin, end);
    }

    private void skipComment() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private String place() {
        return file + ", line " + line;
    }
}
