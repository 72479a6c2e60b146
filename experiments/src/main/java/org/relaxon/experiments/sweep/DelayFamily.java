package org.relaxon.experiments.sweep;

import java.util.List;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;

/** Families of delay with one parameter, the mean. */
public final class DelayFamily {
    /** The names, in the order of heavier tails. */
    public static final List<String> NAMES =
            List.of("constant", "uniform", "exponential", "pareto");

    private static final double SHAPE = 1.5; // no variance; the mean is 3 x the least delay

    private DelayFamily() {}

    /**
     * Refuses a name that is not a family.
     *
     * @param name of a family
     * @throws IllegalArgumentException naming it and the allowed names
     */
    public static void require(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "delay-family: \"%s\" is not one of %s"
                            .formatted(name, String.join(", ", NAMES)));
        }
    }

    /**
     * {@return the member with this mean: uniform from 0 to twice the mean, Pareto with shape 1.5}
     *
     * @param name of a family
     * @param mean nanoseconds; 0 for no delay
     */
    public static DelayModel of(String name, long mean) {
        require(name);
        if (mean == 0) {
            return Delays.none();
        }
        return switch (name) {
            case "constant" -> Delays.constant(mean);
            case "uniform" -> Delays.uniform(0, 2 * mean);
            case "exponential" -> Delays.exponential(mean);
            default -> Delays.pareto(Math.round(mean * (SHAPE - 1.0) / SHAPE), SHAPE);
        };
    }
}
