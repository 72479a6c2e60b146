package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * Networks with lateral and recurrent projections settle where their energy is least, in cells of
 * every size, on every host.
 */
class CyclicNetworkTest {
    private static final List<Granularity> CELLS =
            List.of(Granularity.LAYER, Granularity.NEURON, Granularity.parse("block:3"));
    private static final List<String> DELAYS =
            List.of(
                    "none",
                    "constant:20us",
                    "uniform:0us,40us",
                    "exponential:20us",
                    "pareto:7us,1.5",
                    "exponential:1us");
    private static final int FEW = 3;
    private static final int MANY = 20;
    private static final double BETA = 0.5;

    private static RunPlan plan(Granularity cells) {
        return RunPlan.of(new Hopfield("ep")).withGranularity(cells);
    }

    private static Equilibrium settled(Host host, Network network, RunPlan plan, Phase phase) {
        try (Session session = host.open(network, plan)) {
            Settlement verdict = session.settle(phase, Budget.DEFAULT);
            return assertInstanceOf(Settled.class, verdict, plan.toString()).equilibrium();
        }
    }

    /**
     * The stationary point of a linear network by elimination: x = b + sum W x_pre + sum W^T
     * x_post, and at the output beta (T - x) more.
     *
     * @param back factor of the feedback of lateral projections; 1 for the energy's own
     */
    private static double[][] solution(Problem p, double beta, double back) {
        Network network = p.network();
        int[] at = new int[network.populations().size() + 1];
        for (Population one : network.populations()) {
            at[one.index() + 1] = at[one.index()] + one.size();
        }
        int n = at[at.length - 1];
        double[][] rows = new double[n][n + 1];
        for (Population one : network.populations()) {
            for (int i = 0; i < one.size(); i++) {
                boolean output = one.role() == Population.Role.OUTPUT;
                double[] row = rows[at[one.index()] + i];
                row[at[one.index()] + i] = output ? 1.0 + beta : 1.0;
                row[n] =
                        one.role() == Population.Role.INPUT
                                ? p.input().values()[i]
                                : network.parameters().biases(one.index())[i];
                row[n] += output ? beta * p.target().values()[i] : 0.0;
            }
        }
        for (Projection e : network.projections()) {
            double[][] w = network.parameters().weights(e.index());
            boolean clamped = network.population(e.pre()).role() == Population.Role.INPUT;
            for (int i = 0; i < network.population(e.post()).size(); i++) {
                Connectivity.Onto onto =
                        e.connectivity().onto(i, network.population(e.pre()).size());
                for (int k = 0; k < onto.presynaptic().length; k++) {
                    double strength = w[onto.row()][onto.numbers()[k]];
                    int pre = at[e.pre()] + onto.presynaptic()[k];
                    rows[at[e.post()] + i][pre] -= strength;
                    double share = e.isLateral() ? back : 1.0;
                    rows[pre][at[e.post()] + i] -= clamped ? 0.0 : share * strength;
                }
            }
        }
        double[] x = eliminated(rows);
        double[][] out = new double[network.populations().size()][];
        for (int k = 0; k < out.length; k++) {
            out[k] = java.util.Arrays.copyOfRange(x, at[k], at[k + 1]);
        }
        return out;
    }

    /** Gauss's elimination with row exchanges; the last column is the right side. */
    private static double[] eliminated(double[][] rows) {
        int n = rows.length;
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k; i < n; i++) {
                best = Math.abs(rows[i][k]) > Math.abs(rows[best][k]) ? i : best;
            }
            double[] swapped = rows[k];
            rows[k] = rows[best];
            rows[best] = swapped;
            for (int i = 0; i < n; i++) {
                double factor = i == k ? 0.0 : rows[i][k] / rows[k][k];
                for (int j = k; factor != 0.0 && j <= n; j++) {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }
        double[] x = new double[n];
        for (int k = 0; k < n; k++) {
            x[k] = rows[k][n] / rows[k][k];
        }
        return x;
    }

    private static double distance(Equilibrium found, double[][] exact) {
        double most = 0.0;
        for (int p = 1; p < exact.length; p++) {
            double[] x = found.activity(p).values();
            for (int i = 0; i < x.length; i++) {
                most = Math.max(most, Math.abs(x[i] - exact[p][i])); // propagates NaN
            }
        }
        return most;
    }

