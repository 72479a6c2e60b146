package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.sweep.ContourLine;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.TheoryQuantity;

/**
 * One map of a sweep: cells with their figures, the colour scale, and the lines of theory. A cell
 * without data is grey; a cell whose figure covers only part of its runs is hatched and states
 * their number. The first value of the vertical axis is at the bottom.
 */
public final class HeatMap {
    private static final int CELL_HEIGHT = 44;
    private static final int LEAST_WIDTH = 62;
    private static final int MOST_WIDTH = 110;
    private static final int CELLS_WIDTH = 760;
    private static final int TOP = 56;
    private static final int EDGE = 12; // left of the title
    private static final int LETTER = 7; // approximate width of a letter in a label
    private static final int KEY_LINE = 22;
    private static final int KEY_WIDTH = 60;
    private static final int PATCH = 16;
    private static final int BAR_WIDTH = 240;
    private static final int HATCH = 9; // pixels between two strokes
    private static final Color NOTHING = new Color(0xC8C8C8);
    private static final Color AXIS = new Color(0x303030);
    private static final Color HATCHED = new Color(0x8C8C8C);

    private static final Map<TheoryQuantity, Canvas.Stroke> STROKES =
            Map.of(
                    TheoryQuantity.CONTRACTION,
                    Canvas.Stroke.plain(new Color(0xE6007E), 3.5),
                    TheoryQuantity.LOOP_GAIN,
                    new Canvas.Stroke(new Color(0xFF7F0E), 3.5, new double[] {10, 7}),
                    TheoryQuantity.STEP,
                    new Canvas.Stroke(new Color(0xE60000), 3.5, new double[] {3, 6}),
                    TheoryQuantity.THRESHOLD,
                    new Canvas.Stroke(new Color(0x00B7FF), 3.5, new double[] {14, 5, 3, 5}));

    private final SweepMap map;
    private final double[][] field;
    private final String title;
    private final String unit;
    private final String format;
    private final ColourScale scale;
    private final String done;
    private final int cellWidth;
    private final int left;

