package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.PredictiveCodingEnergy;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.rule.Trait;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Errors shrink from layer to layer, and every layer is resolved all the same: of chains with up to
 * 128 weight layers each projection's update is the backprop gradient's, for about two messages per
 * layer. Beta is the largest at which the equilibrium itself, by independent sweeps, lies within
 * 1e-5 of backprop in every projection.
 */
class DeepResolutionTest {
    private static final double TOLERANCE = 1e-4;

    private static Problem chain(int depth, int width, double gain) throws IOException {
        int[] layers = new int[depth + 1];
        Arrays.fill(layers, width);
        return ProblemSpec.defaults().withLayers(layers).withGain(gain).build();
    }

    private static Parameters backprop(Problem p) {
        return Backprop.of(p.network())
                .gradient(p.network().parameters(), p.input(), p.target())
                .gradient();
    }

    private static double largestBeta(Problem p) {
        for (double beta : new double[] {1e-6, 1e-9, 1e-12}) {
            Parameters ideal =
                    PredictiveCodingEnergy.nudged(
                                    p.network(),
                                    Divergence.SQUARED_DISTANCE,
                                    beta,
                                    p.input(),
                                    p.target())
                            .sweptGradient(p.network().parameters())
                            .orElseThrow();
            if (compare(p.network(), ideal, backprop(p)).stream()
                    .allMatch(one -> one.relativeError() <= 1e-5)) {
                return beta;
            }
        }
        throw new AssertionError("no beta is small enough");
    }

    private static List<ProjectionComparison> compare(Network n, Parameters g, Parameters r) {
        return GradientComparison.of(n, g, r).projections();
    }

    /** Largest of (1 - cosine) / 1e-6 and |norm ratio - 1| / 1e-3 over all projections. */
    private static double excess(List<ProjectionComparison> parts) {
        double most = 0.0;
        for (ProjectionComparison one : parts) {
            double turned = one.oneMinusCosine() == null ? 1.0 : one.oneMinusCosine();
            most = Math.max(most, turned / 1e-6);
            most = Math.max(most, Math.abs(one.normRatio() - 1.0) / 1e-3); // hands NaN on
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({"50, 8, 1", "50, 8, 1.6", "128, 32, 1", "128, 32, 1.6"})
    void everyLayerOfADeepChainIsResolvedForTwoMessagesPerLayer(int depth, int width, double gain)
            throws IOException {
        Problem p = chain(depth, width, gain);
        double beta = largestBeta(p);
        for (boolean delayed : new boolean[] {false, true}) {
            DelayModel delay = delayed ? Delays.exponential(1_000_000) : Delays.none();
            RunPlan plan =
                    RunPlan.of(new PredictiveCoding()).withTolerance(TOLERANCE).withDelay(delay);
            try (Host host = new VirtualHost();
                    Session session = host.open(p.network(), plan)) {
                Settlement end =
                        session.settle(
                                Estimator.ONE_SIDED.phase(p.input(), p.target(), beta),
                                Budget.DEFAULT);
                Settled settled = assertInstanceOf(Settled.class, end);
                Parameters local = session.update(settled, Estimator.ONE_SIDED).gradient();
                List<ProjectionComparison> parts = compare(p.network(), local, backprop(p));
                assertTrue(excess(parts) <= 1.0, "excess " + excess(parts));
                assertTrue(session.report().messages() <= (delayed ? 8L : 4L) * depth);
                assertEquals(List.of(), settled.resolution().rounded());
            }
        }
    }

    /**
     * The twin: thresholds in units of beta silence the lower layers, and the verdict says which.
     */
    @Test
    void layersThatHearNothingAreNamedAndNotAveragedAway() throws IOException {
        Problem p = chain(50, 8, 1);
        RunPlan plan = RunPlan.of(new InUnitsOfBeta()).withThreshold(RunPlan.DEFAULT_THRESHOLD);
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan)) {
            Settlement end =
                    session.settle(
                            Estimator.ONE_SIDED.phase(p.input(), p.target(), 1e-4), Budget.DEFAULT);
            NotSettled not = assertInstanceOf(NotSettled.class, end);
            assertEquals(Reason.UNRESOLVED, not.reason());
            assertTrue(not.detail().startsWith("W"), not.detail());
            assertTrue(not.detail().contains("not sent hide W1..W"), not.detail());
            Parameters local = session.unprovenUpdate(Estimator.ONE_SIDED);
            GradientComparison all = GradientComparison.of(p.network(), local, backprop(p));
            assertTrue(all.total().relativeError() < 1e-3, "the total hides it");
            assertTrue(excess(all.projections()) > 1e3);
        }
    }

    private static final class InUnitsOfBeta extends PredictiveCoding {
        @Override
        public StatedEnergy energy() {
            return StatedEnergy.of(StatedEnergy.Kind.SQUARED_DIVERGENCE);
        }

        @Override
        public Traits traits() {
            return super.traits().without(Trait.HOLDS_ERRORS);
        }
    }
}
