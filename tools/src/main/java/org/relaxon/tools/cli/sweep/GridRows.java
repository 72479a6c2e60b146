package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.relaxon.experiments.sweep.Grid;
import org.relaxon.experiments.sweep.GridRuns;
import org.relaxon.experiments.sweep.Journal;
import org.relaxon.experiments.sweep.Shard;
import org.relaxon.experiments.sweep.SweepExecutor;
import org.relaxon.experiments.sweep.SweepListener;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.run.WorkProgress;

/**
 * The rows of a grid: computed here and stored as they are finished, or joined from parts computed
 * elsewhere.
 */
final class GridRows {
    private final OutputOptions output;
    private final Interruption interruption;
    private final PrintWriter err;
    private volatile boolean unwritten;

    GridRows(OutputOptions output, Interruption interruption, PrintWriter err) {
        this.output = output;
        this.interruption = interruption;
        this.err = err;
    }

    /** The number of runs of a grid that this process computes. */
    static int owned(Grid grid, Shard shard) {
        return (int) grid.all().stream().filter(p -> shard.owns(p.index())).count();
    }

    /**
     * Computes missing runs.
     *
     * @param parallel number of runs at the same time
     * @param directory that stores every row at once; null for none
     * @return all rows of the shard, including those of the directory
     */
    Map<Integer, SweepRow> made(GridRuns runs, Shard shard, int parallel, SweepDirectory directory)
            throws IOException {
        Map<Integer, SweepRow> done = directory == null ? Map.of() : directory.journal().rows();
        int before = (int) done.keySet().stream().filter(shard::owns).count();
        int total = owned(runs.grid(), shard);
        BooleanSupplier stop = () -> interruption.asked() || unwritten;
        Map<Integer, SweepRow> all;
        try (WorkProgress progress = WorkProgress.of(output, err, "rows", before, total)) {
            SweepListener listener =
                    row -> {
                        keep(row, directory);
                        progress.finished(row.settled());
                    };
            all = new SweepExecutor(runs, parallel).run(shard, done, listener, stop);
        }
        all.keySet().removeIf(index -> !shard.owns(index));
        return all;
    }

    /** A row that cannot be written is kept for stdout, and no further run begins. */
    private void keep(SweepRow row, SweepDirectory directory) {
        if (directory == null) {
            return;
        }
        try {
            directory.journal().finished(row);
        } catch (IOException e) {
            output.lost(e, directory.path());
            unwritten = true;
        }
    }

    /**
     * Joins the journals of parts.
     *
     * @throws IllegalArgumentException if one is missing, or two differ
     */
    static Map<Integer, SweepRow> merged(List<Path> parts, Grid grid, SweepConfig config)
            throws IOException {
        Map<Integer, SweepRow> all = new TreeMap<>();
        for (Path part : parts) {
            SweepDirectory.requireSame("merge", part, config);
            for (SweepRow row : Journal.read(part, config.hash(), grid).values()) {
                SweepRow other = all.putIfAbsent(row.index(), row);
                if (other != null && !other.cells().equals(row.cells())) {
                    throw new IllegalArgumentException(
                            "merge: run %d of %s differs from that of another part"
                                    .formatted(row.index(), part));
                }
            }
        }
        if (all.size() < grid.size()) {
            int missing = 0;
            while (all.containsKey(missing)) {
                missing++;
            }
            throw new IllegalArgumentException(
                    "merge: %d of %d runs are missing, the first is number %d"
                            .formatted(grid.size() - all.size(), grid.size(), missing));
        }
        return all;
    }

    /** True if a row could not be written. */
    boolean unwritten() {
        return unwritten;
    }
}
