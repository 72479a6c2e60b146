package org.relaxon.tools.cli.sweep;

import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.PointSummary;
import org.relaxon.experiments.sweep.SweepMap;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.process.Stop;
import org.relaxon.tools.cli.run.AdviceByKind;

/**
 * Everything that {@code sweep} and {@code stress} report, in whichever form.
 *
 * @param request the resolved configuration
 * @param kind settlings or trainings
 * @param network the first that can be built; null for trainings
 * @param noEnergy why no gradient is claimed: feedback weights of their own; empty if there is an
 *     energy
 * @param runs that were made, in grid order
 * @param failed those of them to be listed with their commands, the worst first
 * @param points figures over the seeds of each
 * @param maps over two axes each
 * @param worst settling; null for trainings
 * @param advice about runs that did not settle
 * @param whole whether no run is missing
 * @param goOn the command that computes the missing runs; null if they are not kept
 * @param stop whether the work was stopped
 */
record GridResult(
        GridRequest request,
        Kind kind,
        String network,
        String noEnergy,
        List<GridRun> runs,
        List<GridRun> failed,
        List<PointSummary> points,
        List<SweepMap> maps,
        WorstRun worst,
        AdviceByKind advice,
        boolean whole,
        String goOn,
        Stop stop) {

    GridResult {
        runs = List.copyOf(runs);
        failed = List.copyOf(failed);
        points = List.copyOf(points);
        maps = List.copyOf(maps);
    }

    /** What the runs of a grid are, and how a training is scored. */
    enum Kind {
        /** Settlings, compared with their references. */
        SETTLINGS(""),
        /** Trainings on classes, or without any score. */
        CLASSIFIERS("test accuracy"),
        /** Trainings on tasks without accuracy. */
        REGRESSIONS("test R2");

        private final String score;

        Kind(String score) {
            this.score = score;
        }

        /** The name of the score of a training. */
        String score() {
            return score;
        }

        boolean isOfTrainings() {
            return this != SETTLINGS;
        }
    }

    /** Summaries of the points of some rows. */
    static List<PointSummary> points(Grid grid, List<SweepRow> rows) {
        return PointSummary.of(grid, rows, IntStream.range(0, grid.axes().size()).boxed().toList());
    }

    Grid grid() {
        return request.grid();
    }

    /** Runs that settled or trained. */
    long good() {
        return runs.stream().filter(r -> r.row().settled()).count();
    }

    /** Runs in which a kind of fault was requested and none happened. */
    long lackingFaults() {
        return runs.stream().filter(r -> r.row().lacksFault()).count();
    }

    /** Runs that were refused before they began. */
    long refused() {
        return runs.stream().filter(r -> r.row().verdict().equals(SweepRow.REFUSED)).count();
    }

    /**
     * How the weights were drawn with which algorithms were compared; empty without such an axis.
     */
    List<String> weights() {
        if (grid().axis("algorithm") < 0) {
            return List.of();
        }
        return runs.stream()
                .map(r -> String.join(" ", r.drawn()).trim())
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether every run was made and none of them settled, so that nothing is claimed. */
    boolean isInVain() {
        return whole && good() == 0;
    }

    /** The exit code of the command. */
    int exitCode() {
        return whole && good() > 0 ? ExitCode.DONE : ExitCode.NOT_SETTLED;
    }
}
