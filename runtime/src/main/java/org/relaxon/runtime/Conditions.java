package org.relaxon.runtime;

import java.util.List;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * Under which conditions cells exchange signals, beside the usual delay.
 *
 * @param discipline when a cell may relax
 * @param delivery what senders do about losses; null for what the discipline needs
 * @param faults faults that the run injects
 * @param delaysOn where signals travel for another time than elsewhere
 */
public record Conditions(
        Discipline discipline, Delivery delivery, Faults faults, List<DelayOn> delaysOn) {
    /** Eager cells without faults. */
    public static final Conditions PLAIN =
            new Conditions(Discipline.EAGER, null, Faults.NONE, List.of());

    /** {@return whether cells are eager and no fault is planned} */
    public boolean isPlain() {
        return equals(PLAIN);
    }

    /**
     * {@return the same conditions with other faults}
     *
     * @param value faults of the run
     */
    public Conditions withFaults(Faults value) {
        return new Conditions(discipline, delivery, value, delaysOn);
    }
}
