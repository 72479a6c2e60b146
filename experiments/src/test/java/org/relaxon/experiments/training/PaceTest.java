package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.relaxon.model.plasticity.RateSchedule;

class PaceTest {
    private static final Pace PACE = Pace.of(20, 8, 0.2).withDecay(0.5);

    @Test
    void aConstantRateFallsByEpochsAlone() {
        assertEquals(0.2, PACE.rateAt(3, 4), 0.0);
        assertEquals(0.1, PACE.rateAt(4, 4), 0.0);
    }

    @Test
    void aScheduleGoesOverAllStepsBesides() {
        Pace linear = PACE.withRateSchedule(RateSchedule.LINEAR);
        assertEquals(0.2, linear.rateAt(0, 4), 0.0);
        assertEquals(0.2 * 0.625, linear.rateAt(3, 4), 1e-16);
        assertEquals(0.2 * 0.5 * 0.5, linear.rateAt(4, 4), 1e-16);
        Pace cosine = linear.withRateSchedule(RateSchedule.COSINE).withEvaluations(2);
        assertEquals(0.2 * 0.5 * 0.5, cosine.rateAt(4, 4), 1e-16);
    }
}
