package org.relaxon.experiments.check;

import java.util.List;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.model.network.Network;

/**
 * How far estimates of the same gradient differ: delays, granularity and hosts may change the path
 * to the equilibrium, never the equilibrium.
 *
 * @param compared pairs of estimates
 * @param largest relative difference between two of a pair; NaN if one is NaN, or without pairs
 */
record Spread(long compared, double largest) {
    private static final Spread NONE = new Spread(0, Double.NaN);

    /** Compares all estimates of the same rule and seed. */
    static Spread of(List<CheckCase> cases, List<ReferenceProblem> problems) {
        Spread out = NONE;
        for (int a = 0; a < cases.size(); a++) {
            for (int b = a + 1; b < cases.size(); b++) {
                if (cases.get(a).label().equals(cases.get(b).label())) {
                    out = out.with(cases.get(a), cases.get(b), problems);
                }
            }
        }
        return out;
    }

    private Spread with(CheckCase a, CheckCase b, List<ReferenceProblem> problems) {
        Spread out = this;
        for (int k = 0; k < Math.min(a.seeds().size(), b.seeds().size()); k++) {
            CheckSeed one = a.seeds().get(k);
            CheckSeed other = b.seeds().get(k);
            if (one.estimate() != null && other.estimate() != null) {
                Network network = problems.get(k).problem().network();
                out =
                        out.with(
                                GradientComparison.relativeDifference(
                                        network, one.estimate(), other.estimate()));
            }
        }
        return out;
    }

    /** With one more pair. */
    Spread with(double difference) {
        double most = compared == 0 ? difference : Math.max(largest, difference); // NaN stays
        return new Spread(compared + 1, most);
    }
}
