package org.relaxon.experiments.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void anErrorThatFallsWithTheSquareHasOrderTwo() {
        assertEquals(2.0, Order.slope(1e-2, 3e-4, 1e-3, 3e-6), 1e-14);
        assertEquals(1.0, Order.slope(1e-7, 5e-7, 1e-9, 5e-9), 1e-14);
    }

    @Test
    void anErrorThatDoesNotFallHasOrderZero() {
        assertEquals(0.0, Order.slope(1e-2, 0.4, 1e-3, 0.4));
    }

    @Test
    void withoutTwoErrorsThereIsNoFiniteOrder() {
        assertFalse(Double.isFinite(Order.slope(1e-2, 0, 1e-3, 0)));
        assertFalse(Double.isFinite(Order.slope(1e-2, 1e-3, 1e-3, 0)));
        assertFalse(Double.isFinite(Order.slope(1e-2, Double.NaN, 1e-3, 1e-3)));
    }

    @Test
    void betasMustBeTwoPositiveNumbersCoarseFirst() {
        double[][] bad = {{1e-3, 1e-2}, {1e-3, 1e-3}, {1, 0}, {Double.NaN, 1}, {1, Double.NaN}};
        for (double[] pair : bad) {
            assertThrows(IllegalArgumentException.class, () -> Order.slope(pair[0], 1, pair[1], 1));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Order.slope(Double.POSITIVE_INFINITY, 1, 1, 1));
    }
}
