package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;

class FiniteDifferencesTest {
    @Test
    void theErrorFallsWithTheFourthPowerOfTheStep() {
        ConvergenceOrder.of(
                        h ->
                                Math.abs(
                                        FiniteDifferences.derivative(Math::exp, 0.3, h)
                                                - Math.exp(0.3)),
                        0.4,
                        0.2,
                        0.1)
                .requireAtLeast(4.0);
    }

    @Test
    void everyParameterHasItsOwnDerivativeAndKeepsItsValue() {
        Network network = Problem.graph(4, 1).network();
        Parameters where = network.parameters();
        double[] before = Compare.flat(network, where);
        Parameters found =
                FiniteDifferences.gradient(
                        network, where, p -> Math.sin(p.weights(0)[0][0]) + p.biases(1)[0], 1e-3);
        double[] flat = Compare.flat(network, found);
        assertEquals(Math.cos(where.weights(0)[0][0]), found.weights(0)[0][0], 1e-10);
        assertEquals(1.0, found.biases(1)[0], 1e-10);
        assertEquals(0.0, Compare.relative(before, Compare.flat(network, where)));
        int others = 0;
        for (double v : flat) {
            others += v != 0.0 ? 1 : 0;
        }
        assertTrue(others == 2, others + " derivatives are not 0");
    }
}
