package org.relaxon.runtime.settling;

import java.util.Locale;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.RunPlan;

/** Refuses phases whose allowance for rounding is beyond the tolerance: any state would pass. */
final class Resolvable {
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
                                "beta: %s is too small for %s by activities: rounding leaves a"
                                        + " defect of %.1e, the tolerance is %.1e; the least beta"
                                        + " that it resolves is %.1e, and pc-nudge and fy-pc by"
                                        + " fixed point, which hold errors, have no such limit",
                                phase.beta(c),
                                plan.rule().optionName(),
                                left,
                                tolerance,
                                phase.magnitude(c) * left / tolerance));
            }
        }
    }
}
