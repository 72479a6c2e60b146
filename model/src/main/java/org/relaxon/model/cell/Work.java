package org.relaxon.model.cell;

/**
 * What cells have done in a phase.
 *
 * @param synaptic multiplications by a weight in relaxations, forth and back, without the product
 *     of a clamped input, which is made once per phase
 * @param dense those that the same products would have taken as wholes; more only where products
 *     are driven by events
 * @param events operations that an event-driven accumulator of whole activities would have made:
 *     one for every activity that arrived changed and every synapse that it reaches
 * @param spikes unit steps that activities have taken on a grid, once per receiver
 */
public record Work(long synaptic, long dense, long events, long spikes) {
    /** Nothing done. */
    public static final Work NONE = new Work(0, 0, 0, 0);

    /**
     * {@return the sum}
     *
     * @param other work of other cells
     */
    public Work plus(Work other) {
        return new Work(
                synaptic + other.synaptic,
                dense + other.dense,
                events + other.events,
                spikes + other.spikes);
    }
}
