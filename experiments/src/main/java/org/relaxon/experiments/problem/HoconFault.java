package org.relaxon.experiments.problem;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parser of network files found, in words of one form: what stands at the place, and what
 * it has to be.
 */
final class HoconFault {
    private static final Pattern FOUND =
            Pattern.compile("(?:token:|, got|, not:) *(\\S.*?)(?: \\(if you.*| \\(JSON.*)?$");

    /** What the parser expects, by a part of its message. */
    private record Expected(String part, String words) {}

    private static final List<Expected> EXPECTED =
            List.of(
                    new Expected("close brace", "'}', a comma or a new line"),
                    new Expected("close parentheses", "'}', a comma or a field"),
                    new Expected("a value but", "a value"),
                    new Expected("first element", "an element of the list or ']'"),
                    new Expected("ended with ]", "']', a comma or a new line"),
                    new Expected("may not be followed", "'=' after the name of a field"));

    private HoconFault() {}

    /**
     * In these words; the message of the parser where it has another form.
     *
     * @param message of the parser, without file and line
     */
    static String words(String message) {
        if (message.contains("unescaped newline")) {
            return "the end of the line, within quotes that are not closed";
        }
        Matcher found = FOUND.matcher(message);
        for (Expected one : EXPECTED) {
            if (message.contains(one.part()) && found.find()) {
                return "%s, where %s is expected".formatted(found.group(1), one.words());
            }
        }
        return message;
    }
}
