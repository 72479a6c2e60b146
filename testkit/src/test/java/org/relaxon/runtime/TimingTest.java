package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.observe.Frame;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/** Delays of projections and refractory periods of populations, in whole runs. */
class TimingTest {
    private static final DelayModel MILLI = Delays.parse("exponential:1ms");
    private static final Problem CHAIN = Problem.tanh(5, 2, 4, 6, 5, 3);

    private static RunPlan plan(Timing timing) {
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.NEURON);
        return plan.withConditions(plan.conditions().withTiming(timing));
    }

    private static RunReport settled(Host host, RunPlan plan, Problem p, Phase phase) {
        try (Session session = host.open(p.network(), plan)) {
            assertInstanceOf(Settled.class, session.settle(phase, Budget.DEFAULT));
            return session.report();
        }
    }

    private static RunReport settled(RunPlan plan) {
        try (Host host = new VirtualHost()) {
            return settled(host, plan, CHAIN, CHAIN.nudged(0.05));
        }
    }

    /** Every second delay of a network, different in both directions. */
    private static Timing everywhere(Network network) {
        Timing timing = Timing.NONE;
        for (Projection p : network.projections()) {
            if (network.inputs().stream().noneMatch(i -> i.index() == p.pre())) {
                String slow = "constant:%dus".formatted(70 + 90 * p.index());
                timing =
                        timing.withDelay(
                                p.name(),
                                p.index() % 2 == 0 ? Delays.none() : Delays.parse(slow),
                                p.index() % 3 == 0 ? null : Delays.parse("exponential:30us"));
            }
        }
        return timing;
    }

    /** Pauses and repetitions follow as well. */
    @Test
    void aDelayStatedForEveryProjectionIsThatOfTheRunInEveryBit() {
        Timing all = Timing.NONE.withDelay("2", MILLI, MILLI).withDelay("3", MILLI, MILLI);
        for (Granularity cells : List.of(Granularity.NEURON, Granularity.LAYER)) {
            RunReport usual = settled(plan(Timing.NONE).withGranularity(cells).withDelay(MILLI));
            RunReport stated = settled(plan(all).withGranularity(cells));
            assertEquals(usual.traceHash(), stated.traceHash());
            Timing half = Timing.NONE.withDelay("2", MILLI, null).withDelay("3", MILLI, MILLI);
            assertNotEquals(
                    usual.traceHash(), settled(plan(half).withGranularity(cells)).traceHash());
        }
        Faults drops = Faults.NONE.withDrop(0.3);
        RunPlan lossy = plan(Timing.NONE).withFaults(drops).withDelivery(Delivery.RELIABLE_LATEST);
        RunPlan own = lossy.withConditions(lossy.conditions().withTiming(all));
        RunReport usual = settled(lossy.withDelay(MILLI));
        assertTrue(usual.repeated() > 0);
        assertEquals(usual.traceHash(), settled(own).traceHash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn-taking", "handshake"})
    void cellsInStepDoTheSameWhateverTheNetworkStates(String text) {
        Discipline discipline = Discipline.parse(text);
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2)) {
            for (int n = 0; n < 6; n++) {
                Problem p =
                        n % 2 == 0
                                ? Problem.graph(n, 2)
                                : Problem.withCycles(n, 2, StandardActivation.TANH);
                RunPlan plain =
                        RunPlan.of(n % 2 == 0 ? new PredictiveCoding() : new Hopfield("ep"))
                                .withGranularity(Granularity.NEURON)
                                .withDiscipline(discipline);
                if (n % 2 == 1 && discipline.equals(Discipline.HANDSHAKE)) {
                    continue; // cells that all move at once may swing on a cycle
                }
                Timing timing = everywhere(p.network());
                RunPlan stated = plain.withConditions(plain.conditions().withTiming(timing));
                RunReport first = settled(virtual, plain, p, p.nudged(0.02));
                RunReport virtually = settled(virtual, stated, p, p.nudged(0.02));
                assertNotEquals(0, first.stateHash());
                assertEquals(first.stateHash(), virtually.stateHash(), "network " + n);
                assertNotEquals(first.hostNanos(), virtually.hostNanos(), "network " + n);
                RunReport onActors = settled(akka, stated, p, p.nudged(0.02));
                assertEquals(first.stateHash(), onActors.stateHash(), "network " + n);
            }
        }
    }

    @Test
    void eagerCellsReachTheSameEquilibriumOnActors() {
        Timing timing =
                Timing.NONE
                        .withDelay("2", Delays.none(), Delays.parse("constant:300us"))
                        .withRefractoryNanos("1", 200_000);
        try (Host akka = new AkkaHost(2)) {
            RunReport report = settled(akka, plan(timing), CHAIN, CHAIN.nudged(0.05));
            assertTrue(report.messages() > 0);
        }
    }

    /** The shortest pause between two relaxations of one cell in each population, nanoseconds. */
    private static Map<String, Long> gaps(RunPlan plan, String... populations) {
        Map<String, Long> last = new HashMap<>(); // by cell
        Map<String, Long> gaps = new HashMap<>();
        Sampling sampling = Sampling.everyRelaxations(1);
        for (String name : populations) {
            sampling = sampling.withPopulation(Integer.parseInt(name));
        }
        Observer observer =
                new Observer() {
                    @Override
                    public void sampled(Frame frame) {
                        if (!frame.last()) {
                            Long before = last.put(frame.cell().name(), frame.time());
                            if (before != null) {
                                gaps.merge(
                                        frame.cell().whole().name(),
                                        frame.time() - before,
                                        Math::min);
                            }
                        }
                    }
                };
        try (Host host = new VirtualHost();
                Session session = host.open(CHAIN.network(), plan)) {
            session.observe(new Observation(sampling, observer));
            session.settle(CHAIN.nudged(0.05), Budget.DEFAULT);
        }
        return gaps;
    }

    /** A pause is jittered by half. */
    @Test
    void cellsPauseAsLongAsTheirPopulationStates() {
        Timing timing = Timing.NONE.withRefractoryNanos("2", 8_000_000);
        Map<String, Long> gaps = gaps(plan(timing).withDelay(MILLI), "1", "2");
        assertTrue(gaps.get("2") >= 4_000_000, gaps.toString());
        assertTrue(gaps.get("1") >= 500_000 && gaps.get("1") < 4_000_000, gaps.toString());
        Map<String, Long> without = gaps(plan(Timing.NONE).withDelay(MILLI), "1", "2");
        assertTrue(without.get("2") < 4_000_000, without.toString());
    }

    @Test
    void aPauseThatIsNotStatedFollowsTheSlowestSignalsToItsCells() {
        Network network = CHAIN.network();
        Timing timing = Timing.NONE.withDelay("2", Delays.constant(7_000), Delays.constant(9_000));
        RunPlan plan = plan(timing).withDelay(Delays.constant(5_000));
        // input, feedback of 2, activity of 2 and feedback of 3, activity of 3
        assertPeriods(plan, network, 5_000, 9_000, 7_000, 5_000);
        RunPlan given = plan.withRefractoryNanos(3);
        assertPeriods(given, network, 3, 3, 3, 3);
        Timing own = timing.withRefractoryNanos("1", 0);
        RunPlan stated = given.withConditions(given.conditions().withTiming(own));
        assertPeriods(stated, network, 3, 0, 3, 3);
        assertPeriods(plan.withDiscipline(Discipline.TURN_TAKING), network, 0, 0, 0, 0);
        Timing none = Timing.NONE.withDelay("2", Delays.none(), Delays.none());
        assertPeriods(plan(none), network, 100_000, 100_000, 100_000, 100_000);
    }

    private static void assertPeriods(RunPlan plan, Network network, long... expected) {
        long[] found = plan.conditions().timing().refractoryNanos(plan, network);
        assertArrayEquals(expected, found, Arrays.toString(found));
    }

    private static void requireRefused(RunPlan plan, Network network, String... parts) {
        try (Host host = new VirtualHost()) {
            String message = Compare.refusal(() -> host.open(network, plan));
            for (String part : parts) {
                assertTrue(message.contains(part), message + " should name " + part);
            }
        }
    }

    @Test
    void whatANetworkCannotHaveIsRefusedByName() {
        Network network = CHAIN.network();
        DelayModel five = Delays.constant(5);
        requireRefused(plan(Timing.NONE.withDelay("9", five, null)), network, "projection", "9");
        requireRefused(plan(Timing.NONE.withDelay("1", five, null)), network, "1", "input");
        requireRefused(plan(Timing.NONE.withRefractoryNanos("9", 1)), network, "population", "9");
        requireRefused(plan(Timing.NONE.withRefractoryNanos("0", 1)), network, "0", "input");
        Timing paused = Timing.NONE.withRefractoryNanos("1", 1);
        requireRefused(
                plan(paused).withDiscipline(Discipline.parse("poisson:1000")),
                network,
                "refractory of population 1",
                "poisson");
        Timing all = paused.withRefractoryNanos("2", 0).withRefractoryNanos("3", 2);
        requireRefused(plan(all).withRefractoryNanos(7), network, "refractory", "every population");
        settled(plan(all));
        String negative = Compare.refusal(() -> Timing.NONE.withRefractoryNanos("1", -1));
        assertTrue(negative.contains("-1 ns of population 1"), negative);
        String twice = Compare.refusal(() -> paused.withRefractoryNanos("1", 2));
        assertTrue(twice.contains("twice") && twice.contains("1"), twice);
    }

    @Test
    void hostsWithoutTimeRefuseIt() {
        for (Host host : List.of(new SynchronousHost(), new RedBlackHost())) {
            for (Timing timing :
                    List.of(
                            Timing.NONE.withDelay("2", Delays.none(), null),
                            Timing.NONE.withRefractoryNanos("2", 0))) {
                RunPlan plan = plan(timing).withGranularity(Granularity.LAYER);
                String message = Compare.refusal(() -> host.open(CHAIN.network(), plan));
                assertTrue(message.contains("2: ") && message.contains("virtual"), message);
            }
            host.open(CHAIN.network(), plan(Timing.NONE)).close();
        }
    }

    @Test
    void anExceptionForAPairOfPopulationsCountsWhereTheNetworkStatesNothing() {
        Timing timing = Timing.NONE.withDelay("2", MILLI, null);
        RunPlan up = withException(plan(timing), "1->2=constant:5us");
        requireRefused(up, CHAIN.network(), "delay-on", "1->2", "no effect");
        settled(withException(plan(timing), "2->1=constant:5us"));
        settled(withException(plan(timing), "2->3=constant:5us"));
    }

    private static RunPlan withException(RunPlan plan, String text) {
        Conditions c = plan.conditions();
        List<DelayOn> one = List.of(DelayOn.parse(text));
        return plan.withConditions(
                new Conditions(c.discipline(), c.delivery(), c.faults(), one, c.timing()));
    }

    /** Several outputs, and a cycle among the cells of one population. */
    @Test
    void projectionsWithinAPopulationAndToSeveralEndsHaveDelays() {
        NetworkBuilder builder =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("x", 3)
                        .hidden("h", 4, StandardActivation.TANH)
                        .output("y", 2, StandardActivation.LINEAR)
                        .project("in", "x", "h")
                        .project("among", "h", "h")
                        .project("out", "h", "y")
                        .project("back", "y", "h");
        Network network = builder.build(new Initialisation(Initialisation.Scheme.NORMAL, 0.2, 3));
        Problem p = Problem.of(3, 2, network);
        Timing timing =
                Timing.NONE
                        .withDelay("among", Delays.constant(40_000), Delays.none())
                        .withDelay("back", Delays.none(), Delays.constant(90_000));
        RunPlan plan = RunPlan.of(new Hopfield("ep")).withGranularity(Granularity.NEURON);
        RunPlan stated = plan.withConditions(plan.conditions().withTiming(timing));
        try (Host host = new VirtualHost()) {
            settled(host, stated, p, p.nudged(0.02));
            RunPlan layers = stated.withGranularity(Granularity.LAYER);
            String message = Compare.refusal(() -> host.open(network, layers));
            assertTrue(message.contains("among") && message.contains("smaller cells"), message);
        }
    }
}
