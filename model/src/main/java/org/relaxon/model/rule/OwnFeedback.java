package org.relaxon.model.rule;

import org.relaxon.model.network.Network;
import org.relaxon.model.rule.StatedEnergy.Kind;

/** Which rules run where projections have feedback weights of their own. */
final class OwnFeedback {
    private OwnFeedback() {}

    /**
     * Refuses a rule that is more than what its cells receive: one whose cells descend a joint
     * energy, of which feedback has to be a derivative.
     *
     * @throws IllegalArgumentException naming the algorithm, the reason and the projections
     */
    static void require(Rule rule, Network network, String name) {
        if (network.noEnergy().isEmpty()) {
            return;
        }
        String why = "";
        if (rule.traits().has(Trait.SENDS_CURVATURE)) {
            why = "its cells minimise a joint energy by curvatures that assume transposed weights";
        } else if (rule.traits().has(Trait.COMPLEX)) {
            why = "its nudges along a circle average the derivatives of an energy";
        } else if (rule.energy().kind() == Kind.TERM || rule.energy().isGivenByValue()) {
            why = "its cells minimise a stated energy";
        }
        if (!why.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %s, and %s".formatted(name, why, network.noEnergy()));
        }
    }
}