    /**
     * @param title above the picture
     * @param unit meaning of the colours, beside their scale
     * @param format of a figure in a cell; empty for "settled/counted"
     * @param done the runs that a figure covers, such as settled; empty for all runs
     */
    private HeatMap(
            SweepMap map,
            double[][] field,
            String title,
            String unit,
            String format,
            ColourScale scale,
            String done) {
        this.map = map;
        this.field = field;
        this.title = title;
        this.unit = unit;
        this.format = format;
        this.scale = scale;
        this.done = done;
        int columns = map.x().values().size();
        cellWidth = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, CELLS_WIDTH / columns));
        left = 50 + LETTER * longest(map.y().values());
    }

    /**
     * {@return a map of the share of runs that settled, on a scale from 0 to 1}
     *
     * @param map rows of a sweep on two axes
     */
    public static HeatMap settled(SweepMap map) {
        return new HeatMap(
                map,
                map.settled(),
                "settled runs of all runs",
                "share that settled",
                "",
                ColourScale.shares(),
                "");
    }

    /**
     * {@return a map of the median log10 of the relative error, on a scale of whole powers of ten}
     *
     * @param map rows of a sweep on two axes
     */
    public static HeatMap error(SweepMap map) {
        return new HeatMap(
                map,
                map.medianLogError(),
                "log10 of the relative error, median of the settled runs",
                "relative error",
                "%.1f",
                ColourScale.decades(map.medianLogError()),
                "settled");
    }

    /**
     * {@return a map of the mean score of the trainings that finished}
     *
     * @param map rows of a sweep on two axes
     * @param score its name, such as test accuracy
     */
    public static HeatMap score(SweepMap map, String score) {
        return new HeatMap(
                map,
                map.score(),
                score + ", mean of the finished trainings",
                score,
                "%.3f",
                ColourScale.numbers(map.score()),
                "finished");
    }

    /**
     * Writes {@code <name>.svg} and {@code <name>.png}.
     *
     * @param directory to write to
     * @param name of the files, without extension
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory, String name) throws IOException {
        int width = Math.max(left + cellWidth * columns() + 30, 640);
        int height = bottom() + 122 + KEY_LINE * (patches() + map.lines().size());
        String axes = " over %s and %s".formatted(map.x().name(), map.y().name());
        Canvas svg = new SvgCanvas(width, height, title + axes, description());
        draw(svg);
        svg.write(directory.resolve(name + ".svg"));
        if (Drawing.obstacle().isEmpty()) {
            Canvas png = new BitmapCanvas(width, height);
            draw(png);
            png.write(directory.resolve(name + ".png"));
        }
    }

    /** The axes and the figure of every cell in words. */
    private String description() {
        StringBuilder out = new StringBuilder();
        out.append(
                "A map of %s, horizontally %s, vertically %s."
                        .formatted(title, map.x().name(), map.y().name()));
        for (int y = 0; y < rows(); y++) {
            for (int x = 0; x < columns(); x++) {
                out.append(
                        " %s %s, %s %s: %s."
                                .formatted(
                                        map.x().name(),
                                        map.x().values().get(x),
                                        map.y().name(),
                                        map.y().values().get(y),
                                        text(map.cell(x, y), field[x][y])));
            }
        }
        map.lines().keySet().forEach(q -> out.append(" A line of theory: " + q.label() + "."));
        return out.toString();
    }

    private int columns() {
        return map.x().values().size();
    }

    private int rows() {
        return map.y().values().size();
    }

    private int bottom() {
        return TOP + CELL_HEIGHT * rows();
    }

    private void draw(Canvas canvas) {
        title(canvas);
        for (int x = 0; x < columns(); x++) {
            for (int y = 0; y < rows(); y++) {
                cell(canvas, x, y);
            }
        }
        axes(canvas);
        key(canvas);
        lines(canvas);
        for (int x = 0; x < columns(); x++) {
            for (int y = 0; y < rows(); y++) {
                figure(canvas, x, y);
            }
        }
    }

    /** From the left edge and in short lines, so that a narrow window shows all of it. */
    private void title(Canvas canvas) {
        String[] lines = title.split("(?<=,) ");
        for (int k = 0; k < lines.length; k++) {
            int above = lines.length - 1 - k;
            canvas.text(EDGE, 40.0 - 20 * above, lines[k], Canvas.Anchor.START, 17, AXIS);
        }
    }

    private void cell(Canvas canvas, int x, int y) {
        double px = left + (double) cellWidth * x;
        double py = bottom() - (double) CELL_HEIGHT * (y + 1);
        canvas.rectangle(px, py, cellWidth - 1.0, CELL_HEIGHT - 1.0, colour(field[x][y]));
        if (isPart(map.cell(x, y))) {
            hatch(canvas, px, py, cellWidth - 1.0, CELL_HEIGHT - 1.0);
        }
    }

    /** True if the figure of a cell excludes runs that did not settle. */
    private boolean isPart(PointSummary cell) {
        return !done.isEmpty()
                && cell != null
                && cell.settledCount() > 0
                && cell.settledCount() < cell.counted();
    }

    /** Strokes from the lower left to the upper right, cut at the edges. */
    private static void hatch(Canvas canvas, double x, double y, double width, double height) {
        Canvas.Stroke white = Canvas.Stroke.plain(Color.WHITE, 2.2);
        Canvas.Stroke grey = Canvas.Stroke.plain(HATCHED, 1.0);
        for (double at = HATCH; at < width + height; at += HATCH) {
            double x0 = x + Math.max(0.0, at - height);
            double y0 = y + Math.min(height, at);
            double x1 = x + Math.min(width, at);
            double y1 = y + Math.max(0.0, at - width);
            canvas.line(x0, y0, x1, y1, white);
            canvas.line(x0, y0, x1, y1, grey);
        }
    }

    /** Drawn over the lines, on a background of its own. */
    private void figure(Canvas canvas, int x, int y) {
        PointSummary cell = map.cell(x, y);
        boolean part = isPart(cell);
        double centre = left + cellWidth * (x + 0.5);
        double base = bottom() - CELL_HEIGHT * (double) y - (part ? 22 : 17);
        letter(canvas, centre, base, text(cell, field[x][y]), 12, colour(field[x][y]));
        if (part) {
            letter(canvas, centre, base + 15.0, count(cell), 10, colour(field[x][y]));
        }
    }

    private void letter(
            Canvas canvas, double centre, double base, String text, int size, Color ground) {
        double width = 0.62 * size * text.length() + 4.0;
        canvas.rectangle(centre - width / 2.0, base - size + 1.0, width, size + 2.0, ground);
        canvas.text(centre, base, text, Canvas.Anchor.MIDDLE, size, ink(ground));
    }

    private static Color ink(Color ground) {
        double light = 0.3 * ground.getRed() + 0.59 * ground.getGreen() + 0.11 * ground.getBlue();
        return light < 140 ? Color.WHITE : Color.BLACK;
    }

    private String text(PointSummary cell, double value) {
        if (cell == null) {
            return "not run";
        }
        if (cell.counted() == 0) {
            return "refused";
        }
        return format.isEmpty() || Double.isNaN(value)
                ? count(cell)
                : String.format(Locale.ROOT, format, value);
    }

    private static String count(PointSummary cell) {
        return cell.settledCount() + "/" + cell.counted();
    }

    private Color colour(double value) {
        return Double.isNaN(value) ? NOTHING : scale.of(value);
    }

    /** The meaning of colours, grey and hatching. */
    private void key(Canvas canvas) {
        scale.draw(canvas, left, bottom() + 72.0, BAR_WIDTH, unit, AXIS);
        String grey =
                done.isEmpty() ? "no run took place" : "no run " + done + ", or none was made";
        patch(canvas, 0, NOTHING, grey);
        if (!done.isEmpty()) {
            double y = patch(canvas, 1, scale.of(scale.most()), "n/N: only n of N runs " + done);
            hatch(canvas, left, y, KEY_WIDTH, PATCH);
        }
    }

    /** A line of the key with a colour; returns its upper edge. */
    private double patch(Canvas canvas, int line, Color colour, String text) {
        double y = keyLine(line) - PATCH / 2.0;
        canvas.rectangle(left, y, KEY_WIDTH, PATCH, colour);
        canvas.text(left + KEY_WIDTH + 10.0, y + 13, text, Canvas.Anchor.START, 13, AXIS);
        return y;
    }

    private double keyLine(int line) {
        return bottom() + 122.0 + KEY_LINE * line;
    }

    private int patches() {
        return done.isEmpty() ? 1 : 2;
    }

    private void axes(Canvas canvas) {
        List<String> xs = map.x().values();
        int room = cellWidth / LETTER;
        boolean tight = longest(xs) >= room; // a letter of space between labels
        for (int x = 0; x < xs.size(); x++) {
            double middle = left + cellWidth * (x + 0.5);
            double below = bottom() + (tight && x % 2 == 1 ? 34.0 : 18.0); // two rows of labels
            canvas.text(
                    middle,
                    below,
                    shortened(xs.get(x), 2 * room - 1),
                    Canvas.Anchor.MIDDLE,
                    12,
                    AXIS);
        }
        List<String> ys = map.y().values();
        for (int y = 0; y < ys.size(); y++) {
            double middle = bottom() - CELL_HEIGHT * (y + 0.5) + 4;
            canvas.text(left - 6.0, middle, ys.get(y), Canvas.Anchor.END, 12, AXIS);
        }
        double centre = left + cellWidth * columns() / 2.0;
        canvas.text(centre, bottom() + 56.0, map.x().name(), Canvas.Anchor.MIDDLE, 14, AXIS);
        canvas.upright(20, TOP + CELL_HEIGHT * rows() / 2.0, map.y().name(), 14);
    }

    private void lines(Canvas canvas) {
        List<String> labels = new ArrayList<>();
        map.lines()
                .forEach(
                        (quantity, pieces) -> {
                            Canvas.Stroke stroke = STROKES.get(quantity);
                            Canvas.Stroke halo = Canvas.Stroke.plain(Color.WHITE, 6.5);
                            pieces.forEach(p -> piece(canvas, p, halo));
                            pieces.forEach(p -> piece(canvas, p, stroke));
                            double y = keyLine(patches() + labels.size());
                            canvas.line(left, y, left + (double) KEY_WIDTH, y, stroke);
                            canvas.text(
                                    left + 70.0,
                                    y + 4,
                                    "theory: " + quantity.label(),
                                    Canvas.Anchor.START,
                                    13,
                                    AXIS);
                            labels.add(quantity.label());
                        });
    }

    private void piece(Canvas canvas, ContourLine.Piece p, Canvas.Stroke stroke) {
        canvas.line(pixelX(p.x0()), pixelY(p.y0()), pixelX(p.x1()), pixelY(p.y1()), stroke);
    }

    private double pixelX(double cells) {
        return left + cellWidth * (cells + 0.5);
    }

    private double pixelY(double cells) {
        return bottom() - CELL_HEIGHT * (cells + 0.5);
    }

    private static int longest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String shortened(String text, int letters) {
        return text.length() <= letters ? text : text.substring(0, Math.max(1, letters - 1)) + "~";
    }
}
