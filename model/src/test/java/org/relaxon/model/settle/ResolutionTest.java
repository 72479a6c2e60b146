package org.relaxon.model.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which projections a verdict names. */
class ResolutionTest {
    private static final double HIDDEN = Double.POSITIVE_INFINITY;

    private static List<Integer> named(double... rounding) {
        double[][] withheld = new double[1][rounding.length];
        return new Resolution(withheld, new double[][] {rounding}).within(1e-4).rounded();
    }

    @Test
    void anUpdateThatRoundingHidesInEveryColumnIsNamed() {
        assertEquals(List.of(0), named(HIDDEN, 2e-4));
    }

    /** A column that adds exactly nothing does not make the others known. */
    @Test
    void aColumnThatAddsNothingDoesNotCount() {
        assertEquals(List.of(0), named(HIDDEN, 0.0));
        assertEquals(List.of(), named(0.0, 0.0));
    }

    /** The twin: one column that is known does. */
    @Test
    void anUpdateThatOneColumnKnowsIsNotNamed() {
        assertEquals(List.of(), named(HIDDEN, 1e-9));
    }
}
