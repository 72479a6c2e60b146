package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.compare.Order;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class FiniteNudgeTest {
    private static final double COARSE = 1e-2;
    private static final double FINE = 1e-3;

    /** One of the six static methods. */
    @FunctionalInterface
    private interface Method {
        Parameters of(
                Network network,
                Parameters theta,
                Matrix input,
                Matrix target,
                Matrix[] reached,
                double strength);
    }

    /** A method on an example, from the free states that belong to it. */
    @FunctionalInterface
    private interface Estimator {
        Parameters of(HopfieldExample e, double strength);
    }

    private static final Estimator EP = at1(FiniteNudge::equilibriumPropagation);
    private static final Estimator EP_CENTRED = at1(FiniteNudge::equilibriumPropagationCentred);
    private static final Estimator COUPLED = at1(FiniteNudge::coupledLearning);
    private static final Estimator COUPLED_CENTRED = at1(FiniteNudge::coupledLearningCentred);
    private static final Estimator HEBBIAN = atGamma(FiniteNudge::contrastiveHebbian);
    private static final Estimator HEBBIAN_CENTRED =
            atGamma(FiniteNudge::contrastiveHebbianCentred);

    static List<HopfieldExample> smooth() {
        return HopfieldExample.smooth();
    }

    /** Linear outputs only, and hidden activations that curve. */
    static List<HopfieldExample> linearOutputs() {
        List<HopfieldExample> all = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            for (Activation f : HopfieldExample.SMOOTH) {
                all.add(
                        HopfieldExample.layered(
                                f, StandardActivation.LINEAR, StandardLoss.SQUARED, seed));
                all.add(
                        HopfieldExample.layered(
                                f, StandardActivation.LINEAR, StandardLoss.CROSS_ENTROPY, seed));
                all.add(HopfieldExample.skips(f, seed));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void equilibriumPropagationTendsToTheImplicitGradient(HopfieldExample e) {
        Parameters reference = e.implicit().gradient();

        assertOrder(1, e, EP, reference, 1);
        assertOrder(1, e, EP, reference, -1);
        assertOrder(2, e, EP_CENTRED, reference, 1);
        assertNoOrder(e, EP, reference);
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void coupledLearningTendsToTheMetricWeightedGradient(HopfieldExample e) {
        Parameters reference = e.metric().gradient();

        assertOrder(1, e, COUPLED, reference, 1);
        assertOrder(1, e, COUPLED, reference, -1);
        if (e.network().population(1).activation() == StandardActivation.LINEAR) {
            assertTrue(error(e, COUPLED_CENTRED, reference, 1) <= 1e-12); // d is linear in beta
        } else {
            assertOrder(2, e, COUPLED_CENTRED, reference, 1);
        }
        assertTrue(error(e, COUPLED_CENTRED, reference, 1e-6) <= 1e-9);
        assertNoOrder(e, COUPLED, reference);
    }

    @ParameterizedTest
    @MethodSource("linearOutputs")
    void contrastiveHebbianLearningTendsToBackprop(HopfieldExample e) {
        Parameters reference = e.backprop();

        assertOrder(1, e, HEBBIAN, reference, 1);
        assertOrder(1, e, HEBBIAN, reference, -1);
        assertOrder(2, e, HEBBIAN_CENTRED, reference, 1);
        assertNoOrder(e, HEBBIAN, reference);
    }

    /** The plain difference would have a floor of eps / beta, here 1e-7 and more. */
    @ParameterizedTest
    @MethodSource("smooth")
    void tinyNudgesLoseNoDigits(HopfieldExample e) {
        Parameters implicit = e.implicit().gradient();

        assertTrue(error(e, EP_CENTRED, implicit, 1e-9) <= 1e-12);
        assertTrue(error(e, EP, implicit, 1e-9) <= 3e-8);
        assertTrue(error(e, COUPLED_CENTRED, e.metric().gradient(), 1e-9) <= 1e-12);
    }

    /** Between kinks a piecewise linear network is smooth; the nudge must not cross one. */
    @ParameterizedTest
    @EnumSource(names = {"RELU", "HARD_SIGMOID"})
    void kinkedActivationsToo(StandardActivation f) {
        for (long seed = 1; seed <= 3; seed++) {
            HopfieldExample e =
                    HopfieldExample.layered(
                            f, StandardActivation.LINEAR, StandardLoss.SQUARED, seed);
            Parameters implicit = e.implicit().gradient();

            assertTrue(error(e, EP, implicit, 1e-7) <= 1e-6);
            assertTrue(error(e, EP_CENTRED, implicit, 1e-7) <= 1e-12);
            assertTrue(error(e, COUPLED_CENTRED, e.metric().gradient(), 1e-7) <= 1e-12);
            assertTrue(error(e, EP_CENTRED, e.backprop(), 1e-7) > 0.03);
        }
    }

    /** gamma^(k - L) would turn eps into 1e-2 and more. */
    @ParameterizedTest
    @MethodSource("linearOutputs")
    void tinyFeedbackLosesNoDigits(HopfieldExample e) {
        assertTrue(error(e, HEBBIAN, e.backprop(), 1e-7) <= 1e-6);
        assertTrue(error(e, HEBBIAN_CENTRED, e.backprop(), 1e-7) <= 1e-12);
    }

    @ParameterizedTest
    @MethodSource("linearOutputs")
    void noOneIsNearTheReferenceOfAnother(HopfieldExample e) {
        Parameters implicit = e.implicit().gradient();
        Parameters metric = e.metric().gradient();

        double[] fromBackprop = {
            error(e, EP_CENTRED, e.backprop(), FINE),
            error(e, COUPLED_CENTRED, e.backprop(), FINE),
            error(e, HEBBIAN, e.backprop(), 1.0),
        };
        double[] fromEachOther = {
            error(e, COUPLED_CENTRED, implicit, FINE), error(e, EP_CENTRED, metric, FINE),
        };
        for (double d : fromBackprop) {
            assertTrue(d >= 0.03, e + " " + Arrays.toString(fromBackprop));
        }
        for (double d : fromEachOther) {
            assertTrue(d >= 0.01, e + " " + Arrays.toString(fromEachOther));
        }
    }

    /**
     * Squared loss: beta = 1 holds the output at the target, as contrastive Hebbian learning does.
     */
    @Test
    void theFullClampIsBothCoupledLearningAndContrastiveHebbianLearning() {
        HopfieldExample e =
                HopfieldExample.layered(
                        StandardActivation.TANH,
                        StandardActivation.SIGMOID,
                        StandardLoss.SQUARED,
                        2);

        Parameters coupled = COUPLED.of(e, 1.0);
        Parameters hebbian = HEBBIAN.of(e, 1.0);

        assertEquals(0.0, e.distance(coupled, hebbian));
        assertTrue(e.distance(COUPLED.of(e, 0.9), hebbian) > 1e-3);
    }

    @Test
    void aNudgeOfZeroOrNotANumberIsRefused() {
        HopfieldExample e = HopfieldExample.skips(StandardActivation.TANH, 1);
        for (double bad : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertRefused("beta", e, FiniteNudge::equilibriumPropagation, bad);
            assertRefused("beta", e, FiniteNudge::equilibriumPropagationCentred, bad);
            assertRefused("beta", e, FiniteNudge::coupledLearning, bad);
            assertRefused("beta", e, FiniteNudge::coupledLearningCentred, bad);
            assertRefused("gamma", e, FiniteNudge::contrastiveHebbian, bad);
            assertRefused("gamma", e, FiniteNudge::contrastiveHebbianCentred, bad);
        }
    }

    /** The free state at gain 1 is none at gain 1/2. */
    @Test
    void statesOfAnotherFeedbackGainAreRefused() {
        HopfieldExample e = HopfieldExample.skips(StandardActivation.TANH, 1);

        assertThrows(
                IllegalArgumentException.class,
                () ->
                        FiniteNudge.contrastiveHebbian(
                                e.network(), e.theta(), e.input(), e.target(), e.reached(1), 0.5));
    }

    private static void assertRefused(String name, HopfieldExample e, Method f, double bad) {
        Matrix[] reached = e.reached(1);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        f.of(
                                                e.network(),
                                                e.theta(),
                                                e.input(),
                                                e.target(),
                                                reached,
                                                bad))
                        .getMessage();
        assertEquals(name + ": need a finite number other than 0, got " + bad, message);
    }

    private static void assertOrder(
            int order, HopfieldExample e, Estimator f, Parameters reference, int sign) {
        double slope = slope(e, f, reference, sign);
        assertTrue(Math.abs(slope - order) <= 0.02, e + ": slope " + slope);
    }

    /** One planted sign and one planted factor of 1.01: the error no longer falls with beta. */
    private static void assertNoOrder(HopfieldExample e, Estimator f, Parameters reference) {
        int last = e.network().projections().size() - 1;
        Estimator sign = (x, b) -> HopfieldExample.scaled(f.of(x, b), last, -1);
        Estimator factor = (x, b) -> HopfieldExample.scaled(f.of(x, b), last, 1.01);

        assertTrue(slope(e, sign, reference, 1) < 0.5, e + " " + slope(e, sign, reference, 1));
        double planted = error(e, factor, reference, FINE * FINE);
        assertTrue(planted > 1e-4, e + " " + planted); // without it, about 1e-6
    }

    private static double slope(HopfieldExample e, Estimator f, Parameters reference, int sign) {
        return Order.slope(
                COARSE,
                error(e, f, reference, sign * COARSE),
                FINE,
                error(e, f, reference, sign * FINE));
    }

    private static double error(
            HopfieldExample e, Estimator f, Parameters reference, double strength) {
        return e.distance(f.of(e, strength), reference);
    }

    private static Estimator at1(Method f) {
        return (e, b) -> f.of(e.network(), e.theta(), e.input(), e.target(), e.reached(1), b);
    }

    private static Estimator atGamma(Method f) {
        return (e, g) -> f.of(e.network(), e.theta(), e.input(), e.target(), e.reached(g), g);
    }

    /** Ten layers of ReLU, whose hidden layer number 5 is silent: nothing comes back past it. */
    private static Network silent(long seed, double bias) {
        int[] sizes = {3, 5, 4, 5, 4, 3, 5, 4, 5, 4, 2};
        Network drawn =
                Network.layered(
                        sizes,
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Initialisation.Scheme.UNIFORM, 2.0, seed));
        Parameters theta = drawn.parameters();
        Arrays.fill(theta.biases(5), bias);
        return drawn.with(theta);
    }

    private static double largestBelow(Network network, double gamma, int silent) {
        Matrix x = Matrix.column(0.4, -0.9, 0.7);
        Matrix t = Matrix.column(0.7, -0.2);
        HopfieldEquilibrium q = HopfieldEquilibrium.of(network, network.parameters(), gamma);
        double[][] free = q.free(x.values());
        Matrix[] reached = new Matrix[free.length];
        for (int p = 0; p < free.length; p++) {
            reached[p] = Matrix.column(free[p]);
        }
        Parameters all =
                FiniteNudge.contrastiveHebbian(network, network.parameters(), x, t, reached, gamma);
        double largest = 0;
        for (int p = 0; p < silent; p++) {
            for (double[] row : all.weights(p)) {
                largest = Math.max(largest, Arrays.stream(row).map(Math::abs).max().orElseThrow());
            }
        }
        return largest;
    }

    /** What is exactly zero has no rounding: gamma^-height would make a size of it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingComesBackPastASilentLayer(long seed) {
        assertEquals(0.0, largestBelow(silent(seed, -50), 0.05, 5));
    }

    /** The twin: where that layer speaks it does. */
    @Test
    void somethingComesBackPastALayerThatSpeaks() {
        double most = 0;
        for (long seed = 1; seed <= 8; seed++) {
            most = Math.max(most, largestBelow(silent(seed, 0.5), 0.05, 5));
        }
        assertTrue(most > 0.0);
    }
}
