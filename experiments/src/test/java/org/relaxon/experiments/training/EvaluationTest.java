package org.relaxon.experiments.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static Evaluation with(double cosine, double oneMinusCosine) {
        double none = Double.NaN;
        return new Evaluation(
                3, 1.0, none, none, none, none, none, none, 0, cosine, oneMinusCosine);
    }

    /** An angle of 1e-9 degrees, whose cosine is 1 in floating point. */
    @Test
    void aSmallAngleIsNotLostInTheCosine() {
        double half = Math.toRadians(1e-9) / 2.0;
        Evaluation small = with(1.0, 2.0 * half * half);
        assertEquals(1e-9, small.angleDegrees(), 1e-24);
        assertEquals(0.0, with(1.0, 0.0).angleDegrees());
        assertEquals(90.0, with(0.0, 1.0).angleDegrees(), 1e-13);
        assertTrue(Double.isNaN(with(Double.NaN, Double.NaN).angleDegrees()));
    }
}
