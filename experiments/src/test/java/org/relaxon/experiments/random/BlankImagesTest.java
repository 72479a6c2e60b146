package org.relaxon.experiments.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.claims.Defaults;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.DualPropagationNudge;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
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
 * An image of zeros and biases of zero: every ReLU neuron stands on its kink until the target acts,
 * and then moves by a share of the nudge.
 */
class BlankImagesTest {
    private static final double BETA = 1e-4;
    private static final double ASKED = 2 * RunPlan.DEFAULT_RESOLUTION;

    private static Problem blank(long seed) throws IOException {
        Problem drawn =
                ProblemSpec.defaults()
                        .withLayers(4, 6, 5, 2)
                        .withActivation(StandardActivation.RELU)
                        .withOutputActivation(StandardActivation.LINEAR)
                        .withScheme(Scheme.HE)
                        .withBatch(1)
                        .withSeed(seed)
                        .build();
        return new Problem(
                drawn.network(),
                Matrix.zeros(4, 1),
                drawn.target(),
                drawn.data(),
                drawn.description());
    }

    private static GradientEstimate settle(
            Problem p, Algorithm algorithm, UnaryOperator<RunPlan> change) {
        try (Host host = new VirtualHost();
                Session session =
                        host.open(p.network(), change.apply(Defaults.runPlan(algorithm)))) {
            return GradientEstimate.of(
                    session,
                    algorithm,
                    Estimator.ONE_SIDED,
                    p.input(),
                    p.target(),
                    BETA,
                    Budget.DEFAULT.withMessages(20_000L));
        }
    }

    private static double[] entries(Problem p, Parameters gradient) {
        double[] out = new double[0];
        for (int l = 0; l < p.network().projections().size(); l++) {
            double[] w =
                    Arrays.stream(gradient.weights(l)).flatMapToDouble(Arrays::stream).toArray();
            double[] b = gradient.biases(l + 1);
            int from = out.length;
            out = Arrays.copyOf(out, from + w.length + b.length);
            System.arraycopy(w, 0, out, from, w.length);
            System.arraycopy(b, 0, out, from + w.length, b.length);
        }
        return out;
    }

    private static double apart(Problem p, Parameters found, Parameters due) {
        double[] x = entries(p, found);
        double[] y = entries(p, due);
        double most = 0;
        double size = 0;
        for (int k = 0; k < x.length; k++) {
            most = Math.max(most, Math.abs(x[k] - y[k]));
            size = Math.max(size, Math.abs(y[k]));
        }
        return most / size;
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6})
    void dualPropagationSettlesToItsPairOfStates(long seed) throws IOException {
        Problem p = blank(seed);
        GradientEstimate end = settle(p, Algorithms.dualPropagation(), plan -> plan);
        assertInstanceOf(Settled.class, end.verdict());
        Parameters due =
                DualPropagationNudge.estimate(
                        p.network(), p.network().parameters(), BETA, p.input(), p.target());
        double apart = apart(p, end.update().gradient(), due);
        assertTrue(apart <= ASKED, "off by " + apart);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 5, 6})
    void fenchelYoungSettlesToTheSolutionOfItsEquations(long seed) throws IOException {
        Problem p = blank(seed);
        GradientEstimate end = settle(p, Algorithms.fenchelYoung(), plan -> plan);
        assertInstanceOf(Settled.class, end.verdict());
        Equilibrium state = ((Conclusive) end.verdict()).equilibrium();
        Chain chain = new Chain(p.network(), p.input().values(), p.target().values());
        Divergences solver = new Divergences(chain, BETA, true, false, null);
        double[][] errors = new double[chain.depth + 1][];
        for (int l = 1; l <= chain.depth; l++) {
            errors[l] = state.error(l).columnValues(0);
        }
        double[] z = Equations.solve(chain, solver, solver.start(errors));
        assertNotNull(z);
        Parameters due = p.network().zeros();
        solver.addGradient(p.network(), z, 1.0, due);
        double apart = apart(p, end.update().gradient(), due);
        assertTrue(apart <= ASKED, "off by " + apart);
    }

    /** The twin: with a threshold that is kept, what is not said leaves the network off rest. */
    @Test
    void theSameIsQuietAwayFromEquilibriumAtAThresholdThatWasGiven() throws IOException {
        GradientEstimate end =
                settle(blank(4), Algorithms.dualPropagation(), plan -> plan.withThreshold(1e-10));
        NotSettled not = assertInstanceOf(NotSettled.class, end.verdict());
        assertEquals(Reason.QUIET_AWAY_FROM_EQUILIBRIUM, not.reason());
    }
}
