package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.plan;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;

/** Starts: a phase may begin from a saved state, if that state had settled. */
public interface StartContract extends HostUnderTest {
    /**
     * A phase that starts from its own equilibrium sends no message.
     *
     * @param granularity neurons per cell
     * @param delay how long signals travel
     */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    default void aPhaseThatStartsAtItsOwnEquilibriumSendsNothing(String granularity, String delay) {
        Problem problem = Problem.tanh(20, 2, 3, 5, 4, 2);
        RunPlan plan =
                plan().withGranularity(Granularity.parse(granularity))
                        .withDelay(Delays.parse(delay));
        try (Session session = host().open(problem.network(), plan)) {
            String context = context(problem, granularity, delay);
            Phase phase = problem.nudged(0.1);
            Settled first = Compare.settled(session.settle(phase, Budget.DEFAULT), context);
            session.snapshot("here");
            Settled again =
                    Compare.settled(
                            session.settle(phase.startingFrom("here"), Budget.DEFAULT), context);

            assertEquals(0, session.report().messages(), context);
            assertEquals(
                    0.0,
                    Compare.relative(
                            Compare.flat(again.equilibrium(), 3),
                            Compare.flat(first.equilibrium(), 3)),
                    SAME,
                    context);
        }
    }

    /** Nudged phases that start from a free one settle to the reference. */
    @Test
    default void aNudgedPhaseMayStartFromTheFreeOne() {
        Problem problem = Problem.tanh(21, 2, 3, 5, 2);
        try (Session session = host().open(problem.network(), plan())) {
            Compare.settled(session.settle(problem.free(), Budget.DEFAULT), context(problem));
            session.snapshot("free");
            for (double beta : new double[] {0.1, -0.1}) { // not one from the other
                Phase phase = problem.nudged(beta).startingFrom("free");
                Settled settled =
                        Compare.settled(session.settle(phase, Budget.DEFAULT), context(problem));

                double distance =
                        LayerSweeps.solve(problem.network(), false, phase)
                                .distance(settled.equilibrium());
                assertTrue(distance <= SAME, context(problem, beta) + ": off by " + distance);
            }
        }
    }

    /** A start that was not saved is refused by its name. */
    @Test
    default void aStartThatNobodySavedIsRefusedByName() {
        Problem problem = Problem.tanh(22, 2, 3, 5, 2);
        try (Session session = host().open(problem.network(), plan())) {
            Phase lost = problem.nudged(0.1).startingFrom("nowhere");
            String message = Compare.refusal(() -> session.settle(lost, Budget.DEFAULT));

            assertTrue(message.contains("nowhere"), message);
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "afterwards");
        }
    }

    /** A start with another number of columns is refused. */
    @Test
    default void aStartSavedWithOtherColumnsIsRefused() {
        Problem problem = Problem.tanh(23, 3, 3, 5, 2);
        try (Session session = host().open(problem.network(), plan())) {
            Compare.settled(session.settle(problem.free(), Budget.DEFAULT), context(problem));
            session.snapshot("three");
            Phase two = problem.first(2).free().startingFrom("three");

            String message = Compare.refusal(() -> session.settle(two, Budget.DEFAULT));
            assertTrue(message.contains("start"), message);
        }
    }

    /** What starts from an unsettled state does not count as settled, even at an equilibrium. */
    @Test
    default void aStateThatDidNotSettleIsNotSavedAsOneThatDid() {
        Problem problem = Problem.tanh(24, 1, 3, 5, 4, 2);
        try (Session session = host().open(problem.network(), plan())) {
            assertThrows(IllegalStateException.class, () -> session.snapshot("nothing yet"));
            Budget tiny = Budget.DEFAULT.withMessages(1);
            Compare.notSettled(session.settle(problem.nudged(0.1), tiny), context(problem));
            session.snapshot("half way");
            Phase from = problem.nudged(0.1).startingFrom("half way");
            var not = Compare.notSettled(session.settle(from, Budget.DEFAULT), context(problem));

            assertEquals(Reason.UNPROVEN_START, not.reason(), not.detail());
            assertTrue(not.residual() < 1e-10, "it did come to rest: " + not.residual());
            session.snapshot("child of half way");
            Phase grandchild = problem.nudged(0.1).startingFrom("child of half way");
            not = Compare.notSettled(session.settle(grandchild, Budget.DEFAULT), context(problem));
            assertEquals(Reason.UNPROVEN_START, not.reason(), not.detail());
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));
        }
    }
}
