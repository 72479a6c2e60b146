package org.relaxon.experiments.paper;

/**
 * Distance of the nudged state of one layer, or of all, from the free equilibrium, over all
 * examples. Raw: not divided by beta, by the number of neurons or by the number of examples.
 *
 * @param name of the population; "total" for all that are not clamped
 * @param squared |x^beta - x^0|^2
 * @param freeSquared |x^0|^2
 */
public record StateDistance(String name, double squared, double freeSquared) {
    /** {@return |x^beta - x^0| / |x^0|; 0/0 is NaN and x/0 is infinite} */
    public double relative() {
        return Math.sqrt(squared) / Math.sqrt(freeSquared);
    }

    /** Both over the elements of two arrays of equal length. */
    static StateDistance of(String name, double[] nudged, double[] free) {
        if (nudged.length != free.length) {
            throw new IllegalArgumentException(
                    "%s: comparing %d states with %d".formatted(name, nudged.length, free.length));
        }
        double squared = 0.0;
        double freeSquared = 0.0;
        for (int k = 0; k < free.length; k++) {
            double d = nudged[k] - free[k];
            squared += d * d;
            freeSquared += free[k] * free[k];
        }
        return new StateDistance(name, squared, freeSquared);
    }

    /** The same over the elements of both. */
    StateDistance plus(String newName, StateDistance other) {
        return new StateDistance(newName, squared + other.squared, freeSquared + other.freeSquared);
    }
}
