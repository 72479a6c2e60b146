package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.TestDelays;
import org.relaxon.testkit.planted.Arrival;
import org.relaxon.testkit.planted.PlantedHost;

/**
 * Parcels that the next one on their channel overtakes: nothing is lost, so nothing is repaired.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptBackTest {
    private static final double SAME = 1e-9;
    private static final Faults SOME = Faults.NONE.withReorder(0.3);

    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);

    private record Run(Settlement verdict, RunReport report) {
        Equilibrium equilibrium(String context) {
            return Compare.settled(verdict, context).equilibrium();
        }
    }

    @AfterAll
    void close() {
        akka.close();
    }

    private static RunPlan plan(long seed, String granularity, String discipline) {
        return RunPlan.of(new UnwaitingPredictiveCoding())
                .withThreshold(1e-12)
                .withGranularity(Granularity.parse(granularity))
                .withDelay(Delays.parse("constant:20us"))
                .withDiscipline(Discipline.parse(discipline))
                .withSeed(seed);
    }

    private static Run run(Host host, long seed, RunPlan plan) {
        Problem problem = Problem.tanh(seed, 2, 3, 5, 4, 2);
        try (Session session = host.open(problem.network(), plan)) {
            return new Run(session.settle(problem.nudged(0.1), Budget.DEFAULT), session.report());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eager", "poisson:20000", "handshake"})
    void overtakenParcelsChangeNoEquilibriumAndNeedNoRepair(String discipline) {
        for (String granularity : List.of("layer", "neuron")) {
            Map<String, Long> reordered = new HashMap<>(); // few parcels, or many, by timing
            for (long seed = 1; seed <= 5; seed++) {
                RunPlan plan = plan(seed, granularity, discipline);
                Run undisturbed = run(virtual, seed, plan);
                for (Host host : List.of(virtual, akka)) {
                    String context = granularity + ", seed " + seed + ", " + host.optionName();
                    Run disturbed = run(host, seed, plan.withFaults(SOME));
                    double off =
                            FaultChecker.distance(
                                    disturbed.equilibrium(context),
                                    undisturbed.equilibrium(context));

                    assertTrue(off <= SAME, context + ": off by " + off);
                    reordered.merge(
                            host.optionName(), disturbed.report().faults().reordered(), Long::sum);
                    assertEquals(0, disturbed.report().lost(), context);
                    assertEquals(1, disturbed.report().auditRounds(), context);
                    assertEquals(
                            disturbed.report().messages(), disturbed.report().delivered(), context);
                }
                assertEquals(0, undisturbed.report().faults().reordered());
            }
            reordered.forEach((host, sum) -> assertTrue(sum > 0, granularity + ", " + host));
        }
    }

    @Test
    void inStepOvertakingLeavesNoTraceInTheSequenceOfStates() {
        RunPlan plan = plan(3, "neuron", "handshake");
        Run undisturbed = run(virtual, 3, plan);
        for (Host host : List.of(virtual, akka)) {
            Run disturbed = run(host, 3, plan.withFaults(SOME));

            assertEquals(undisturbed.report().stateHash(), disturbed.report().stateHash());
            assertTrue(disturbed.report().faults().reordered() > 0, host.optionName());
        }
        Run other = run(virtual, 3, plan.withThreshold(1e-6));
        assertNotEquals(other.report().stateHash(), undisturbed.report().stateHash());
    }

    @Test
    void aChanceOfZeroIsNoFault() {
        RunPlan plan = plan(2, "neuron", "eager");
        long plain = run(virtual, 2, plan).report().traceHash();

        assertEquals(
                plain,
                run(virtual, 2, plan.withFaults(Faults.NONE.withReorder(0.0)))
                        .report()
                        .traceHash());
        assertNotEquals(plain, run(virtual, 2, plan.withFaults(SOME)).report().traceHash());
    }

    @Test
    void underTurnTakingNothingCanBeOvertakenAndThatIsSaid() {
        for (Host host : List.of(virtual, akka)) {
            RunPlan plan = plan(1, "layer", "turn-taking");
            String message =
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> run(host, 1, plan.withFaults(SOME)))
                            .getMessage();
            assertTrue(message.startsWith("reorder: under turn-taking"), message);
            run(host, 1, plan.withFaults(Faults.NONE.withReorder(0.0)));
        }
    }

    /** The host throws where a detector speaks while a parcel is kept back. */
    @Test
    void aDetectorIsNeverEarlyWhereParcelsAreKeptBack() {
        for (long seed = 1; seed <= 60; seed++) {
            for (String granularity : List.of("layer", "neuron")) {
                RunPlan plan =
                        plan(seed, granularity, "eager")
                                .withDelay(
                                        seed % 2 == 0
                                                ? TestDelays.BIMODAL
                                                : TestDelays.FLYING_PROBES)
                                .withFaults(SOME.withDuplicate(0.2).withLate(0.05))
                                .withProbes(true);
                String context = "seed " + seed + ", " + granularity + " cells";
                Run run = run(virtual, seed, plan);

                Settled settled = Compare.settled(run.verdict(), context);
                assertTrue(settled.residual() <= plan.effectiveTolerance(), context);
                assertTrue(run.report().probeWaves() >= 2, context);
            }
        }
    }

    /** The last to arrive is taken for the newest. */
    private static Parcel forged(Cell receiver, int slot, Parcel parcel) {
        Signal s = (Signal) parcel;
        long newest = receiver.lastSignals().receivedVersion(slot) + 1;
        return new Signal(s.phase(), newest, s.values(), s.offset(), s.length());
    }

    /** Forward passes that end elsewhere where nobody looks at versions. */
    private static int wrong(double reorder, Arrival arrival) {
        int wrong = 0;
        Host naive = PlantedHost.credulous().withArrival(arrival);
        for (long seed = 1; seed <= 20; seed++) {
            Problem p = Problem.tanh(seed, 1, 8, 16, 12, 4);
            RunPlan plan = plan(seed, "neuron", "eager").withRefractoryNanos(2_000);
            Equilibrium[] ends = new Equilibrium[2];
            for (int k = 0; k < 2; k++) {
                RunPlan one = k == 0 ? plan : plan.withFaults(Faults.NONE.withReorder(reorder));
                try (Session session =
                        (k == 0 ? new VirtualHost() : naive).open(p.network(), one)) {
                    Settlement end = session.settle(p.free(), Budget.DEFAULT);
                    ends[k] = assertInstanceOf(Settled.class, end).equilibrium();
                }
            }
            wrong += FaultChecker.distance(ends[0], ends[1]) > 1e-9 ? 1 : 0;
        }
        return wrong;
    }

    @Test
    void overtakingIsWhatVersionsAreFor() {
        assertEquals(0, wrong(0.0, KeptBackTest::forged), "in order, nobody needs versions");
        assertEquals(0, wrong(0.3, Arrival.UNCHANGED));
        int wrong = wrong(0.3, KeptBackTest::forged);
        System.out.printf("overtaken, without versions: %d of 20 forward passes wrong%n", wrong);
        assertTrue(wrong >= 15, wrong + " of 20");
    }
}
