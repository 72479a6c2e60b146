package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.testkit.HostUnderTest.plan;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.fault.Cut;

/** Isolation: refusals, failures and closing leave other sessions, and the host, as they were. */
public interface IsolationContract extends HostUnderTest {
    /** Hosts and sessions may be closed twice, in any order. */
    @Test
    default void closingTwiceIsHarmless() {
        Host own = newHost();
        Session session = own.open(Contrived.restless(), plan());
        session.close();
        session.close();
        own.close();
        session.close();
        own.close();
    }

    /** A closed session refuses to settle. */
    @Test
    default void aClosedSessionRefusesToSettle() {
        Problem problem = Problem.tanh(27, 1, 3, 4, 2);
        Session session = host().open(problem.network(), plan());
        session.close();

        assertThrows(
                IllegalStateException.class,
                () -> session.settle(problem.nudged(0.1), Budget.DEFAULT.withNanos(1_000_000L)));
    }

    /**
     * A phase that does not fit is refused in one line that names what does not fit; the state
     * before it stays.
     */
    @Test
    default void whatCannotBeImposedIsRefusedInOneLineAndDisturbsNothing() {
        Problem problem = Problem.tanh(29, 2, 3, 4, 2);
        Matrix input = problem.input();
        Matrix target = problem.target();
        Matrix nan = input.tiled(1);
        nan.values()[3] = Double.NaN;
        Matrix infinite = target.tiled(1);
        infinite.values()[1] = Double.NEGATIVE_INFINITY;
        try (Session session = host().open(problem.network(), plan())) {
            Settled before =
                    Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), problem);
            requireRefusal(session, Phase.nudged(nan, target, 0.1), "input[1, 1]", "NaN");
            requireRefusal(
                    session, Phase.nudged(input, infinite, 0.1), "target[0, 1]", "-Infinity");
            requireRefusal(session, Phase.nudged(target, target, 0.1), "input", "(2, 2)", "(3, 2)");
            requireRefusal(session, Phase.nudged(input, input, 0.1), "target", "(3, 2)");
            requireRefusal(session, Phase.nudged(input, target, -1.0), "beta", "-1.0");
            requireRefusal(session, Phase.nudged(input, target, Double.NaN), "beta", "NaN");
            requireRefusal(
                    session, Phase.nudged(input, target, new double[] {0.1}), "input", "(3, 1)");
            requireRefusal(session, Phase.free(Matrix.zeros(3, 0)), "column");

            session.update(before, Estimator.ONE_SIDED); // still the state of this session
        }
    }

    private static void requireRefusal(Session session, Phase phase, String... parts) {
        String message = Compare.refusal(() -> session.settle(phase, Budget.DEFAULT));
        for (String part : parts) {
            assertTrue(message.contains(part), message + " should name " + part);
        }
    }

    /** A fault on a link that does not exist is refused at open. */
    @Test
    default void aCutOfALinkThatDoesNotExistIsRefusedWhenTheSessionIsOpened() {
        Problem problem = Problem.tanh(30, 2, 3, 4, 2);
        RunPlan plan = plan().withCuts(List.of(Cut.parse("0->1")));

        String message = Compare.refusal(() -> host().open(problem.network(), plan));
        assertTrue(message.contains("cut"), message);
    }

    /** Two sessions of one host settle at the same time. */
    @Test
    default void twoSessionsOfOneHostDoNotDisturbEachOther() {
        Problem one = Problem.tanh(31, 2, 3, 6, 2);
        Problem two = Problem.tanh(32, 3, 4, 5, 3);
        RunPlan plan = plan().withGranularity(Granularity.NEURON);
        try (Session first = host().open(one.network(), plan);
                Session second = host().open(two.network(), plan)) {
            for (int round = 0; round < 5; round++) {
                var a =
                        CompletableFuture.supplyAsync(
                                () -> first.settle(one.nudged(0.1), Budget.DEFAULT));
                var b =
                        CompletableFuture.supplyAsync(
                                () -> second.settle(two.nudged(0.2), Budget.DEFAULT));
                requireReference(one, one.nudged(0.1), Compare.settled(a.join(), context(one)));
                requireReference(two, two.nudged(0.2), Compare.settled(b.join(), context(two)));
            }
        }
    }

    /** A cell that throws ends its settling by its name; session and host can be used again. */
    @Test
    default void aCellThatThrowsEndsTheSettlingByItsNameAndNothingElse() {
        List.of(
                        new IllegalArgumentException("planted"),
                        new AssertionError("planted"),
                        new StackOverflowError("planted"),
                        new Error("planted"))
                .forEach(this::requireNamed);
    }

    private void requireNamed(Throwable planted) {
        AtomicReference<Throwable> thrown = new AtomicReference<>(planted);
        HookedRule rule =
                new HookedRule(
                        s -> {
                            if (s.neurons() == 5 && thrown.get() != null) {
                                throwUnchecked(thrown.get());
                            }
                        });
        Problem problem = Problem.tanh(33, 2, 3, 4, 5, 2);
        try (Session session = host().open(problem.network(), plan(rule))) {
            rule.arm();
            IllegalStateException e =
                    assertThrows(
                            IllegalStateException.class,
                            () -> session.settle(problem.nudged(0.1), Budget.DEFAULT));

            assertTrue(e.getMessage().contains("cell 2"), e.getMessage());
            assertSame(planted, root(e));
            thrown.set(null);
            Settled after =
                    Compare.settled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), "same session");
            requireReference(problem, problem.nudged(0.1), after);
        }
        try (Session session = host().open(problem.network(), plan())) {
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "same host");
        }
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static void throwUnchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) e;
    }
}
