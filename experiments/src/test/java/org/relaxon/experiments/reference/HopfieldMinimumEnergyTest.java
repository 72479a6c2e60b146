package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Elementary;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.testkit.FiniteDifferences;

class HopfieldMinimumEnergyTest {
    private static final double STEP = 2e-3;
    private static final double TOLERANCE = 1e-8;

    /** A strong and a weak nudge in turn. */
    static List<Arguments> nudged() {
        List<Arguments> out = new ArrayList<>();
        for (HopfieldExample e : HopfieldExample.everyFifth()) {
            out.add(Arguments.of(e, out.size() % 2 == 0 ? 1.0 : 0.3));
        }
        return out;
    }

    static List<HopfieldExample> squared() {
        List<HopfieldExample> all = HopfieldExample.everyFifth();
        all.removeIf(e -> e.network().loss() != StandardLoss.SQUARED);
        return all;
    }

    @ParameterizedTest
    @MethodSource("nudged")
    void equilibriumPropagationIsItsExactDerivativeAtAnyNudge(HopfieldExample e, double beta) {
        Parameters found =
                FiniteNudge.equilibriumPropagation(
                        e.network(), e.theta(), e.input(), e.target(), e.reached(1), beta);
        Parameters exact = derivative(e, nudged(e, beta));

        assertTrue(e.distance(found, exact) <= TOLERANCE, e + " " + beta);
        assertTrue(e.distance(HopfieldExample.scaled(found, 1, -1), exact) > 1e-2);
        assertTrue(e.distance(e.implicit().gradient(), exact) > 1e-2);
    }

    @Test
    void alsoAtANegativeNudge() {
        HopfieldExample e =
                HopfieldExample.layered(
                        StandardActivation.TANH,
                        StandardActivation.SIGMOID,
                        StandardLoss.SQUARED,
                        4);
        Parameters found =
                FiniteNudge.equilibriumPropagation(
                        e.network(), e.theta(), e.input(), e.target(), e.reached(1), -0.3);

        assertTrue(e.distance(found, derivative(e, nudged(e, -0.3))) <= TOLERANCE);
        assertTrue(e.distance(found, derivative(e, nudged(e, 0.3))) > 1e-2);
    }

    @ParameterizedTest
    @MethodSource("squared")
    void theFullClampIsItsExactDerivativeToo(HopfieldExample e) {
        Parameters found =
                FiniteNudge.contrastiveHebbian(
                        e.network(), e.theta(), e.input(), e.target(), e.reached(1), 1);
        HopfieldMinimumEnergy energy =
                HopfieldMinimumEnergy.clamped(
                        e.network(), e.input(), e.target(), e.reached(1), e.clamped());
        Parameters exact = derivative(e, energy);

        assertTrue(e.distance(found, exact) <= TOLERANCE);
        assertTrue(e.distance(HopfieldExample.scaled(found, 0, 1.0001), exact) > TOLERANCE);
        assertTrue(e.distance(derivative(e, nudged(e, 1)), exact) > 1e-2);
    }

    /** F is concave in beta along minima. */
    @ParameterizedTest
    @MethodSource("org.relaxon.experiments.reference.HopfieldExample#everyFifth")
    void theLossLiesBetweenTheNudgesUpAndDown(HopfieldExample e) {
        double loss = e.implicit().loss();

        assertTrue(nudged(e, 0.1).difference(e.theta()) < loss);
        assertTrue(nudged(e, -0.1).difference(e.theta()) > loss);
        assertEquals(loss, nudged(e, 1e-6).difference(e.theta()), 1e-4 * loss);
    }

    /** One linear neuron, a = W x = 2, T = 0, beta = 1: s = 1, F = 1/2 - 2 + 1/2, F(0) = -2. */
    @Test
    void oneLinearNeuronGivesTheNumbersWorkedByHand() {
        Network network = oneNeuron(StandardActivation.LINEAR);
        Parameters theta = network.zeros();
        theta.weights(0)[0][0] = 2;
        Matrix[] start = {null, Matrix.column(0)};
        Matrix[] given = {Matrix.column(0), start[1]};

        HopfieldMinimumEnergy nudged =
                HopfieldMinimumEnergy.nudged(
                        network, Matrix.column(1), Matrix.column(0), 1, given, given);
        HopfieldMinimumEnergy clamped =
                HopfieldMinimumEnergy.clamped(
                        network, Matrix.column(1), Matrix.column(3), given, given);

        assertEquals(1.0, nudged.difference(theta), 1e-15);
        assertEquals(4.5 - 6 + 2, clamped.difference(theta), 1e-15);
    }

    @Test
    void whatHasNoEnergyIsRefusedByName() {
        Network network = oneNeuron(StandardActivation.TANH);
        Network cubic = oneNeuron(CUBIC);
        Matrix one = Matrix.column(1);
        Matrix[] given = {one, Matrix.column(0)};

        assertEquals(
                "target 1.5 is out of the range of tanh",
                refusal(
                        () ->
                                HopfieldMinimumEnergy.clamped(
                                        network, one, Matrix.column(1.5), given, given)));
        assertEquals(
                "activation cubic: its energy is not known",
                refusal(() -> HopfieldMinimumEnergy.nudged(cubic, one, one, 1, given, given)));
        for (double bad : new double[] {0, Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertEquals(
                    "beta: need a finite number other than 0, got " + bad,
                    refusal(
                            () ->
                                    HopfieldMinimumEnergy.nudged(
                                            network, one, one, bad, given, given)));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private static HopfieldMinimumEnergy nudged(HopfieldExample e, double beta) {
        return HopfieldMinimumEnergy.nudged(
                e.network(), e.input(), e.target(), beta, e.reached(1), e.nudged(beta));
    }

    private static Parameters derivative(HopfieldExample e, MinimumEnergy energy) {
        return FiniteDifferences.gradient(e.network(), e.theta(), energy::difference, STEP);
    }

    private static Network oneNeuron(Activation output) {
        return Network.layered(
                new int[] {1, 1},
                StandardActivation.TANH,
                output,
                StandardLoss.SQUARED,
                Initialisation.uniform(1));
    }

    /** A user's own activation. */
    private static final Activation CUBIC =
            new Activation() {
                @Override
                public String optionName() {
                    return "cubic";
                }

                @Override
                public double value(double a, Elementary math) {
                    return a * a * a;
                }

                @Override
                public double slope(double a, double value, Elementary math) {
                    return 3 * a * a;
                }

                @Override
                public double increment(double a, double value, double h, Elementary math) {
                    return value(a + h, math) - value;
                }

                @Override
                public double steepest() {
                    return Double.POSITIVE_INFINITY;
                }
            };
}
