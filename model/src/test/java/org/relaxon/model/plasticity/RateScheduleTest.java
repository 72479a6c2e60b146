package org.relaxon.model.plasticity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RateScheduleTest {
    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 0, 1",
        "CONSTANT, 3, 1",
        "LINEAR, 0, 1",
        "LINEAR, 1, 0.75",
        "LINEAR, 2, 0.5",
        "LINEAR, 3, 0.25",
        "COSINE, 0, 1",
        "COSINE, 1, 0.8535533905932737",
        "COSINE, 2, 0.5",
        "COSINE, 3, 0.14644660940672627"
    })
    void factorsOfFourSteps(RateSchedule schedule, long step, double factor) {
        assertEquals(factor, schedule.factor(step, 4), 1e-15);
    }

    @ParameterizedTest
    @EnumSource
    void noStepIsWithoutARateAndThereAreNoOthers(RateSchedule schedule) {
        assertTrue(schedule.factor(999_999, 1_000_000) > 0);
        assertThrows(IllegalArgumentException.class, () -> schedule.factor(4, 4));
        assertThrows(IllegalArgumentException.class, () -> schedule.factor(-1, 4));
    }

    @Test
    void onlyAConstantRateIsTheSameInALongerTraining() {
        for (RateSchedule schedule : RateSchedule.values()) {
            boolean differs = schedule.factor(1, 4) != schedule.factor(1, 8);
            assertEquals(differs, schedule.dependsOnLength(), schedule.optionName());
        }
    }
}
