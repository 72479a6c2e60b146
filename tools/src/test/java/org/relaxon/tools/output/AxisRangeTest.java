package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No two ticks of an axis read alike. */
class AxisRangeTest {
    private static final int TICKS = 8;

    private static Set<String> read(double[] ticks, String pattern) {
        DecimalFormat format =
                new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        Set<String> out = new HashSet<>();
        for (double tick : ticks) {
            out.add(format.format(tick));
        }
        return out;
    }

    private static double[] between(AxisRange range) {
        double[] out = new double[TICKS];
        for (int k = 0; k < TICKS; k++) {
            out[k] = range.least() + k * (range.most() - range.least()) / (TICKS - 1);
        }
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "1.2e-9, 1.2e-9, 1e-9, 1e-8",
        "1.2e-9, 1.9e-9, 1e-9, 1e-8",
        "1e-9, 1e-9, 1e-10, 1e-8",
        "1e-3, 1e-2, 1e-3, 1e-2",
        "9e-4, 1.1e-2, 1e-4, 1e-1",
        "4.9e-324, 1e-300, 1e-307, 1e-300",
    })
    void aLogarithmicAxisEndsAtWholeDecades(double one, double other, double low, double high) {
        AxisRange range = AxisRange.decades(new double[] {other, one});
        assertEquals(low, range.least());
        assertEquals(high, range.most());
        assertEquals(2, read(new double[] {low, high}, range.pattern()).size());
    }

    @ParameterizedTest
    @CsvSource({
        "0.019403, 0.019405",
        "0, 0",
        "0.99999, 0.99999",
        "0, 100",
        "-3, -3.0000001",
        "1e6, 1000003",
        "1e7, 10000030",
        "0.5, 1e120",
        "1e300, 1.0001e300",
        "-1e-9, 1e-9"
    })
    void ticksOfALinearAxisDiffer(double one, double other) {
        AxisRange range = AxisRange.linear(new double[] {one, other});
        assertTrue(range.least() < range.most());
        assertTrue(range.least() <= Math.min(one, other) && Math.max(one, other) <= range.most());
        assertEquals(TICKS, read(between(range), range.pattern()).size(), range.toString());
    }

    /** The plot of a training that diverged was a column of numbers with 120 digits. */
    @ParameterizedTest
    @CsvSource({"0.5, 1e120", "1e8, 3e8", "-1e300, 1e200"})
    void largeNumbersAreShort(double one, double other) {
        AxisRange range = AxisRange.linear(new double[] {one, other});
        for (String tick : read(between(range), range.pattern())) {
            assertTrue(tick.length() <= 8, tick);
        }
        AxisRange small = AxisRange.linear(new double[] {0.5, 2e6});
        assertTrue(read(between(small), small.pattern()).stream().noneMatch(t -> t.contains("E")));
    }

    /** The twin: a fixed number of digits reads alike where values are close. */
    @Test
    void aFixedPatternWouldNotTellThemApart() {
        AxisRange range = AxisRange.linear(new double[] {0.019403, 0.019405});
        assertTrue(read(between(range), "0.####").size() < TICKS);
    }

    @Test
    void aTextIsBrokenWhereALineEnds() {
        String text = "784-64-10, strokes, 60000 to train and 10000 to test on";
        List<String> lines = Lines.of(text, 20, String::length);
        assertEquals(text, String.join(" ", lines));
        assertTrue(lines.size() > 2 && lines.stream().allMatch(l -> l.length() <= 20));
        assertEquals(List.of(text), Lines.of(text, 200, String::length));
        assertEquals(List.of("wide", "words"), Lines.of("wide words", 2, String::length));
    }
}
