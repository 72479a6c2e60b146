package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/** Where errors are differences of activities, layers are refined and named by the same measure. */
class ActivityFormResolutionTest {
    private static Settlement settle(Problem p, Algorithm algorithm, RunPlan plan, double beta) {
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan)) {
            return GradientEstimate.of(
                            session,
                            new Method(algorithm, Estimator.ONE_SIDED, beta),
                            p.input(),
                            p.target(),
                            Budget.DEFAULT)
                    .verdict();
        }
    }

    private static Problem deep() throws IOException {
        return ProblemSpec.defaults()
                .withLayers(3, 1, 3, 2, 4, 3, 2, 3, 5, 4, 3, 8, 5, 3, 6, 5)
                .withActivation(StandardActivation.SOFTPLUS)
                .withOutputActivation(StandardActivation.SOFTPLUS)
                .withBatch(3)
                .withSeed(50)
                .build();
    }

    /** What coordinate minimisation keeps to itself at first is said where an audit misses it. */
    @Test
    void layersThatAThresholdHidesAreResolvedByASmallerOne() throws IOException {
        Algorithm clamped = Algorithms.pcClamped(Algorithms.coordinate());
        RunPlan plan = RunPlan.of(clamped.rule());
        Settled settled = assertInstanceOf(Settled.class, settle(deep(), clamped, plan, 1.0));
        for (int p = 0; p < settled.resolution().projections(); p++) {
            if (!settled.resolution().rounded().contains(p)) {
                assertTrue(settled.resolution().withheld(p) <= 1e-4, "W" + (p + 1));
            }
        }
        assertFalse(settled.resolution().rounded().contains(7));
    }

    /** A threshold that was given is kept, and the layers that it hides are named. */
    @Test
    void aGivenThresholdIsNotRefined() throws IOException {
        Algorithm clamped = Algorithms.pcClamped(Algorithms.coordinate());
        RunPlan plan = RunPlan.of(clamped.rule()).withThreshold(1e-10);
        NotSettled not = assertInstanceOf(NotSettled.class, settle(deep(), clamped, plan, 1.0));
        assertEquals(Reason.UNRESOLVED, not.reason());
    }

    /** Dead units send nothing back whatever their error: rounding hides nothing there. */
    @Test
    void aLayerThatIsCutOffIsNotNamed() throws IOException {
        for (Algorithm algorithm :
                List.of(Algorithms.pcNudge(), Algorithms.pcNudge(Algorithms.coordinate()))) {
            Problem drawn =
                    ProblemSpec.defaults()
                            .withLayers(3, 4, 4, 2)
                            .withActivation(StandardActivation.RELU)
                            .build();
            Parameters theta = drawn.network().parameters();
            Arrays.fill(theta.biases(2), -100.0);
            Network dead = drawn.network().with(theta);
            Problem p = new Problem(dead, drawn.input(), drawn.target(), "random", "dead units");
            RunPlan plan = RunPlan.of(algorithm.rule());
            Settled settled = assertInstanceOf(Settled.class, settle(p, algorithm, plan, 1e-3));
            assertEquals(List.of(), settled.resolution().rounded(), algorithm.label());
        }
    }
}
