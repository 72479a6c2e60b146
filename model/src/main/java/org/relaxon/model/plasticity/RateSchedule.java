package org.relaxon.model.plasticity;

import java.util.Locale;

/**
 * How the learning rate falls over a whole training. The factor of the rate at step k of N, from k
 * = 0, is given by {@link #factor}; it is never 0, because the last step is N - 1.
 */
public enum RateSchedule {
    /** The factor 1. */
    CONSTANT,
    /** The factor 1 - k / N. */
    LINEAR,
    /** The factor (1 + cos(pi k / N)) / 2 (Loshchilov and Hutter 2017, one period). */
    COSINE;

    /**
     * Factor of the rate at a step, in (0, 1].
     *
     * @param step number of steps before this one, 0 to {@code steps} - 1
     * @param steps of the whole training
     * @return the factor
     * @throws IllegalArgumentException if the training has no such step
     */
    public double factor(long step, long steps) {
        if (step < 0 || step >= steps) {
            throw new IllegalArgumentException(
                    "step: %d is not in 0..%d, the steps of the training"
                            .formatted(step, steps - 1));
        }
        double done = (double) step / (double) steps;
        return switch (this) {
            case CONSTANT -> 1.0;
            case LINEAR -> 1.0 - done;
            case COSINE -> 0.5 * (1.0 + StrictMath.cos(StrictMath.PI * done));
        };
    }

    /** {@return whether the rate of a step depends on how long the training is} */
    public boolean dependsOnLength() {
        return this != CONSTANT;
    }

    /** {@return the name in options} */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
