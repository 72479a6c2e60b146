package org.relaxon.runtime.observe;

import java.util.List;
import org.relaxon.model.network.CellId;

/**
 * One cell at one moment, read by the owner of the cell. Immutable, so that any thread may keep it.
 *
 * @param cell cell that was read
 * @param phaseId id of the settling, unique within its session
 * @param sequence number of this cell's frames in the phase, this one included: a gap shows a loss
 * @param relaxations times that the cell has recomputed its state in the phase
 * @param time moment of the frame since the phase began
 * @param unit unit of that moment
 * @param last whether the run has ended: the cell is read in the state that is judged
 * @param readings one for each quantity, in the order of {@link Quantity}
 */
public record Frame(
        CellId cell,
        long phaseId,
        long sequence,
        long relaxations,
        long time,
        Unit unit,
        boolean last,
        List<Reading> readings) {
    /** What a host counts as time. */
    public enum Unit {
        /** Nanoseconds of virtual time. */
        VIRTUAL_NANOS,
        /** Nanoseconds of real time. */
        WALL_NANOS,
        /** Complete sweeps, on hosts without time. */
        SWEEPS
    }

    /**
     * Copies the readings.
     *
     * @param cell cell that was read
     * @param phaseId id of the settling, unique within its session
     * @param sequence number of this cell's frames in the phase, this one included
     * @param relaxations times that the cell has recomputed its state in the phase
     * @param time moment of the frame since the phase began
     * @param unit unit of that moment
     * @param last whether the run has ended
     * @param readings one for each quantity
     */
    public Frame {
        readings = List.copyOf(readings);
    }

    /**
     * {@return the reading of one quantity}
     *
     * @param quantity one that is sampled
     * @throws IllegalArgumentException if it is not, naming those that are
     */
    public Reading reading(Quantity quantity) {
        for (Reading one : readings) {
            if (one.quantity() == quantity) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "quantity: %s is not sampled; sampled: %s"
                        .formatted(
                                quantity.optionName(),
                                readings.stream().map(r -> r.quantity().optionName()).toList()));
    }
}
