package org.relaxon.tools.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A picture within a page. An SVG is embedded as an image too: as such a browser runs no script in
 * it and loads nothing for it.
 *
 * @param name name of its file
 * @param source a {@code data:} address that holds it
 */
record Picture(String name, String source) {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** The picture, or nothing if the content is not what the name says. */
    static Optional<Picture> of(String name, byte[] content) {
        boolean vector = isVector(name);
        if (vector ? !looksLikeSvg(content) : !startsWith(content, PNG)) {
            return Optional.empty();
        }
        String type = vector ? "image/svg+xml" : "image/png";
        String data = Base64.getEncoder().encodeToString(content);
        return Optional.of(new Picture(name, "data:" + type + ";base64," + data));
    }

    /** True if a file of this name is shown as a picture. */
    static boolean isOne(String name) {
        return isVector(name) || name.toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** True for the maps of a sweep. */
    boolean isMap() {
        return name.startsWith("map");
    }

    /** The name as words. */
    String caption() {
        return name.substring(0, name.lastIndexOf('.')).replace('-', ' ').replace('_', ' ');
    }

    private static boolean isVector(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    private static boolean looksLikeSvg(byte[] content) {
        int shown = Math.min(content.length, 4096);
        String start = new String(content, 0, shown, StandardCharsets.UTF_8).stripLeading();
        return start.startsWith("<svg") || start.startsWith("<?xml") && start.contains("<svg");
    }

    private static boolean startsWith(byte[] content, byte[] prefix) {
        return content.length >= prefix.length
                && java.util.Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
    }
}
