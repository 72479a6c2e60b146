package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LastSignalsTest {
    @Test
    void aSignalInFlightAtTheEndIsNotLost() {
        for (String early : new String[] {"message-budget", "time-budget", "cancelled"}) {
            assertEquals("was in flight when it was stopped", LastSignals.text(early, 0));
            assertEquals("did not arrive", LastSignals.text(early, 1), "a fault swallowed it");
        }
        assertEquals("did not arrive", LastSignals.text("quiet-away-from-equilibrium", 0));
    }
}
