package org.relaxon.runtime.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.cell.Link;
import org.relaxon.model.cell.Wiring;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.protocol.Channels;
import org.relaxon.runtime.protocol.Protocols;

class LinkPlanTest {
    private static final Network NETWORK =
            Network.layered(
                    new int[] {2, 3, 4, 2},
                    StandardActivation.TANH,
                    StandardActivation.LINEAR,
                    StandardLoss.SQUARED,
                    Initialisation.uniform(1));
    private static final Wiring NEURONS = Wiring.of(NETWORK, Granularity.NEURON);
    private static final Wiring LAYERS = Wiring.of(NETWORK, Granularity.LAYER);
    private static final DelayModel DELAY = Delays.parse("exponential:1ms");

    private static Signal signal(long phase, long version) {
        return new Signal(phase, version, new double[1], 0, 1);
    }

    private static LinkPlan plan(Wiring wiring, String... cuts) {
        return plan(wiring, DELAY, 7, cuts);
    }

    private static long travel(LinkPlan plan, String name) {
        return travel(plan, name, 0);
    }

    private static long travel(LinkPlan plan, String name, long now) {
        return plan.travelNanos(index(name), signal(1, 1), 0, now);
    }

    private static int index(String name) {
        return LAYERS.links().stream()
                .filter(l -> LAYERS.name(l).equals(name))
                .findFirst()
                .orElseThrow()
                .index();
    }

    private static LinkPlan elsewhere(String... texts) {
        return new LinkPlan(
                LAYERS,
                Protocols.of(Discipline.EAGER, LAYERS, new PredictiveCoding()).channels(),
                Delays.constant(3),
                new Conditions(
                        Discipline.EAGER,
                        null,
                        Faults.NONE,
                        Arrays.stream(texts).map(DelayOn::parse).toList()),
                7);
    }

    @Test
    void anExceptionHoldsInOneDirectionAndTheLastOneCounts() {
        LinkPlan plan = elsewhere("1->2=constant:5us", "3->2=constant:6us", "1->2=constant:7us");

        assertEquals(7_000, travel(plan, "1->2"));
        assertEquals(3, travel(plan, "2->1"));
        assertEquals(6_000, travel(plan, "3->2"));
        assertEquals(3, travel(plan, "2->3"));
        String message =
                assertThrows(IllegalArgumentException.class, () -> elsewhere("0->1=constant:5us"))
                        .getMessage();
        assertTrue(message.contains("delay-on") && message.contains("0->1"), message);
    }

    /** The way of an acknowledgement is the way back. */
    @Test
    void anAcknowledgementTakesTheDelayOfItsOwnDirectionAndMoment() {
        LinkPlan plan = elsewhere("1->2=constant:5us", "2->1=newest-first:100ns");
        int up = index("1->2");
        int down = index("2->1");

        assertEquals(200, plan.acknowledgementNanos(up, 1, 1, 0, 0));
        assertEquals(120, plan.acknowledgementNanos(up, 1, 1, 0, 40));
        assertEquals(5_000, plan.acknowledgementNanos(down, 1, 1, 0, 40));
        assertEquals(3, plan.acknowledgementNanos(index("2->3"), 1, 1, 0, 0), "as elsewhere");
    }

    /** A detector's messages are on no link, so they know no direction, but the moment. */
    @Test
    void probesTakeTheCommonDelayOfTheirMoment() {
        assertEquals(3, elsewhere("1->2=constant:5us").controlNanos(2, 1, 1, 40));
        LinkPlan adversary = plan(LAYERS, Delays.parse("newest-first:100ns"), 7);
        assertEquals(200, adversary.controlNanos(2, 1, 1, 0));
        assertEquals(120, adversary.controlNanos(2, 1, 1, 40));
    }

    private static LinkPlan stating(Wiring wiring, Discipline discipline, Timing timing) {
        return new LinkPlan(
                wiring,
                Protocols.of(discipline, wiring, new PredictiveCoding()).channels(),
                Delays.constant(3),
                new Conditions(discipline, null, Faults.NONE, List.of(), timing),
                7);
    }

    /** Distance of the mean of many draws on one channel from a mean, in standard errors. */
    private static double off(LinkPlan plan, int channel, double mean) {
        int draws = 4000;
        double sum = 0.0;
        double squares = 0.0;
        for (int k = 1; k <= draws; k++) {
            double travel = plan.travelNanos(channel, signal(1, k), 0, 0);
            sum += travel;
            squares += travel * travel;
        }
        double found = sum / draws;
        double error = Math.sqrt((squares / draws - found * found) / draws);
        return Math.abs(found - mean) / error;
    }