    @Test
    void aLinearNetworkSettlesAtTheSolutionOfItsEquations() {
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2);
                Host sweeps = new SynchronousHost()) {
            for (long seed = 1; seed <= FEW; seed++) {
                Problem p = Problem.withCycles(seed, 1, StandardActivation.LINEAR);
                for (Granularity cells : CELLS) {
                    RunPlan eager = plan(cells).withDelay(Delays.parse("exponential:20us"));
                    Host host = seed % 3 == 0 ? akka : virtual;
                    RunPlan gradient = eager.withRule(Hopfield.gradient("ep", 0.3));
                    RunPlan turns = eager.withDiscipline(Discipline.TURN_TAKING);
                    String who = "seed " + seed + ", " + cells;
                    for (double beta : new double[] {0.0, BETA}) {
                        Phase phase = beta == 0.0 ? p.free() : p.nudged(beta);
                        double[][] exact = solution(p, beta, 1.0);
                        for (RunPlan plan : List.of(eager, beta == 0.0 ? turns : gradient)) {
                            Equilibrium found = settled(host, p.network(), plan, phase);
                            assertTrue(distance(found, exact) < 1e-8, who);
                        }
                        Equilibrium swept = settled(sweeps, p.network(), plan(cells), phase);
                        assertTrue(distance(swept, exact) < 1e-8, who);
                    }
                }
            }
        }
    }

    @Test
    void withoutTheFeedbackOfALateralProjectionTheSolutionIsAnother() {
        try (Host virtual = new VirtualHost()) {
            int different = 0;
            for (long seed = 1; seed <= 6; seed++) {
                Problem p = Problem.withCycles(seed, 1, StandardActivation.LINEAR);
                Equilibrium found =
                        settled(virtual, p.network(), plan(Granularity.LAYER), p.free());
                boolean lateral = p.network().closing().stream().anyMatch(Projection::isLateral);
                different += distance(found, solution(p, 0.0, 0.0)) > 1e-5 ? 1 : 0;
                assertTrue(lateral || distance(found, solution(p, 0.0, 0.0)) < 1e-8);
            }
            assertTrue(different >= 3, different + " differ");
        }
    }

    /** Units of one population that inhibit each other by a, s_i = tanh(b_i - 2a sum of others). */
    private static Network pool(double a) {
        Network drawn =
                new NetworkBuilder(StandardLoss.SQUARED)
                        .input("in", 1)
                        .hidden("pool", 8, StandardActivation.TANH)
                        .output("out", 1, StandardActivation.LINEAR)
                        .project("up", "in", "pool")
                        .project("inhibits", "pool", "pool")
                        .project("top", "pool", "out")
                        .build(Initialisation.uniform(5));
        Parameters own = drawn.parameters().copy();
        for (double[] row : own.weights(1)) {
            java.util.Arrays.fill(row, -a);
        }
        java.util.Arrays.fill(own.weights(2)[0], 0.0);
        return drawn.with(own);
    }

    /** Where all at once would swing for ever, one after another settle. */
    @Test
    void strongInhibitionSettlesWithinACellAndInTurns() {
        Network pool = pool(0.45);
        Phase free = Phase.free(Matrix.column(0.3));
        try (Host virtual = new VirtualHost();
                Host sweeps = new SynchronousHost()) {
            for (Granularity cells : CELLS) {
                RunPlan turns =
                        plan(cells)
                                .withDelay(Delays.parse("exponential:20us"))
                                .withDiscipline(Discipline.TURN_TAKING);
                requireBalance(pool, settled(virtual, pool, turns, free));
            }
            RunPlan eager = plan(Granularity.LAYER).withDelay(Delays.parse("exponential:20us"));
            requireBalance(pool, settled(virtual, pool, eager, free));
            requireBalance(pool, settled(sweeps, pool, plan(Granularity.LAYER), free));
            try (Session atOnce = sweeps.open(pool, plan(Granularity.NEURON))) {
                Settlement swings = atOnce.settle(free, Budget.DEFAULT.withMessages(20_000));
                assertInstanceOf(NotSettled.class, swings);
            }
        }
    }

    private static void requireBalance(Network pool, Equilibrium found) {
        double[] s = found.activity(1).values();
        double[][] w = pool.parameters().weights(0);
        double sum = java.util.Arrays.stream(s).sum();
        for (int i = 0; i < s.length; i++) {
            double drive = w[i][0] * 0.3 + pool.parameters().biases(1)[i];
            assertEquals(Math.tanh(drive - 0.9 * (sum - s[i])), s[i], 1e-7, "unit " + i);
        }
    }

    /** What must not depend on delay, host or thread. */
    private record Trail(long states, long relaxations, List<Double> activity) {}

    private static Trail trail(Host host, Problem p, RunPlan plan) {
        try (Session session = host.open(p.network(), plan)) {
            Settlement verdict = session.settle(p.nudged(0.05), Budget.DEFAULT);
            Equilibrium found =
                    assertInstanceOf(Settled.class, verdict, plan.toString()).equilibrium();
            List<Double> all = new ArrayList<>();
            for (int k = 1; k < p.network().populations().size(); k++) {
                for (double x : found.activity(k).values()) {
                    all.add(x);
                }
            }
            RunReport report = session.report();
            return new Trail(report.stateHash(), report.relaxations(), all);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    void turnsGiveTheSameRunUnderEveryDelayOnEveryHost(String cells) {
        requireSameRuns(Granularity.parse(cells), FEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "block:2", "layer"})
    @Tag("slow")
    void turnsGiveTheSameRunOnManyGraphs(String cells) {
        requireSameRuns(Granularity.parse(cells), MANY);
    }

    private static void requireSameRuns(Granularity cells, int networks) {
        try (Host virtual = new VirtualHost();
                Host one = new AkkaHost(1);
                Host two = new AkkaHost(2);
                Host eight = new AkkaHost(8)) {
            List<Long> hashes = new ArrayList<>();
            for (int n = 0; n < networks; n++) {
                Problem p = Problem.withCycles(n, 2, StandardActivation.TANH);
                RunPlan turns = plan(cells).withDiscipline(Discipline.TURN_TAKING);
                Trail first = trail(virtual, p, turns.withDelay(Delays.parse(DELAYS.get(0))));
                for (String delay : DELAYS) {
                    RunPlan delayed = turns.withDelay(Delays.parse(delay));
                    assertEquals(first, trail(virtual, p, delayed), n + " under " + delay);
                }
                for (Host akka : List.of(one, two, eight)) {
                    RunPlan delayed = turns.withDelay(Delays.parse(DELAYS.get(n % 6)));
                    assertEquals(first, trail(akka, p, delayed), n + " on actors");
                }
                hashes.add(first.states());
            }
            assertEquals(networks, hashes.stream().distinct().count(), "every network its own");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"neuron", "layer"})
    void handshakeIsTheSynchronousBaselineInEveryBit(String cells) {
        RunPlan plan = plan(Granularity.parse(cells));
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2);
                Host synchronous = new SynchronousHost()) {
            for (int n = 0; n < FEW - 1; n++) {
                Problem p = Problem.withCycles(n, 2, StandardActivation.TANH);
                Trail expected = trail(synchronous, p, plan);
                RunPlan delayed =
                        plan.withDelay(Delays.parse(DELAYS.get(3)))
                                .withDiscipline(Discipline.HANDSHAKE);
                for (Host host : List.of(virtual, akka)) {
                    Trail found = trail(host, p, delayed);
                    assertEquals(expected.states(), found.states());
                    assertEquals(expected.activity(), found.activity());
                }
            }
        }
    }

    /** Layer cells of a chain with lateral projections are two groups that do not meet. */
    @Test
    void redBlackRunsWhereNoProjectionJoinsCellsOfOneHalf() {
        Network pool = pool(0.45);
        Phase free = Phase.free(Matrix.column(0.3));
        try (Host host = new RedBlackHost()) {
            requireBalance(pool, settled(host, pool, plan(Granularity.LAYER), free));
            String said = Compare.refusal(() -> host.open(pool, plan(Granularity.NEURON)));
            assertTrue(said.contains("red-black: projection inhibits"), said);
            assertTrue(said.contains("turn-taking"), said);
        }
    }

    /** A cell that has lost everything hears its neighbours again, and itself without a message. */
    @Test
    void faultsDoNotMoveTheEquilibrium() {
        Problem p = Problem.withCycles(4, 2, StandardActivation.TANH);
        try (Host virtual = new VirtualHost()) {
            for (Granularity cells : CELLS) {
                RunPlan calm = plan(cells).withDelay(Delays.parse("exponential:20us"));
                Equilibrium expected = settled(virtual, p.network(), calm, p.nudged(0.05));
                Faults faults =
                        Faults.NONE
                                .withDrop(0.2)
                                .withDuplicate(0.2)
                                .withReorder(0.2)
                                .withCrashes(List.of(new Crash("p1", 3, false)));
                RunPlan faulty = calm.withFaults(faults);
                Equilibrium found = settled(virtual, p.network(), faulty, p.nudged(0.05));
                for (int k = 1; k < p.network().populations().size(); k++) {
                    assertArrayEquals(
                            expected.activity(k).values(), found.activity(k).values(), 1e-8);
                }
            }
        }
    }

    @Test
    void anotherNetworkHasAnotherState() {
        try (Host virtual = new VirtualHost()) {
            RunPlan turns = plan(Granularity.LAYER).withDiscipline(Discipline.TURN_TAKING);
            Trail a = trail(virtual, Problem.withCycles(1, 2, StandardActivation.TANH), turns);
            Trail b = trail(virtual, Problem.withCycles(2, 2, StandardActivation.TANH), turns);
            assertNotEquals(a.states(), b.states());
        }
    }
}
