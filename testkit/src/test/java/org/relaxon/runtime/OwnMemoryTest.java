package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Traits;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.state.RuleMemory;
import org.relaxon.runtime.AugmentedLagrangian.Before;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Problem;

/** The memory of a rule settles with the state, is audited with it, and is restored with it. */
class OwnMemoryTest {
    private static final Problem PROBLEM = Problem.tanh(4, 2, 3, 6, 5, 2);
    private static final double SAME = 1e-7;

    private static Rule constrained() {
        return new AugmentedLagrangian(10.0, Before.NOTHING);
    }

    private static List<Host> hosts() {
        return List.of(
                new VirtualHost(), new AkkaHost(2), new SynchronousHost(), new RedBlackHost());
    }

    private static Equilibrium settled(Settlement verdict) {
        return assertInstanceOf(Settled.class, verdict, verdict.toString()).equilibrium();
    }

    private static double mean(Matrix m, int column) {
        return Arrays.stream(m.columnValues(column)).average().orElseThrow();
    }

    @Test
    void theConstraintHoldsOnEveryHost() {
        for (Host host : hosts()) {
            try (host;
                    Session session = host.open(PROBLEM.network(), RunPlan.of(constrained()))) {
                Equilibrium state = settled(session.settle(PROBLEM.free(), Budget.DEFAULT));
                Matrix multiplier = state.memories(1).get(AugmentedLagrangian.MULTIPLIER);
                for (int c = 0; c < 2; c++) {
                    assertEquals(AugmentedLagrangian.MEAN, mean(state.activity(1), c), SAME);
                    assertTrue(Math.abs(multiplier.get(0, c)) > 0.01, host.optionName());
                }
                assertEquals(Map.of(), state.memories(0), "a clamped input holds none");
                assertEquals(0.0, state.memories(2).get("multiplier").get(0, 0));
            }
        }
    }

    @Test
    void withoutAPenaltyItDoesNotHold() {
        try (Host host = new VirtualHost();
                Session session =
                        host.open(
                                PROBLEM.network(),
                                RunPlan.of(new AugmentedLagrangian(0.0, Before.NOTHING)))) {
            Equilibrium state = settled(session.settle(PROBLEM.free(), Budget.DEFAULT));
            assertTrue(Math.abs(mean(state.activity(1), 0) - AugmentedLagrangian.MEAN) > 0.01);
        }
    }

    @Test
    void itHoldsUnderDelaysTurnsAndACrash() {
        RunPlan delayed =
                RunPlan.of(constrained()).withDelay(Delays.exponential(1_000_000)).withSeed(3);
        for (RunPlan plan :
                List.of(
                        delayed,
                        delayed.withDiscipline(Discipline.TURN_TAKING),
                        delayed.withDiscipline(Discipline.HANDSHAKE),
                        delayed.withFaults(
                                Faults.NONE.withCrashes(List.of(new Crash("1", 3, false)))))) {
            try (Host host = new VirtualHost();
                    Session session = host.open(PROBLEM.network(), plan)) {
                Equilibrium state = settled(session.settle(PROBLEM.free(), Budget.DEFAULT));
                assertEquals(AugmentedLagrangian.MEAN, mean(state.activity(1), 0), SAME);
            }
        }
    }

