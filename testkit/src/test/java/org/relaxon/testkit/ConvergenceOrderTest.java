package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ConvergenceOrderTest {
    @Test
    void thePowerIsMeasured() {
        ConvergenceOrder square = ConvergenceOrder.of(b -> 3.0 * b * b, 0.1, 0.01, 0.001);
        assertEquals(2.0, square.order(), 1e-12);
        square.requireAtLeast(2.0);
        square.requireAtLeast(1.0);
    }

    @Test
    void aLowerOrderIsRefusedWithItsErrors() {
        ConvergenceOrder line = ConvergenceOrder.of(b -> 3.0 * b, 0.1, 0.01);
        String message =
                assertThrows(AssertionError.class, () -> line.requireAtLeast(2.0)).getMessage();
        assertTrue(message.contains("order 1.00, not 2.00"), message);
        assertTrue(message.contains("0.300 at 0.100"), message);
    }

    @Test
    void aFloorOfTheErrorIsNoOrder() {
        ConvergenceOrder floor = ConvergenceOrder.of(b -> Math.max(b * b, 1e-3), 0.1, 0.01, 0.001);
        assertThrows(AssertionError.class, () -> floor.requireAtLeast(2.0));
    }

    @Test
    void noNumberAndNoErrorHaveNoOrder() {
        ConvergenceOrder nan = ConvergenceOrder.of(b -> b < 0.05 ? Double.NaN : b, 0.1, 0.01);
        assertThrows(AssertionError.class, () -> nan.requireAtLeast(0.0));
        assertThrows(AssertionError.class, () -> nan.requireExact(1.0));
        ConvergenceOrder exact = ConvergenceOrder.of(b -> 0.0, 0.1, 0.01);
        assertThrows(AssertionError.class, () -> exact.requireAtLeast(1.0));
        exact.requireExact(0.0);
    }

    @Test
    void anErrorAboveTheRoomIsNotExact() {
        ConvergenceOrder small = ConvergenceOrder.of(b -> 1e-9 * b, 0.1, 0.01);
        small.requireExact(1.1e-10);
        assertThrows(AssertionError.class, () -> small.requireExact(5e-11));
    }

    @Test
    void strengthsWithoutAnOrderAreRefusedByValue() {
        assertTrue(Compare.refusal(() -> ConvergenceOrder.of(b -> b, 0.1, 0.1)).contains("0.1"));
        assertTrue(Compare.refusal(() -> ConvergenceOrder.of(b -> b, 0.1, -2.0)).contains("-2.0"));
    }
}
