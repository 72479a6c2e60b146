package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.HostUnderTest;
import org.relaxon.testkit.Problem;

/**
 * A cell crashes at its n-th parcel, for every n: it comes back with its weights and nothing else,
 * and the network finds the same equilibrium, or says that it has lost the cell.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
    private static final int MESSAGES = 100;
    private static final double SAME = 1e-6;
    private static final int PROJECTIONS = 3;
    private static final Family.Member NUDGED =
            new Family.Member(Algorithms.pcNudge(), Estimator.ONE_SIDED, 0.1, SAME);
    private static final Family.Member CENTRED =
            new Family.Member(
                    Algorithms.equilibriumPropagation(Form.PLAIN), Estimator.CENTRED, 0.1, SAME);

    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);

    /** A member of the family on one host. */
    record Where(Family.Member member, Host host) {
        @Override
        public String toString() {
            return member + " on " + host.optionName();
        }
    }

    @AfterAll
    void close() {
        akka.close();
    }

    List<Where> everywhere() {
        return List.of(
                new Where(NUDGED, virtual),
                new Where(CENTRED, virtual),
                new Where(NUDGED, akka),
                new Where(CENTRED, akka));
    }

    private static Problem problem(Family.Member member) {
        return member == CENTRED ? Family.hopfield(3, 2) : Problem.tanh(3, 2, 4, 6, 5, 3);
    }

    private static RunPlan plan(Family.Member member, String granularity) {
        return RunPlan.of(member.algorithm().rule())
                .withThreshold(1e-11)
                .withGranularity(Granularity.parse(granularity))
                .withDelay(Delays.parse("uniform:0us,60us"))
                .withSeed(7);
    }

    private static Faults crash(String name, long message, boolean lasting) {
        return Faults.NONE.withCrashes(List.of(new Crash(name, message, lasting)));
    }

    private static GradientEstimate truth(Family.Member member) {
        try (Host synchronous = new SynchronousHost()) {
            RunPlan plan = plan(member, "neuron").withDelay(Delays.none());
            GradientEstimate found = Family.estimate(synchronous, plan, member, problem(member));
            Compare.settled(found.verdict(), "the reference");
            return found;
        }
    }

    /** One run under crashes; its weights have to be what they were, to the bit. */
    private static GradientEstimate run(Host host, RunPlan plan, Family.Member member) {
        Problem p = problem(member);
        try (Session session = host.open(p.network(), plan)) {
            double[] before = Compare.flat(session.parameters(), PROJECTIONS);
            GradientEstimate found =
                    GradientEstimate.of(
                            session, member.method(), p.input(), p.target(), HostUnderTest.AMPLE);
            assertArrayEquals(
                    before, Compare.flat(session.parameters(), PROJECTIONS), 0.0, "weights");
            return found;
        }
    }

    private static void requireSame(
            GradientEstimate found, GradientEstimate truth, String context) {
        assertTrue(found.isConclusive(), context + " did not settle: " + found.verdict());
        double off =
                FaultChecker.distance(
                        ((Conclusive) found.verdict()).equilibrium(),
                        ((Conclusive) truth.verdict()).equilibrium());
        assertTrue(off <= SAME, context + ": an activity is off by " + off);
        Parameters gradient = found.update().gradient();
        double turned = Compare.relative(gradient, truth.update().gradient(), PROJECTIONS);
        assertTrue(turned <= SAME, context + ": the gradient is off by " + turned);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("everywhere")
    void aSingleCrashAtAnyParcelLeavesTheEquilibriumAndTheWeights(Where where) {
        GradientEstimate truth = truth(where.member());
        int struck = 0;
        for (int n = 1; n <= MESSAGES; n++) {
            String cell = (n % 2 == 0 ? "1[" : "2[") + n % 5 + "]";
            RunPlan plan = plan(where.member(), "neuron").withFaults(crash(cell, n, false));
            GradientEstimate found = run(where.host(), plan, where.member());

            requireSame(found, truth, where + ", cell " + cell + ", parcel " + n);
            long crashes = found.report().faults().crashes();
            assertTrue(crashes <= 2, "at most one in each of two phases, got " + crashes);
            struck += crashes > 0 ? 1 : 0;
        }
        System.out.printf("single crashes, %s: %d of %d struck%n", where, struck, MESSAGES);
        assertTrue(struck > MESSAGES / 4, "only " + struck + " crashes struck");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("everywhere")
    void aCellThatCrashesAtEveryParcelIsGivenUp(Where where) {
        GradientEstimate truth = truth(where.member());
        int lost = 0;
        for (int n = 1; n <= MESSAGES; n++) {
            RunPlan plan = plan(where.member(), "neuron").withFaults(crash("2[1]", n, true));
            GradientEstimate found = run(where.host(), plan, where.member());
            String context = where + ", parcel " + n;

            long crashes = found.report().faults().crashes();
            if (found.verdict() instanceof NotSettled not && not.reason() == Reason.CELL_LOST) {
                lost++;
                assertTrue(crashes > Crash.RESTARTS_MAX, context + ": only " + crashes);
            } else if (found.isConclusive()) {
                requireSame(found, truth, context); // it fell quiet before so many parcels came
                assertTrue(crashes <= 2 * Crash.RESTARTS_MAX, context + ": " + crashes);
            } else {
                NotSettled not = Compare.notSettled(found.verdict(), context);
                assertEquals(Reason.QUIET_AWAY_FROM_EQUILIBRIUM, not.reason(), context);
            }
        }
        System.out.printf("lasting crashes, %s: %d of %d cells lost%n", where, lost, MESSAGES);
        assertTrue(lost > MESSAGES / 4, "only " + lost + " cells were given up");
    }

    @ParameterizedTest(autoCloseArguments = false)
    @ValueSource(strings = {"turn-taking", "handshake"})
    void aCrashInStepIsRepairedOnBothHosts(String discipline) {
        for (Host host : List.of(virtual, akka)) {
            GradientEstimate truth = truth(NUDGED);
            int struck = 0;
            for (String granularity : List.of("layer", "neuron")) {
                for (int n = 1; n <= 25; n++) {
                    RunPlan plan =
                            plan(NUDGED, granularity)
                                    .withDiscipline(Discipline.parse(discipline))
                                    .withFaults(crash("2", n, false));
                    GradientEstimate found = run(host, plan, NUDGED);

                    requireSame(
                            found,
                            truth,
                            "%s, %s, %s cells, parcel %d"
                                    .formatted(discipline, host.optionName(), granularity, n));
                    struck += found.report().faults().crashes() > 0 ? 1 : 0;
                }
            }
            assertTrue(struck > 30, discipline + ": only " + struck + " crashes struck");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @ValueSource(strings = {"turn-taking", "handshake"})
    void aCellThatKeepsCrashingInStepIsGivenUpOnBothHosts(String discipline) {
        for (Host host : List.of(virtual, akka)) {
            for (int n = 1; n <= 10; n++) {
                RunPlan plan =
                        plan(NUDGED, "layer")
                                .withDiscipline(Discipline.parse(discipline))
                                .withFaults(crash("2", n, true));
                GradientEstimate found = run(host, plan, NUDGED);
                String context = discipline + " on " + host.optionName() + ", parcel " + n;

                NotSettled not = Compare.notSettled(found.verdict(), context);
                assertEquals(Reason.CELL_LOST, not.reason(), context);
            }
        }
    }

    /** Each phase counts anew, and a network without one of its cells is nowhere near rest. */
    @Test
    void theNextPhaseOfASessionBeginsWithAllItsRestarts() {
        Problem p = problem(NUDGED);
        RunPlan plan = plan(NUDGED, "layer").withFaults(crash("2", 2, true));
        for (Host host : List.of(virtual, akka)) {
            try (Session session = host.open(p.network(), plan)) {
                for (int phase = 1; phase <= 3; phase++) {
                    NotSettled not =
                            Compare.notSettled(
                                    session.settle(p.nudged(0.1), Budget.DEFAULT),
                                    host.optionName());

                    assertEquals(Reason.CELL_LOST, not.reason());
                    long crashes = session.report().faults().crashes();
                    assertTrue(crashes > Crash.RESTARTS_MAX, "crashes " + crashes);
                    assertTrue(not.residual() > 1e-3, "residual " + not.residual());
                }
            }
        }
    }

    @Test
    void aCrashUnderAnyMemberOfTheFamilyIsNoSilentError() {
        int settled = 0;
        int struck = 0;
        int runs = 0;
        for (Family.Member member : Family.members()) {
            Problem p = Family.hopfield(5, 2);
            RunPlan plan = Family.plan(member).withDelay(Delays.parse("uniform:0us,200us"));
            GradientEstimate truth = Family.estimate(virtual, plan, member, p);
            for (String granularity : List.of("layer", "neuron")) {
                for (int n = 1; n <= 12; n++) {
                    String cell = Integer.toString(1 + n % 3);
                    RunPlan crashing =
                            plan.withGranularity(Granularity.parse(granularity))
                                    .withSeed(n)
                                    .withFaults(crash(cell, n, false));
                    GradientEstimate found = Family.estimate(virtual, crashing, member, p);
                    String context = member + ", " + granularity + ", " + cell + "@" + n;
                    runs++;
                    struck += found.report().faults().crashes() > 0 ? 1 : 0;
                    if (found.isConclusive()) {
                        settled++;
                        requireSame(found, truth, context);
                    } else {
                        System.out.println(context + ": " + found.verdict());
                    }
                }
            }
        }
        System.out.printf("family: %d runs, %d struck, %d settled%n", runs, struck, settled);
        assertTrue(struck > runs / 2, "only " + struck + " of " + runs + " struck");
        assertEquals(runs, settled);
    }

    /** A neighbour that has not acted yet has nothing to repeat, and its rest is no answer. */
    @Test
    void cellsThatActOnceDoNotActOnTheRestOfANeighbour() {
        int struck = 0;
        for (Algorithm algorithm :
                List.of(Algorithms.zeroDivergence(1.0), Algorithms.fixedPrediction())) {
            Family.Member member = new Family.Member(algorithm, Estimator.ONE_SIDED, 1.0, SAME);
            Problem p = Family.hopfield(5, 1);
            RunPlan plan = Family.plan(member).withGranularity(Granularity.NEURON);
            GradientEstimate truth = Family.estimate(virtual, plan, member, p);
            for (int seed = 1; seed <= 60; seed++) {
                RunPlan crashing =
                        plan.withSeed(seed)
                                .withDelay(Delays.parse("uniform:0us,10us"))
                                .withRefractoryNanos(1_000_000)
                                .withFaults(crash("2", 1 + seed % 3, false));
                GradientEstimate found = Family.estimate(virtual, crashing, member, p);

                requireSame(found, truth, member + ", seed " + seed);
                struck += found.report().faults().crashes() > 0 ? 1 : 0;
            }
        }
        assertTrue(struck >= 100, "only " + struck + " crashes struck");
    }
}
