package org.relaxon.experiments.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepRunTest {
    private static Grid grid(String... axes) {
        return new Grid(List.of(axes).stream().map(Axis::parse).toList(), List.of(5L));
    }

    private static Map<Integer, SweepRow> run(Grid grid, int threads) throws IOException {
        return new SweepExecutor(SmallSweep.of(grid), threads)
                .run(Shard.WHOLE, Map.of(), row -> {}, () -> false);
    }

    private static Map<Integer, List<String>> cells(Map<Integer, SweepRow> rows) {
        return rows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().cells()));
    }

    @Test
    void rowsDoNotDependOnTheNumberOfThreads() throws IOException {
        Map<Integer, SweepRow> one = run(SmallSweep.GRID, 1);
        Map<Integer, SweepRow> four = run(SmallSweep.GRID, 4);

        assertEquals(12, one.size());
        assertEquals(cells(one), cells(four));
        assertEquals(new ArrayList<>(one.keySet()), new ArrayList<>(four.keySet()));
        assertEquals(12, one.values().stream().map(r -> r.counts().traceHash()).distinct().count());
    }

    @Test
    void chancesOfFaultsAreAxesAndWhatHappenedIsCounted() throws IOException {
        for (String fault : List.of("drop", "duplicate", "reorder", "late")) {
            Map<Integer, SweepRow> rows =
                    run(grid("granularity=neuron", fault + "=0,0.5", "delay=exponential:1ms"), 1);

            assertEquals(0, rows.get(0).counts().injected(), fault);
            assertTrue(rows.get(1).counts().injected() > 0, fault);
            boolean loses = fault.equals("drop") || fault.equals("late");
            assertEquals(loses, rows.get(1).counts().lost() > 0, fault);
        }
    }

    @Test
    void smallGainsSettleWithAnErrorOfOrderBetaAndLargeOnesDoNot() throws IOException {
        Map<Integer, SweepRow> rows = run(SmallSweep.GRID, 2);

        SweepRow coarse = rows.get(4); // beta 1e-2, gain 1, seed 3
        SweepRow fine = rows.get(8);
        assertTrue(coarse.settled() && fine.settled(), coarse + " " + fine);
        assertEquals(1.0, coarse.logError() - fine.logError(), 0.1);
        SweepRow wild = rows.get(2); // beta 1e-1, gain 16
        assertEquals("not-settled", wild.verdict());
        assertTrue(Double.isNaN(wild.relativeError()));
        assertTrue(wild.prediction().contraction() > 1.0 && coarse.prediction().contraction() < 1);
        assertEquals("true", coarse.prediction().certified());
        assertEquals("false", wild.prediction().certified());
    }

    @Test
    void gradientStepsArePredictedByTheirBoundAndFixedPointsByTheirContraction()
            throws IOException {
        Prediction steps = run(grid("step=0.1", "delay-mean=1ms"), 1).get(0).prediction();
        Prediction finer = run(grid("step=0.05", "delay-mean=1ms"), 1).get(0).prediction();
        Prediction fixed = run(grid("delay-mean=1ms"), 1).get(0).prediction();

        assertEquals(2.0, steps.stepRatio() / finer.stepRatio(), 1e-12);
        assertTrue(Double.isNaN(steps.contraction()) && Double.isNaN(steps.loopGain()));
        assertTrue(fixed.contraction() > 0 && fixed.loopGain() > 0, fixed.toString());
        assertTrue(Double.isNaN(fixed.stepRatio()));
        assertEquals(1e-10 / 1e-4, fixed.thresholdShare(), 1e-12); // pc-nudge: order 1
    }

    @Test
    void everyKindOfAxisChangesTheRun() {
        Grid grid =
                grid(
                        "layers=4-6-2",
                        "gain=3",
                        "beta=0.25",
                        "step=0.125",
                        "granularity=block:2",
                        "threshold=1e-7",
                        "refractory=3ms",
                        "delay-mean=6ms",
                        "delay-family=pareto",
                        "algorithm=pc-nudge");

        ResolvedRun run = SmallSweep.of(grid).resolve(grid.point(0));

        assertEquals(List.of(4, 6, 2), run.problem().layers());
        assertEquals(3.0, run.problem().gain());
        assertEquals(5, run.problem().seed());
        assertEquals(0.25, run.method().strength());
        assertEquals("gradient:0.125", run.method().algorithm().variant());
        assertEquals("block:2", run.plan().granularity().toString());
        assertEquals(1e-7, run.plan().threshold());
        assertEquals(3_000_000, run.plan().refractoryNanos());
        assertEquals("pareto:2ms,1.5", run.plan().delay().spec());
        assertEquals(6_000_000, run.plan().delay().typicalNanos());
        assertEquals(5, run.plan().seed());
    }

    @Test
    void familiesOfDelayHaveTheMeanAskedFor() {
        for (String family : DelayFamily.NAMES) {
            assertEquals(900_000, DelayFamily.of(family, 900_000).typicalNanos(), family);
            assertEquals("none", DelayFamily.of(family, 0).spec());
        }
        assertThrows(IllegalArgumentException.class, () -> DelayFamily.of("normal", 1));
    }

    @Test
    void aCombinationThatIsNotSupportedIsARowThatSaysSo() throws IOException {
        Map<Integer, SweepRow> rows = run(grid("algorithm=pc-nudge,fpa-pc", "step=0.1"), 1);

        assertTrue(rows.get(0).counted(), rows.get(0).detail());
        assertEquals(SweepRow.REFUSED, rows.get(1).verdict());
        assertTrue(rows.get(1).detail().contains("step"), rows.get(1).detail());
        assertFalse(rows.get(1).counted());
    }

    @Test
    void aStrengthMapsToEachAlgorithmsOwn() {
        SweepRun run = SmallSweep.of(grid("algorithm=pc-nudge,chl", "strength=0.125"));

        for (int index = 0; index < 2; index++) {
            assertEquals(0.125, run.resolve(run.grid().point(index)).method().strength());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "algorithm=pc-nudge,chl beta=1e-2 chl has gamma in its place",
                "algorithm=chl,pc-nudge gamma=1e-2 pc-nudge has beta in its place",
                "algorithm=pc-nudge,fpa-pc beta=1e-2 fpa-pc has no strength",
                "algorithm=pc-nudge,fpa-pc strength=1e-2 fpa-pc has no strength",
                "strength=1e-3 beta=1e-2 a run has one strength",
            })
    void aStrengthThatAnAlgorithmHasNotIsRefusedBeforeTheFirstRun(String text) {
        String[] words = text.split(" ", 3);

        IllegalArgumentException why =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> SmallSweep.of(grid(words[0], words[1])));

        assertTrue(why.getMessage().contains(words[2]), why.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temperature=0.1",
                "beta=x",
                "beta=0",
                "beta=-1",
                "beta=1e999",
                "gain=0x1p3",
                "layers=8",
                "layers=8-x",
                "granularity=cube",
                "threshold=NaN",
                "refractory=3",
                "delay=sometimes",
                "delay-mean=soon",
                "delay-family=normal",
                "delay-family=uniform",
            })
    void unknownAxesAndValuesAreRefusedBeforeAnythingRuns(String axis) {
        IllegalArgumentException why =
                assertThrows(IllegalArgumentException.class, () -> SmallSweep.of(grid(axis)));

        assertTrue(why.getMessage().contains(axis.substring(0, axis.indexOf('='))));
    }

    @Test
    void wholeDelaysDoNotGoWithMeans() {
        assertThrows(
                IllegalArgumentException.class,
                () -> SmallSweep.of(grid("delay=none", "delay-mean=1ms")));
    }

    @Test
    void shardsTogetherAreTheWhole() throws IOException {
        Map<Integer, List<String>> parts = new ConcurrentHashMap<>();
        for (int i = 1; i <= 5; i++) {
            parts.putAll(
                    cells(
                            new SweepExecutor(SmallSweep.of(SmallSweep.GRID), 2)
                                    .run(new Shard(i, 5), Map.of(), row -> {}, () -> false)));
        }

        assertEquals(cells(run(SmallSweep.GRID, 2)), parts);
    }

    @Test
    void aListenerThatCannotKeepARowEndsTheSweep() {
        SweepExecutor executor = new SweepExecutor(SmallSweep.of(SmallSweep.GRID), 2);
        SweepListener full =
                row -> {
                    throw new IOException("no space left");
                };

        IOException why =
                assertThrows(
                        IOException.class,
                        () -> executor.run(Shard.WHOLE, Map.of(), full, () -> false));
        assertEquals("no space left", why.getMessage());
    }

    @Test
    void aRowReadsBackFromItsCells() throws IOException {
        for (SweepRow row : run(SmallSweep.GRID, 2).values()) {
            assertEquals(SweepRow.header().size(), row.cells().size());
            assertEquals(row, SweepRow.of(row.index(), row.cells(), row.wallMillis()));
        }
    }
}
