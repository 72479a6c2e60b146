package org.relaxon.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {
    private static final long MS = 1_000_000L;

    @Test
    void twoNamesAreAnOutageForGood() {
        assertEquals(new Cut("2", "3", 0, Long.MAX_VALUE), Cut.parse("2->3"));
    }

    @Test
    void aSpanLimitsTheOutage() {
        assertEquals(new Cut("2", "3", 0, 5 * MS), Cut.parse("2->3@0ms..5ms"));
    }

    @Test
    void anOutageForGoodMayBeginLater() {
        assertEquals(new Cut("2", "3", 5 * MS, Long.MAX_VALUE), Cut.parse("2->3@5ms.."));
    }

    @Test
    void theSpanMayHaveFractions() {
        assertEquals(new Cut("2", "3", 1_500_000, 2_250_000), Cut.parse("2->3@1.5ms..2.25ms"));
    }

    @Test
    void cellsOfOneNeuronAndOfABlockCanBeNamed() {
        assertEquals(
                new Cut("2[7]", "1[0..15]", 1_000, 2 * MS), Cut.parse("2[7]->1[0..15]@1us..2ms"));
        assertEquals(new Cut("2[8..15]", "1[3]", 0, Long.MAX_VALUE), Cut.parse("2[8..15]->1[3]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2->3",
                "2->3@0ms..5ms",
                "2->3@5ms..",
                "hidden->out@1500us..2s",
                "2[7]->1[0..15]@1ns..2ns",
                "2[8..15]->1[3]"
            })
    void aCutReadsBackFromItsOwnText(String text) {
        Cut cut = Cut.parse(text);

        assertEquals(cut, Cut.parse(cut.toString()));
        assertEquals(text, cut.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "2-3",
                "->3",
                "2->",
                "2>3",
                "2->3@",
                "2->3@5ms",
                "2->3@..2ms",
                "2->3@5ms..5ms",
                "2->3@5ms..1ms",
                "2->3@-1ms..1ms",
                "2->3@0..5",
                "2->3@0ms..NaNms",
                "2->3@0ms..1ms..2ms",
                "2->3@0ms..5ms@6ms..7ms"
            })
    void whatIsNoCutIsRefusedInOneLineThatNamesIt(String text) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> Cut.parse(text)).getMessage();

        assertTrue(message.startsWith("cut: "), message);
        assertTrue(message.contains("\""), message + " should quote what was given");
        assertTrue(!message.contains("\n"), message);
    }

    @Test
    void anOutageThatEndsBeforeItBeginsIsRefusedHoweverItIsBuilt() {
        assertThrows(IllegalArgumentException.class, () -> new Cut("2", "3", 5, 5));
        assertThrows(IllegalArgumentException.class, () -> new Cut("2", "3", 5, 3));
        assertThrows(IllegalArgumentException.class, () -> new Cut("2", "3", -1, 3));
    }
}
