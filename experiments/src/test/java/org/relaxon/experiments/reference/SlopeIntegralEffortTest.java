package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.relaxon.experiments.effort.Effort;
import org.relaxon.experiments.effort.GaveUpException;
import org.relaxon.model.activation.StandardActivation;

/**
 * Where sweeps run away a step is any number, and an integral over it is given up by its effort.
 */
class SlopeIntegralEffortTest {
    private static final long EFFORT = 1_000_000L;

    @Test
    void anIntegralOverARunawayStepIsGivenUp() {
        assertThrows(
                GaveUpException.class,
                () ->
                        Effort.within(
                                EFFORT, () -> SlopeIntegral.of(StandardActivation.TANH, 0.0, 1e9)));
        double near =
                Effort.within(EFFORT, () -> SlopeIntegral.of(StandardActivation.TANH, 0.0, 3.0))
                        .increment();
        assertEquals(StrictMath.tanh(3.0), near, 1e-14);
    }
}
