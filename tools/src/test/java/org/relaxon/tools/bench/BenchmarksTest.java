package org.relaxon.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Kernels;
import org.relaxon.runtime.Budget;

/** What a benchmark says of a network that does not settle, and of one that does. */
class BenchmarksTest {
    private final List<String> said = new ArrayList<>();

    private Benchmarks of(Budget budget) {
        return new Benchmarks(1, 1L, 1, said::add, budget, () -> false, action -> {});
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

    /** One that measures without an end unless a stop is asked for, at the given question. */
    private Benchmarks stopping(int question, AtomicInteger asked) {
        return new Benchmarks(
                1,
                Long.MAX_VALUE,
                1,
                said::add,
                Budget.DEFAULT.withMessages(10_000),
                () -> asked.incrementAndGet() >= question,
                action -> {});
    }

    @Test
    void aStopEndsEveryFigureWhereverItIs() throws IOException {
        for (int question : new int[] {1, 2, 3, 4, 8}) {
            AtomicInteger asked = new AtomicInteger();
            assertNull(stopping(question, asked).virtualSignals());
            assertTrue(asked.getAndSet(0) <= question + 8);
            assertNull(stopping(question, asked).observedSignals("virtual"));
            assertTrue(asked.getAndSet(0) <= question + 8);
            assertNull(stopping(question, asked).learningStep("virtual", Kernels.Kind.STRICT));
            assertTrue(asked.getAndSet(0) <= question + 8);
            assertNull(stopping(question, asked).inFlight("virtual", "none"));
            assertTrue(asked.getAndSet(0) <= question + 48, "16 lanes, twice");
        }
    }

    @Test
    void afterAStopNothingMoreIsOpened() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        Benchmarks stopped = stopping(1, asked);
        assertNull(stopped.virtualSignals());
        assertNull(stopped.actorSignals());
        assertNull(stopped.learningStep("akka", Kernels.Kind.STRICT));
        assertNull(stopped.inFlight("akka", "none"));
        assertNull(stopped.observedSignals("virtual"));
        assertEquals(5, asked.get());
        assertEquals(List.of(), said, "what begins is said");
    }

    /** Budgets of years: only being cancelled ends it. */
    @Test
    void aStopEndsTheSettlingThatIsUnderWay() throws IOException {
        ScheduledExecutorService user = Executors.newSingleThreadScheduledExecutor();
        try {
            Benchmarks endless =
                    new Benchmarks(
                            1,
                            1L,
                            1,
                            said::add,
                            new Budget(Long.MAX_VALUE, Long.MAX_VALUE / 4, 1 << 20, Long.MAX_VALUE),
                            () -> false,
                            action -> {
                                var unused =
                                        user.scheduleWithFixedDelay(
                                                action, 0, 20, TimeUnit.MILLISECONDS);
                            });
            Ratio ratio = endless.actorSignals();
            assertEquals(0, ratio.settled());
            assertTrue(ratio.why().startsWith("cancelled"), ratio.why());
        } finally {
            user.shutdownNow();
        }
    }

    @Test
    void whatSettlesHasBothFigures() throws IOException {
        Ratio step = of(Budget.DEFAULT).learningStep("virtual", Kernels.Kind.STRICT);

        assertEquals(step.settlings(), step.settled());
        assertEquals("", step.why());
        assertTrue(step.median() > 0.0 && step.least() <= step.most());
    }

    @Test
    void drivesAreComparedInTimeAndMultiplications() throws IOException {
        DriveBenchmark.Setting small =
                new DriveBenchmark.Setting(new int[] {784, 60, 60, 10}, "block:20", 1e-4, 7e-5);
        List<Ratio> both =
                new DriveBenchmark(small, Budget.DEFAULT, () -> false, action -> {}).ratios(2, 1L);
        assertEquals(List.of("ms", "million"), both.stream().map(Ratio::unit).toList());
        for (Ratio ratio : both) {
            assertEquals(ratio.settlings(), ratio.settled(), ratio.why());
            assertTrue(ratio.name().contains("ep 784-60-60-10 relu in block:20"), ratio.name());
            assertTrue(ratio.name().matches(".*cosine of a layer 0[.]99.*"), ratio.name());
        }
        assertTrue(both.get(1).most() < 0.6, "multiplications: " + both.get(1).most());
    }

    @Test
    void aDriveThatDoesNotSettleHasNoFigure() throws IOException {
        DriveBenchmark.Setting small =
                new DriveBenchmark.Setting(new int[] {784, 20, 20, 10}, "block:10", 1e-4, 7e-5);
        Budget little = Budget.DEFAULT.withMessages(10);
        List<Ratio> both =
                new DriveBenchmark(small, little, () -> false, action -> {}).ratios(1, 1L);
        assertTrue(Double.isNaN(both.get(0).median()));
        assertTrue(both.get(0).why().startsWith("message-budget"), both.get(0).why());
        assertTrue(both.get(0).name().contains("NaN"), both.get(0).name());
        List<Ratio> stopped =
                new DriveBenchmark(small, little, () -> true, action -> {}).ratios(1, 1L);
        assertEquals(List.of(), stopped);
        assertEquals(List.of(), stopping(1, new AtomicInteger()).drives());
    }
}
