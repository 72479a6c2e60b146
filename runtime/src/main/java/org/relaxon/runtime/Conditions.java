package org.relaxon.runtime;

import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * Under which conditions cells exchange signals, beside the delay.
 *
 * @param discipline when a cell may relax
 * @param delivery what senders do about losses; null for what the discipline needs
 * @param faults what goes wrong on purpose
 */
public record Conditions(Discipline discipline, Delivery delivery, Faults faults) {
    /** Eager cells, and nothing goes wrong. */
    public static final Conditions PLAIN = new Conditions(Discipline.EAGER, null, Faults.NONE);

    /** True for eager cells with which nothing goes wrong. */
    public boolean isPlain() {
        return equals(PLAIN);
    }

    /** The same with other faults. */
    public Conditions withFaults(Faults value) {
        return new Conditions(discipline, delivery, value);
    }
}
