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
 */
public record FaultCounts(
        long dropped, long cut, long burst, long duplicated, long slowed, long crashes) {
    /** Nothing happened. */
    public static final FaultCounts NONE = new FaultCounts(0, 0, 0, 0, 0, 0);

    /** All faults together. */
    public long total() {
        return dropped + cut + burst + duplicated + slowed + crashes;
    }

    /** Both together. */
    public FaultCounts plus(FaultCounts other) {
        return new FaultCounts(
                dropped + other.dropped,
                cut + other.cut,
                burst + other.burst,
                duplicated + other.duplicated,
                slowed + other.slowed,
                crashes + other.crashes);
    }
}