    /** Every number of a state, memories included. */
    private static double[] bits(Equilibrium state) {
        return Arrays.stream(new int[] {1, 2, 3})
                .mapToObj(
                        p -> {
                            double[] x = state.activity(p).values();
                            double[] e = state.error(p).values();
                            double[] m = state.memories(p).get("multiplier").values();
                            return Arrays.stream(new double[][] {x, e, m});
                        })
                .flatMap(s -> s)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    /** Settles, saves, settles something else, and starts from what was saved, twice. */
    private static double[][] twice(Rule rule) {
        Phase first = PROBLEM.free();
        Phase other = Phase.free(Matrix.of(3, 2, new double[] {1, -1, 0.5, 2, -2, 0.1}));
        Phase nudged = PROBLEM.nudged(0.1).startingFrom("free");
        double[][] out = new double[2][];
        try (Host host = new VirtualHost();
                Session session = host.open(PROBLEM.network(), RunPlan.of(rule))) {
            settled(session.settle(first, Budget.DEFAULT));
            session.snapshot("free");
            for (int k = 0; k < 2; k++) {
                out[k] = bits(settled(session.settle(nudged, Budget.DEFAULT)));
                settled(session.settle(other, Budget.DEFAULT));
            }
        }
        return out;
    }

    @Test
    void aPhaseStartsFromTheMemoryThatWasSaved() {
        double[][] found = twice(constrained());
        assertArrayEquals(found[0], found[1], "restored bit for bit");
    }

    /** The same rule, of which one cell's memory is not as it was saved when a phase starts. */
    @Test
    void memoryThatIsNotRestoredGivesOtherBits() {
        double[] right = twice(constrained())[0];
        boolean[] nudged = new boolean[1];
        Before forgets =
                multiplier -> {
                    if (nudged[0]) {
                        multiplier.fill(0, 0.0);
                        multiplier.fill(1, 0.0);
                        nudged[0] = false;
                    }
                };
        Rule rule = new AugmentedLagrangian(10.0, forgets);
        try (Host host = new VirtualHost();
                Session session = host.open(PROBLEM.network(), RunPlan.of(rule))) {
            settled(session.settle(PROBLEM.free(), Budget.DEFAULT));
            session.snapshot("free");
            nudged[0] = true; // the first hidden cell relaxes first
            Phase phase = PROBLEM.nudged(0.1).startingFrom("free");
            double[] found = bits(settled(session.settle(phase, Budget.DEFAULT)));
            assertFalse(Arrays.equals(right, found));
        }
    }

    /** The state at rest goes on at rest: the same phase moves nothing by more than a threshold. */
    @Test
    void fromASavedStateTheSamePhaseIsAtRest() {
        try (Host host = new VirtualHost();
                Session session = host.open(PROBLEM.network(), RunPlan.of(constrained()))) {
            settled(session.settle(PROBLEM.free(), Budget.DEFAULT));
            long first = session.report().messages();
            session.snapshot("free");
            settled(session.settle(PROBLEM.free().startingFrom("free"), Budget.DEFAULT));
            assertTrue(first > 10 && session.report().messages() <= 2, "" + first);
        }
    }

    @Test
    void memoryThatNeverRestsDoesNotSettle() {
        Before counts = multiplier -> multiplier.fill(0, multiplier.get(0, 0) + 1.0);
        Rule rule = new AugmentedLagrangian(0.0, counts);
        try (Host host = new SynchronousHost();
                Session session = host.open(PROBLEM.network(), RunPlan.of(rule))) {
            Budget small = Budget.DEFAULT.withRelaxations(2_000);
            assertInstanceOf(NotSettled.class, session.settle(PROBLEM.free(), small));
        }
    }

    @Test
    void aPhaseOfDifferencesHasNone() {
        try (Host host = new VirtualHost();
                Session session = host.open(PROBLEM.network(), RunPlan.of(constrained()))) {
            settled(session.settle(PROBLEM.free(), Budget.DEFAULT));
            session.snapshot("free");
            Phase differences = PROBLEM.nudged(0.1).differencesFrom("free");
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> session.settle(differences, Budget.DEFAULT));
            assertTrue(e.getMessage().contains("memory of its own (multiplier)"), e.getMessage());
        }
    }

    @Test
    void aMemoryThatIsDeclaredTwiceIsRefusedAtOpen() {
        Rule twice =
                new org.relaxon.model.rule.PredictiveCoding() {
                    @Override
                    public Traits traits() {
                        RuleMemory one = RuleMemory.perNeuron("a");
                        return super.traits().remembering(one, one);
                    }
                };
        try (Host host = new VirtualHost()) {
            IllegalArgumentException e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> host.open(PROBLEM.network(), RunPlan.of(twice)));
            assertTrue(e.getMessage().contains("\"a\" is declared twice"), e.getMessage());
        }
    }
}
