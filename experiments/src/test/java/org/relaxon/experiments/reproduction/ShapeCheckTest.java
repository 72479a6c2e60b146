package org.relaxon.experiments.reproduction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A check without runs states that nothing was measured, and fails. */
class ShapeCheckTest {
    @Test
    void withoutRunsNothingIsMeasured() {
        ShapeCheck none = ShapeCheck.all("a", "all settle", "settle", 0, 0);
        assertEquals(ShapeCheck.NOT_MEASURED, none.measured());
        assertFalse(none.holds());
        assertEquals(ShapeCheck.NOT_MEASURED, ShapeCheck.figures("%.1f, %.1f", 1.0, Double.NaN));
        for (ShapeCheck check : new DelayShape(List.of()).checks()) {
            assertEquals(ShapeCheck.NOT_MEASURED, check.measured(), check.name());
        }
        for (ShapeCheck check : new DepthShape(List.of()).checks()) {
            assertEquals(ShapeCheck.NOT_MEASURED, check.measured(), check.name());
            assertFalse(check.holds(), check.name());
        }
        for (ShapeCheck check : new AsyncShape(List.of()).checks()) {
            assertFalse(check.measured().contains("NaN"), check.measured());
            assertFalse(check.holds(), check.name());
        }
    }

    /** Limits and figures are written in one form. */
    @Test
    void figuresHaveThreeDigits() {
        assertEquals("4.13e-6", ShapeCheck.brief(4.1277e-6));
        assertEquals("1e-4", ShapeCheck.brief(1e-4));
        assertEquals("1.3e7", ShapeCheck.brief(12_999_999.0));
        assertEquals("beyond finite numbers", ShapeCheck.brief(Double.POSITIVE_INFINITY));
        assertEquals(ShapeCheck.NOT_MEASURED, ShapeCheck.brief(Double.NaN));
    }

    /** The twin. */
    @Test
    void withRunsTheyAreCounted() {
        ShapeCheck some = ShapeCheck.all("a", "all settle", "settle", 3, 3);
        assertEquals("3 of 3 settle", some.measured());
        assertTrue(some.holds());
        assertFalse(ShapeCheck.all("a", "all settle", "settle", 2, 3).holds());
        assertEquals("1.0, 2.0", ShapeCheck.figures("%.1f, %.1f", 1.0, 2.0));
    }
}