    @Test
    void everyLinkOfAProjectionHasTheMeanOfItsDirection() {
        Timing timing =
                Timing.NONE.withDelay(
                        "2", Delays.parse("exponential:2ms"), Delays.parse("exponential:5ms"));
        LinkPlan plan = stating(NEURONS, Discipline.EAGER, timing);
        for (Link link : NEURONS.links()) {
            String name = NEURONS.name(link);
            boolean own = NETWORK.projection(link.projection()).name().equals("2");
            boolean up = link.kind() == Link.Kind.ACTIVITY;
            if (own) {
                assertTrue(off(plan, link.index(), up ? 2e6 : 5e6) < 4.5, name);
                assertTrue(off(plan, link.index(), up ? 5e6 : 2e6) > 20, name);
            } else {
                assertEquals(3, plan.travelNanos(link.index(), signal(1, 1), 0, 0), name);
            }
        }
    }

    @Test
    void aStatedDelayMayBeZeroInOneDirectionAndUsualInTheOther() {
        Timing none = Timing.NONE.withDelay("2", Delays.none(), null);
        LinkPlan plan = stating(LAYERS, Discipline.EAGER, none);
        assertFalse(plan.immediate());
        assertEquals(0, travel(plan, "1->2"));
        assertEquals(3, travel(plan, "2->1"));
        assertEquals(3, plan.acknowledgementNanos(index("1->2"), 1, 1, 0, 0), "the way back");
        assertEquals(0, plan.acknowledgementNanos(index("2->1"), 1, 1, 0, 0));
        assertEquals(3, plan.controlNanos(2, 1, 1, 0), "probes are on no link");
    }

    @Test
    void aRepetitionWaitsForTheWayThereAndBack() {
        Timing slow = Timing.NONE.withDelay("2", Delays.constant(50), Delays.constant(9));
        LinkPlan plan = stating(LAYERS, Discipline.EAGER, slow);
        assertEquals(50 + 9 - 6, plan.detourNanos(index("1->2")));
        assertEquals(50 + 9 - 6, plan.detourNanos(index("2->1")));
        assertEquals(0, plan.detourNanos(index("2->3")));
        Timing fast = Timing.NONE.withDelay("2", Delays.none(), Delays.none());
        assertEquals(0, stating(LAYERS, Discipline.EAGER, fast).detourNanos(index("1->2")));
    }

    /** Two projections between the same populations, and feedback beside activity. */
    private static Network parallel() {
        return new NetworkBuilder(StandardLoss.SQUARED)
                .input("x", 2)
                .hidden("a", 3, StandardActivation.TANH)
                .output("y", 2, StandardActivation.LINEAR)
                .project("in", "x", "a")
                .project("one", "a", "y")
                .project("two", "a", "y")
                .build(Initialisation.uniform(1));
    }

    @Test
    void signalsAloneHaveTheDelayOfTheirProjectionAndBundlesThatOfTheSlowest() {
        Wiring wiring = Wiring.of(parallel(), Granularity.LAYER);
        Timing timing = Timing.NONE.withDelay("one", Delays.constant(40), Delays.constant(2));
        LinkPlan alone = stating(wiring, Discipline.EAGER, timing);
        long[][] expected = {{40, 2}, {3, 3}}; // projections one and two, both directions
        for (Link link : wiring.links()) {
            int kind = link.kind() == Link.Kind.ACTIVITY ? 0 : 1;
            long travel = alone.travelNanos(link.index(), signal(1, 1), 0, 0);
            assertEquals(expected[link.projection() - 1][kind], travel, link.toString());
        }
        for (Discipline discipline : List.of(Discipline.HANDSHAKE, Discipline.TURN_TAKING)) {
            Channels channels = Protocols.of(discipline, wiring, new PredictiveCoding()).channels();
            LinkPlan bundles = stating(wiring, discipline, timing);
            assertEquals(2, channels.size());
            for (int k = 0; k < 2; k++) {
                boolean up = wiring.cells().get(channels.from(k)).name().equals("a");
                assertEquals(up ? 40 : 3, bundles.travelNanos(k, signal(1, 1), 0, 0));
                assertEquals(up ? 3 : 40, bundles.acknowledgementNanos(k, 1, 1, 0, 0));
            }
        }
    }

    @Test
    void sizeAndMomentReachTheModel() {
        long numbers = signal(1, 1).length();
        assertEquals(10 * numbers, travel(elsewhere("1->2=payload:0ns,10ns"), "1->2"));
        LinkPlan adversary = elsewhere("1->2=newest-first:100ns");
        assertEquals(200, travel(adversary, "1->2", 0));
        assertEquals(120, travel(adversary, "1->2", 40));
    }

    private static LinkPlan plan(Wiring wiring, DelayModel delay, long seed, String... cuts) {
        List<Cut> all = Arrays.stream(cuts).map(Cut::parse).toList();
        return new LinkPlan(
                wiring,
                Protocols.of(Discipline.EAGER, wiring, new PredictiveCoding()).channels(),
                delay,
                Conditions.PLAIN.withFaults(Faults.NONE.withCuts(all)),
                seed);
    }

