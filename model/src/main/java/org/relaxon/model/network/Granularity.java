package org.relaxon.model.network;

/**
 * How many neurons share one cell.
 *
 * @param neurons neurons per cell, at least 1; {@link Integer#MAX_VALUE} for a whole layer
 */
public record Granularity(int neurons) {
    /** One neuron per cell. */
    public static final Granularity NEURON = new Granularity(1);

    /** One population per cell. */
    public static final Granularity LAYER = new Granularity(Integer.MAX_VALUE);

    /**
     * Checks the number of neurons.
     *
     * @param neurons neurons per cell, at least 1; {@link Integer#MAX_VALUE} for a whole layer
     * @throws IllegalArgumentException if it is less than 1
     */
    public Granularity {
        if (neurons < 1) {
            throw new IllegalArgumentException(
                    "granularity: block size %d is not in 1..%d"
                            .formatted(neurons, Integer.MAX_VALUE));
        }
    }

    /**
     * Reads {@code neuron}, {@code layer} or {@code block:K}.
     *
     * @param text option value
     * @return the granularity that the text names
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    public static Granularity parse(String text) {
        if (text.equals("neuron")) {
            return NEURON;
        }
        if (text.equals("layer")) {
            return LAYER;
        }
        if (text.matches("block:[0-9]{1,9}")) {
            return new Granularity(Integer.parseInt(text.substring("block:".length())));
        }
        throw new IllegalArgumentException(
                "granularity: \"%s\" is not one of neuron, layer, block:K with K >= 1"
                        .formatted(text));
    }

    @Override
    public String toString() {
        return neurons == 1 ? "neuron" : equals(LAYER) ? "layer" : "block:" + neurons;
    }
}
