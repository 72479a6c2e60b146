package org.relaxon.experiments.check;

import java.util.List;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.network.Network;

/**
 * How far estimates of the same gradient differ: delays, granularity and hosts may change the path
 * to the equilibrium, never the equilibrium.
 */
final class Spread {
    private static final double NOTHING_COMPARED = -1.0;

    private Spread() {}

    /**
     * The largest relative difference between two estimates of the same rule and seed; NaN if no
     * two cases can be compared, or if a difference is NaN.
     */
    static double of(List<CheckCase> cases, List<ReferenceProblem> problems) {
        double worst = NOTHING_COMPARED;
        for (int a = 0; a < cases.size(); a++) {
            for (int b = a + 1; b < cases.size(); b++) {
                if (cases.get(a).label().equals(cases.get(b).label())) {
                    worst = Math.max(worst, between(cases.get(a), cases.get(b), problems));
                }
            }
        }
        return worst == NOTHING_COMPARED ? Double.NaN : worst;
    }

    private static double between(CheckCase a, CheckCase b, List<ReferenceProblem> problems) {
        double worst = NOTHING_COMPARED;
        for (int k = 0; k < Math.min(a.seeds().size(), b.seeds().size()); k++) {
            CheckSeed one = a.seeds().get(k);
            CheckSeed other = b.seeds().get(k);
            if (one.estimate() != null && other.estimate() != null) {
                Network network = problems.get(k).problem().network();
                worst =
                        Math.max(
                                worst,
                                GradientComparison.relativeDifference(
                                        network, one.estimate(), other.estimate()));
            }
        }
        return worst;
    }
}
