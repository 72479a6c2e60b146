package org.relaxon.experiments.reference;

/** A state declared an equilibrium is not one, as computed by the reference itself. */
public final class NotAnEquilibriumException extends IllegalArgumentException {
    /**
     * A state further than this from its equilibrium, in one neuron, does not count as one by
     * default.
     */
    public static final double FARTHEST = 1e-6;

    private static final long serialVersionUID = 1L;

    NotAnEquilibriumException(String message) {
        super(message);
    }

    /** Refuses a state that was reached but is not near the equilibrium found; NaN is not near. */
    static void requireNear(int column, double[][] found, double[][] reached, double farthest) {
        double distance = 0.0;
        for (int p = 0; p < found.length; p++) {
            for (int i = 0; i < found[p].length; i++) {
                distance = Math.max(distance, Math.abs(found[p][i] - reached[p][i]));
            }
        }
        if (!(distance <= farthest)) {
            throw new NotAnEquilibriumException(
                    "column %d: the equilibrium is %.3e away from the state reached, more than %.0e"
                            .formatted(column, distance, farthest));
        }
    }
}
