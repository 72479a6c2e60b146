package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.storage.WholeFile.Content;

/** A picture as SVG 1.1 text. */
final class SvgCanvas implements Canvas {
    private final StringBuilder out = new StringBuilder();

    /**
     * @param title name of the picture, for readers that do not display it
     * @param description what it shows, for the same
     */
    SvgCanvas(int width, int height, String title, String description) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" role=\"img\""
                        + " aria-labelledby=\"title desc\">",
                width, height, width, height);
        add("<title id=\"title\">%s</title>", escaped(title));
        add("<desc id=\"desc\">%s</desc>", escaped(description));
        rectangle(0, 0, width, height, Color.WHITE);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Color fill) {
        add(
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>",
                x, y, width, height, hex(fill));
    }

    @Override
    public void line(double x0, double y0, double x1, double y1, Stroke stroke) {
        String dashes =
                Arrays.stream(stroke.dashes())
                        .mapToObj(d -> String.format(Locale.ROOT, "%.1f", d))
                        .collect(Collectors.joining(","));
        add(
                "<line x1=\"%.2f\" y1=\"%.2f\" x2=\"%.2f\" y2=\"%.2f\" stroke=\"%s\""
                        + " stroke-width=\"%.1f\" stroke-linecap=\"round\"%s/>",
                x0,
                y0,
                x1,
                y1,
                hex(stroke.colour()),
                stroke.width(),
                dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor, int size, Color colour) {
        add(
                "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, size, anchor.name().toLowerCase(Locale.ROOT), hex(colour), escaped(text));
    }

    @Override
    public void upright(double x, double y, String text, int size) {
        add(
                "<text transform=\"translate(%.2f,%.2f) rotate(-90)\" font-size=\"%d\""
                        + " text-anchor=\"middle\">%s</text>",
                x, y, size, escaped(text));
    }

    @Override
    public void write(Path file) throws IOException {
        WholeFile.replace(file, Content.text(out + "</svg>\n"));
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String hex(Color colour) {
        return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
