package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Parameters;

class FiniteDifferenceTest {
    @Test
    void theGradientOfTheLossIsBackprop() {
        for (Loss loss : StandardLoss.values()) {
            NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, loss, 1);
            Parameters kept = p.theta().copy();
            Parameters found = p.differences(theta -> loss(p, theta));

            assertTrue(p.distance(found, p.backprop()) <= 1e-11);
            Parameters twice = p.differences(theta -> (1 + 1e-8) * loss(p, theta));
            assertTrue(p.distance(twice, p.backprop()) > 5e-9);
            assertEquals(0.0, p.distance(p.theta(), kept));
        }
    }

    /** Richardson is exact for cubics, where plain central differences are wrong by h^2. */
    @Test
    void aCubicIsExactUpToRoundOff() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 2);
        Parameters found =
                p.differences(
                        theta -> {
                            double b = theta.biases(1)[2];
                            double w = theta.weights(0)[1][3];
                            return b * b * b + 5 * w * theta.biases(1)[2];
                        });
        double b = p.theta().biases(1)[2];
        double w = p.theta().weights(0)[1][3];

        assertEquals(3 * b * b + 5 * w, found.biases(1)[2], 1e-12);
        assertEquals(5 * b, found.weights(0)[1][3], 1e-12);
        assertArrayEquals(new double[6], found.biases(2));
    }

    /** Truncation by a step of 2^-9 is a share of 1e-3 here. */
    @Test
    void closeToAPoleShorterStepsFindTheDerivative() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 2);
        double pole = p.theta().biases(1)[2] + 0.01;
        FiniteDifference.Derivative found =
                FiniteDifference.derivative(
                        p.network(), p.theta(), theta -> 1e-4 / (pole - theta.biases(1)[2]));

        assertEquals(1.0, found.gradient().biases(1)[2], 1e-8);
        assertTrue(found.uncertainty() <= 1e-8, "uncertainty " + found.uncertainty());
    }

    @Test
    void aJumpIsUncertain() {
        NudgeProblem p = NudgeProblem.chain(StandardActivation.TANH, StandardLoss.SQUARED, 2);
        double jump = p.theta().biases(1)[2] + 1e-9;
        FiniteDifference.Derivative found =
                FiniteDifference.derivative(
                        p.network(), p.theta(), theta -> theta.biases(1)[2] > jump ? 1.0 : 0.0);

        assertTrue(found.uncertainty() > 1.0, "uncertainty " + found.uncertainty());
    }

    @Test
    void tooManyParametersAreRefused() {
        NudgeProblem p =
                NudgeProblem.chain(
                        StandardActivation.TANH,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1),
                        70,
                        71,
                        3);

        assertEquals(
                "finite differences: the network has 5257 parameters, the limit is 5000; choose another reference, such as implicit or backprop",
                assertThrows(IllegalArgumentException.class, () -> p.differences(theta -> 0))
                        .getMessage());
    }

    private static double loss(NudgeProblem p, Parameters theta) {
        return Backprop.of(p.network()).gradient(theta, p.input(), p.target()).loss();
    }
}
