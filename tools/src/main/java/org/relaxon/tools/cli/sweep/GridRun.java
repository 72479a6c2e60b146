package org.relaxon.tools.cli.sweep;

import java.util.List;
import org.relaxon.experiments.sweep.SweepRow;

/**
 * One run of a grid that was made.
 *
 * @param row its figures
 * @param values one per axis
 * @param seed of the run
 * @param drawn how its weights are drawn: scheme or file, and gain; empty texts if this is not
 *     known
 * @param strength resolved; empty without one
 * @param command that repeats it, as results record it
 */
record GridRun(
        SweepRow row,
        List<String> values,
        long seed,
        List<String> drawn,
        String strength,
        String command) {
    GridRun {
        values = List.copyOf(values);
        drawn = List.copyOf(drawn);
    }
}
