package org.relaxon.experiments.reference;

import java.util.List;
import java.util.Locale;

/**
 * Whether a stationary point is a minimum of its energy.
 *
 * @param outcome the result
 * @param eigenvalue smallest one of the second derivatives; NaN unless it was needed
 * @param rounding below which an eigenvalue has no sign
 * @param direction of descent, largest components first, unit and share; empty unless a saddle
 * @param why reason for an unknown outcome; empty otherwise
 */
public record MinimumTest(
        Outcome outcome, double eigenvalue, double rounding, List<String> direction, String why) {
    /** The results of a test. */
    public enum Outcome {
        /** All second derivatives are positive beyond rounding. */
        MINIMUM,
        /** There is a direction of descent. */
        SADDLE,
        /** It cannot be determined, for the reason stated. */
        UNKNOWN
    }

    /**
     * Copies the list.
     *
     * @param outcome the result
     * @param eigenvalue smallest one of the second derivatives
     * @param rounding below which an eigenvalue has no sign
     * @param direction of descent, largest components first, unit and share
     * @param why reason for an unknown outcome
     */
    public MinimumTest {
        direction = List.copyOf(direction);
    }

    static MinimumTest minimum() {
        return new MinimumTest(Outcome.MINIMUM, Double.NaN, Double.NaN, List.of(), "");
    }

    /**
     * {@return the result of a test that was not possible}
     *
     * @param why reason, one line
     */
    public static MinimumTest unknown(String why) {
        return new MinimumTest(Outcome.UNKNOWN, Double.NaN, Double.NaN, List.of(), why);
    }

    static MinimumTest flat(double eigenvalue, double rounding) {
        String why =
                String.format(
                        Locale.ROOT,
                        "smallest eigenvalue %.3e has no certain sign: rounding and the tolerance"
                                + " leave it known to %.1e",
                        eigenvalue,
                        rounding);
        return new MinimumTest(Outcome.UNKNOWN, eigenvalue, rounding, List.of(), why);
    }

    static MinimumTest saddle(double eigenvalue, double rounding, List<String> direction) {
        return new MinimumTest(Outcome.SADDLE, eigenvalue, rounding, direction, "");
    }

    /** {@return eigenvalue and direction of a saddle in one line} */
    public String descent() {
        return String.format(
                Locale.ROOT,
                "smallest eigenvalue %.3e, direction %s",
                eigenvalue,
                String.join(" ", direction));
    }
}
