package org.relaxon.tools.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.experiments.storage.WholeFile.Content;

/**
 * The figures that the page of a run draws, as files for a paper: SVG or PDF, as wide as a column,
 * in light colours.
 */
public final class FigureFiles {
    /** Width of a figure: a column of most two-column papers, in millimetres. */
    public static final double COLUMN = 85.0;

    private static final String DIRECTORY = "figures";
    private static final Pattern VARIABLE = Pattern.compile("(--\\w+): (#\\w+);");

    private static final Pattern USED = Pattern.compile("var\\((--\\w+)\\)");

    private FigureFiles() {}

    /** The kinds of files. */
    public enum Kind {
        /** Text for browsers and editors of drawings, in the fonts of the reader. */
        SVG,
        /** A page with its font embedded. */
        PDF
    }

    static List<Path> write(Path directory) throws IOException {
        return write(directory, Kind.SVG);
    }

    /**
     * Writes {@code figures/NAME.svg} or {@code figures/NAME.pdf} within a run directory, for every
     * figure that its page draws.
     *
     * @param directory of a run
     * @param kind of the files
     * @return the written files; none if the page draws none
     * @throws IllegalArgumentException if it is not a run directory, or {@code figures} within it
     *     is a link or no directory
     * @throws IOException if a file cannot be read or written
     */
    public static List<Path> write(Path directory, Kind kind) throws IOException {
        RunFiles files = RunFiles.read(directory);
        List<Figure> drawn = RunFigures.of(files, RunKind.of(files)).drawn();
        List<Path> out = new ArrayList<>();
        if (drawn.isEmpty()) {
            return out;
        }
        Path home = directory.resolve(DIRECTORY);
        if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
                throw new IllegalArgumentException(
                        "report: %s is a link or not a directory; move it away".formatted(home));
            }
            Files.createDirectory(home);
        }
        for (Figure figure : drawn) {
            String ending = kind.name().toLowerCase(Locale.ROOT);
            Path file = home.resolve(figure.id() + "." + ending);
            String svg = document(figure);
            if (kind == Kind.PDF) { // the only use of its library
                byte[] pdf = FigurePdf.of(svg, style(), COLUMN);
                WholeFile.replace(file, to -> to.write(pdf));
            } else {
                WholeFile.replace(file, Content.text(svg));
            }
            out.add(file);
        }
        return out;
    }

    /** The light colours of pictures, written out. */
    private static String style() {
        Map<String, String> values = new HashMap<>();
        Matcher stated = VARIABLE.matcher(PageResources.FIGURE_STYLE);
        while (stated.find()) {
            values.put(stated.group(1), stated.group(2));
        }
        return USED.matcher(stated.replaceAll(""))
                .replaceAll(used -> values.getOrDefault(used.group(1), "none"));
    }

    /** A whole document; its colours are written out, since not every program knows variables. */
    static String document(Figure figure) {
        Markup svg = Markup.xml();
        figure.svg(
                svg,
                style(),
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                Marks.at(COLUMN) + "mm",
                "height",
                Marks.at(COLUMN * figure.drawing().height() / Figure.WIDTH) + "mm");
        return svg.finish();
    }
}
