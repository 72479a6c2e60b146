package org.relaxon.tools.cli.option;

/**
 * The step of gradient dynamics, which either option can state.
 *
 * @param dynamics as in {@code --dynamics}, with or without a step; null if it is not given
 * @param option as in {@code --step}; null if it is not given
 */
record GradientStep(String dynamics, Double option) {
    /** Begins a variant, or dynamics that state their step. */
    static final String PREFIX = "gradient:";

    private static final double PRESET = 0.3;

    /** Whether gradient dynamics were chosen. */
    boolean isChosen() {
        return dynamics != null && (dynamics + ":").startsWith(PREFIX);
    }

    /** The kind of dynamics, without a step. */
    String kind() {
        return isChosen() ? "gradient" : dynamics;
    }

    /**
     * The step.
     *
     * @throws IllegalArgumentException if it is stated twice, or is no number
     */
    double value() {
        if (!isStated()) {
            return option == null ? PRESET : option;
        }
        if (option != null) {
            requireUnstated("--step " + option);
        }
        try {
            return Double.parseDouble(dynamics.substring(PREFIX.length()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "dynamics: \"%s\" is not of the form gradient:STEP".formatted(dynamics), e);
        }
    }

    /** Refuses dynamics with a step beside another statement of it. */
    void requireUnstated(String other) {
        if (isStated()) {
            throw new IllegalArgumentException(
                    "dynamics: %s and %s both state a step; leave out one"
                            .formatted(dynamics, other));
        }
    }

    private boolean isStated() {
        return dynamics != null && dynamics.startsWith(PREFIX);
    }
}
