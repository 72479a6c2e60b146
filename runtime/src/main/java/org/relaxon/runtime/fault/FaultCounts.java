package org.relaxon.runtime.fault;

/**
 * Faults that happened.
 *
 * @param dropped parcels lost by chance
 * @param cut parcels swallowed by an outage
 * @param burst parcels swallowed by a recurring outage
 * @param duplicated parcels that arrived once more
 * @param slowed relaxations after which a slow cell paused
 * @param crashes cells that lost their state
 * @param reordered parcels that were kept back until a newer one had overtaken them
 * @param held parcels kept back beyond the end of their phase, and therefore missing in it
 * @param late those of them that were put in flight in a later phase
 * @param starved parcels that waited for deliveries to other cells
 */
public record FaultCounts(
        long dropped,
        long cut,
        long burst,
        long duplicated,
        long slowed,
        long crashes,
        long reordered,
        long held,
        long late,
        long starved) {
    /** Nothing happened. */
    public static final FaultCounts NONE = new FaultCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** {@return the number of all faults together; a parcel that arrives late counts once} */
    public long total() {
        return dropped + cut + burst + duplicated + slowed + crashes + reordered + held + starved;
    }

    /**
     * {@return the sums of both counts}
     *
     * @param other counts to add
     */
    public FaultCounts plus(FaultCounts other) {
        return new FaultCounts(
                dropped + other.dropped,
                cut + other.cut,
                burst + other.burst,
                duplicated + other.duplicated,
                slowed + other.slowed,
                crashes + other.crashes,
                reordered + other.reordered,
                held + other.held,
                late + other.late,
                starved + other.starved);
    }
}
