package org.relaxon.experiments.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
    @Test
    void theFirstAxisChangesSlowestAndTheSeedFastest() {
        Grid grid =
                new Grid(
                        List.of(Axis.parse("beta=1,2,3"), Axis.parse("gain=5,6")), List.of(8L, 9L));

        assertEquals(12, grid.size());
        assertEquals(new GridPoint(0, List.of("1", "5"), 8), grid.point(0));
        assertEquals(new GridPoint(1, List.of("1", "5"), 9), grid.point(1));
        assertEquals(new GridPoint(2, List.of("1", "6"), 8), grid.point(2));
        assertEquals(new GridPoint(11, List.of("3", "6"), 9), grid.point(11));
        assertEquals(12, grid.all().stream().distinct().count());
        assertThrows(IllegalArgumentException.class, () -> grid.point(12));
        assertNotEquals(grid.point(2).values(), grid.point(4).values());
    }

    @Test
    void aNumberInAnotherFormIsTheSameValue() {
        assertThrows(IllegalArgumentException.class, () -> Axis.parse("beta=1e-2,0.01"));
        assertEquals(2, Axis.parse("beta=1e-2,0.02").values().size());
    }

    @Test
    void delaysKeepTheCommasWithinThem() {
        assertEquals(
                List.of("uniform:0ms,2ms", "none", "pareto:1ms,1.5"),
                Axis.parse("delay=uniform:0ms,2ms,none;pareto:1ms,1.5").values());
        assertEquals(
                List.of("measured:run.hlog,unit=us", "none"),
                Axis.parse("delay=measured:run.hlog,unit=us,none").values());
        assertEquals(
                List.of("eager", "poisson:5", "turn-taking"),
                Axis.parse("discipline=eager,poisson:5,turn-taking").values());
        assertEquals(List.of("none", "nonne"), Axis.parse("delay=none,nonne").values());
        assertEquals(List.of("1ms", "2ms"), Axis.parse("delay-mean=1ms,2ms").values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"beta", "beta=", "=1", "beta=1,1"})
    void whatIsNoAxisIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Axis.parse(text));
    }

    @Test
    void gridsThatNameSomethingTwiceOrNothingAreRefused() {
        List<Axis> one = List.of(Axis.parse("beta=1"));
        List<Axis> twice = List.of(Axis.parse("beta=1"), Axis.parse("beta=2"));

        assertEquals(1, new Grid(one, List.of(1L)).size());
        assertThrows(IllegalArgumentException.class, () -> new Grid(twice, List.of(1L)));
        assertThrows(IllegalArgumentException.class, () -> new Grid(List.of(), List.of(1L)));
        assertThrows(IllegalArgumentException.class, () -> new Grid(one, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Grid(one, List.of(2L, 2L)));
    }

    @Test
    void shardsShareOutEveryRunOnce() {
        for (int count : new int[] {1, 2, 3, 7, 20}) {
            int total = count;
            for (int index = 0; index < 12; index++) {
                int run = index;
                long owners =
                        IntStream.rangeClosed(1, total)
                                .filter(i -> new Shard(i, total).owns(run))
                                .count();
                assertEquals(1, owners, run + " of " + total);
            }
        }
        assertTrue(Shard.parse("2/3").owns(4));
        assertEquals("2/3", Shard.parse("2/3").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/3", "4/3", "1/0", "1", "a/b", "-1/2", "1/2/3", ""})
    void whatIsNoShardIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Shard.parse(text));
    }
}
