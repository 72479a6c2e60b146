package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A row per subject, with the values of several quantities over one axis; the legend is below. */
final class RowPlot implements Figure.Drawing {
    private record Value(int quantity, double at, String words) {}

    private record Row(String name, List<Value> values) {}

    /** Stands for the quantity that theory predicts, drawn as crosses. */
    static final String PREDICTED = "predicted by theory";

    private static final int SIDE = 26;
    private static final int TOP = 6;
    private static final int ROW = 40;
    private static final int BELOW = 56;
    private static final int LINE = 24;
    private static final int SHORT = 6; // letters of a label that has a place at every tick
    private static final int LETTERS = 58;

    private final String label;
    private final boolean logarithmic;
    private final List<String> quantities;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param label of the axis, with its unit
     * @param quantities names of what is drawn, for the legend
     */
    RowPlot(String label, boolean logarithmic, List<String> quantities) {
        this.label = label;
        this.logarithmic = logarithmic;
        this.quantities = List.copyOf(quantities);
    }

    /**
     * Adds the values of one quantity to the row of this name, which may be new.
     *
     * @param quantity its index
     * @param at the value; left out where it has no place on the axis
     */
    void add(String row, int quantity, double at, String words) {
        if (!Double.isFinite(at) || logarithmic && !(at > 0)) {
            return;
        }
        for (Row one : rows) {
            if (one.name().equals(row)) {
                one.values().add(new Value(quantity, at, words));
                return;
            }
        }
        Row made = new Row(row, new ArrayList<>());
        made.values().add(new Value(quantity, at, words));
        rows.add(made);
    }

    /**
     * {@return the rows of several plots, those of one name below each other; empty if they show
     * other quantities}
     *
     * @param names of the plots, before those of their rows
     * @param plots at least one
     */
    static Optional<RowPlot> over(List<String> names, List<RowPlot> plots) {
        RowPlot first = plots.get(0);
        RowPlot out = new RowPlot(first.label, first.logarithmic, first.quantities);
        Set<String> rows = new LinkedHashSet<>();
        plots.forEach(p -> p.rows.forEach(r -> rows.add(r.name())));
        for (String row : rows) {
            for (int k = 0; k < plots.size(); k++) {
                RowPlot one = plots.get(k);
                if (!one.quantities.equals(first.quantities) || !one.label.equals(first.label)) {
                    return Optional.empty();
                }
                String name = names.get(k) + ": " + row;
                one.rows.stream()
                        .filter(r -> r.name().equals(row))
                        .flatMap(r -> r.values().stream())
                        .forEach(v -> out.add(name, v.quantity(), v.at(), v.words()));
            }
        }
        return Optional.of(out);
    }

    /** Number of rows with a value. */
    int size() {
        return rows.size();
    }

    @Override
    public int height() {
        return TOP
                + ROW * rows.size()
                + BELOW
                + (quantities.size() > 1 ? LINE * quantities.size() : 0);
    }

    @Override
    public void draw(Markup svg) {
        Marks marks = new Marks(svg);
        double[] all =
                rows.stream().flatMap(r -> r.values().stream()).mapToDouble(Value::at).toArray();
        Axis axis = logarithmic ? Axis.decades(all) : Axis.linear(all);
        double bottom = TOP + (double) ROW * rows.size();
        List<Double> ticks = axis.ticks();
        int every = ticks.stream().anyMatch(t -> axis.label(t).length() > SHORT) ? 2 : 1;
        for (int k = 0; k < ticks.size(); k++) {
            double x = across(axis, ticks.get(k));
            marks.line(x, TOP, x, bottom, "grid");
            boolean last = k == ticks.size() - 1;
            String anchor = k == 0 ? "start" : last ? "end" : "middle"; // within the picture
            if (k % every == 0 && (k == 0 || !last || every == 1)) {
                double shift = k == 0 ? -SIDE / 2.0 : last ? SIDE / 2.0 : 0.0;
                marks.text(x + shift, bottom + 20, axis.label(ticks.get(k)), anchor, "tick");
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            double top = TOP + (double) ROW * r;
            String name = DrawnWords.shortened(rows.get(r).name(), LETTERS);
            marks.text(SIDE, top + 15, name, "start", "row");
            marks.line(SIDE, top + 29, Figure.WIDTH - (double) SIDE, top + 29, "grid");
            rows.get(r).values().forEach(v -> mark(marks, across(axis, v.at()), top + 29, v));
        }
        marks.text(Figure.WIDTH / 2.0, bottom + 40, label, "middle", "label");
        for (int k = 0; k < quantities.size() && quantities.size() > 1; k++) {
            double middle = bottom + BELOW + LINE * k + 6;
            mark(marks, SIDE + 10.0, middle, new Value(k, 0.0, ""));
            marks.text(SIDE + 28.0, middle + 5, quantities.get(k), "start", "legend");
        }
    }

    private void mark(Marks marks, double x, double y, Value value) {
        if (quantities.get(value.quantity()).equals(PREDICTED)) {
            marks.cross(x, y, value.words());
        } else {
            marks.marker(x, y, value.quantity(), value.words());
        }
    }

    private static double across(Axis axis, double value) {
        return SIDE + (Figure.WIDTH - 2.0 * SIDE) * axis.share(value);
    }
}
