package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.relaxon.tools.report.CurvePlot.Kind;
import org.relaxon.tools.report.CurvePlot.Point;

/** The curves of a training, beside those of backprop. */
final class TrainingFigures {
    private static final String EPOCHS = "epochs";
    private static final String LEARNER = "learner";

    private final CsvTable table;

    private TrainingFigures(CsvTable table) {
        this.table = table;
    }

    /**
     * {@return the figures of a training, the errors first; none if the table has more rows than
     * were kept}
     *
     * @param table a row per evaluation
     */
    static List<Figure> of(CsvTable table) {
        if (!table.has(LEARNER) || !table.has(EPOCHS) || table.size() > CsvTable.FIRST) {
            return List.of();
        }
        return new TrainingFigures(table).figures();
    }

    private List<Figure> figures() {
        List<Figure> out = new ArrayList<>();
        boolean scored = has("testAccuracy");
        String gap = gap();
        if (scored) {
            add(out, "curve", "wrong answers, %", "Accuracy", v -> 100.0 * (1.0 - v), gap);
        } else if (has("testR2")) {
            add(out, "curve", "unexplained, 1 - R2", "R2", v -> 1.0 - v, gap);
        }
        add(out, "loss", "mean loss of an example", "Loss", v -> v, "");
        return out;
    }

    private boolean has(String column) {
        return table.first().stream().anyMatch(row -> !table.cell(row, column).isEmpty());
    }

    private void add(
            List<Figure> out,
            String id,
            String label,
            String column,
            DoubleUnaryOperator shown,
            String more) {
        CurvePlot plot = new CurvePlot(EPOCHS, label, false, false);
        List<String> header = new ArrayList<>(List.of(LEARNER, "step", EPOCHS));
        boolean first = true;
        Map<String, List<List<String>>> learners = learners();
        for (Map.Entry<String, List<List<String>>> one : learners.entrySet()) {
            for (String part : List.of("test", "train")) {
                List<Point> points = new ArrayList<>();
                for (List<String> row : one.getValue()) {
                    double y = shown.applyAsDouble(Shown.parse(table.cell(row, part + column)));
                    double x = Shown.parse(table.cell(row, EPOCHS));
                    String words =
                            "%s, %s: %s at epoch %s"
                                    .formatted(
                                            one.getKey(), part, Shown.number(y), Shown.number(x));
                    points.add(new Point(x, y, words));
                }
                plot.add(one.getKey() + ", " + part, first ? Kind.CURVE : Kind.BESIDE, points);
            }
            first = false;
        }
        if (plot.isEmpty()) {
            return;
        }
        header.addAll(List.of("test" + column, "train" + column));
        List<List<String>> rows = new ArrayList<>();
        table.first().forEach(r -> rows.add(header.stream().map(n -> table.cell(r, n)).toList()));
        String sentence =
                Character.toUpperCase(label.charAt(0))
                        + label.substring(1)
                        + " over epochs, on examples to test and to train on"
                        + (learners.size() > 1 ? "; dashed: backprop" + more : "")
                        + ".";
        out.add(new Figure(id, label + " over epochs", sentence, plot, header, rows));
    }

    private Map<String, List<List<String>>> learners() {
        Map<String, List<List<String>>> out = new LinkedHashMap<>();
        for (List<String> row : table.first()) {
            out.computeIfAbsent(table.cell(row, LEARNER), k -> new ArrayList<>()).add(row);
        }
        return out;
    }

    /** How far the last test accuracy is from that of backprop at the same step. */
    private String gap() {
        List<List<List<String>>> both = new ArrayList<>(learners().values());
        if (both.size() != 2) {
            return "";
        }
        List<String> own = both.get(0).get(both.get(0).size() - 1);
        for (List<String> other : both.get(1)) {
            double gap =
                    Shown.parse(table.cell(other, "testAccuracy"))
                            - Shown.parse(table.cell(own, "testAccuracy"));
            if (table.cell(other, "step").equals(table.cell(own, "step")) && !Double.isNaN(gap)) {
                String step = " at step " + table.cell(own, "step");
                return gap == 0.0
                        ? ", whose test accuracy is the same" + step
                        : String.format(
                                Locale.ROOT,
                                ", whose test accuracy is %.2f points %s%s",
                                Math.abs(100 * gap),
                                gap < 0 ? "lower" : "higher",
                                step);
            }
        }
        return "";
    }
}
