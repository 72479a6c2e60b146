package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges and labels of axes. */
class AxisTest {
    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(axis::label).toList();
    }

    @Test
    void decadesHaveTheirPowers() {
        assertEquals(List.of("1e-4", "1e-3", "1e-2", "1e-1"), labels(Axis.decades(2e-4, 0.03)));
        assertEquals(List.of("1e-4", "2e-4", "5e-4", "1e-3"), labels(Axis.decades(1.8e-4, 1.9e-4)));
        assertTrue(Axis.decades(1e-300, 1e300).ticks().size() <= 8);
    }

    /** Neighbouring ticks differ in their labels, however close the values are. */
    @ParameterizedTest
    @CsvSource({"0.99981, 0.99983", "0, 1", "-3, 7", "1000000, 1000000", "5, 5", "0, 0"})
    void labelsDiffer(double low, double high) {
        Axis axis = Axis.linear(low, high);
        List<String> labels = labels(axis);
        assertEquals(labels.size(), labels.stream().distinct().count(), labels.toString());
        double rounding = 1e-6; // of the length of the axis
        assertTrue(axis.share(low) >= -rounding, axis.toString());
        assertTrue(axis.share(high) <= 1 + rounding, axis.toString());
    }
}
