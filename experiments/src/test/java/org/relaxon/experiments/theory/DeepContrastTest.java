package org.relaxon.experiments.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.ImplicitGradient;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * What a nudge moves shrinks from layer to layer of a Hopfield energy. As differences from the free
 * state every layer is resolved to its own size; subtracted from the free state, lower layers drown
 * in the rounding of activities, and the verdict names those and no others.
 */
class DeepContrastTest {
    private static final double BETA = 1e-3;
    private static final int WIDTH = 6;

    private static Problem chain(int depth, double gain) throws IOException {
        int[] layers = new int[depth + 1];
        Arrays.fill(layers, WIDTH);
        return ProblemSpec.defaults()
                .withLayers(layers)
                .withScheme(Scheme.NORMAL)
                .withGain(gain)
                .withBatch(1)
                .build();
    }

    private static GradientEstimate settle(Problem p, Form form, RunPlan plan) {
        Algorithm ep = Algorithms.equilibriumPropagation(form);
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan.withRule(ep.rule()))) {
            return GradientEstimate.of(
                    session,
                    new Method(ep, Estimator.CENTRED, BETA),
                    p.input(),
                    p.target(),
                    Budget.DEFAULT);
        }
    }

    private static RunPlan defaults(Form form) {
        return Defaults.runPlan(Algorithms.equilibriumPropagation(form));
    }

    private static Parameters implicit(Problem p, GradientEstimate end) {
        Equilibrium at = ((Conclusive) end.free()).equilibrium();
        Matrix[] free = new Matrix[p.network().populations().size()];
        Arrays.setAll(free, at::activity);
        return ImplicitGradient.of(
                        p.network(), p.network().parameters(), p.input(), p.target(), free)
                .gradient();
    }

    private static List<ProjectionComparison> weights(Problem p, Parameters g, Parameters r) {
        return GradientComparison.of(p.network(), g, r).projections().stream()
                .filter(one -> one.name().startsWith("W"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"12", "25", "40"})
    void differencesAreResolvedInEveryLayer(int depth) throws IOException {
        Problem p = chain(depth, 0.4);
        GradientEstimate end = settle(p, Form.DIFFERENCE, defaults(Form.DIFFERENCE));
        Settled settled = assertInstanceOf(Settled.class, end.verdict());
        assertEquals(List.of(), settled.resolution().rounded());
        for (ProjectionComparison one : weights(p, end.update().gradient(), implicit(p, end))) {
            assertTrue(one.relativeError() <= RunPlan.DEFAULT_RESOLUTION, one.toString());
        }
    }

    /** The twin: one threshold for all layers silences the lower ones, and the verdict says so. */
    @Test
    void differencesBelowAThresholdThatWasGivenAreNotSettled() throws IOException {
        Problem p = chain(25, 0.4);
        RunPlan given = defaults(Form.DIFFERENCE).withThreshold(RunPlan.DEFAULT_THRESHOLD);
        NotSettled not =
                assertInstanceOf(NotSettled.class, settle(p, Form.DIFFERENCE, given).verdict());
        assertEquals(Reason.UNRESOLVED, not.reason());
        assertTrue(not.detail().startsWith("W1..W"), not.detail());
    }

    /**
     * Named is what rounding hides by an independent gradient, and nothing that it does not; from
     * layer to layer errors grow by more than the factor two that an estimate of rounding may miss.
     */
    @ParameterizedTest
    @CsvSource({"18", "25", "40"})
    void plainContrastsNameWhatRoundingHidesAndNothingElse(int depth) throws IOException {
        Problem p = chain(depth, 0.2);
        GradientEstimate end = settle(p, Form.PLAIN, defaults(Form.PLAIN));
        Settled settled = assertInstanceOf(Settled.class, end.verdict());
        Set<Integer> named = new HashSet<>(settled.resolution().rounded());
        List<ProjectionComparison> all = weights(p, end.update().gradient(), implicit(p, end));
        assertTrue(!named.isEmpty() && named.size() < all.size(), named.toString());
        for (int k = 0; k < all.size(); k++) {
            double error = all.get(k).relativeError();
            if (named.contains(k)) {
                assertTrue(error > 0.02 * RunPlan.DEFAULT_RESOLUTION, all.get(k).toString());
            } else {
                assertTrue(error <= 2 * RunPlan.DEFAULT_RESOLUTION, all.get(k).toString());
            }
        }
    }

    /** The twin: without a judgement of updates the same layers pass for settled. */
    @Test
    void layersThatRoundingHidesPassWhereNobodyAsks() throws IOException {
        Problem p = chain(25, 0.2);
        RunPlan deaf = defaults(Form.PLAIN).withResolution(Double.POSITIVE_INFINITY);
        GradientEstimate end = settle(p, Form.PLAIN, deaf);
        Settled settled = assertInstanceOf(Settled.class, end.verdict());
        assertEquals(List.of(), settled.resolution().rounded());
        assertTrue(
                weights(p, end.update().gradient(), implicit(p, end)).get(0).relativeError() > 0.5);
    }
}
