package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.relaxon.tools.report.CurvePlot.Kind;
import org.relaxon.tools.report.CurvePlot.Point;

/** Energy and residual of a settling over time, phase after phase. */
final class CourseFigures {
    private static final List<String> COLUMNS =
            List.of("phase", "kind", "unit", "time", "relaxations", "energy", "residual");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int ENDS_MAX = 4;

    private record Moment(int phase, String kind, double at, double energy, double residual) {}

    private final CsvTable table;
    private final String words;
    private final boolean timed;
    private final boolean sweeps;
    private final List<Moment> moments;

    private CourseFigures(CsvTable table, String words) {
        this.table = table;
        this.words = words;
        timed = table.kept().stream().anyMatch(r -> number(r, "time") > 0);
        sweeps = table.kept().stream().anyMatch(r -> table.cell(r, "unit").equals("sweeps"));
        moments = moments();
    }

    /**
     * {@return the figures; none where the run has no such table}
     *
     * @param table energy and residual; empty for none
     * @param result states what was repeated
     */
    static List<Figure> of(Optional<CsvTable> table, JsonNode result) {
        boolean any =
                table.isPresent()
                        && !table.get().kept().isEmpty()
                        && COLUMNS.stream().allMatch(table.get()::has);
        return any
                ? new CourseFigures(table.get(), words(result) + " First example.").figures()
                : List.of();
    }

    /** What was repeated, in a sentence; of a check, its worst case. */
    static String words(JsonNode result) {
        JsonNode course = result.path("course");
        String settling = result.has("cases") ? "the worst case" : "the settling";
        String which =
                course.path("whole").asBoolean(true)
                        ? settling
                        : "the first %s messages of %s"
                                .formatted(Shown.value(course.path("messages")), settling);
        return "Recorded while %s was repeated on the host %s%s."
                .formatted(
                        which,
                        course.path("host").asText("virtual"),
                        course.path("sameEvents").asBoolean() ? ", with the same events" : "");
    }

    private double number(List<String> row, String column) {
        return Shown.parse(table.cell(row, column));
    }

    /** Phases follow each other on one axis. */
    private List<Moment> moments() {
        List<Moment> out = new ArrayList<>();
        double offset = 0.0;
        double last = 0.0;
        int phase = -1;
        for (List<String> row : table.kept()) {
            int own = (int) number(row, "phase");
            if (own != phase) {
                offset = last;
                phase = own;
            }
            double at = timed ? number(row, "time") : number(row, "relaxations");
            last = offset + (timed && !sweeps ? at / NANOS_PER_MILLI : at);
            out.add(
                    new Moment(
                            own,
                            table.cell(row, "kind"),
                            last,
                            number(row, "energy"),
                            number(row, "residual")));
        }
        return out;
    }

    private List<Figure> figures() {
        List<Figure> out = new ArrayList<>();
        Map<Integer, Double> ends = new TreeMap<>();
        moments.forEach(m -> ends.merge(m.phase(), m.energy(), (a, b) -> Double.isNaN(b) ? a : b));
        ends.values().removeIf(v -> Double.isNaN(v));
        figure(
                        "course-energy",
                        "energy over time",
                        "Energy of all cells above that at the end of its phase (%s), at the signals"
                                        .formatted(named(ends))
                                + " that they have received; it can lie below while signals are in"
                                + " flight, which has no place on this axis. ",
                        "energy above the end of its phase",
                        m -> m.energy() - ends.getOrDefault(m.phase(), Double.NaN))
                .ifPresent(out::add);
        figure(
                        "course-residual",
                        "residual over time",
                        "Largest distance of a neuron from the minimum of its cell's energy, at its"
                                + " last relaxation; 0 has no place on this axis. ",
                        "residual",
                        Moment::residual)
                .ifPresent(out::add);
        return out;
    }

    private String named(Map<Integer, Double> ends) {
        List<String> out = new ArrayList<>();
        Map<Integer, String> kinds = kinds();
        ends.forEach(
                (phase, end) ->
                        out.add("%s phase: %s".formatted(kinds.get(phase), Shown.number(end))));
        return out.size() <= ENDS_MAX
                ? String.join(", ", out)
                : String.join(", ", out.subList(0, ENDS_MAX)) + " and so on";
    }

    private Map<Integer, String> kinds() {
        Map<Integer, String> out = new LinkedHashMap<>();
        moments.forEach(m -> out.put(m.phase(), m.kind()));
        return out;
    }

    private Optional<Figure> figure(
            String id, String title, String caption, String label, ToDoubleFunction<Moment> value) {
        String axis = sweeps ? "sweeps" : timed ? "virtual time, ms" : "relaxations of all cells";
        CurvePlot plot = new CurvePlot(axis, label, false, true);
        kinds().forEach(
                        (phase, kind) -> {
                            List<Point> points = new ArrayList<>();
                            for (Moment m : moments) {
                                if (m.phase() == phase) {
                                    points.add(new Point(m.at(), value.applyAsDouble(m), ""));
                                }
                            }
                            plot.add(kind + " phase", Kind.LINE, points);
                        });
        List<List<String>> rows =
                table.kept().stream()
                        .map(r -> COLUMNS.stream().map(c -> table.cell(r, c)).toList())
                        .toList();
        return plot.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(id, title, caption + words, plot, COLUMNS, rows));
    }
}
