package org.relaxon.model.settle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settling did not end at an equilibrium; states why.
 *
 * @param reason the first that applies to the whole run or to its worst column
 * @param residual largest audited defect, NaN if the run could not be audited
 * @param detail one line for display
 * @param cells names of the cells beyond the tolerance, at most a few
 * @param links names of the links whose last signal did not arrive, at most a few
 * @param columns one verdict per column
 * @param settledColumns the columns that settled although others did not; they can still be used
 */
public record NotSettled(
        Reason reason,
        double residual,
        String detail,
        List<String> cells,
        List<String> links,
        List<ColumnVerdict> columns,
        Optional<Settled> settledColumns)
        implements Settlement {
    /**
     * Copies the lists.
     *
     * @param reason the first that applies to the whole run or to its worst column
     * @param residual largest audited defect, NaN if the run could not be audited
     * @param detail one line for display
     * @param cells names of the cells beyond the tolerance, at most a few
     * @param links names of the links whose last signal did not arrive, at most a few
     * @param columns one verdict per column
     * @param settledColumns the columns that settled although others did not; they can still be
     *     used
     */
    public NotSettled {
        cells = List.copyOf(cells);
        links = List.copyOf(links);
        columns = List.copyOf(columns);
    }

    /**
     * {@return the meaning of the reason in one line} It mentions links only if their last signal
     * did not arrive.
     */
    public String meaning() {
        return reason == Reason.QUIET_AWAY_FROM_EQUILIBRIUM && !links.isEmpty()
                ? "the last signals of the named links did not arrive"
                : reason.meaning();
    }

    /** For display: the reason, its detail, and the columns that can still be used. */
    @Override
    public String toString() {
        long done = columns.stream().filter(ColumnVerdict::settled).count();
        return String.format(
                Locale.ROOT,
                "not settled, %s: %s; %d of %d columns settled, residual %.3e%s",
                reason.reportName(),
                detail,
                done,
                columns.size(),
                residual,
                links.isEmpty() ? "" : "; did not arrive: " + String.join(", ", links));
    }

    /**
     * {@return the same verdict with a longer detail}
     *
     * @param further text appended to {@link #detail}
     */
    public NotSettled with(String further) {
        return new NotSettled(
                reason, residual, detail + further, cells, links, columns, settledColumns);
    }
}
