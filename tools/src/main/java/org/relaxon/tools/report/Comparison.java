package org.relaxon.tools.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs of one kind side by side: what was requested differently, and their figures together. */
final class Comparison {
    private static final int RUNS_MAX = 6; // that are distinct in a figure
    private static final int SETTINGS_MAX = 200;
    private static final int ROWS_MAX = 40; // of a figure
    private static final Set<String> ELSEWHERE =
            Set.of("command", "version", "optionsShown", "goOn", "stoppedBy", "certificate");

    private final List<RunFiles> runs;
    private final List<String> names = new ArrayList<>();

    private Comparison(List<RunFiles> runs) {
        this.runs = runs;
        for (int k = 0; k < runs.size(); k++) {
            names.add(k < 26 ? Character.toString('A' + k) : "run " + (k + 1));
        }
    }

    /**
     * {@return what compares these runs; empty unless there are several, of one kind}
     *
     * @param runs in the order of their letters
     */
    static Optional<Comparison> of(List<RunFiles> runs) {
        RunKind kind = runs.isEmpty() ? RunKind.UNKNOWN : RunKind.of(runs.get(0));
        boolean one = runs.stream().allMatch(r -> RunKind.of(r) == kind);
        return runs.size() > 1 && one && kind != RunKind.UNKNOWN
                ? Optional.of(new Comparison(runs))
                : Optional.empty();
    }

    /** The letter of each run. */
    List<String> names() {
        return names;
    }

    /** Writes the settings that differ. */
    void settings(Page page) {
        List<Map<String, String>> all = new ArrayList<>();
        Set<String> keys = new LinkedHashSet<>();
        for (RunFiles run : runs) {
            Map<String, String> own = new LinkedHashMap<>();
            flatten(own, "", run.config());
            own.keySet().removeIf(key -> own.containsKey("--" + key)); // stated as options
            keys.addAll(own.keySet());
            all.add(own);
        }
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> values = all.stream().map(o -> o.getOrDefault(key, "-")).toList();
            if (values.stream().distinct().count() > 1) {
                List<String> row = new ArrayList<>(List.of(key));
                row.addAll(values);
                rows.add(row);
            }
        }
        page.heading("What differs");
        if (rows.isEmpty()) {
            page.paragraph("All settings are the same.");
            return;
        }
        List<String> header = new ArrayList<>(List.of("setting"));
        header.addAll(names);
        page.table("Settings that differ; all others are the same.", header, rows, SETTINGS_MAX);
    }

    private static void flatten(Map<String, String> out, String above, JsonNode node) {
        node.properties()
                .forEach(
                        e -> {
                            String name = above.isEmpty() ? e.getKey() : above + " " + e.getKey();
                            boolean options = above.isEmpty() && e.getKey().equals("options");
                            JsonNode value = e.getValue();
                            if (ELSEWHERE.contains(e.getKey())) {
                                return;
                            }
                            if (value.isObject()) {
                                flatten(out, options ? "" : name, value);
                            } else if (value.isArray() && value.path(0).isObject()) {
                                for (int k = 0; k < value.size(); k++) {
                                    flatten(out, "%s %d".formatted(name, k + 1), value.get(k));
                                }
                            } else {
                                out.put(name, Shown.value(value));
                            }
                        });
    }

    /** Writes the figures that all runs have, those of all runs over each other. */
    void figures(Page page) {
        if (runs.size() > RUNS_MAX) {
            page.heading("Figures");
            page.missing(
                    "figures over each other, of which at most %d runs are distinct; there are %d."
                            .formatted(RUNS_MAX, runs.size()));
            return;
        }
        List<List<Figure>> drawn =
                runs.stream().map(r -> RunFigures.of(r, RunKind.of(r)).drawn()).toList();
        boolean any = false;
        for (Figure first : drawn.get(0)) {
            List<Figure> same = new ArrayList<>();
            for (List<Figure> of : drawn) {
                of.stream().filter(f -> f.id().equals(first.id())).findFirst().ifPresent(same::add);
            }
            Optional<Figure> joined = same.size() == runs.size() ? over(same) : Optional.empty();
            if (joined.isPresent() && !any) {
                page.heading("Figures");
                any = true;
            }
            joined.ifPresent(page::figure);
        }
    }

    private Optional<Figure> over(List<Figure> same) {
        Optional<? extends Figure.Drawing> drawing = drawing(same);
        Figure first = same.get(0);
        boolean equal = same.stream().allMatch(f -> f.header().equals(first.header()));
        if (drawing.isEmpty() || !equal) {
            return Optional.empty();
        }
        List<String> header = new ArrayList<>(List.of("run"));
        header.addAll(first.header());
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < same.size(); k++) {
            for (List<String> row : same.get(k).rows()) {
                List<String> own = new ArrayList<>(List.of(names.get(k)));
                own.addAll(row);
                rows.add(own);
            }
        }
        String title = first.title();
        return Optional.of(
                new Figure(
                        first.id(),
                        title + ", of all runs",
                        Character.toUpperCase(title.charAt(0))
                                + title.substring(1)
                                + ", of all runs; their pages explain it.",
                        drawing.get(),
                        header,
                        rows));
    }

    private Optional<? extends Figure.Drawing> drawing(List<Figure> same) {
        List<Figure.Drawing> all = same.stream().map(Figure::drawing).toList();
        if (all.stream().allMatch(CurvePlot.class::isInstance)) {
            return CurvePlot.over(names, all.stream().map(CurvePlot.class::cast).toList());
        }
        if (all.stream().allMatch(RowPlot.class::isInstance)) {
            return RowPlot.over(names, all.stream().map(RowPlot.class::cast).toList())
                    .filter(p -> p.size() <= ROWS_MAX);
        }
        return Optional.empty();
    }
}
