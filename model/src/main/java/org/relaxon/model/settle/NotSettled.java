package org.relaxon.model.settle;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The settling did not end at an equilibrium, and why.
 *
 * @param reason the first that applies to the whole run or to its worst column
 * @param residual largest audited defect, NaN if the run could not be audited
 * @param detail one line for a reader
 * @param cells names of the cells beyond the tolerance, at most a few
 * @param links names of the links whose last signal did not arrive, at most a few
 * @param columns one verdict per column
 * @param settledColumns what can still be used: the columns that settled although others did not
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
     * @param detail one line for a reader
     * @param cells names of the cells beyond the tolerance, at most a few
     * @param links names of the links whose last signal did not arrive, at most a few
     * @param columns one verdict per column
     * @param settledColumns what can still be used: the columns that settled although others did
     *     not
     */
    public NotSettled {
        cells = List.copyOf(cells);
        links = List.copyOf(links);
        columns = List.copyOf(columns);
    }

    /**
     * {@return the meaning of the reason in one line} Links are named only if their last signal did
     * not arrive: where every signal arrived it does not say so.
     */
    public String meaning() {
        return reason == Reason.QUIET_AWAY_FROM_EQUILIBRIUM && !links.isEmpty()
                ? "what was said on the named links did not arrive"
                : reason.meaning();
    }

    /** For a reader: the reason, what is known of it, and the columns that can still be used. */
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
                links.isEmpty() ? "" : "; not heard: " + String.join(", ", links));
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
