package org.relaxon.runtime;

import java.util.List;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;

/**
 * The conditions under which cells exchange signals, apart from the usual delay.
 *
 * @param discipline when a cell may relax
 * @param delivery how senders handle losses; null for the delivery that the discipline needs
 * @param faults faults that the run injects
 * @param delaysOn links with travel times of their own
 */
public record Conditions(
        Discipline discipline, Delivery delivery, Faults faults, List<DelayOn> delaysOn) {
    /** Eager cells without faults. */
    public static final Conditions PLAIN =
            new Conditions(Discipline.EAGER, null, Faults.NONE, List.of());

    /**
     * Copies the list.
     *
     * @param discipline when a cell may relax
     * @param delivery how senders handle losses; null for the delivery that the discipline needs
     * @param faults faults that the run injects
     * @param delaysOn links with travel times of their own
     */
    public Conditions {
        delaysOn = List.copyOf(delaysOn);
    }

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

    Conditions withDelivery(Delivery value) {
        return new Conditions(discipline, value, faults, delaysOn);
    }

    Conditions withDiscipline(Discipline value) {
        return new Conditions(value, delivery, faults, delaysOn);
    }

    /** {@return whether senders repeat parcels that are not confirmed} */
    public boolean repeats() {
        return delivery == null ? discipline.isInStep() : delivery == Delivery.RELIABLE_LATEST;
    }

    /**
     * Refuses conditions that cannot work together.
     *
     * @throws IllegalArgumentException naming them
     */
    void requireConsistent() {
        if (discipline.isInStep() && !repeats()) {
            throw new IllegalArgumentException(
                    "delivery: %s needs reliable-latest, because a lost turn is a deadlock"
                            .formatted(discipline));
        }
        if (faults.overtakes() && discipline.kind() == Discipline.Kind.TURN_TAKING) {
            throw new IllegalArgumentException(
                    "reorder: under turn-taking a cell sends nothing before it is answered,"
                            + " so nothing can be overtaken");
        }
    }
}
