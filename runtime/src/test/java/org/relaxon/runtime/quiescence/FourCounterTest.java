package org.relaxon.runtime.quiescence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FourCounterTest {
    private final FourCounter detector = new FourCounter();

    @Test
    void oneBalancedWaveIsNotEnough() {
        assertFalse(detector.wave(5, 5));
    }

    @Test
    void twoEqualBalancedWavesAreQuiescence() {
        assertFalse(detector.wave(5, 5));
        assertTrue(detector.wave(5, 5));
    }

    @Test
    void anEmptyNetworkIsQuiescentAfterTwoWavesToo() {
        assertFalse(detector.wave(0, 0));
        assertTrue(detector.wave(0, 0));
    }

    @Test
    void aSignalUnderWayInTheSecondWaveIsSeen() {
        assertFalse(detector.wave(5, 5));
        assertFalse(detector.wave(6, 5));
    }

    @Test
    void aBalancedSecondWaveDoesNotHideThatMoreHappenedMeanwhile() {
        assertFalse(detector.wave(5, 5));
        assertFalse(detector.wave(7, 7));
        assertTrue(detector.wave(7, 7));
    }

    /** Silence is not quiescence: the totals stand still because a signal is slow. */
    @Test
    void equalWavesWithASignalUnderWayAreNotQuiescence() {
        for (int wave = 0; wave < 100; wave++) {
            assertFalse(detector.wave(6, 5));
        }
    }

    /**
     * Cells a, b, c. The probe finds a before it sends to b, then b after it has processed that
     * signal and sent one to c, then c before that arrives: a (0, 0), b (1, 1), c (0, 0): sent 1,
     * processed 1, although one signal is under way.
     */
    @Test
    void aCrookedPictureThatHappensToBalanceIsCorrectedByTheNextWave() {
        assertFalse(detector.wave(0 + 1 + 0, 0 + 1 + 0));
        // the second wave sees all of a; c still waits
        assertFalse(detector.wave(1 + 1 + 0, 0 + 1 + 0));
        // c has processed
        assertFalse(detector.wave(1 + 1 + 0, 0 + 1 + 1));
        assertTrue(detector.wave(1 + 1 + 0, 0 + 1 + 1));
    }

    /**
     * Each wave is as crooked as the first, and each balances: what happened shows in the totals.
     */
    @Test
    void twoCrookedPicturesThatBothBalanceAreNotEnoughUnlessNothingHappenedBetween() {
        assertFalse(detector.wave(1, 1));
        assertFalse(detector.wave(3, 3));
        assertFalse(detector.wave(4, 4));
    }

    /** More processed than sent can only be a crooked picture, or a defect of the counting. */
    @Test
    void moreProcessedThanSentIsNeverQuiescence() {
        for (int wave = 0; wave < 100; wave++) {
            assertFalse(detector.wave(5, 6));
        }
    }

    @Test
    void theFirstWaveMustHaveProcessedWhatTheSecondSaysWasSent() {
        assertFalse(detector.wave(6, 5));
        assertFalse(detector.wave(6, 6)); // the first may have missed one
        assertTrue(detector.wave(6, 6));
    }

    @Test
    void wavesOfAnotherPhaseAreForgotten() {
        assertFalse(detector.wave(5, 5));
        detector.reset();
        assertFalse(detector.wave(5, 5));
        assertTrue(detector.wave(5, 5));
        detector.reset();
        assertFalse(detector.wave(5, 5));
    }
}
