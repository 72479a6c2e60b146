package org.relaxon.runtime.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.link.LinkPlan;
import org.relaxon.runtime.protocol.Protocols;
import org.relaxon.runtime.slot.CellFaults;

class FaultsTest {
    private static final long MS = 1_000_000L;
    private static final Faults EVERYTHING =
            new Faults(
                    List.of(Chance.parse("drop", "0.1")),
                    List.of(Chance.parse("duplicate", "1->2=0.2")),
                    List.of(Chance.parse("reorder", "2->1=0.3")),
                    List.of(Chance.parse("late", "0.4")),
                    List.of(Cut.parse("2->1@0ms..1ms")),
                    List.of(Burst.parse("10ms,2ms")),
                    List.of(SlowCell.parse("1=3ms")),
                    List.of(Crash.parse("2@4")),
                    List.of(Starvation.parse("2@7")));
    private static final Wiring NEURONS =
            Wiring.of(
                    Network.layered(
                            new int[] {2, 3, 4},
                            StandardActivation.TANH,
                            StandardActivation.LINEAR,
                            StandardLoss.SQUARED,
                            Initialisation.uniform(1)),
                    Granularity.NEURON);

    @Test
    void aChanceOfNothingIsNoFault() {
        Faults none = Faults.NONE.withDrop(0).withDuplicate(0).withReorder(0).withLate(0);
        assertTrue(none.isEmpty());
        for (Faults some :
                List.of(
                        none.withDrop(0.1),
                        none.withDuplicate(0.1),
                        none.withReorder(0.1),
                        none.withLate(0.1),
                        none.withCuts(EVERYTHING.cuts()),
                        none.withBursts(EVERYTHING.bursts()),
                        none.withSlow(EVERYTHING.slow()),
                        none.withCrashes(EVERYTHING.crashes()),
                        none.withStarved(EVERYTHING.starved()))) {
            assertFalse(some.isEmpty(), some.toString());
        }
    }

