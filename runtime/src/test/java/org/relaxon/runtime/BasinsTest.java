package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.virtual.VirtualHost;

/** A nudge that pushes the network into another basin gives no gradient, and says so. */
class BasinsTest {
    private static final Algorithm EP = Algorithms.equilibriumPropagation(Form.PLAIN);

    /**
     * Two units that hold each other: h = tanh(x + 2 o), o = 2 h in the free phase, so h = +-1
     * nearly, with the sign that the input .3 favours.
     */
    private static Network bistable() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        Loss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = network.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 2.0;
        return network.with(p);
    }

    private static GradientEstimate estimate(double target, double beta) {
        try (VirtualHost host = new VirtualHost();
                Session session = host.open(bistable(), RunPlan.of(EP.rule()))) {
            return GradientEstimate.withinOneBasin(
                    session,
                    EP,
                    Estimator.ONE_SIDED,
                    Matrix.column(0.3),
                    Matrix.column(target),
                    beta,
                    Budget.DEFAULT);
        }
    }

    @Test
    void aNudgeToTheOtherSideIsRefusedWithBothEnergies() {
        GradientEstimate jumped = estimate(-4.0, 5.0);

        NotSettled verdict = assertInstanceOf(NotSettled.class, jumped.verdict());
        assertEquals(Reason.MULTISTABLE, verdict.reason());
        assertNull(jumped.update());
        String[] numbers = verdict.detail().replaceAll("[^-+.e0-9 ]", " ").trim().split(" +");
        assertTrue(verdict.detail().contains("energy"), verdict.detail());
        double free = ((Settled) jumped.free()).equilibrium().energy(0);
        double shown = Double.parseDouble(numbers[numbers.length - 1]);
        assertEquals(free, shown, 1e-8);
        assertTrue(numbers.length >= 3, verdict.detail());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 0.1, 5.0})
    void aNudgeWithinTheBasinIsNot(double beta) {
        GradientEstimate stayed = estimate(1.5, beta);

        assertInstanceOf(Settled.class, stayed.verdict());
        assertTrue(stayed.isConclusive());
    }

    @Test
    void aSmallNudgeToTheOtherSideStays() {
        assertInstanceOf(Settled.class, estimate(-4.0, 1e-3).verdict());
    }

    /** Gain .4 has one minimum: nothing to refuse, at small and at large nudges. */
    @Test
    void networksWithOneMinimumAreNeverRefused() {
        for (long seed = 1; seed <= 50; seed++) {
            Network network =
                    Network.layered(
                            new int[] {5, 7, 6, 3},
                            StandardActivation.TANH,
                            StandardActivation.LINEAR,
                            Loss.SQUARED,
                            new Initialisation(Scheme.NORMAL, 0.4, seed));
            for (double beta : new double[] {1e-5, 1e-2, 1.0}) {
                try (VirtualHost host = new VirtualHost();
                        Session session = host.open(network, RunPlan.of(EP.rule()))) {
                    GradientEstimate one =
                            GradientEstimate.withinOneBasin(
                                    session,
                                    EP,
                                    Estimator.ONE_SIDED,
                                    normal(5, seed),
                                    normal(3, seed + 1000),
                                    beta,
                                    Budget.DEFAULT);
                    assertInstanceOf(Settled.class, one.verdict(), "seed " + seed + " " + beta);
                }
            }
        }
    }

    private static Matrix normal(int n, long seed) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = CounterRandom.normal(seed, 7, i);
        }
        return Matrix.column(values);
    }
}
