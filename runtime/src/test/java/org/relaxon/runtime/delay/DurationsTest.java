package org.relaxon.runtime.delay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.runtime.delay.Durations.UnreadableException;

class DurationsTest {
    /** What was found and what is needed stand apart from the message that has both. */
    @Test
    void aRefusalHasItsParts() {
        UnreadableException span =
                assertThrows(UnreadableException.class, () -> Durations.parse("pause", "1h"));
        assertEquals("1h", span.text());
        assertEquals("pause: \"1h\" is not " + span.needed(), span.getMessage());
        UnreadableException part =
                assertThrows(UnreadableException.class, () -> Delays.parse("uniform:1ms,2"));
        assertEquals("2", part.text());
        UnreadableException model =
                assertThrows(UnreadableException.class, () -> Delays.parse("uniform:1ms"));
        assertEquals("uniform:1ms", model.text());
        assertTrue(model.needed().startsWith("one of none, constant:D"), model.needed());
    }

    @ParameterizedTest
    @CsvSource({
        "0ns, 0",
        "0ms, 0",
        "1ns, 1",
        "200us, 200000",
        "1.5ms, 1500000",
        "2s, 2000000000",
        "0.25s, 250000000",
        "1e3us, 1000000",
        "1E+2ns, 100",
        ".5us, 500"
    })
    void aNumberAndAUnitAreASpan(String text, long nanos) {
        assertEquals(nanos, Durations.parse("delay", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "ms",
                "-1ms",
                "1 ms",
                " 1ms",
                "1ms ",
                "1m",
                "1min",
                "1h",
                "NaNms",
                "Infinityms",
                "1e400s",
                "1,5ms",
                "1.2.3ms",
                "e5ms",
                "+ms",
                "1MS",
                "0x10ms",
                "1dms",
                "10000000000s",
                "1ms2ms"
            })
    void whatIsNoSpanIsRefusedWithFieldValueAndWhatIsAllowed(String text) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Durations.parse("refractory", text))
                        .getMessage();

        assertTrue(message.startsWith("refractory: "), message);
        assertTrue(message.contains('"' + text + '"'), message);
        assertTrue(message.contains("200us"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "1, 1ns",
        "999, 999ns",
        "1000, 1us",
        "1500000, 1500us",
        "2000000, 2ms",
        "60000000000, 60s"
    })
    void aSpanIsWrittenInTheLargestUnitThatKeepsItWhole(long nanos, String text) {
        assertEquals(text, Durations.format(nanos));
    }

    @Test
    void whatIsWrittenReadsBack() {
        for (int k = 0; k < 2_000; k++) {
            long nanos = CounterRandom.bits(1, 2, k) >>> (12 + k % 50);
            assertEquals(nanos, Durations.parse("x", Durations.format(nanos)), "draw " + k);
        }
    }
}
