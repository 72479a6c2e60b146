package org.relaxon.experiments.format;

import java.io.IOException;

/**
 * A file was read, and its content is not acceptable.
 *
 * <p>The message is one printable line, whatever the file holds: {@code FILE: FIELD is VALUE;
 * allowed: RANGE}.
 */
public final class MalformedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Longest part of the message that comes from a file, in characters. */
    private static final int SHOWN_MAX = 100;

    /**
     * States the value found and the values that would have been accepted.
     *
     * @param file the file, and the entry in it if it is an archive
     * @param field the part that was read, in words
     * @param value its value
     * @param allowed the accepted values, in words or as a range
     */
    public MalformedFileException(String file, String field, Object value, String allowed) {
        super(line(file, field, value, allowed));
    }

    /** As the other constructor, with the exception of the decoder that found the fault. */
    MalformedFileException(
            String file, String field, Object value, String allowed, Throwable cause) {
        super(line(file, field, value, allowed), cause);
    }

    private static String line(String file, String field, Object value, String allowed) {
        String shown = printable(String.valueOf(value));
        if (shown.length() > SHOWN_MAX) {
            shown = shown.substring(0, SHOWN_MAX) + "...";
        }
        return "%s: %s is %s; allowed: %s".formatted(printable(file), field, shown, allowed);
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e\\p{L}\\p{N}]", "?");
    }
}
