package org.relaxon.tools.cli.sweep;

import java.util.Set;
import org.relaxon.experiments.sweep.Grid;
import picocli.CommandLine.Model.CommandSpec;

/** A remark on grids in which the mean delay changes only the unit of time. */
final class TimeRemark {
    static final String TEXT =
            "delay-mean: a cell pauses for the mean delay unless --refractory states another, so that"
                    + " all times grow alike and no figure but the time depends on it";

    /** Options that set a time of their own. */
    private static final Set<String> OPTIONS =
            Set.of(
                    "--refractory",
                    "--discipline",
                    "--delay-on",
                    "--cut",
                    "--burst",
                    "--slow",
                    "--delivery",
                    "--budget-time");

    private static final Set<String> AXES = Set.of("refractory", "discipline", "delay");

    private TimeRemark() {}

    /**
     * Whether no figure of this grid that is measured in its own time depends on the mean delay.
     */
    static boolean applies(Grid grid, String host, CommandSpec spec) {
        boolean alone = grid.axes().stream().noneMatch(a -> AXES.contains(a.name()));
        boolean timed =
                OPTIONS.stream().anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
        return grid.axis("delay-mean") >= 0 && alone && !timed && host.equals("virtual");
    }
}
