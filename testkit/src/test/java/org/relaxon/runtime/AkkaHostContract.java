package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.await;
import static org.relaxon.testkit.HostUnderTest.plan;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Contrived;
import org.relaxon.testkit.HookedRule;
import org.relaxon.testkit.HostContract;
import org.relaxon.testkit.Problem;

/** What only a host with threads of its own can get wrong. */
abstract class AkkaHostContract extends HostContract {
    @Override
    public boolean keepsBudgetsExactly() {
        return false;
    }

    @Test
    void aClosedHostRefusesToOpenAndItsSessionsToSettle() {
        Problem problem = Problem.tanh(28, 1, 3, 4, 2);
        Host own = newHost();
        Session session = own.open(problem.network(), plan());
        own.close();

        assertThrows(IllegalStateException.class, () -> own.open(problem.network(), plan()));
        assertThrows(
                IllegalStateException.class,
                () -> session.settle(problem.nudged(0.1), Budget.DEFAULT.withNanos(1_000_000L)));
    }

    @Test
    void closingTheHostEndsTheSettlingUnderWay() {
        CountDownLatch running = new CountDownLatch(1);
        Host own = newHost();
        HookedRule rule = new HookedRule(s -> running.countDown());
        Session session = own.open(Contrived.restless(), plan(rule));
        rule.arm();
        var verdict =
                CompletableFuture.supplyAsync(
                        () -> session.settle(Contrived.neverResting(), ENDLESS));
        await(running);
        own.close();

        CompletionException e = assertThrows(CompletionException.class, verdict::join);
        assertInstanceOf(IllegalStateException.class, e.getCause());
    }

    /**
     * Without a refractory period a neighbour may speak before a cell has been told to begin: the
     * coordinator tells one after the other. No such signal may be lost.
     */
    @Test
    void phaseAfterPhaseSettlesWhenCellsSpeakAsSoonAsTheyCan() {
        Problem problem = Problem.tanh(36, 1, 3, 8, 8, 2);
        RunPlan plan = plan().withGranularity(Granularity.NEURON).withRefractoryNanos(0);
        try (Session session = host().open(problem.network(), plan)) {
            for (int k = 0; k < 300; k++) {
                Compare.settled(
                        session.settle(problem.free(), Budget.DEFAULT),
                        "phase " + k + ", " + problem);
            }
        }
    }

    /** All cells have spoken when the run is cancelled; what they said takes 100 ms to arrive. */
    @Test
    void signalsOfAStoppedPhaseArriveLateAndAreCounted() {
        Problem problem = Problem.tanh(37, 1, 3, 5, 2);
        CountDownLatch spoken = new CountDownLatch(7);
        HookedRule rule = new HookedRule(s -> spoken.countDown());
        RunPlan plan =
                plan(rule)
                        .withGranularity(Granularity.NEURON)
                        .withDelay(Delays.parse("constant:100ms"))
                        .withRefractoryNanos(0);
        try (Session session = host().open(problem.network(), plan)) {
            rule.arm();
            var verdict =
                    CompletableFuture.supplyAsync(
                            () -> session.settle(problem.nudged(0.1), ENDLESS));
            await(spoken);
            session.cancel();
            var not = Compare.notSettled(verdict.join(), problem);
            assertEquals(Reason.CANCELLED, not.reason());
            long underWay = session.report().messages() - session.report().delivered();
            Compare.settled(session.settle(problem.free(), Budget.DEFAULT), problem);

            assertTrue(underWay > 0, "no signal was under way when the run was cancelled");
            assertEquals(underWay, session.report().late(), problem.toString());
            assertEquals(session.report().messages(), session.report().delivered());
        }
    }

    @Test
    void aDelayModelThatThrowsEndsTheSettlingAndNothingElse() {
        requireDelayFailure(
                (link, draw) -> {
                    throw new IllegalArgumentException("planted");
                });
        requireDelayFailure(
                (link, draw) -> {
                    if (link < 0) { // a probe
                        throw new IllegalArgumentException("planted");
                    }
                    return 1000;
                });
        requireDelayFailure((link, draw) -> link < 0 ? 0 : -1);
        requireDelayFailure((link, draw) -> link < 0 ? -1 : 0);
    }

    private interface Draw {
        long nanos(long link, long draw);
    }

    private void requireDelayFailure(Draw broken) {
        DelayModel model =
                new DelayModel() {
                    @Override
                    public long nanos(long seed, long link, long draw) {
                        return broken.nanos(link, draw);
                    }

                    @Override
                    public long typicalNanos() {
                        return 1000;
                    }

                    @Override
                    public String spec() {
                        return "broken";
                    }
                };
        Problem problem = Problem.tanh(38, 1, 3, 4, 2);
        try (Session session = host().open(problem.network(), plan().withDelay(model))) {
            assertThrows(
                    IllegalStateException.class,
                    () -> session.settle(problem.nudged(0.1), Budget.DEFAULT));
        }
        try (Session session = host().open(problem.network(), plan())) {
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "same host");
        }
    }

    /** Refractory notes, probes and pauses travel on the same wheel and are no signals. */
    @Test
    void theLatencyHistogramHoldsOneEntryPerSignal() {
        Problem problem = Problem.tanh(39, 1, 3, 4, 2);
        RunPlan plan = plan().withDelay(Delays.parse("constant:1ms"));
        try (Session session = host().open(problem.network(), plan)) {
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), problem);

            RunReport report = session.report();
            var latency = report.histograms().get("signalLatencyNanos");
            assertEquals(report.messages(), latency.getTotalCount());
            assertTrue(latency.getMinValue() >= 990_000L, "none is early: " + latency);
        }
    }

    @Test
    void aNumberOfThreadsOutOfRangeIsRefused() {
        for (int threads : new int[] {0, -1, 1025}) {
            String message = Compare.refusal(() -> new AkkaHost(threads));
            assertTrue(message.contains(Integer.toString(threads)), message);
            assertTrue(message.contains("1..1024"), message);
        }
    }
}
