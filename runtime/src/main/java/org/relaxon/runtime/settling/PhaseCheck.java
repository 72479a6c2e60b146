package org.relaxon.runtime.settling;

import java.util.Arrays;
import java.util.Locale;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.RuleContract;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.RunPlan;

/** Refuses phases that the rule of a plan does not run, naming the value and what is allowed. */
final class PhaseCheck {
    private PhaseCheck() {}

    static void require(RunPlan plan, Network network, Phase phase) {
        if (!phase.hasUnitGain()) {
            network.requireLayered(plan.rule().optionName()); // names whose gain it is
        }
        phase.validate(network);
        Resolvable.require(plan, phase);
        requireHolding(plan.rule(), phase);
        requireMemory(plan.rule(), phase);
        boolean nudged = Arrays.stream(phase.betas()).anyMatch(b -> b != 0.0);
        if (nudged && phase.output() != Phase.Output.CLAMPED) {
            RuleContract.requireNudges(plan.rule().optionName(), plan.rule(), network);
        }
        requireBetas(plan.rule(), phase);
        if (!plan.rule().accepts(phase)) {
            throw new IllegalArgumentException(
                    "algorithm: %s does not run a phase whose output is %s, with %sbeta %s and gamma %s%s%s"
                            .formatted(
                                    plan.rule().optionName(),
                                    phase.output().name().toLowerCase(Locale.ROOT),
                                    phase.isComplex() ? "complex " : "",
                                    Numeral.text(phase.beta(0)),
                                    Numeral.text(phase.gamma(0)),
                                    phase.differences() ? ", in differences" : "",
                                    phase.clamps().isEmpty() ? "" : ", with held neurons"));
        }
        MemoryEstimate.of(network, plan, phase.columns(), 1)
                .remembering(plan.rule().traits().memory(), network, phase.columns())
                .requireHeap();
    }

    /**
     * Refuses an optimiser whose steps while the network settles do not add up to one, and feedback
     * weights that follow the weights step by step.
     */
    static void requireDescent(Optimiser optimiser, Network network) {
        if (!optimiser.equals(Optimiser.sgd())) {
            throw new IllegalArgumentException(
                    "optimiser: %s; while weights change, only sgd adds up to an update"
                            .formatted(optimiser.optionName()));
        }
        for (Projection p : network.projections()) {
            if (p.hasOwnFeedback() && p.ownFeedback().learns()) {
                throw new IllegalArgumentException(
                        ("feedback: %s of projection %s changes once for every step, and weights that"
                                        + " change while the network settles have none; learn from"
                                        + " a settled state, or use random ones")
                                .formatted(p.ownFeedback(), p.name()));
            }
        }
    }

    /** Of pairs of states: where both stay minima. */
    private static void requireBetas(Rule rule, Phase phase) {
        if (rule.energy().kind() != StatedEnergy.Kind.PAIR_OF_STATES) {
            return;
        }
        for (double beta : phase.betas()) {
            if (!rule.energy().pair().accepts(beta)) {
                throw new IllegalArgumentException(
                        "beta: %s must be %s for %s"
                                .formatted(
                                        Numeral.text(beta),
                                        rule.energy().pair().betaRange(),
                                        rule.optionName()));
            }
        }
    }

    private static void requireMemory(Rule rule, Phase phase) {
        if (phase.differences() && !rule.traits().memory().isEmpty()) {
            throw new IllegalArgumentException(
                    "form: %s has memory of its own (%s), of which a phase of differences has none"
                            .formatted(rule.optionName(), rule.traits().memory().get(0).name()));
        }
    }

    /**
     * Refuses clamps beside the input under a rule whose held state is not known: where the error
     * is not the distance of activity and prediction, or the second phase is a wave that would pass
     * a held neuron.
     */
    private static void requireHolding(Rule rule, Phase phase) {
        StatedEnergy.Kind kind = rule.energy().kind();
        boolean activities = kind == StatedEnergy.Kind.HOPFIELD || kind == StatedEnergy.Kind.TERM;
        boolean errors = rule.traits().has(Trait.ERROR_FORM) && !rule.traits().has(Trait.DATAFLOW);
        if (!phase.clamps().isEmpty() && !errors && !activities) {
            throw new IllegalArgumentException(
                    ("clamp: %s; %s cannot hold neurons beside the input; predictive coding,"
                                    + " Hopfield energies and stated terms can")
                            .formatted(phase.clamps(), rule.optionName()));
        }
    }
}
