package org.relaxon.experiments.reproduction;

import org.relaxon.experiments.reproduction.published.Outcome;
import org.relaxon.experiments.reproduction.published.PublishedFigure;
import org.relaxon.model.settle.Reason;

/**
 * One run of the study of asynchrony.
 *
 * @param part which table it belongs to
 * @param scheme its row there
 * @param depth L, number of weight matrices
 * @param seed of weights, data and schedule
 * @param outcome alignment with backprop; null if it did not settle
 * @param reason why it did not settle; null if it did, or if it runs a fixed number of events
 * @param messages that cells sent; 0 for the published program, which sends none
 * @param criticalPath relaxations of the longest chain of causes; 0 for the published program
 * @param published what the authors report for this row of the table; null if nothing
 */
public record AsyncRow(
        Part part,
        String scheme,
        int depth,
        long seed,
        Outcome outcome,
        Reason reason,
        long messages,
        long criticalPath,
        PublishedFigure published) {
    /** A table of the study. */
    public enum Part {
        /** The published program under its schedules. */
        SCHEDULES("published program: schedules"),
        /** The same where one kind of read is stale. */
        STALE_READS("published program: which read is stale"),
        /** The same where layers fire above a threshold. */
        TRIGGERS("published program: triggers"),
        /** Cells of this library on the same networks. */
        CELLS("cells");

        private final String title;

        Part(String title) {
            this.title = title;
        }

        /** {@return the title of the table} */
        public String title() {
            return title;
        }
    }

    /** A run of the published program. */
    static AsyncRow of(
            Part part,
            String scheme,
            int depth,
            long seed,
            Outcome outcome,
            PublishedFigure published) {
        return new AsyncRow(part, scheme, depth, seed, outcome, null, 0, 0, published);
    }

    /** {@return true if it has a gradient} */
    public boolean settled() {
        return outcome != null;
    }
}
