package org.relaxon.tools.report;

import java.util.Locale;

/**
 * The elements of a picture: lines, texts, and hollow markers. A marker of a higher number encloses
 * those of lower ones, and shapes differ without colours.
 */
final class Marks {
    /** Number of colours, which are distinct for the colour-blind (Okabe and Ito 2008). */
    static final int COLOURS = 7;

    private static final int SHAPES = 3;
    private static final int SIZES = 6;

    private final Markup svg;

    Marks(Markup svg) {
        this.svg = svg;
    }

    static String at(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    void line(double x0, double y0, double x1, double y1, String style) {
        svg.open("line", "x1", at(x0), "y1", at(y0), "x2", at(x1), "y2", at(y1), "class", style);
        svg.close();
    }

    /** A text; {@code anchor} is start, middle or end. */
    void text(double x, double y, String text, String anchor, String style) {
        svg.element("text", text, "x", at(x), "y", at(y), "text-anchor", anchor, "class", style);
    }

    /** The same upwards, around its middle. */
    void upright(double x, double y, String text) {
        String place = "translate(%s,%s) rotate(-90)".formatted(at(x), at(y));
        svg.element("text", text, "transform", place, "text-anchor", "middle");
    }

    /** The k-th marker, with words that appear beside it. */
    void marker(double x, double y, int k, String words) {
        double r = 4.0 + 1.5 * (k % SIZES);
        String style = "mark s" + k % COLOURS;
        switch (k % SHAPES) {
            case 0 -> svg.open("circle", "cx", at(x), "cy", at(y), "r", at(r), "class", style);
            case 1 ->
                    svg.open(
                            "rect", "x", at(x - r), "y", at(y - r), "width", at(2 * r), "height",
                            at(2 * r), "class", style);
            default -> path(diamond(x, y, 1.4 * r), style);
        }
        title(words);
        svg.close();
    }

    /** A cross, for what theory predicts. */
    void cross(double x, double y, String words) {
        String shape =
                "M%s %sL%s %sM%s %sL%s %s"
                        .formatted(
                                at(x - 5), at(y - 5), at(x + 5), at(y + 5), at(x - 5), at(y + 5),
                                at(x + 5), at(y - 5));
        path(shape, "mark s4");
        title(words);
        svg.close();
    }

    /** Opens a path. */
    void path(String shape, String style) {
        svg.open("path", "d", shape, "class", style);
    }

    void title(String words) {
        if (!words.isEmpty()) {
            svg.element("title", words);
        }
    }

    private static String diamond(double x, double y, double r) {
        return "M%s %sL%s %sL%s %sL%s %sZ"
                .formatted(at(x - r), at(y), at(x), at(y - r), at(x + r), at(y), at(x), at(y + r));
    }
}
