package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settlement;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;
import org.relaxon.testkit.planted.Arrival;
import org.relaxon.testkit.planted.PlantedHost;

/** Parcels that arrive in the phase after their own: dropped, counted, and never believed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LateParcelTest {
    private static final double SAME = 1e-9;
    private static final Faults LATE = Faults.NONE.withLate(0.3);

    private final Host virtual = new VirtualHost();
    private final Host akka = new AkkaHost(2);

    /** Both phases of one session. */
    private record Run(Settlement first, RunReport before, Settlement second, RunReport after) {
        Equilibrium equilibrium(String context) {
            return Compare.settled(second, context).equilibrium();
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
                .withDelivery(Delivery.RELIABLE_LATEST)
                .withSeed(seed);
    }

    private static Run run(Host host, long seed, RunPlan plan) {
        return run(host, seed, plan, new AtomicLong());
    }

    private static Run run(Host host, long seed, RunPlan plan, AtomicLong phase) {
        Problem p = Problem.tanh(seed, 2, 3, 5, 4, 2);
        try (Session session = host.open(p.network(), plan)) {
            phase.set(1);
            Settlement first = session.settle(p.nudged(1.0), Budget.DEFAULT);
            RunReport before = session.report();
            phase.set(2);
            Settlement second = session.settle(p.nudged(0.1), Budget.DEFAULT);
            return new Run(first, before, second, session.report());
        }
    }

    @ParameterizedTest
    @CsvSource({"layer, none", "neuron, none", "layer, 'uniform:0us,40us'", "neuron, pareto:9us"})
    void whatIsHeldArrivesInTheNextPhaseIsDroppedAndCounted(String granularity, String delay) {
        String model = delay.equals("pareto:9us") ? "pareto:9us,1.5" : delay;
        for (long seed = 1; seed <= 5; seed++) {
            RunPlan plan = plan(seed, granularity).withDelay(Delays.parse(model));
            Run undisturbed = run(virtual, seed, plan);
            for (Host host : List.of(virtual, akka)) {
                String context = granularity + ", " + model + ", " + seed + host.optionName();
                Run disturbed = run(host, seed, plan.withFaults(LATE));
                Equilibrium end = disturbed.equilibrium(context);
                long held = disturbed.before().faults().held();

                double off = FaultChecker.distance(end, undisturbed.equilibrium(context));
                assertTrue(off <= SAME, context + ": off by " + off);
                Compare.settled(disturbed.first(), context);
                assertTrue(held > 0, context);
                assertEquals(held, disturbed.before().lost(), context);
                assertEquals(0, disturbed.before().faults().late(), context);
                assertEquals(held, disturbed.after().faults().late(), context);
                boolean exact = host == virtual || model.equals("none");
                long late = disturbed.after().late();
                assertTrue(exact ? late == held : late <= held, context + ": " + late);
            }
            assertEquals(0, undisturbed.before().faults().held());
            assertEquals(0, undisturbed.after().late());
        }
    }

    @Test
    void withoutASecondPhaseTheFaultNeverHappened() {
        Run run = run(virtual, 1, plan(1, "layer").withFaults(LATE));

        assertTrue(run.before().faults().held() > 0);
        assertEquals(List.of("late"), LATE.missing(run.before().faults()));
        assertEquals(List.of(), LATE.missing(run.before().plus(run.after()).faults()));
    }

    @Test
    void inStepLateParcelsLeaveNoTraceInTheSequenceOfStates() {
        for (Discipline discipline : List.of(Discipline.TURN_TAKING, Discipline.HANDSHAKE)) {
            RunPlan plan = plan(2, "neuron").withDiscipline(discipline);
            Run undisturbed = run(virtual, 2, plan);
            for (Host host : List.of(virtual, akka)) {
                Run disturbed = run(host, 2, plan.withFaults(LATE));

                assertEquals(undisturbed.after().stateHash(), disturbed.after().stateHash());
                assertTrue(disturbed.after().faults().late() > 0, discipline.toString());
            }
        }
    }

    /** Without the phase filter such parcels are believed; only the audit sees it. */
    @Test
    void withoutPhasesLateParcelsAreBelieved() {
        AtomicLong phase = new AtomicLong();
        Arrival forged =
                (receiver, slot, parcel) -> {
                    Signal s = (Signal) parcel;
                    return new Signal(phase.get(), s.version(), s.values(), s.offset(), s.length());
                };
        Host naive = PlantedHost.credulous().withArrival(forged);
        Host audited = PlantedHost.receiving(forged);
        int wrong = 0;
        int silent = 0;
        for (long seed = 1; seed <= 20; seed++) {
            RunPlan plan = plan(seed, "neuron").withDelivery(null).withFaults(LATE);
            Equilibrium truth = run(virtual, seed, plan(seed, "neuron")).equilibrium("truth");
            Equilibrium reached = run(naive, seed, plan, phase).equilibrium("naive");
            wrong += FaultChecker.distance(truth, reached) > 1e-6 ? 1 : 0;
            Settlement judged = run(audited, seed, plan, phase).second();
            boolean off =
                    judged instanceof org.relaxon.model.settle.Settled s
                            && FaultChecker.distance(truth, s.equilibrium()) > 1e-6;
            silent += off ? 1 : 0;
        }
        System.out.printf("late, without phases: %d of 20 runs wrong%n", wrong);
        assertTrue(wrong >= 15, wrong + " of 20");
        assertEquals(0, silent);
    }
}