    private static Set<String> lost(Wiring wiring, LinkPlan plan, long now) {
        return wiring.links().stream()
                .filter(l -> plan.travelNanos(l.index(), signal(1, 1), 0, now) == LinkPlan.CUT)
                .map(wiring::name)
                .collect(Collectors.toSet());
    }

    @Test
    void withoutCutsNothingIsLost() {
        LinkPlan plan = plan(LAYERS);

        assertFalse(plan.lossy());
        assertEquals(Set.of(), lost(LAYERS, plan, 0));
    }

    @Test
    void aCutTakesOneDirectionOnly() {
        LinkPlan plan = plan(LAYERS, "1->2");

        assertTrue(plan.lossy());
        assertEquals(Set.of("1->2"), lost(LAYERS, plan, 0));
    }

    @Test
    void aPopulationsNameCutsAllItsCellsAndACellsNameOnlyThatCell() {
        assertEquals(8, lost(NEURONS, plan(NEURONS, "3->2"), 0).size());
        assertEquals(Set.of("2[3]->1[0]"), lost(NEURONS, plan(NEURONS, "2[3]->1[0]"), 0));
        assertEquals(
                Set.of("2[3]->1[0]", "2[3]->1[1]", "2[3]->1[2]"),
                lost(NEURONS, plan(NEURONS, "2[3]->1"), 0));
    }

    @Test
    void aCutBeginsAtItsFirstMomentAndIsOverAtItsEnd() {
        LinkPlan plan = plan(LAYERS, "1->2@5us..9us");

        assertEquals(Set.of(), lost(LAYERS, plan, 4_999));
        assertEquals(Set.of("1->2"), lost(LAYERS, plan, 5_000));
        assertEquals(Set.of("1->2"), lost(LAYERS, plan, 8_999));
        assertEquals(Set.of(), lost(LAYERS, plan, 9_000));
    }

    @Test
    void severalCutsOfOneLinkAllCount() {
        LinkPlan plan = plan(LAYERS, "1->2@0us..2us", "2->3", "1->2@4us..6us");

        assertEquals(Set.of("1->2", "2->3"), lost(LAYERS, plan, 1_000));
        assertEquals(Set.of("2->3"), lost(LAYERS, plan, 3_000));
        assertEquals(Set.of("1->2", "2->3"), lost(LAYERS, plan, 5_000));
    }

    @Test
    void aCutOfALinkThatIsNotThereIsRefusedByName() {
        for (String cut : List.of("0->1", "1->3", "1->1", "7->8", "1[0]->2", "1->2[9]")) {
            String message =
                    assertThrows(IllegalArgumentException.class, () -> plan(LAYERS, cut))
                            .getMessage();
            assertTrue(message.startsWith("cut: ") && message.contains(cut), message);
        }
    }

    @Test
    void aSignalDrawsItsTimeFromSeedLinkPhaseAndVersion() {
        LinkPlan plan = plan(LAYERS);
        long one = plan.travelNanos(1, signal(2, 3), 0, 0);

        assertEquals(one, plan.travelNanos(1, signal(2, 3), 0, 99), "the moment has no part in it");
        assertNotEquals(one, plan.travelNanos(0, signal(2, 3), 0, 0));
        assertNotEquals(one, plan.travelNanos(1, signal(3, 3), 0, 0));
        assertNotEquals(one, plan.travelNanos(1, signal(2, 4), 0, 0));
        assertNotEquals(one, plan(LAYERS, DELAY, 8).travelNanos(1, signal(2, 3), 0, 0));
    }

    @Test
    void probesAreNeverLostAndDrawTimesOfTheirOwn() {
        LinkPlan plan = plan(LAYERS, "1->2", "2->1", "2->3", "3->2");
        for (Link link : LAYERS.links()) {
            assertEquals(LinkPlan.CUT, plan.travelNanos(link.index(), signal(1, 1), 0, 0));
        }
        for (long channel = 0; channel < 6; channel++) {
            assertTrue(plan.controlNanos(channel, 1, 1, 0) >= 0);
            assertNotEquals(
                    plan.controlNanos(channel, 1, 1, 0), plan.controlNanos(channel, 1, 2, 0));
        }
        assertNotEquals(
                plan(LAYERS).travelNanos(0, signal(1, 1), 0, 0), plan.controlNanos(0, 1, 1, 0));
    }

    @Test
    void withoutDelaySignalsAndProbesArriveAtOnce() {
        LinkPlan plan = plan(LAYERS, Delays.none(), 7);

        assertTrue(plan.immediate());
        assertEquals(0, plan.travelNanos(0, signal(1, 1), 0, 0));
        assertEquals(0, plan.controlNanos(0, 1, 1, 0));
    }
}
