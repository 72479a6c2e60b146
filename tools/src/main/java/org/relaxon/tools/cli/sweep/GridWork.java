package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.sweep.GridRuns;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.cli.run.AdviceByKind;

/** What is done at every point of a grid, and what a result states of it. */
interface GridWork {
    /** Makes the runs. */
    GridRuns runs();

    /**
     * Refuses a grid of which no point can run, before anything runs.
     *
     * @throws IllegalArgumentException with the first refusal
     */
    void requireOneAccepted() throws IOException;

    /** Network and data of the runs in words. */
    String problem();

    /** Settlings, or trainings by the score that these have. */
    GridResult.Kind kind(Collection<SweepRow> rows);

    /** The network of the runs; null if they name their own. */
    String network();

    /** Why the networks of the runs have no energy; empty if they have one. */
    String noEnergy();

    /** A run that was made, with its settings. */
    GridRun stated(SweepRow row);

    /** The order in which runs that failed are listed. */
    List<GridRun> worstFirst(List<GridRun> runs);

    /**
     * The run that stands for the grid.
     *
     * @param first of {@link #worstFirst}; null if no run was made
     * @return null if none does
     */
    WorstRun worst(GridRun first);

    /** Advice about runs that did not settle, by trials. */
    AdviceByKind advice(Collection<SweepRow> rows) throws IOException;

    /** Whether a network has feedback weights of its own, as far as its options state it. */
    static boolean feedsBackByItsOwn(ProblemSpec problem) {
        return problem.feedback().isPresent()
                || problem.graph().stream()
                        .flatMap(plan -> plan.projections().stream())
                        .anyMatch(e -> e.feedback() != null);
    }
}
