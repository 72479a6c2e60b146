package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** Budgets are kept to the last message and nanosecond where one thread runs all cells. */
class BudgetTest {
    private static final Matrix INPUT = Matrix.column(0.5, -1.0);
    private static final Matrix TARGET = Matrix.column(0.25, 1.0);
    private static final Phase NUDGED = Phase.nudged(INPUT, TARGET, 0.01);

    private static Network network(StandardActivation f, double gain) {
        return Network.layered(
                new int[] {2, 5, 4, 2},
                f,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                new Initialisation(Initialisation.Scheme.NORMAL, gain, 3));
    }

    private record Run(Settlement verdict, RunReport report) {
        Reason reason() {
            return assertInstanceOf(NotSettled.class, verdict).reason();
        }
    }

    private static Run run(Host host, RunPlan plan, Budget budget) {
        try (host;
                Session session = host.open(network(StandardActivation.TANH, 1.0), plan)) {
            return new Run(session.settle(NUDGED, budget), session.report());
        }
    }

    private static List<Host> hosts() {
        return List.of(new VirtualHost(), new SynchronousHost(), new RedBlackHost());
    }

    private static RunPlan plan() {
        return RunPlan.of(new PredictiveCoding()).withGranularity(Granularity.NEURON);
    }

    @Test
    void noHostWithOneThreadSendsMoreThanItsMessages() {
        for (int k = 0; k < hosts().size(); k++) {
            long refractory = hosts().get(k).keepsTime() ? -1 : 0;
            RunPlan plan = plan().withRefractoryNanos(refractory);
            Run whole = run(hosts().get(k), plan, Budget.DEFAULT);
            assertInstanceOf(Settled.class, whole.verdict());
            long needed = whole.report().messages();
            Budget enough = Budget.DEFAULT.withMessages(needed);
            assertInstanceOf(Settled.class, run(hosts().get(k), plan, enough).verdict());
            for (long limit : new long[] {1, 5, 17, needed / 2, needed - 1}) {
                Run cut = run(hosts().get(k), plan, Budget.DEFAULT.withMessages(limit));
                assertEquals(Reason.MESSAGE_BUDGET, cut.reason());
                assertEquals(limit, cut.report().messages());
            }
        }
    }

    @Test
    void repetitionsCountAsMessages() {
        RunPlan lossy =
                plan().withDelay(Delays.exponential(1_000_000L))
                        .withFaults(Faults.NONE.withDrop(0.5))
                        .withDelivery(Delivery.RELIABLE_LATEST);
        RunReport whole = run(new VirtualHost(), lossy, Budget.DEFAULT).report();
        assertTrue(whole.repeated() > 0);
        long needed = whole.messages() + whole.repeated();
        Budget enough = Budget.DEFAULT.withMessages(needed);
        assertInstanceOf(Settled.class, run(new VirtualHost(), lossy, enough).verdict());
        Budget tight = Budget.DEFAULT.withMessages(needed - 1);
        Run cut = run(new VirtualHost(), lossy, tight);
        assertEquals(Reason.MESSAGE_BUDGET, cut.reason());
        assertEquals(needed - 1, cut.report().messages() + cut.report().repeated());
    }

    @Test
    void virtualTimeNeverPassesItsBudget() {
        RunPlan slow = plan().withDelay(Delays.exponential(1_000_000L));
        Run whole = run(new VirtualHost(), slow, Budget.DEFAULT);
        assertInstanceOf(Settled.class, whole.verdict());
        long needed = whole.report().hostNanos();
        Run enough = run(new VirtualHost(), slow, Budget.DEFAULT.withNanos(needed));
        assertInstanceOf(Settled.class, enough.verdict());
        assertEquals(whole.report().traceHash(), enough.report().traceHash());
        for (long limit : new long[] {1, 1_000, needed / 2, needed - 1}) {
            Run cut = run(new VirtualHost(), slow, Budget.DEFAULT.withNanos(limit));
            assertEquals(Reason.TIME_BUDGET, cut.reason());
            assertTrue(cut.report().hostNanos() <= limit, cut.report().hostNanos() + " ns");
        }
    }

    @Test
    void aPauseBeforeLostWordsAreSaidAgainTakesTimeAsWell() {
        RunPlan torn = plan().withFaults(Faults.NONE.withDrop(0.3)).withAuditRounds(1000);
        for (long limit : new long[] {150_000L, 250_000L, 700_000L}) {
            Run cut = run(new VirtualHost(), torn, Budget.DEFAULT.withNanos(limit));
            assertEquals(Reason.TIME_BUDGET, cut.reason());
            assertTrue(cut.report().hostNanos() <= limit, cut.report().hostNanos() + " ns");
        }
    }

    /** Steps too small to move anything send nothing and, without delay, take no time. */
    @Test
    void stepsThatLeadNowhereEndWithTheirRelaxations() {
        for (Host host : hosts()) {
            RunPlan creeping = RunPlan.of(PredictiveCoding.gradient(1e-12));
            Budget budget = Budget.DEFAULT.withRelaxations(5_000);
            Run run = run(host, creeping, budget);
            assertEquals(Reason.RELAXATION_BUDGET, run.reason());
            assertTrue(run.report().relaxations() <= 5_010, "a sweep at most is begun");
        }
    }

    @Test
    void moreMessagesAllowForMoreRelaxations() {
        assertEquals(10_000_000L, Budget.DEFAULT.relaxations());
        assertEquals(50_000_000L, Budget.DEFAULT.withMessages(50_000_000L).relaxations());
        assertEquals(
                7, Budget.DEFAULT.withRelaxations(7).withMessages(5).relaxations(), "not fewer");
    }

    @Test
    void aBudgetThatEndsARunawayHidesNothing() {
        Network wild = network(StandardActivation.LINEAR, 4.0);
        Phase phase = Phase.nudged(INPUT, TARGET, 1.0);
        RunPlan plan = RunPlan.of(new PredictiveCoding());
        try (Host host = new VirtualHost();
                Session session = host.open(wild, plan)) {
            int grown = 0;
            for (long limit = 20; limit <= 2_000; limit += 20) {
                Settlement end = session.settle(phase, Budget.DEFAULT.withMessages(limit));
                NotSettled not = assertInstanceOf(NotSettled.class, end);
                Reason expected = not.residual() < 1e12 ? Reason.MESSAGE_BUDGET : Reason.DIVERGED;
                assertEquals(expected, not.reason(), not.residual() + " after " + limit);
                grown += not.residual() > 1e12 ? 1 : 0;
            }
            assertTrue(grown > 5, "runs that had run away: " + grown);
        }
    }
}
