package org.relaxon.runtime.quiescence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WaveTest {
    private static final Counts ONE = new Counts(1, 2, 3, 4);

    private final Wave wave = new Wave(2);

    @Test
    void aWaveIsCompleteWithTheLastAnswer() {
        assertTrue(wave.begin(1));
        assertFalse(wave.answer(1, ONE));
        assertTrue(wave.answer(1, new Counts(10, 20, 30, 40)));
        assertEquals(new Counts(11, 22, 33, 44), wave.total());
    }

    @Test
    void nothingIsCompleteBeforeAWaveBegins() {
        assertFalse(wave.answer(0, ONE));
        assertFalse(wave.answer(1, ONE));
        assertFalse(wave.answer(1, ONE));
    }

    @Test
    void answersToAnotherWaveDoNotCount() {
        wave.begin(1);
        wave.answer(1, ONE);
        assertTrue(wave.begin(2));
        assertFalse(wave.answer(1, ONE), "late");
        assertFalse(wave.answer(3, ONE), "of the future");
        assertFalse(wave.answer(2, ONE));
        assertTrue(wave.answer(2, ONE));
        assertEquals(new Counts(2, 4, 6, 8), wave.total());
    }

    @Test
    void aProbeThatOvertakesAnotherEndsIt() {
        assertTrue(wave.begin(5));
        assertFalse(wave.begin(4));
        assertFalse(wave.begin(5), "twice");
        assertEquals(5, wave.number());
    }

    @Test
    void aCompleteWaveTakesNoMore() {
        wave.begin(1);
        wave.answer(1, ONE);
        wave.answer(1, ONE);
        assertFalse(wave.answer(1, ONE));
        assertEquals(new Counts(2, 4, 6, 8), wave.total());
    }
}
