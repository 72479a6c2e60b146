package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Moves;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Problem;

/** Cells that answer each other do the same things in the same order, whatever the delays. */
class DisciplineTest {
    private static final List<String> DELAYS =
            List.of(
                    "none",
                    "constant:20us",
                    "uniform:0us,40us",
                    "exponential:20us",
                    "pareto:7us,1.5",
                    "exponential:1us");
    private static final int NETWORKS = 20;
    private static final double STRONG = 1.0; // beta

    /** What must not depend on delay, host or thread. */
    private record Trail(long states, long messages, long relaxations, List<Double> activity) {}

    private static Trail trail(Host host, RunPlan plan, Problem p, Phase phase) {
        try (Session session = host.open(p.network(), plan)) {
            Settlement verdict = session.settle(phase, Budget.DEFAULT);
            assertInstanceOf(Settled.class, verdict, plan.delay().spec() + " " + p.seed());
            RunReport report = session.report();
            List<Double> all = new ArrayList<>();
            for (int l = 1; l < p.network().populations().size(); l++) {
                for (double x : ((Settled) verdict).equilibrium().activity(l).values()) {
                    all.add(x);
                }
            }
            return new Trail(report.stateHash(), report.messages(), report.relaxations(), all);
        }
    }

    private static RunPlan plan(Rule rule, Granularity grain, String delay, Discipline d) {
        return RunPlan.of(rule)
                .withGranularity(grain)
                .withDelay(Delays.parse(delay))
                .withDiscipline(d);
    }

    private static Rule rule(int number) {
        return number % 2 == 0 ? new Hopfield("ep") : new PredictiveCoding();
    }

    /** Also those that need turns. */
    private static Rule ruleInTurns(int number) {
        return switch (number % 5) {
            case 1 -> PredictiveCoding.safeguarded(Moves.ONE_CELL);
            case 2 -> FenchelYoung.coordinate(Moves.ONE_CELL);
            case 3 -> PredictiveCoding.safeguarded(Moves.ALL_CELLS);
            default -> rule(number);
        };
    }

    private static Problem problem(int number) {
        return number % 2 == 0 ? Family.hopfield(number, 2) : Problem.tanh(number, 2, 4, 6, 5, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void turnsGiveTheSameRunUnderEveryDelayOnEveryHost(String grain) {
        Granularity granularity = Granularity.parse(grain);
        try (Host virtual = new VirtualHost();
                Host one = new AkkaHost(1);
                Host two = new AkkaHost(2);
                Host eight = new AkkaHost(8)) {
            for (int n = 0; n < NETWORKS; n++) {
                Problem p = problem(n);
                Phase phase = p.nudged(n % 5 == 1 || n % 5 == 2 ? STRONG : 0.05);
                Trail first = null;
                for (String delay : DELAYS) {
                    RunPlan plan = plan(ruleInTurns(n), granularity, delay, Discipline.TURN_TAKING);
                    Trail here = trail(virtual, plan, p, phase);
                    first = first == null ? here : first;
                    assertEquals(first, here, grain + " " + n + " under " + delay);
                }
                assertNotEquals(0, first.states());
                for (Host akka : List.of(one, two, eight)) {
                    String delay = DELAYS.get(n % DELAYS.size());
                    RunPlan plan = plan(ruleInTurns(n), granularity, delay, Discipline.TURN_TAKING);
                    assertEquals(first, trail(akka, plan, p, phase), grain + " " + n + " " + delay);
                }
            }
        }
    }

    @Test
    void eagerRunsDoDependOnDelays() {
        Problem p = problem(1);
        RunPlan plan = plan(rule(1), Granularity.NEURON, DELAYS.get(1), Discipline.EAGER);
        try (Host virtual = new VirtualHost()) {
            Trail constant = trail(virtual, plan, p, p.nudged(0.05));
            Trail drawn =
                    trail(virtual, plan.withDelay(Delays.parse(DELAYS.get(3))), p, p.nudged(0.05));
            assertNotEquals(constant.relaxations(), drawn.relaxations());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void handshakeIsTheSynchronousBaselineInEveryBit(String grain) {
        Granularity granularity = Granularity.parse(grain);
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2);
                Host synchronous = new SynchronousHost()) {
            for (int n = 0; n < NETWORKS; n++) {
                Problem p = problem(n);
                Phase phase = p.nudged(0.05);
                RunPlan clocked = RunPlan.of(rule(n)).withGranularity(granularity);
                Trail expected = trail(synchronous, clocked, p, phase);
                for (String delay : DELAYS) {
                    RunPlan plan = plan(rule(n), granularity, delay, Discipline.HANDSHAKE);
                    requireSameStates(expected, trail(virtual, plan, p, phase), n + " " + delay);
                }
                RunPlan plan = plan(rule(n), granularity, DELAYS.get(3), Discipline.HANDSHAKE);
                requireSameStates(expected, trail(akka, plan, p, phase), n + " on akka");
            }
        }
    }

    private static void requireSameStates(Trail expected, Trail actual, String context) {
        assertEquals(expected.states(), actual.states(), context);
        assertArrayEquals(expected.activity().toArray(), actual.activity().toArray(), context);
    }

    @Test
    void anotherNetworkLeavesAnotherTrail() {
        try (Host virtual = new VirtualHost()) {
            RunPlan plan = plan(rule(1), Granularity.LAYER, "none", Discipline.TURN_TAKING);
            Trail a = trail(virtual, plan, problem(1), problem(1).nudged(0.05));
            Trail b = trail(virtual, plan, problem(3), problem(3).nudged(0.05));
            assertNotEquals(a.states(), b.states());
            assertTrue(a.messages() > 0);
        }
    }
}
