package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.virtual.VirtualHost;

/** No update with an entry that is not finite leaves a session. */
class FiniteUpdateTest {
    private static final double SMALLEST = Double.MIN_VALUE;
    private static final Estimator ONE = Estimator.ONE_SIDED;
    private static final Matrix INPUT = Matrix.column(0.5, -1.0);
    private static final Matrix TARGET = Matrix.column(0.25);

    private final Network network = network(StandardActivation.TANH);

    private static Network network(StandardActivation hidden) {
        return Network.layered(
                new int[] {2, 3, 1},
                hidden,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.uniform(1));
    }

    private static List<Algorithm> algorithms() {
        return List.of(
                Algorithms.pcNudge(),
                Algorithms.fenchelYoung(),
                Algorithms.precisionPc(2.0, 0.5),
                Algorithms.dualPropagation());
    }

    /** Around the range of the algorithm, as a phase of one's own may. */
    @Test
    void aSessionRefusesAnUpdateThatIsNotFinite() {
        for (Algorithm one : algorithms()) {
            try (Host host = new VirtualHost();
                    Session session = host.open(network, RunPlan.of(one.rule()))) {
                Conclusive done =
                        assertInstanceOf(
                                Conclusive.class,
                                session.settle(ONE.phase(INPUT, TARGET, SMALLEST), Budget.DEFAULT));
                double[][] before = session.parameters().weights(0);
                String said =
                        assertThrows(ArithmeticException.class, () -> session.update(done, ONE))
                                .getMessage();
                assertTrue(said.contains("weights of projection 1"), said);
                assertThrows(ArithmeticException.class, () -> session.learn(done, ONE, 0.1));
                LearningStep step = new LearningStep(Optimiser.sgd(), 0.1, 1.0, 1);
                assertThrows(ArithmeticException.class, () -> session.learn(done, ONE, step));
                assertArrayEquals(before, session.parameters().weights(0), "no weight changed");

                Conclusive ordinary =
                        (Conclusive) session.settle(ONE.phase(INPUT, TARGET, 1e-3), Budget.DEFAULT);
                assertNull(session.update(ordinary, ONE).gradient().firstNotFinite());
                session.learn(ordinary, ONE, 0.1);
            }
        }
    }

    /** Input and target so large that only their product overflows, which no cell forms. */
    @Test
    void anEstimateThatIsNotFiniteHasNoUpdateAndSaysWhere() {
        Matrix far = Matrix.column(1e200);
        for (Algorithm one : algorithms()) {
            Matrix steep = Matrix.column(1e140, 1e140);
            Network linear = network(StandardActivation.LINEAR);
            try (Host host = new VirtualHost();
                    Session session = host.open(linear, RunPlan.of(one.rule()))) {
                GradientEstimate end =
                        GradientEstimate.of(
                                session, new Method(one, ONE, 1e-100), steep, far, Budget.DEFAULT);
                NotSettled not = assertInstanceOf(NotSettled.class, end.verdict());
                assertNull(end.update());
                assertEquals(Reason.NOT_FINITE, not.reason(), one.label());
                assertTrue(not.detail().contains("not finite"), not.detail());
                assertEquals(Reason.NOT_FINITE, not.columns().get(0).reason());
            }
        }
    }

    @Test
    void strengthsHaveARangeThatIsCheckedBeforeTheRun() {
        Algorithm chl = Algorithms.contrastiveHebbian(Form.DIFFERENCE);
        for (double bad : new double[] {1e-151, 1e13, 1e308, SMALLEST, -1, 0, Double.NaN}) {
            for (Algorithm one : List.of(Algorithms.pcNudge(), chl)) {
                String said =
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> one.requireStrength(bad, 2))
                                .getMessage();
                String name = one == chl ? "gamma: " : "beta: ";
                assertTrue(said.startsWith(name + bad + " is not in "), said);
            }
        }
        Algorithms.pcNudge().requireStrength(1e-150, 60);
        assertEquals(1e-75, chl.leastStrength(2), 1e-80);
        assertThrows(IllegalArgumentException.class, () -> chl.requireStrength(1e-80, 2));
        Algorithms.clampedHebbian(Form.PLAIN).requireStrength(Double.NaN, 2); // has none
    }

    /** Refused, or right: no strength settles with an update that is rounding. */
    @Test
    void strengthsThatRoundingHidesAreRefused() {
        List<Algorithm> all =
                List.of(
                        Algorithms.pcNudge(),
                        Algorithms.fenchelYoung(),
                        Algorithms.dualPropagation(),
                        Algorithms.equilibriumPropagation(Form.PLAIN),
                        Algorithms.equilibriumPropagation(0.3),
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Algorithms.holomorphic(),
                        Algorithms.contrastiveHebbian(Form.PLAIN),
                        Algorithms.contrastiveHebbian(Form.DIFFERENCE),
                        Algorithms.coupled(Form.PLAIN),
                        Algorithms.coupled(Form.DIFFERENCE));
        int refused = 0;
        for (Algorithm one : all) {
            Estimator estimator = one.estimators().get(0);
            Parameters usual = gradient(one, estimator, 1e-3);
            for (double strength : new double[] {1e-30, 1e-60, 1e-100, 1e-300}) {
                try {
                    Parameters tiny = gradient(one, estimator, strength);
                    String what = one.label() + " at " + strength;
                    assertEquals(usual.weights(0)[0][0], tiny.weights(0)[0][0], 0.02, what);
                    assertEquals(usual.weights(1)[0][0], tiny.weights(1)[0][0], 0.02, what);
                } catch (IllegalArgumentException e) {
                    refused++;
                    assertTrue(e.getMessage().contains(" is not in "), e.getMessage());
                    assertEquals(
                            one.subtractsProducts(),
                            e.getMessage().contains("rounding"),
                            one.label());
                }
            }
        }
        assertTrue(refused >= 5 * 4 + 6, "" + refused); // all of five, and 1e-300 of the others
    }

    private Parameters gradient(Algorithm one, Estimator estimator, double strength) {
        try (Host host = new VirtualHost();
                Session session = host.open(network, RunPlan.of(one.rule()))) {
            GradientEstimate end =
                    GradientEstimate.of(
                            session,
                            new Method(one, estimator, strength),
                            INPUT,
                            TARGET,
                            Budget.DEFAULT);
            assertTrue(end.isConclusive(), () -> one.label() + ": " + end.verdict());
            return end.update().gradient();
        }
    }

    /** The ends of the range give updates that are finite, for every algorithm with a strength. */
    @Test
    void bothEndsOfTheRangeAreFinite() {
        for (Algorithm one :
                List.of(
                        Algorithms.pcNudge(),
                        Algorithms.fenchelYoung(),
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE),
                        Algorithms.coupled(Form.DIFFERENCE),
                        Algorithms.contrastiveHebbian(Form.DIFFERENCE))) {
            double least = one.leastStrength(network.depth()) * (1 + 1e-12);
            for (double strength : new double[] {least, Algorithm.MOST_STRENGTH}) {
                try (Host host = new VirtualHost();
                        Session session = host.open(network, RunPlan.of(one.rule()))) {
                    GradientEstimate end =
                            GradientEstimate.of(
                                    session,
                                    new Method(one, ONE, strength),
                                    INPUT,
                                    TARGET,
                                    Budget.DEFAULT);
                    boolean finite =
                            end.isConclusive() && end.update().gradient().firstNotFinite() == null;
                    assertTrue(
                            finite
                                    || end.verdict() instanceof NotSettled not
                                            && not.reason() == Reason.MULTISTABLE,
                            one.label() + " at " + strength + ": " + end.verdict());
                }
            }
        }
    }
}
