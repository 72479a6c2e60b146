package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;

class OrderBetasTest {
    @Test
    void smoothNetworksAreMeasuredBetweenBetaAndATenthOfIt() throws IOException {
        assertBetas(StandardActivation.TANH, Estimator.ONE_SIDED, 1e-4, 1e-4, 1e-5);
        assertBetas(StandardActivation.TANH, Estimator.NEGATIVE, 1e-9, 1e-9, 1e-10);
        assertBetas(StandardActivation.SIGMOID, Estimator.CENTRED, 1e-2, 1e-2, 1e-3);
    }

    @Test
    void neverWhereRoundOffWouldShow() throws IOException {
        assertBetas(StandardActivation.TANH, Estimator.ONE_SIDED, 1e-12, 1e-11, 1e-12);
        assertBetas(StandardActivation.TANH, Estimator.CENTRED, 1e-6, 1e-5, 1e-6);
        assertBetas(StandardActivation.TANH, Estimator.CENTRED, 1e-7, 1e-5, 1e-6);
    }

    @Test
    void kinksAreMeasuredWhereNudgesAreTinyWhateverBetaIs() throws IOException {
        assertBetas(StandardActivation.RELU, Estimator.ONE_SIDED, 1e-2, 1e-7, 1e-9);
        assertBetas(StandardActivation.HARD_SIGMOID, Estimator.NEGATIVE, 1e-4, 1e-7, 1e-9);
        assertBetas(StandardActivation.RELU, Estimator.CENTRED, 1e-2, 1e-5, 1e-6);
    }

    /** Where rounding asks for strengths at which errors bend, the two are closer together. */
    @Test
    void noStrengthIsRaisedToWhereErrorsBend() throws IOException {
        Claim claim =
                Claim.of(Algorithms.contrastiveHebbian(Form.PLAIN), Estimator.ONE_SIDED, null);
        for (int depth = 2; depth <= 12; depth++) {
            int[] layers = new int[depth + 1];
            java.util.Arrays.fill(layers, 3);
            Network network = ProblemSpec.defaults().withLayers(layers).build().network();
            for (double gamma : new double[] {1e-3, 1e-2, 0.1}) {
                OrderBetas found = OrderBetas.of(network, claim, gamma, 0.0);
                assertTrue(found.coarse() <= Math.max(gamma, OrderBetas.HIGHEST), found::toString);
                assertTrue(found.coarse() >= 1.49 * found.fine(), found::toString);
            }
        }
    }

    private static void assertBetas(
            StandardActivation activation,
            Estimator estimator,
            double beta,
            double coarse,
            double fine)
            throws IOException {
        OrderBetas found =
                OrderBetas.of(
                        ProblemSpec.defaults().withActivation(activation).build().network(),
                        Claim.of(Algorithms.pcNudge(), estimator, null),
                        beta,
                        Double.NaN);

        assertEquals(coarse, found.coarse(), 1e-10 * coarse);
        assertEquals(fine, found.fine(), 1e-10 * fine);
    }
}
