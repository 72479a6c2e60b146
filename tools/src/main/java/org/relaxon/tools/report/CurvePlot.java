package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Points and curves over one axis, beside what theory predicts; the legend is below. */
final class CurvePlot implements Figure.Drawing {
    /** How a series is drawn. */
    enum Kind {
        POINTS,
        CURVE,
        /** Without markers, for many points. */
        LINE,
        /** Dashed, so that a curve below it that coincides is seen through the gaps. */
        BESIDE,
        /** A cross at every predicted value. */
        PREDICTED,
        /** A line of theory without points. */
        LAW
    }

    /** A point, and the words that appear beside it. */
    record Point(double x, double y, String words) {}

    private record Series(String name, Kind kind, int number, List<Point> points) {}

    private static final int LEFT = 84;
    private static final int RIGHT = 16;
    private static final int TOP = 12;
    private static final int BELOW = 58;
    private static final int PLOT = 270;
    private static final int LINE = 24;
    private static final int LETTERS = 54; // of a legend in the width

    private final String xLabel;
    private final String yLabel;
    private final boolean xLogarithmic;
    private final boolean yLogarithmic;
    private final List<Series> series = new ArrayList<>();
    private int laws;
    private int measured;

    /**
     * @param xLabel with its unit
     * @param yLabel with its unit
     */
    CurvePlot(String xLabel, String yLabel, boolean xLogarithmic, boolean yLogarithmic) {
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.xLogarithmic = xLogarithmic;
        this.yLogarithmic = yLogarithmic;
    }

    /**
     * Adds a series; points without a place on the axes are left out, and so is one without any.
     */
    void add(String name, Kind kind, List<Point> points) {
        List<Point> shown = points.stream().filter(this::isShown).toList();
        if (!shown.isEmpty()) {
            int number = kind == Kind.LAW ? laws++ : kind == Kind.PREDICTED ? 0 : measured++;
            series.add(new Series(name, kind, number, shown));
        }
    }

    /**
     * {@return the curves of several plots over each other; empty if their axes differ}
     *
     * @param names of the plots, before those of their series
     * @param plots at least one
     */
    static Optional<CurvePlot> over(List<String> names, List<CurvePlot> plots) {
        CurvePlot first = plots.get(0);
        CurvePlot out =
                new CurvePlot(first.xLabel, first.yLabel, first.xLogarithmic, first.yLogarithmic);
        for (int k = 0; k < plots.size(); k++) {
            CurvePlot one = plots.get(k);
            boolean same =
                    one.xLabel.equals(first.xLabel)
                            && one.yLabel.equals(first.yLabel)
                            && one.yLogarithmic == first.yLogarithmic;
            if (!same) {
                return Optional.empty();
            }
            for (Series s : one.series) {
                out.add(names.get(k) + ": " + s.name(), s.kind(), s.points());
            }
        }
        return Optional.of(out);
    }

    private boolean isShown(Point p) {
        return Double.isFinite(p.x())
                && Double.isFinite(p.y())
                && (!xLogarithmic || p.x() > 0)
                && (!yLogarithmic || p.y() > 0);
    }

    boolean isEmpty() {
        return measured == 0;
    }

    @Override
    public int height() {
        return TOP + PLOT + BELOW + LINE * series.size() + 4;
    }

    @Override
    public void draw(Markup svg) {
        Marks marks = new Marks(svg);
        Axis x = axis(Point::x, xLogarithmic);
        Axis y = axis(Point::y, yLogarithmic);
        frame(marks, x, y);
        for (Series one : series) {
            draw(marks, svg, one, x, y);
        }
        int row = 0;
        for (Series one : series) {
            legend(marks, one, TOP + PLOT + BELOW + LINE * row++);
        }
    }

    private Axis axis(ToDoubleFunction<Point> value, boolean logarithmic) {
        double[] all =
                series.stream().flatMap(s -> s.points().stream()).mapToDouble(value).toArray();
        return logarithmic ? Axis.decades(all) : Axis.linear(all);
    }

    private static double across(Axis x, double value) {
        return LEFT + (Figure.WIDTH - LEFT - RIGHT) * x.share(value);
    }

    private static double up(Axis y, double value) {
        return TOP + PLOT * (1.0 - y.share(value));
    }

    private void frame(Marks marks, Axis x, Axis y) {
        double right = Figure.WIDTH - RIGHT;
        double bottom = TOP + PLOT;
        for (double tick : y.ticks()) {
            marks.line(LEFT, up(y, tick), right, up(y, tick), "grid");
            marks.text(LEFT - 6.0, up(y, tick) + 5, y.label(tick), "end", "tick");
        }
        for (double tick : x.ticks()) {
            marks.line(across(x, tick), TOP, across(x, tick), bottom, "grid");
            marks.text(across(x, tick), bottom + 19, x.label(tick), "middle", "tick");
        }
        marks.line(LEFT, bottom, right, bottom, "axis");
        marks.line(LEFT, TOP, LEFT, bottom, "axis");
        marks.text((LEFT + right) / 2, bottom + 40, xLabel, "middle", "label");
        marks.upright(16, TOP + PLOT / 2.0, yLabel);
    }

    private static void draw(Marks marks, Markup svg, Series one, Axis x, Axis y) {
        List<Point> points = one.points();
        if (one.kind() != Kind.POINTS && one.kind() != Kind.PREDICTED && points.size() > 1) {
            StringBuilder shape = new StringBuilder();
            for (Point p : points) {
                shape.append(shape.isEmpty() ? "M" : "L")
                        .append(Marks.at(across(x, p.x())))
                        .append(' ')
                        .append(Marks.at(up(y, p.y())));
            }
            marks.path(shape.toString(), style(one));
            marks.title(one.name());
            svg.close();
        }
        for (Point p : points) {
            if (one.kind() == Kind.PREDICTED) {
                marks.cross(across(x, p.x()), up(y, p.y()), p.words());
            } else if (one.kind() != Kind.LAW && one.kind() != Kind.LINE) {
                marks.marker(across(x, p.x()), up(y, p.y()), one.number(), p.words());
            }
        }
    }

    private static String style(Series one) {
        int number = one.number();
        return switch (one.kind()) {
            case LAW -> "law l" + number % 3;
            case BESIDE -> "line beside s" + number % Marks.COLOURS;
            default -> "line s" + number % Marks.COLOURS;
        };
    }

    private static void legend(Marks marks, Series one, double top) {
        double middle = top + LINE / 2.0;
        if (one.kind() != Kind.POINTS && one.kind() != Kind.PREDICTED) {
            marks.line(LEFT - 44.0, middle, LEFT - 8.0, middle, style(one));
        }
        if (one.kind() == Kind.PREDICTED) {
            marks.cross(LEFT - 26.0, middle, "");
        } else if (one.kind() != Kind.LAW && one.kind() != Kind.LINE) {
            marks.marker(LEFT - 26.0, middle, one.number(), "");
        }
        String name = DrawnWords.shortened(one.name(), LETTERS);
        marks.text(LEFT, middle + 5, name, "start", "legend");
    }
}
