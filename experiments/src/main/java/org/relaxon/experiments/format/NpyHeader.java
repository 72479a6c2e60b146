package org.relaxon.experiments.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a .npy stream (format 1.0 or 2.0, NumPy enhancement proposal 1).
 *
 * <p>Its text is a Python dictionary, of which only this much is read: the keys {@code descr},
 * {@code fortran_order} and {@code shape}, each once and in any order; a string in single or double
 * quotes without escapes; {@code True} or {@code False}; a tuple of decimal integers; a comma after
 * the last item; spaces between tokens. Everything else is refused.
 */
final class NpyHeader {

    /** Longest accepted text, in bytes; NumPy writes 118 for most arrays. */
    static final int TEXT_MAX = 4096;

    static final int AXES_MAX = 4;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int SIZE_DIGITS_MAX = 10;

    private final String where;
    private final long elementsMax;
    private final String text;
    private final int bytes;
    private int at;

    private NpyType type;
    private Boolean fortran;
    private int[] shape;
    private long elements = 1;

    private NpyHeader(String where, long elementsMax, String text, int bytes) {
        this.where = where;
        this.elementsMax = elementsMax;
        this.text = text;
        this.bytes = bytes;
    }

    /**
     * Reads a head and leaves the stream at the first element.
     *
     * @param where names the stream in messages
     * @param elementsMax most elements accepted, at most {@link Integer#MAX_VALUE}
     * @throws MalformedFileException if the head is cut off or not as described above
     */
    static NpyHeader read(String where, InputStream in, long elementsMax) throws IOException {
        byte[] start = in.readNBytes(8);
        for (int k = 0; k < MAGIC.length; k++) {
            if (start.length < 8 || start[k] != MAGIC[k]) {
                throw new MalformedFileException(where, "magic", "another", "\\x93NUMPY");
            }
        }
        int major = start[6] & 0xff;
        if (major < 1 || major > 2 || start[7] != 0) {
            String version = "%d.%d".formatted(major, start[7] & 0xff);
            throw new MalformedFileException(where, "format version", version, "1.0 or 2.0");
        }
        byte[] size = in.readNBytes(2 * major);
        long length = 0;
        for (int k = size.length - 1; k >= 0; k--) {
            length = length << 8 | size[k] & 0xff;
        }
        if (size.length < 2 * major || length > TEXT_MAX) {
            throw new MalformedFileException(where, "header length", length, "up to " + TEXT_MAX);
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new MalformedFileException(where, "header", "cut off", length + " bytes");
        }
        String decoded = new String(text, StandardCharsets.ISO_8859_1);
        NpyHeader header =
                new NpyHeader(where, elementsMax, decoded, 8 + size.length + text.length);
        header.dictionary();
        return header;
    }

    NpyType type() {
        return type;
    }

    /** Returns whether the first axis, instead of the last, varies fastest in the file. */
    boolean fortran() {
        return fortran;
    }

    int[] shape() {
        return shape.clone();
    }

    int elements() {
        return (int) elements;
    }

    /** Returns the length of the whole stream that this head states, itself included. */
    long streamBytes() {
        return bytes + elements * type.bytes();
    }

    private void dictionary() throws MalformedFileException {
        expect('{');
        while (!accept('}')) {
            item();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpaces();
        if (!text.substring(at).equals("\n")) {
            throw refused("a newline at the end");
        }
        if (type == null || fortran == null || shape == null) {
            throw new MalformedFileException(
                    where, "header", text.strip(), "descr, fortran_order and shape");
        }
        if (elements > elementsMax) { // a single number has no axis that was checked
            throw new MalformedFileException(where, "elements", elements, "up to " + elementsMax);
        }
    }

    private void item() throws MalformedFileException {
        String key = quoted();
        expect(':');
        if (key.equals("descr") && type == null) {
            type = NpyType.of(where, quoted());
        } else if (key.equals("fortran_order") && fortran == null) {
            fortran = truth();
        } else if (key.equals("shape") && shape == null) {
            shape = tuple();
        } else {
            throw new MalformedFileException(
                    where, "header key", key, "descr, fortran_order and shape, once each");
        }
    }

    private String quoted() throws MalformedFileException {
        skipSpaces();
        char quote = at < text.length() ? text.charAt(at) : 0;
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw refused("a quoted string without escapes");
        }
        String content = text.substring(at + 1, end);
        at = end + 1;
        return content;
    }

    private boolean truth() throws MalformedFileException {
        skipSpaces();
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw refused("True or False");
    }

    private int[] tuple() throws MalformedFileException {
        int[] sizes = new int[AXES_MAX];
        int axes = 0;
        boolean comma = false;
        expect('(');
        while (!accept(')')) {
            if (axes == AXES_MAX || axes > 0 && !comma) {
                throw refused("a shape of 0 to %d axes".formatted(AXES_MAX));
            }
            sizes[axes] = size(axes);
            axes++;
            comma = accept(',');
        }
        if (axes == 1 && !comma) {
            throw refused("a comma in a shape of 1 axis");
        }
        return Arrays.copyOf(sizes, axes);
    }

    private int size(int axis) throws MalformedFileException {
        skipSpaces();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > SIZE_DIGITS_MAX) {
            throw refused("an integer of 1 to %d digits".formatted(SIZE_DIGITS_MAX));
        }
        long size = Long.parseLong(text.substring(start, at));
        long sizeMax = elements == 0 ? elementsMax : elementsMax / elements;
        if (size > sizeMax) {
            throw new MalformedFileException(
                    where, "size of axis " + axis, size, "0 to " + sizeMax);
        }
        elements *= size;
        return (int) size;
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean accept(char token) {
        skipSpaces();
        boolean there = at < text.length() && text.charAt(at) == token;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char token) throws MalformedFileException {
        if (!accept(token)) {
            throw refused("'%c'".formatted(token));
        }
    }

    private MalformedFileException refused(String allowed) {
        String rest = text.substring(Math.min(at, text.length()));
        return new MalformedFileException(where, "header at " + at, "'" + rest + "'", allowed);
    }
}
