package org.relaxon.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Kernels;
import org.relaxon.runtime.Budget;

/** What a benchmark says of a network that does not settle, and of one that does. */
class BenchmarksTest {
    private final List<String> said = new ArrayList<>();

    private Benchmarks of(Budget budget) {
        return new Benchmarks(1, 1L, 1, said::add, budget, () -> false);
    }

    @Test
    void whatDoesNotSettleInItsBudgetIsAFigureAndTheNextIsMeasured() throws IOException {
        Ratio rate = of(Budget.DEFAULT.withMessages(10_000)).virtualSignals();
        Ratio duration =
                of(Budget.DEFAULT.withMessages(10)).learningStep("virtual", Kernels.Kind.STRICT);

        for (Ratio r : List.of(rate, duration)) {
            assertEquals(0, r.settled(), r.name());
            assertEquals(2, r.settlings(), r.name()); // one to warm up, one that counts
            assertTrue(r.why().startsWith("message-budget, "), r.name() + ": " + r.why());
        }
        assertTrue(rate.median() > 0.0 && rate.median() < Double.POSITIVE_INFINITY);
        assertTrue(Double.isNaN(duration.median()) && Double.isNaN(duration.subjectMedian()));
        assertTrue(Double.isNaN(duration.least()) && Double.isNaN(duration.most()));
        assertTrue(duration.floorMedian() > 0.0);
        assertEquals(2, said.size());
    }

    @Test
    void whatSettlesHasBothFigures() throws IOException {
        Ratio step = of(Budget.DEFAULT).learningStep("virtual", Kernels.Kind.STRICT);

        assertEquals(step.settlings(), step.settled());
        assertEquals("", step.why());
        assertTrue(step.median() > 0.0 && step.least() <= step.most());
    }
}
