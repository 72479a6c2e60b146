package org.relaxon.model.cell;

import java.util.Objects;
import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;

/**
 * How a cell changes its synapses while its network settles.
 *
 * <p>Without whole updates, every relaxation is followed by -rate times the change of the local
 * update since the last one (Ernoult et al. 2020, arXiv 2005.04168, for equilibrium propagation):
 * under constant weights the changes would add up to the final local update. With them, each of the
 * first relaxations in which a cell has received a signal is followed by -rate times the local
 * update itself (Salvatori et al. 2024, arXiv 2212.00720, incremental predictive coding); then it
 * only settles.
 *
 * @param columnWeights share of every column, length B
 * @param rate learning rate times the share of a batch, finite
 * @param wholeUpdates relaxations that are followed by a whole update; 0 for increments
 */
public record Presentation(double[] columnWeights, double rate, long wholeUpdates) {
    /**
     * Checks the numbers.
     *
     * @param columnWeights share of every column, length B
     * @param rate learning rate times the share of a batch, finite
     * @param wholeUpdates relaxations that are followed by a whole update; 0 for increments
     * @throws IllegalArgumentException naming the one that is out of range
     */
    public Presentation {
        Objects.requireNonNull(columnWeights, "columnWeights");
        if (!Double.isFinite(rate)) {
            throw new IllegalArgumentException("rate: need a finite number, got " + rate);
        }
        if (wholeUpdates < 0) {
            throw new IllegalArgumentException(
                    "schedule: %d whole updates are negative".formatted(wholeUpdates));
        }
    }

    /**
     * Writes this down.
     *
     * @param out receives it
     */
    public void save(StateWriter out) {
        out.writeDoubles(columnWeights);
        out.writeDouble(rate);
        out.writeLong(wholeUpdates);
    }

    /**
     * {@return the presentation that comes next}
     *
     * @param in source of what was saved
     */
    public static Presentation load(StateReader in) {
        return new Presentation(in.readDoubles(), in.readDouble(), in.readLong());
    }
}
