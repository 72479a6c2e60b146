package org.relaxon.experiments.claims;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.FiniteDifference.Derivative;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;

/** A reference that is known too badly to judge by is refused, any other is not. */
class UncertainReferenceTest {
    private static final Claim CLAIM =
            Claim.of(Algorithms.pcNudge(), Estimator.ONE_SIDED, Reference.FINITE_DIFFERENCE);
    private final Network network = ProblemSpec.defaults().build().network();

    UncertainReferenceTest() throws IOException {}

    private Derivative derivative(double uncertainty) {
        Parameters gradient = network.zeros();
        gradient.biases(1)[0] = 2.0;
        return new Derivative(gradient, uncertainty);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.1e-6, Double.POSITIVE_INFINITY, Double.NaN})
    void moreThanHalfTheWindowIsRefused(double uncertainty) {
        IllegalStateException e =
                assertThrows(
                        UncertainReferenceException.class,
                        () ->
                                UncertainReferenceException.require(
                                        CLAIM, network, derivative(uncertainty)));
        assertTrue(e.getMessage().startsWith("the reference is uncertain by "), e.getMessage());
        assertTrue(e.getMessage().endsWith("that the window allows"), e.getMessage());
    }

    @Test
    void lessIsNot() {
        assertDoesNotThrow(
                () -> UncertainReferenceException.require(CLAIM, network, derivative(0.9e-6)));
    }
}
