package org.relaxon.runtime.actor;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnfinishedTest {
    private final Unfinished unfinished = new Unfinished();

    @Test
    void theLastReportLeavesNothing() {
        unfinished.begin(2);
        unfinished.relaxing();
        assertFalse(unfinished.isNoneAfterRelaxing(0), "its wake-up processed, a signal sent");
        unfinished.relaxing();
        assertFalse(unfinished.isNoneAfterRelaxing(-1), "one of two processed");
        assertTrue(unfinished.isNoneAfter(-1));
    }

    /** The receiver processes a signal and reports that before its sender has reported it. */
    @Test
    void nothingIsLeftOnlyWhenNoCellRelaxes() {
        unfinished.begin(1);
        unfinished.relaxing();
        unfinished.relaxing();
        assertFalse(unfinished.isNoneAfterRelaxing(-1), "the sender still relaxes");
        assertTrue(unfinished.isNoneAfterRelaxing(0));
    }
}
