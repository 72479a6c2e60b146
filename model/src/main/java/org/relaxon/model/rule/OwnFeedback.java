package org.relaxon.model.rule;

import java.util.stream.Collectors;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Projection;
import org.relaxon.model.rule.StatedEnergy.Kind;

/** Which rules run where projections have feedback weights of their own. */
final class OwnFeedback {
    private OwnFeedback() {}

    private static String projections(Network network) {
        return network.projections().stream()
                .filter(Projection::hasOwnFeedback)
                .map(Projection::name)
                .collect(Collectors.joining(", "));
    }

    /**
     * Refuses a rule that is more than what its cells receive: one whose cells descend a joint
     * energy, of which feedback has to be a derivative.
     *
     * @throws IllegalArgumentException naming the algorithm, the reason and what to take instead
     */
    static void require(Rule rule, Network network, String name) {
        if (network.noEnergy().isEmpty()) {
            return;
        }
        String what = "";
        String instead = "";
        if (rule.traits().has(Trait.SENDS_CURVATURE)) {
            what = "a joint energy that cells minimise by curvatures of transposed weights";
            instead = "take dynamics without curvatures such as fixed-point, or ";
        } else if (rule.traits().has(Trait.COMPLEX)) {
            what = "an average of an energy's derivatives along a circle";
            instead = "take an algorithm with real activities such as ep, or ";
        } else if (rule.energy().kind() == Kind.TERM || rule.energy().isGivenByValue()) {
            what = "a stated energy that cells minimise";
        }
        if (!what.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %s is not combined with feedback weights of their own (projection %s): %sleave out the feedback weights"
                            .formatted(name, what, projections(network), instead));
        }
    }
}
