package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.await;
import static org.relaxon.testkit.HostUnderTest.plan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;

/**
 * Limits: a settling ends when a budget is spent or when it is cancelled, and the next one is
 * sound.
 */
public interface BudgetContract extends HostUnderTest {
    /** A message budget that is spent ends the settling with that reason. */
    @Test
    default void aMessageBudgetThatIsTooSmallEndsInThatVerdict() {
        Problem problem = Problem.tanh(25, 2, 4, 6, 5, 2);
        for (String granularity : List.of("layer", "neuron")) {
            RunPlan plan = plan().withGranularity(Granularity.parse(granularity));
            try (Session session = host().open(problem.network(), plan)) {
                Budget tiny = Budget.DEFAULT.withMessages(3);
                var not =
                        Compare.notSettled(
                                session.settle(problem.nudged(0.1), tiny), context(problem));

                assertEquals(Reason.MESSAGE_BUDGET, not.reason(), context(problem));
                assertTrue(not.settledColumns().isEmpty(), context(problem));
                long sent = session.report().messages();
                assertTrue(keepsBudgetsExactly() ? sent == 3 : sent > 3, sent + context(problem));
                Compare.settled(
                        session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));
            }
        }
    }

    /** A network without a state of rest ends by its message budget. */
    @Test
    default void aNetworkThatNeverRestsIsStoppedByTheMessageBudget() {
        try (Session session = host().open(Contrived.restless(), plan())) {
            Budget budget = ENDLESS.withMessages(2_000);
            var not =
                    Compare.notSettled(
                            session.settle(Contrived.neverResting(), budget), "restless");

            assertEquals(Reason.MESSAGE_BUDGET, not.reason());
        }
    }

    /** A time budget that is spent ends the settling with that reason. */
    @Test
    default void aTimeBudgetThatIsTooSmallEndsInThatVerdict() {
        assertEquals(keepsTime(), host().keepsTime());
        if (!keepsTime()) {
            return;
        }
        RunPlan plan = plan().withDelay(Delays.parse("constant:100us"));
        try (Session session = host().open(Contrived.restless(), plan)) {
            Budget budget = ENDLESS.withNanos(5_000_000L);
            var not =
                    Compare.notSettled(
                            session.settle(Contrived.neverResting(), budget), "restless");

            assertEquals(Reason.TIME_BUDGET, not.reason());
            assertTrue(not.settledColumns().isEmpty());
            long nanos = session.report().hostNanos();
            assertTrue(
                    keepsBudgetsExactly() ? nanos <= 5_000_000L : nanos >= 5_000_000L,
                    nanos + " ns");
            assertTrue(nanos >= 4_500_000L, nanos + " ns");
        }
    }

    /**
     * Another thread may cancel a settling. The latch opens inside the run, so that the one call of
     * cancel cannot come too early.
     */
    @Test
    default void aRunIsCancelledFromAnotherThread() {
        CountDownLatch running = new CountDownLatch(1);
        HookedRule rule = new HookedRule(s -> running.countDown());
        try (Session session = host().open(Contrived.restless(), plan(rule))) {
            rule.arm();
            var verdict =
                    CompletableFuture.supplyAsync(
                            () -> session.settle(Contrived.neverResting(), ENDLESS));
            await(running);
            session.cancel();

            var not = Compare.notSettled(verdict.join(), "cancelled");
            assertEquals(Reason.CANCELLED, not.reason());
            session.load(Contrived.calm());
            Compare.settled(
                    session.settle(Contrived.neverResting(), Budget.DEFAULT), "the next run");
        }
    }

    /** Cancelling between settlings has no effect. */
    @Test
    default void cancellingWhatDoesNotRunChangesNothing() {
        Problem problem = Problem.tanh(26, 1, 3, 4, 2);
        try (Session session = host().open(problem.network(), plan())) {
            session.cancel();
            Settled settled =
                    Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "first");
            session.cancel();
            session.update(settled, Estimator.ONE_SIDED);
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "second");
        }
    }

    /** Signals in flight when a phase is stopped do not count in the next. */
    @Test
    default void signalsInFlightWhenAPhaseIsStoppedDoNotDisturbTheNext() {
        String delay = keepsTime() ? "constant:5ms" : "none";
        Problem problem = Problem.tanh(34, 2, 3, 6, 5, 2);
        RunPlan plan = plan().withGranularity(Granularity.NEURON).withDelay(Delays.parse(delay));
        try (Session session = host().open(problem.network(), plan)) {
            for (int round = 0; round < 3; round++) {
                Budget tiny = Budget.DEFAULT.withMessages(1);
                var not =
                        Compare.notSettled(
                                session.settle(problem.nudged(0.4), tiny), context(problem));
                assertEquals(Reason.MESSAGE_BUDGET, not.reason());

                Phase phase = problem.nudged(0.1);
                requireReference(
                        problem,
                        phase,
                        Compare.settled(session.settle(phase, AMPLE), context(problem)));
                assertEquals(
                        session.report().messages(),
                        session.report().delivered(),
                        context(problem) + ": signals of one phase were counted in the other");
            }
        }
    }
}
