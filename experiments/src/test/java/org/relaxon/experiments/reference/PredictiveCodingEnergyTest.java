package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.compare.Order;
import org.relaxon.experiments.reference.Amplification.Divergence;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class PredictiveCodingEnergyTest {
    /** Finite differences of a minimum are good to some 1e-12. */
    private static final double TOLERANCE = 1e-10;

    /** Taken in turn. */
    private static final double[] BETAS = {1e-3, 1, -0.1};

    private static final double[] PRECISION = {1, 0.5, 2, 0.7};

    record Case(String name, NudgeProblem problem, PredictiveCodingEnergy energy) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        StandardActivation[] smooth = {
            StandardActivation.TANH, StandardActivation.SIGMOID, StandardActivation.SOFTPLUS
        };
        for (int seed = 1; seed <= 3; seed++) {
            for (Divergence d : Divergence.values()) {
                for (Loss loss : StandardLoss.values()) {
                    NudgeProblem p = NudgeProblem.chain(smooth[seed - 1], loss, seed);
                    all.add(nudged(p, d, BETAS[(seed + loss.optionName().length()) % 3]));
                    PredictiveCodingEnergy weighted =
                            nudged(p, d, 0.3).energy.withPrecisions(PRECISION);
                    all.add(new Case("precisions " + d + loss + seed, p, weighted));
                }
                NudgeProblem p = NudgeProblem.chain(smooth[seed - 1], StandardLoss.SQUARED, seed);
                all.add(clamped(p, d));
                all.add(
                        new Case(
                                "clamped, precisions " + d + seed,
                                p,
                                clamped(p, d).energy.withPrecisions(PRECISION)));
                Initialisation init = Initialisation.uniform(seed);
                all.add(nudged(NudgeProblem.withSkips(smooth[seed - 1], init), d, 0.5));
                all.add(nudged(tanhOutput(seed), d, 0.5));
            }
            all.add(clamped(tanhOutput(seed), Divergence.SQUARED_DISTANCE));
            all.add(
                    nudged(
                            NudgeProblem.chain(
                                    StandardActivation.HARD_SIGMOID, StandardLoss.SQUARED, seed),
                            Divergence.SQUARED_DISTANCE,
                            0.1));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theEnvelopeIsTheDerivativeOfTheMinimum(Case c) {
        Parameters found = c.energy.envelopeGradient(c.problem.theta());
        Parameters differences = c.problem.differences(c.energy);

        assertTrue(c.problem.distance(found, differences) <= TOLERANCE);
        Parameters flipped = c.problem.planted(found, 1, x -> -x);
        Parameters scaled = c.problem.planted(found, 0, x -> 1.001 * x);
        assertTrue(c.problem.distance(flipped, differences) > 1e4 * TOLERANCE);
        assertTrue(c.problem.distance(scaled, differences) > 1e4 * TOLERANCE);
    }

    @Test
    void thatCheckSeesAnotherBetaPrecisionAndDivergence() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 4);
        Case right = nudged(p, Divergence.SQUARED_DISTANCE, 0.3);
        Parameters differences = p.differences(right.energy);

        PredictiveCodingEnergy beta = nudged(p, Divergence.SQUARED_DISTANCE, 0.3001).energy;
        PredictiveCodingEnergy divergence = nudged(p, Divergence.FENCHEL_YOUNG, 0.3).energy;
        PredictiveCodingEnergy precision = right.energy.withPrecisions(1, 1, 1.01, 1);
        for (PredictiveCodingEnergy wrong : List.of(beta, divergence, precision)) {
            assertTrue(p.distance(wrong.envelopeGradient(p.theta()), differences) > 1e-5);
        }
    }

    /** F/beta = L/(1 + beta) and the estimate is backprop's over 1 + beta; held, both are exact. */
    @Test
    void oneLinearLayerIsShrunkByOnePlusBeta() {
        NudgeProblem p =
                NudgeProblem.chain(
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(5),
                        5,
                        3);
        double loss = Backprop.of(p.network()).gradient(p.theta(), p.input(), p.target()).loss();
        for (double beta : new double[] {-0.5, 1e-3, 2, 1e6}) {
            PredictiveCodingEnergy e = nudged(p, Divergence.SQUARED_DISTANCE, beta).energy;
            Parameters expected = p.scaled(p.backprop(), 1 / (1 + beta));

            assertEquals(loss / (1 + beta), e.difference(p.theta()), 1e-14 * loss);
            assertTrue(p.distance(e.envelopeGradient(p.theta()), expected) <= 1e-14);
            assertTrue(p.distance(e.envelopeGradient(p.theta()), p.backprop()) >= 9e-4);
        }
        PredictiveCodingEnergy held = clamped(p, Divergence.FENCHEL_YOUNG).energy;
        assertEquals(loss, held.difference(p.theta()), 1e-14 * loss);
        assertTrue(p.distance(held.envelopeGradient(p.theta()), p.backprop()) <= 1e-14);
    }

    @ParameterizedTest
    @EnumSource
    void theDistanceToBackpropIsOfFirstOrder(Divergence d) {
        for (int seed = 1; seed <= 4; seed++) {
            for (Loss loss : StandardLoss.values()) {
                NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, loss, seed);
                double coarse = fromBackprop(nudged(p, d, 1e-3));
                double fine = fromBackprop(nudged(p, d, 1e-4));
                double tiny = fromBackprop(nudged(p, d, 1e-9));

                assertEquals(1.0, Order.slope(1e-3, coarse, 1e-4, fine), 0.01);
                assertEquals(1.0, Order.slope(1e-4, fine, 1e-9, tiny), 0.01);
                double wrongFactor =
                        p.distance(
                                p.scaled(
                                        nudged(p, d, 1e-4).energy.envelopeGradient(p.theta()),
                                        1.01),
                                p.backprop());
                assertTrue(Order.slope(1e-3, coarse, 1e-4, wrongFactor) < 0.5);
            }
        }
    }

    @Test
    void aNudgeOfOneIsNotBackprop() {
        for (int seed = 1; seed <= 4; seed++) {
            NudgeProblem p =
                    NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, seed);

            assertTrue(fromBackprop(nudged(p, Divergence.SQUARED_DISTANCE, 1)) >= 0.1);
            assertTrue(fromBackprop(clamped(p, Divergence.SQUARED_DISTANCE)) >= 0.1);
        }
    }

    /** F is concave in beta: F(beta)/beta falls, and is the loss at beta = 0. */
    @Test
    void theDifferenceFallsFromTheLossAsBetaRises() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 2);
        double loss = Backprop.of(p.network()).gradient(p.theta(), p.input(), p.target()).loss();
        double before = loss;
        for (double beta : new double[] {1e-9, 1e-3, 0.1, 1, 10}) {
            double now = nudged(p, Divergence.SQUARED_DISTANCE, beta).energy.difference(p.theta());
            assertTrue(now < before && now > 0);
            before = now;
        }
        assertTrue(
                nudged(p, Divergence.SQUARED_DISTANCE, -0.1).energy.difference(p.theta()) > loss);
    }

    @Test
    void aLargeNudgeIsTheClamp() {
        NudgeProblem p = tanhOutput(3);
        Parameters held =
                clamped(p, Divergence.SQUARED_DISTANCE).energy.envelopeGradient(p.theta());
        for (double beta : new double[] {1e4, 1e6}) {
            Parameters almost =
                    nudged(p, Divergence.SQUARED_DISTANCE, beta).energy.envelopeGradient(p.theta());
            double distance = p.distance(p.scaled(almost, beta), held);
            assertTrue(distance < 10 / beta && distance > 0.1 / beta);
        }
    }

    @Test
    void aNudgeWithoutAMinimumIsReported() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 1);
        PredictiveCodingEnergy e = nudged(p, Divergence.SQUARED_DISTANCE, -3).energy;

        assertThrows(IllegalStateException.class, () -> e.difference(p.theta()));
    }

    /** Some unit of this network rests on its kink at a large nudge, and none at a small one. */
    @Test
    void aMinimumOnAKinkIsReported() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.RELU, StandardLoss.SQUARED, 3);
        PredictiveCodingEnergy large = nudged(p, Divergence.SQUARED_DISTANCE, 1).energy;
        double small = fromBackprop(nudged(p, Divergence.SQUARED_DISTANCE, 1e-4));

        assertThrows(IllegalStateException.class, () -> large.envelopeGradient(p.theta()));
        assertTrue(small < 1e-3 && small > 1e-5);
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        NudgeProblem relu = NudgeProblem.chain(StandardActivation.RELU, StandardLoss.SQUARED, 1);
        NudgeProblem tanh = tanhOutput(1);

        assertEquals(
                "fenchel-young: population 1: activation relu has a kink",
                refusal(() -> nudged(relu, Divergence.FENCHEL_YOUNG, 1)));
        assertEquals(
                "fenchel-young: an output that is held must be linear, got activation tanh",
                refusal(() -> clamped(tanh, Divergence.FENCHEL_YOUNG)));
        for (double beta : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "beta: need a finite number, not 0, got " + beta,
                    refusal(() -> nudged(tanh, Divergence.SQUARED_DISTANCE, beta)));
        }
        assertEquals(
                "input has 3 rows, the network needs 5",
                refusal(
                        () ->
                                PredictiveCodingEnergy.clamped(
                                        tanh.network(),
                                        Divergence.SQUARED_DISTANCE,
                                        Matrix.zeros(3, 2),
                                        tanh.target())));
        PredictiveCodingEnergy e = clamped(tanh, Divergence.SQUARED_DISTANCE).energy;
        assertEquals(
                "precision of population 2: need a finite number > 0, got NaN",
                refusal(() -> e.withPrecisions(0, 1, Double.NaN, 1)));
        assertEquals(
                "2 precisions, the network has 4 populations",
                refusal(() -> e.withPrecisions(1, 1)));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable what) {
        return assertThrows(IllegalArgumentException.class, what).getMessage();
    }

    private static NudgeProblem tanhOutput(long seed) {
        return NudgeProblem.of(
                Network.layered(
                        new int[] {5, 7, 6, 3},
                        StandardActivation.TANH,
                        StandardActivation.TANH,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(seed)),
                seed);
    }

    private static double fromBackprop(Case c) {
        return c.problem.distance(
                c.energy.envelopeGradient(c.problem.theta()), c.problem.backprop());
    }

    private static Case nudged(NudgeProblem p, Divergence d, double beta) {
        return new Case(
                "%s %s %s %s beta %s"
                        .formatted(
                                d,
                                p.network(),
                                p.network().population(1).activation(),
                                p.network().loss(),
                                beta),
                p,
                PredictiveCodingEnergy.nudged(p.network(), d, beta, p.input(), p.target()));
    }

    private static Case clamped(NudgeProblem p, Divergence d) {
        return new Case(
                "%s %s clamped".formatted(d, p.network().population(1).activation()),
                p,
                PredictiveCodingEnergy.clamped(p.network(), d, p.input(), p.target()));
    }
}
