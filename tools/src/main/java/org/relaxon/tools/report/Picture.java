package org.relaxon.tools.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.experiments.sweep.TheoryQuantity;

/**
 * A picture within a page. An SVG is also embedded as an image, so that a browser neither runs
 * scripts in it nor loads anything for it.
 *
 * @param name name of its file
 * @param caption description
 * @param source a {@code data:} address that holds it
 */
record Picture(String name, String caption, String source) {
    private static final Pattern TITLE = Pattern.compile("<title[^>]*>([^<]{1,200})</title>");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** The picture; empty if the content is not of the kind that the name states. */
    static Optional<Picture> of(String name, byte[] content) {
        boolean vector = isVector(name);
        if (vector ? !looksLikeSvg(content) : !startsWith(content, PNG)) {
            return Optional.empty();
        }
        String type = vector ? "image/svg+xml" : "image/png";
        String data = Base64.getEncoder().encodeToString(content);
        String known = FileContent.picture(name).orElse(words(name));
        String caption = vector ? title(content).orElse(known) : known;
        return Optional.of(new Picture(name, caption, "data:" + type + ";base64," + data));
    }

    /** True if a file of this name is shown as a picture. */
    static boolean isOne(String name) {
        return isVector(name) || name.toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /** True for the maps of a sweep. */
    boolean isMap() {
        return name.startsWith("map");
    }

    /** True for a map with a line where theory ceases to promise that a run settles. */
    boolean showsTheory() {
        if (isBitmap()) {
            return false;
        }
        byte[] content = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
        String text = new String(content, StandardCharsets.UTF_8);
        return Arrays.stream(TheoryQuantity.values())
                .filter(TheoryQuantity::boundsSettling)
                .anyMatch(line -> text.contains(line.label()));
    }

    /** True for a bitmap, whose letters scale with it. */
    boolean isBitmap() {
        return !isVector(name);
    }

    /** The title of an SVG. */
    private static Optional<String> title(byte[] content) {
        Matcher found = TITLE.matcher(start(content));
        return found.find()
                ? Optional.of(
                        found.group(1)
                                .replace("&lt;", "<")
                                .replace("&gt;", ">")
                                .replace("&amp;", "&"))
                : Optional.empty();
    }

    /** A name as words. */
    private static String words(String name) {
        return name.substring(0, name.lastIndexOf('.')).replace('-', ' ').replace('_', ' ');
    }

    private static boolean isVector(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    private static boolean looksLikeSvg(byte[] content) {
        String start = start(content).stripLeading();
        return start.startsWith("<svg") || start.startsWith("<?xml") && start.contains("<svg");
    }

    private static String start(byte[] content) {
        return new String(content, 0, Math.min(content.length, 4096), StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] content, byte[] prefix) {
        return content.length >= prefix.length
                && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
    }
}
