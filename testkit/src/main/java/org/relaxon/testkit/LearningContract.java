package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.plan;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * Learning: weights change by the local updates of the state that settled last, and by nothing
 * else.
 */
public interface LearningContract extends HostUnderTest {
    /** Learning subtracts the rate times the update from every parameter. */
    @Test
    default void learningChangesTheWeightsByMinusTheRateTimesTheUpdate() {
        Problem problem = Problem.tanh(13, 3, 4, 6, 2);
        RunPlan plan = plan().withGranularity(new Granularity(4));
        try (Session session = host().open(problem.network(), plan)) {
            for (int step = 0; step < 3; step++) {
                String context = context(problem, "step", step);
                Settled settled =
                        Compare.settled(
                                session.settle(problem.centred(0.05), Budget.DEFAULT), context);
                double[] before = Compare.flat(session.parameters(), 2);
                double[] gradient =
                        Compare.flat(session.update(settled, Estimator.CENTRED).gradient(), 2);
                session.learn(settled, Estimator.CENTRED, 0.25);
                double[] after = Compare.flat(session.parameters(), 2);

                for (int k = 0; k < after.length; k++) {
                    double expected = before[k] - 0.25 * gradient[k];
                    assertEquals(expected, after[k], 1e-14, context + ", parameter " + k);
                }
                assertFalse(Arrays.equals(before, after), context);
            }
        }
    }

    /** The next phase settles under the changed weights. */
    @Test
    default void thePhaseAfterLearningSettlesUnderTheNewWeights() {
        Problem problem = Problem.tanh(14, 2, 4, 6, 2);
        try (Session session = host().open(problem.network(), plan())) {
            Settled first =
                    Compare.settled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));
            session.learn(first, Estimator.ONE_SIDED, 0.5);
            Settled second =
                    Compare.settled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));

            Network learned = problem.network().with(session.parameters());
            double distance =
                    LayerSweeps.solve(learned, false, problem.nudged(0.1))
                            .distance(second.equilibrium());
            assertTrue(distance <= SAME, context(problem) + ": off by " + distance);
        }
    }

    /** An update is refused after another phase, after learning and after loading. */
    @Test
    default void anUpdateOfAStateThatIsGoneIsRefused() {
        Problem problem = Problem.tanh(15, 2, 3, 4, 2);
        try (Session session = host().open(problem.network(), plan())) {
            Settled first = Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), 1);
            Settled second =
                    Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), 2);
            requireRefused(session, first);

            session.learn(second, Estimator.ONE_SIDED, 0.1);
            requireRefused(session, second);

            Settled third = Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), 3);
            session.load(session.parameters());
            requireRefused(session, third);
        }
    }

    /** A verdict of another session gives no update. */
    @Test
    default void anUpdateInTheNameOfAnotherSessionsSettlingIsRefused() {
        Problem problem = Problem.tanh(16, 2, 3, 4, 2);
        try (Session mine = host().open(problem.network(), plan());
                Session other = host().open(problem.network(), plan())) {
            Settled theirs =
                    Compare.settled(other.settle(problem.nudged(0.1), Budget.DEFAULT), "theirs");
            Budget tiny = Budget.DEFAULT.withMessages(1);
            Compare.notSettled(mine.settle(problem.nudged(0.1), tiny), "mine");

            requireRefused(mine, theirs);
        }
    }

    private void requireRefused(Session session, Settled stale) {
        Parameters before = session.parameters();
        assertThrows(IllegalStateException.class, () -> session.update(stale, Estimator.ONE_SIDED));
        assertThrows(
                IllegalStateException.class, () -> session.learn(stale, Estimator.ONE_SIDED, 0.1));
        int projections = session.network().projections().size();
        assertArrayEquals(
                Compare.flat(before, projections), Compare.flat(session.parameters(), projections));
    }

    /** Loaded parameters are those that settle and that are read back; NaN is refused by name. */
    @Test
    default void whatWasLoadedIsWhatIsRunAndReadBack() {
        Problem problem = Problem.tanh(17, 2, 3, 4, 2);
        Parameters other = Problem.tanh(18, 2, 3, 4, 2).network().parameters();
        RunPlan plan = plan().withGranularity(new Granularity(3));
        try (Session session = host().open(problem.network(), plan)) {
            assertArrayEquals(
                    Compare.flat(problem.network().parameters(), 2),
                    Compare.flat(session.parameters(), 2));

            session.load(other);
            assertArrayEquals(Compare.flat(other, 2), Compare.flat(session.parameters(), 2));
            Phase phase = problem.nudged(0.2);
            Settled settled =
                    Compare.settled(session.settle(phase, Budget.DEFAULT), context(problem));
            double distance =
                    LayerSweeps.solve(problem.network().with(other), false, phase)
                            .distance(settled.equilibrium());
            assertTrue(distance <= SAME, context(problem) + ": off by " + distance);

            Parameters bad = session.parameters();
            bad.weights(1)[1][2] = Double.NaN;
            String message = Compare.refusal(() -> session.load(bad));
            assertTrue(message.contains("W2[1][2]") && message.contains("NaN"), message);
            assertArrayEquals(Compare.flat(other, 2), Compare.flat(session.parameters(), 2));
        }
    }

    /** Changing parameters that a session returned does not change the session. */
    @Test
    default void parametersThatWereHandedOutAreCopies() {
        Problem problem = Problem.tanh(19, 1, 3, 4, 2);
        try (Session session = host().open(problem.network(), plan())) {
            session.parameters().weights(0)[0][0] = 99.0;

            assertNotEquals(99.0, session.parameters().weights(0)[0][0]);
        }
    }
}
