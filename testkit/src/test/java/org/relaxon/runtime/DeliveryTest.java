package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.TestDelays;

/** What senders do about losses: the newest parcel of a channel is repeated until it arrived. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryTest {
    private static final double BETA = 0.1;
    private static final double SAME = 1e-9;
    private static final Faults HALF = Faults.NONE.withDrop(0.5);

    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);

    /** What one run came to. */
    private record Run(Settlement verdict, RunReport report) {
        Equilibrium equilibrium(String context) {
            return Compare.settled(verdict, context).equilibrium();
        }
    }

    @AfterAll
    void close() {
        akka.close();
    }

    private static RunPlan plan(long seed, String granularity) {
        return RunPlan.of(new PredictiveCoding())
                .withThreshold(1e-12)
                .withGranularity(Granularity.parse(granularity))
                .withDelay(Delays.parse("uniform:0us,40us"))
                .withSeed(seed);
    }

    private static Run run(Host host, long seed, RunPlan plan) {
        Problem problem = Problem.tanh(seed, 2, 3, 5, 4, 2);
        try (Session session = host.open(problem.network(), plan)) {
            return new Run(session.settle(problem.nudged(BETA), Budget.DEFAULT), session.report());
        }
    }

    private void requireWithoutRepair(Host host, String granularity, int seeds) {
        for (long seed = 1; seed <= seeds; seed++) {
            RunPlan plan = plan(seed, granularity);
            String context = "seed %d, %s, %s".formatted(seed, granularity, host.optionName());
            Run lossless = run(virtual, seed, plan);
            Run lossy =
                    run(host, seed, plan.withFaults(HALF).withDelivery(Delivery.RELIABLE_LATEST));

            double off =
                    FaultChecker.distance(
                            lossy.equilibrium(context), lossless.equilibrium(context));
            assertTrue(off <= SAME, context + ": off by " + off);
            assertEquals(1, lossy.report().auditRounds(), context);
            assertTrue(lossy.report().repeated() > 0, context + ": nothing was repeated");
            assertTrue(lossy.report().faults().dropped() > 0, context);
            assertEquals(0, lossy.report().abandoned(), context);
            assertEquals(0, lossless.report().repeated(), context);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layer", "neuron"})
    void halfOfAllParcelsMayBeLostWithoutAnyRepair(String granularity) {
        requireWithoutRepair(virtual, granularity, 40);
        requireWithoutRepair(akka, granularity, 5);
    }

    /** The twin: under the same losses, without repetition, audits have to repair. */
    @Test
    void withoutRepetitionTheSameLossesNeedRepair() {
        int repaired = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Run lossy = run(virtual, seed, plan(seed, "layer").withFaults(HALF));

            assertEquals(0, lossy.report().repeated());
            repaired += lossy.report().auditRounds() > 1 ? 1 : 0;
        }
        assertTrue(repaired > 15, "only " + repaired + " of 20 needed repair");
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn-taking", "handshake"})
    void inStepFaultsLeaveNoTraceInTheSequenceOfStates(String discipline) {
        Faults faults = Faults.NONE.withDrop(0.3).withDuplicate(0.2);
        for (String granularity : List.of("layer", "neuron")) {
            for (long seed = 1; seed <= 5; seed++) {
                RunPlan plan = plan(seed, granularity).withDiscipline(Discipline.parse(discipline));
                Run undisturbed = run(virtual, seed, plan);
                for (Host host : List.of(virtual, akka)) {
                    Run disturbed = run(host, seed, plan.withFaults(faults));
                    String context = discipline + ", seed " + seed + ", " + host.optionName();

                    requireEqual(disturbed, undisturbed, context);
                    assertEquals(List.of(), faults.missing(disturbed.report().faults()), context);
                    assertTrue(disturbed.report().repeated() > 0, context);
                }
                Run other = run(virtual, seed, plan.withThreshold(1e-6));
                assertNotEquals(other.report().stateHash(), undisturbed.report().stateHash());
            }
        }
    }

    private static void requireEqual(Run disturbed, Run undisturbed, String context) {
        Compare.settled(disturbed.verdict(), context);
        RunReport a = disturbed.report();
        RunReport b = undisturbed.report();
        assertEquals(b.stateHash(), a.stateHash(), context);
        assertEquals(b.messages(), a.messages(), context);
        assertEquals(b.relaxations(), a.relaxations(), context);
        assertEquals(1, a.auditRounds(), context);
    }

    @ParameterizedTest
    @ValueSource(strings = {"turn-taking", "handshake"})
    void inStepBestEffortIsRefusedByName(String discipline) {
        RunPlan plan =
                plan(1, "layer")
                        .withDiscipline(Discipline.parse(discipline))
                        .withDelivery(Delivery.BEST_EFFORT);
        for (Host host : List.of(virtual, akka)) {
            String message =
                    assertThrows(IllegalArgumentException.class, () -> run(host, 1, plan))
                            .getMessage();

            assertTrue(message.startsWith("delivery: " + discipline), message);
        }
        assertTrue(plan.withDelivery(null).conditions().repeats());
        assertTrue(
                !plan.withDelivery(null).withDiscipline(Discipline.EAGER).conditions().repeats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"eager", "turn-taking", "handshake"})
    void aLinkThatIsCutForGoodIsGivenUpInBoundedTime(String discipline) {
        RunPlan plan =
                plan(2, "layer")
                        .withDiscipline(Discipline.parse(discipline))
                        .withDelivery(Delivery.RELIABLE_LATEST)
                        .withAuditRounds(2)
                        .withFaults(Faults.NONE.withCuts(List.of(Cut.parse("1->2"))));
        for (Host host : List.of(virtual, akka)) {
            String context = discipline + " on " + host.optionName();
            Run cut = run(host, 2, plan);

            NotSettled not = Compare.notSettled(cut.verdict(), context);
            assertEquals(Reason.QUIET_AWAY_FROM_EQUILIBRIUM, not.reason(), context);
            assertTrue(cut.report().abandoned() > 0, context + ": nothing was given up");
            assertTrue(not.links().contains("1->2"), context + ": " + not.links());
            assertTrue(cut.report().hostNanos() < 20_000_000_000L, context);
        }
    }

    /** The host throws where a detector speaks while anything that matters is under way. */
    @Test
    void aDetectorIsNeverEarlyWhereParcelsAreRepeated() {
        for (long seed = 1; seed <= 60; seed++) {
            for (String granularity : List.of("layer", "neuron")) {
                RunPlan plan =
                        plan(seed, granularity)
                                .withDelay(
                                        seed % 2 == 0
                                                ? TestDelays.BIMODAL
                                                : TestDelays.SPREAD_PROBES)
                                .withFaults(HALF.withDuplicate(0.2))
                                .withDelivery(Delivery.RELIABLE_LATEST)
                                .withProbes(true);
                String context = "seed " + seed + ", " + granularity + " cells";
                Run run = run(virtual, seed, plan);

                Settled settled = Compare.settled(run.verdict(), context);
                assertTrue(settled.residual() <= plan.effectiveTolerance(), context);
                assertEquals(1, run.report().auditRounds(), context);
                assertTrue(run.report().probeWaves() >= 2, context);
            }
        }
    }
}
