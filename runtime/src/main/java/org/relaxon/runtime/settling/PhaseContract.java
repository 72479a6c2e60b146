package org.relaxon.runtime.settling;

import java.util.Locale;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;

/** Refuses phases that the rule of a session is not defined for. */
final class PhaseContract {
    private PhaseContract() {}

    /**
     * @throws IllegalArgumentException naming the rule and what the phase imposes
     */
    static void require(Rule rule, Phase phase) {
        if (phase.differences() && !rule.memory().isEmpty()) {
            throw new IllegalArgumentException(
                    "form: %s has memory of its own (%s), of which a phase of differences has none"
                            .formatted(rule.optionName(), rule.memory().get(0).name()));
        }
        if (!rule.accepts(phase)) {
            throw new IllegalArgumentException(
                    "algorithm: %s does not run a phase whose output is %s, with %sbeta %s and gamma %s%s"
                            .formatted(
                                    rule.optionName(),
                                    phase.output().name().toLowerCase(Locale.ROOT),
                                    phase.isComplex() ? "complex " : "",
                                    Numeral.text(phase.beta(0)),
                                    Numeral.text(phase.gamma(0)),
                                    phase.differences() ? ", in differences" : ""));
        }
    }
}
