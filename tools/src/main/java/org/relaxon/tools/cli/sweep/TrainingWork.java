package org.relaxon.tools.cli.sweep;

import java.util.Collection;
import java.util.List;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.cli.run.AdviceByKind;

/** A grid of trainings: their test accuracies, or R2 for tasks without accuracy. */
record TrainingWork(TrainingRuns runs) implements GridWork {
    @Override
    public String problem() {
        return runs.words().description();
    }

    @Override
    public void requireOneAccepted() {
        runs.requireOneAccepted();
    }

    @Override
    public GridResult.Kind kind(Collection<SweepRow> rows) {
        boolean classes = rows.stream().anyMatch(r -> !Double.isNaN(r.training().testAccuracy()));
        boolean none = rows.stream().allMatch(r -> Double.isNaN(r.training().score()));
        return classes || none ? GridResult.Kind.CLASSIFIERS : GridResult.Kind.REGRESSIONS;
    }

    @Override
    public String network() {
        return null;
    }

    @Override
    public String noEnergy() {
        return runs.words().noEnergy();
    }

    @Override
    public GridRun stated(SweepRow row) {
        GridPoint point = runs.grid().point(row.index());
        return new GridRun(
                row,
                point.values(),
                point.seed(),
                runs.words().weights(point),
                "",
                runs.words().repeat(point));
    }

    /** In grid order. */
    @Override
    public List<GridRun> worstFirst(List<GridRun> made) {
        return made;
    }

    /** Trainings are not measured by one of them. */
    @Override
    public WorstRun worst(GridRun first) {
        return null;
    }

    @Override
    public AdviceByKind advice(Collection<SweepRow> rows) {
        return new TrainingAdvice(runs.grid(), runs.words()).of(rows);
    }
}
