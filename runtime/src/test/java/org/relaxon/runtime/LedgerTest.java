package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.relaxon.runtime.RunReport.Ledger;

class LedgerTest {
    private static final Ledger ONE = new Ledger(10, 7, 4, 100);
    private static final Ledger OTHER = new Ledger(20, 9, 6, 300);

    @Test
    void chainsOfWorkOneAfterAnotherAddUp() {
        assertEquals(new Ledger(30, 16, 10, 400), ONE.plus(OTHER));
        assertEquals(ONE, ONE.plus(Ledger.NONE));
    }

    @Test
    void ofWorkBesideOtherWorkTheLongerChainCounts() {
        assertEquals(new Ledger(30, 16, 6, 400), ONE.beside(OTHER));
        assertEquals(ONE.beside(OTHER), OTHER.beside(ONE));
        assertEquals(ONE, Ledger.NONE.beside(ONE));
    }
}
