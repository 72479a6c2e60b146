package org.relaxon.tools.output;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relaxon.experiments.sweep.ContourLine;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.TheoryQuantity;

/**
 * One field of a map of a sweep: cells with their figures, and the lines of theory drawn in. A cell
 * without a figure is grey. The first value of the vertical axis is at the bottom.
 */
public final class HeatMap {
    private static final int CELL_HEIGHT = 38;
    private static final int LEAST_WIDTH = 62;
    private static final int MOST_WIDTH = 110;
    private static final int CELLS_WIDTH = 760;
    private static final int TOP = 56;
    private static final int LETTER = 7; // width of one in a label, about
    private static final int KEY_LINE = 22;
    private static final Color NOTHING = new Color(0xC8C8C8);
    private static final Color AXIS = new Color(0x303030);

    /** From dark to light, even for the colour-blind (viridis, van der Walt and Smith 2015). */
    private static final int[] SCALE = {0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725};

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
    private final String format;
    private final double least;
    private final double most;
    private final int cellWidth;
    private final int left;

    private HeatMap(SweepMap map, double[][] field, String title, String format, double[] range) {
        this.map = map;
        this.field = field;
        this.title = title;
        this.format = format;
        least = range[0];
        most = range[1];
        int columns = map.x().values().size();
        cellWidth = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, CELLS_WIDTH / columns));
        left = 50 + LETTER * longest(map.y().values());
    }

    /** The share of runs that settled, on a scale from 0 to 1. */
    public static HeatMap settled(SweepMap map) {
        return new HeatMap(map, map.settled(), "settled fraction", "%.2f", new double[] {0.0, 1.0});
    }

    /** Median log10 of the relative error, on a scale from the least to the largest. */
    public static HeatMap error(SweepMap map) {
        double[][] field = map.medianLogError();
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] column : field) {
            for (double value : column) {
                if (Double.isFinite(value)) {
                    range[0] = Math.min(range[0], value);
                    range[1] = Math.max(range[1], value);
                }
            }
        }
        String title = "median log10 of the relative error, of what settled";
        return new HeatMap(map, field, title, "%.1f", range);
    }

    /** Writes {@code <name>.svg} and {@code <name>.png}. */
    public void write(Path directory, String name) throws IOException {
        int width = Math.max(left + cellWidth * columns() + 30, 620);
        int height = bottom() + 92 + KEY_LINE * map.lines().size();
        Canvas svg = new SvgCanvas(width, height);
        Canvas png = new BitmapCanvas(width, height);
        draw(svg);
        draw(png);
        svg.write(directory.resolve(name + ".svg"));
        png.write(directory.resolve(name + ".png"));
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
        canvas.text(left, 30, title, Canvas.Anchor.START, 17, AXIS);
        for (int x = 0; x < columns(); x++) {
            for (int y = 0; y < rows(); y++) {
                cell(canvas, x, y);
            }
        }
        axes(canvas);
        lines(canvas);
        for (int x = 0; x < columns(); x++) {
            for (int y = 0; y < rows(); y++) {
                figure(canvas, x, y);
            }
        }
    }

    private void cell(Canvas canvas, int x, int y) {
        double px = left + (double) cellWidth * x;
        double py = bottom() - (double) CELL_HEIGHT * (y + 1);
        canvas.rectangle(px, py, cellWidth - 1.0, CELL_HEIGHT - 1.0, colour(field[x][y]));
    }

    /** Over the lines, and below the middle, where they often are. */
    private void figure(Canvas canvas, int x, int y) {
        double value = field[x][y];
        Color fill = colour(value);
        boolean dark = 0.3 * fill.getRed() + 0.59 * fill.getGreen() + 0.11 * fill.getBlue() < 140;
        canvas.text(
                left + cellWidth * (x + 0.5),
                bottom() - CELL_HEIGHT * (double) y - 6,
                Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value),
                Canvas.Anchor.MIDDLE,
                12,
                dark ? Color.WHITE : Color.BLACK);
    }

    private Color colour(double value) {
        if (!Double.isFinite(value)) {
            return NOTHING;
        }
        double share = most > least ? (value - least) / (most - least) : 0.5;
        double at = share * (SCALE.length - 1);
        int from = Math.min((int) at, SCALE.length - 2);
        double t = at - from;
        Color a = new Color(SCALE[from]);
        Color b = new Color(SCALE[from + 1]);
        return new Color(
                mixed(a.getRed(), b.getRed(), t),
                mixed(a.getGreen(), b.getGreen(), t),
                mixed(a.getBlue(), b.getBlue(), t));
    }

    private static int mixed(int a, int b, double t) {
        return (int) Math.round(a + t * (b - a));
    }

    private void axes(Canvas canvas) {
        List<String> xs = map.x().values();
        int room = cellWidth / LETTER;
        boolean tight = longest(xs) > room;
        for (int x = 0; x < xs.size(); x++) {
            double middle = left + cellWidth * (x + 0.5);
            double below = bottom() + (tight && x % 2 == 1 ? 34.0 : 18.0); // two rows of labels
            canvas.text(
                    middle, below, shortened(xs.get(x), 2 * room), Canvas.Anchor.MIDDLE, 12, AXIS);
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
                            double y = bottom() + 78.0 + KEY_LINE * labels.size();
                            canvas.line(left, y, left + 60.0, y, stroke);
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
