package org.relaxon.tools.cli.sweep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.run.AdviceByKind.Kind;
import org.relaxon.tools.cli.text.Figures;

/**
 * Advice about the trainings of a grid that failed: what the first training of each kind itself
 * found. Nothing is trained again.
 */
final class TrainingAdvice {
    /** How the advice at the end of a reason begins. */
    private static final List<String> BEGINNINGS = List.of("; advice: ", "; a smaller rate ");

    private final Grid grid;
    private final TrainingWords words;

    TrainingAdvice(Grid grid, TrainingWords words) {
        this.grid = grid;
        this.words = words;
    }

    /** One advice per algorithm and ending. */
    AdviceByKind of(Collection<SweepRow> rows) {
        Map<String, List<SweepRow>> kinds = new LinkedHashMap<>();
        for (SweepRow row : rows) {
            if (!Double.isNaN(row.training().advisedRate())) {
                String name = words.algorithm(grid.point(row.index())) + ", " + row.reason();
                kinds.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
            }
        }
        List<Kind> out = new ArrayList<>();
        kinds.forEach((name, all) -> out.add(kind(name, all)));
        return new AdviceByKind(out, List.of());
    }

    private Kind kind(String name, List<SweepRow> all) {
        SweepRow first = all.get(0);
        GridPoint point = grid.point(first.index());
        double rate = first.training().advisedRate();
        return new Kind(
                name,
                words.algorithm(point),
                first.reason(),
                "run " + first.index(),
                all.size(),
                line(first.detail(), rate),
                words.repeat(point, rate),
                Kind.NOT_COUNTED);
    }

    /** The advice in a reason, or the rate alone where the reason was cut before it. */
    private static String line(String detail, double rate) {
        for (String beginning : BEGINNINGS) {
            int at = detail.lastIndexOf(beginning);
            if (at >= 0) {
                return detail.substring(at + 2).replaceFirst("^advice: ", "");
            }
        }
        return "--rate " + Figures.number(rate);
    }
}
