package org.relaxon.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** One step of a network that is mostly memory, at its smallest size. */
class ScaleBenchmarkTest {
    private final List<String> lines = new ArrayList<>();

    private Ratio measured(long synapses, BooleanSupplier stop) throws IOException {
        return new ScaleBenchmark(synapses, 2, 1, lines::add, stop, action -> {}).ratio();
    }

    @Test
    void theStepSettlesAndBothSidesMoveBytes() throws IOException {
        Ratio ratio = measured(ScaleBenchmark.SYNAPSES_MIN, () -> false);

        assertEquals(2, ratio.settlings());
        assertEquals(2, ratio.settled(), ratio.why());
        assertTrue(ratio.name().contains("1000-1000-1000-1000-1000, 4.00e+06"), ratio.name());
        assertTrue(ratio.median() > 0.0 && ratio.median() < Double.POSITIVE_INFINITY);
        assertEquals(4, lines.size(), lines.toString()); // two stages and two steps
        assertTrue(multiplications(lines.get(3)) >= 2 * 4e6, "each weight, forth and back");
    }

    private static double multiplications(String line) {
        String[] words = line.split(" ");
        return Double.parseDouble(words[4]);
    }

    @Test
    void aStopEndsItBeforeAnythingIsDrawn() throws IOException {
        assertNull(measured(ScaleBenchmark.SYNAPSES_MAX, () -> true));
        assertEquals(List.of(), lines);
    }

    @Test
    void sizesThatCannotBeMeasuredAreRefused() {
        for (long wrong : new long[] {-1, 0, ScaleBenchmark.SYNAPSES_MIN - 1, 20_000_000_000L}) {
            var refused =
                    assertThrows(
                            IllegalArgumentException.class, () -> measured(wrong, () -> false));
            assertEquals(
                    "synapses: %d is not in 4000000..10000000000".formatted(wrong),
                    refused.getMessage());
        }
    }
}