    private static void requireRefused(String option, String text, Function<String, ?> parser) {
        String message =
                assertThrows(IllegalArgumentException.class, () -> parser.apply(text), text)
                        .getMessage();

        assertTrue(message.startsWith(option + ": "), message);
        assertFalse(message.contains("\n"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.0", "1->2=0.5", "2[7]->1[0..15]=0.25"})
    void aChanceReadsBackFromItsOwnText(String text) {
        assertEquals(text, Chance.parse("drop", text).toString());
        assertEquals(Chance.parse("drop", text), Chance.parse("drop", text + ""));
    }

    @Test
    void aChanceOfOneLinkKnowsBothItsEnds() {
        assertEquals(new Chance("1", "2[3]", 0.5), Chance.parse("drop", "1->2[3]=0.5"));
        assertEquals(Chance.everywhere(0.5), Chance.parse("drop", "5e-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1.0",
                "-0.1",
                "NaN",
                "Infinity",
                "1->2",
                "->2=0.1",
                "1->=0.1",
                "1=0.1",
                "1->2=",
                "1->2=x",
                "1->2=1.5",
                "0.1=1->2"
            })
    void whatIsNoChanceIsRefusedUnderTheNameOfItsOption(String text) {
        requireRefused("drop", text, t -> Chance.parse("drop", t));
        requireRefused("duplicate", text, t -> Chance.parse("duplicate", t));
    }

    @Test
    void aChanceWithOneEndOnlyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Chance("1", null, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new Chance(null, "1", 0.1));
        assertEquals(Chance.everywhere(0.1), new Chance(null, null, 0.1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10ms,2ms", "1us,1ns", "1500us,1ms"})
    void aBurstReadsBackFromItsOwnText(String text) {
        Burst burst = Burst.parse(text);

        assertEquals(text, burst.toString());
        assertEquals(burst, Burst.parse(burst.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10ms",
                "10ms,",
                ",2ms",
                "2ms,2ms",
                "2ms,3ms",
                "2ms,0ms",
                "1,2",
                "9ms,1ms,1ms"
            })
    void whatIsNoBurstIsRefused(String text) {
        requireRefused("burst", text, Burst::parse);
    }

    @Test
    void aBurstIsDownForItsLengthInEveryPeriod() {
        Burst burst = new Burst(1000, 300);
        for (long link = 0; link < 3; link++) {
            for (long period = 0; period < 50; period++) {
                int down = 0;
                for (long t = 0; t < 1000; t++) {
                    down += burst.isDown(5, link, 1000 * period + t) ? 1 : 0;
                }
                assertEquals(300, down, "link " + link + ", period " + period);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2=5ms", "2[7]=1ns", "1[0..15]=2s"})
    void aSlowCellReadsBackFromItsOwnText(String text) {
        assertEquals(text, SlowCell.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "=5ms", "2=", "2=5", "2=0ms", "2=-1ms", "5ms"})
    void whatIsNoSlowCellIsRefused(String text) {
        requireRefused("slow", text, SlowCell::parse);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2@1", "2[7]@30", "2[7]@30+"})
    void aCrashReadsBackFromItsOwnText(String text) {
        assertEquals(text, Crash.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "@3",
                "2@",
                "2@0",
                "2@-1",
                "2@x",
                "2@3++",
                "2@1@3",
                "2@9999999999999999999"
            })
    void whatIsNoCrashIsRefused(String text) {
        requireRefused("crash", text, Crash::parse);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2@1", "2[7]@30", "1[0..15]@1000000"})
    void aStarvedCellReadsBackFromItsOwnText(String text) {
        assertEquals(text, Starvation.parse(text).toString());
        assertEquals(new Starvation("2", 10_000), Starvation.parse("2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@3", "2@", "2@0", "2@-1", "2@x", "2@1@3", "2@1000001"})
    void whatIsNoStarvedCellIsRefused(String text) {
        requireRefused("starve", text, Starvation::parse);
    }

    @Test
    void aCrashStrikesOnceOrFromThenOn() {
        Crash once = new Crash("2", 3, false);
        Crash lasting = new Crash("2", 3, true);

        assertEquals(
                List.of(false, true, false),
                List.of(once.strikes(2), once.strikes(3), once.strikes(4)));
        assertEquals(
                List.of(false, true, true),
                List.of(lasting.strikes(2), lasting.strikes(3), lasting.strikes(4)));
    }

    @Test
    void aPopulationIsSlowWholeAndCrashesInItsFirstCell() {
        List<CellFaults> all = CellFaults.of(NEURONS, EVERYTHING);

        assertEquals(
                List.of(3 * MS, 3 * MS, 3 * MS, 0L, 0L, 0L, 0L),
                all.stream().map(CellFaults::pauseNanos).toList());
        assertEquals(
                List.of(false, false, false, true, false, false, false),
                all.stream().map(c -> c.crashesAt(4)).toList());
        assertEquals(
                List.of(0, 0, 0, 7, 0, 0, 0), all.stream().map(CellFaults::starvedFor).toList());
        assertTrue(all.stream().noneMatch(c -> c.crashesAt(3) || c.crashesAt(5)));
    }

    @Test
    void faultsOfWhatIsNotThereAreRefusedByName() {
        requireRefused(
                "slow",
                "0=1ms",
                t -> CellFaults.of(NEURONS, Faults.NONE.withSlow(List.of(SlowCell.parse(t)))));
        requireRefused(
                "crash",
                "7@1",
                t -> CellFaults.of(NEURONS, Faults.NONE.withCrashes(List.of(Crash.parse(t)))));
        requireRefused(
                "starve", "7@1", t -> CellFaults.of(NEURONS, Faults.NONE.withStarved(starved(t))));
        List<Chance> none = List.of();
        requireRefused("drop", "1->1=0.1", t -> links(one(t), none, none, none));
        requireRefused("duplicate", "0->1=0.1", t -> links(none, one(t), none, none));
        requireRefused("reorder", "2->2=0.1", t -> links(none, none, one(t), none));
        requireRefused("late", "0->1=0.1", t -> links(none, none, none, one(t)));
        links(one("1->2=0.1"), one("2->1=0.1"), one("1->2=0.1"), one("0.1"));
    }

    private static List<Chance> one(String chance) {
        return List.of(Chance.parse("x", chance));
    }

    private static List<Starvation> starved(String text) {
        return List.of(Starvation.parse(text));
    }

    private static LinkPlan links(
            List<Chance> drops,
            List<Chance> duplicates,
            List<Chance> reorders,
            List<Chance> lates) {
        Faults faults =
                new Faults(
                        drops,
                        duplicates,
                        reorders,
                        lates,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new LinkPlan(
                NEURONS,
                Protocols.of(Discipline.EAGER, NEURONS, new PredictiveCoding()).channels(),
                Delays.none(),
                Conditions.PLAIN.withFaults(faults),
                1);
    }

    @Test
    void whatWasAskedForAndDidNotHappenIsMissing() {
        List<String> all =
                List.of(
                        "drop",
                        "duplicate",
                        "cut",
                        "burst",
                        "slow",
                        "crash",
                        "reorder",
                        "late",
                        "starve");

        assertEquals(all, EVERYTHING.missing(FaultCounts.NONE));
        assertEquals(List.of(), EVERYTHING.missing(new FaultCounts(1, 2, 3, 4, 5, 6, 7, 8, 8, 9)));
        assertEquals(
                List.of("cut"), EVERYTHING.missing(new FaultCounts(1, 0, 1, 1, 1, 1, 1, 1, 1, 1)));
        assertEquals(
                List.of("drop", "crash"),
                EVERYTHING.missing(new FaultCounts(0, 1, 1, 1, 1, 0, 1, 1, 1, 1)));
        assertEquals(
                List.of("late"),
                EVERYTHING.missing(new FaultCounts(1, 1, 1, 1, 1, 1, 1, 1, 0, 1)),
                "kept back, but no later phase came");
        assertEquals(List.of(), Faults.NONE.missing(FaultCounts.NONE));
        assertEquals(
                List.of(),
                Faults.NONE.withDrop(0.0).missing(FaultCounts.NONE),
                "a chance of 0 asks for nothing");
    }

    @Test
    void countsAddUp() {
        FaultCounts one = new FaultCounts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        FaultCounts sum = one.plus(new FaultCounts(10, 20, 30, 40, 50, 60, 70, 80, 90, 100));

        assertEquals(new FaultCounts(11, 22, 33, 44, 55, 66, 77, 88, 99, 110), sum);
        assertEquals(46, one.total(), "what arrives late was kept back before");
        assertEquals(0, FaultCounts.NONE.total());
    }

    @Test
    void onlyWhatLosesParcelsAsksForRepetition() {
        assertFalse(Faults.NONE.loses());
        assertFalse(Faults.NONE.withDrop(0.0).loses());
        assertFalse(Faults.NONE.withDuplicate(0.5).withSlow(EVERYTHING.slow()).loses());
        assertFalse(Faults.NONE.withReorder(0.5).withStarved(EVERYTHING.starved()).loses());
        assertTrue(Faults.NONE.withLate(0.1).loses());
        assertFalse(Faults.NONE.withLate(0.0).loses());
        assertTrue(Faults.NONE.withReorder(0.1).overtakes());
        assertFalse(Faults.NONE.withReorder(0.0).withLate(0.1).overtakes());
        assertTrue(Faults.NONE.withDrop(0.1).loses());
        assertTrue(Faults.NONE.withCuts(EVERYTHING.cuts()).loses());
        assertTrue(Faults.NONE.withBursts(EVERYTHING.bursts()).loses());
        assertTrue(Faults.NONE.withCrashes(EVERYTHING.crashes()).loses());
        assertTrue(Faults.NONE.isEmpty());
        assertFalse(EVERYTHING.isEmpty());
    }
}
