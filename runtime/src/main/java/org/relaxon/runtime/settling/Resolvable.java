package org.relaxon.runtime.settling;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.RunPlan;

/** Refuses phases whose allowance for rounding is beyond the tolerance: any state would pass. */
final class Resolvable {
    /**
     * Roundings of a quotient, which would lift a power of ten to the next number of two digits.
     */
    private static final double SLACK = 1e-12;

    private Resolvable() {}

    /** Refuses a beta that is too small for a rule that holds activities, naming the least one. */
    static void require(RunPlan plan, Phase phase) {
        double tolerance = plan.effectiveTolerance();
        for (int c = 0; c < phase.columns(); c++) {
            double left = plan.rule().dynamics().units().roundOff(phase, c);
            if (!(left <= tolerance)) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "beta: %s is too small for cells that hold activities: rounding"
                                        + " leaves a defect of %.1e, the tolerance is %.1e; the"
                                        + " least beta that they resolve is %s. The cells of"
                                        + " pc-nudge and fy-pc by fixed point hold errors and have"
                                        + " no such limit",
                                Numeral.text(phase.beta(c)),
                                left,
                                tolerance,
                                least(phase.magnitude(c) * left / tolerance)));
            }
        }
    }

    /** Two digits of a number, not below it: the text can be typed. */
    private static String least(double beta) {
        MathContext two = new MathContext(2, RoundingMode.CEILING);
        return Numeral.text(new BigDecimal(beta * (1.0 - SLACK)).round(two).doubleValue());
    }
}
