package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Observer;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Contrived;
import org.relaxon.testkit.Problem;

/** A column that cannot settle is named with the reason, and does not void its neighbours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerdictTest {
    private static final double SAME = 1e-12;

    private final List<Host> hosts =
            List.of(new VirtualHost(), new AkkaHost(2), new SynchronousHost());

    final Stream<Host> hosts() {
        return hosts.stream();
    }

    @AfterAll
    void close() {
        hosts.forEach(Host::close);
    }

    private static RunPlan plan() {
        return RunPlan.of(new PredictiveCoding()).withThreshold(1e-14);
    }

    private static LocalUpdate alone(Host host, Network network, Phase phase) {
        try (Session session = host.open(network, plan())) {
            Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), "alone");
            return session.update(settled, Estimator.ONE_SIDED);
        }
    }

    /**
     * Settles a phase of which some columns are bad; the update of the others must equal that of a
     * phase without them.
     */
    private static NotSettled requireOthersUnharmed(
            Host host, Network network, Phase mixed, Phase good, Reason reason, int... bad) {
        try (Session session = host.open(network, plan())) {
            String context = host.optionName() + ", " + reason;
            NotSettled not = Compare.notSettled(session.settle(mixed, Budget.DEFAULT), context);
            assertEquals(reason, not.reason(), context + ": " + not);
            for (ColumnVerdict column : not.columns()) {
                boolean isBad = java.util.Arrays.stream(bad).anyMatch(b -> b == column.column());
                if (isBad) {
                    assertEquals(reason, column.reason(), context + ": " + column);
                    assertTrue(column.detail().contains("column " + column.column()), context);
                } else {
                    assertNull(column.reason(), context + ": " + column);
                }
            }
            Settled rest = not.settledColumns().orElseThrow();
            LocalUpdate together = session.update(rest, Estimator.ONE_SIDED);
            LocalUpdate alone = alone(host, network, good);
            double off = Compare.relative(together.gradient(), alone.gradient(), 2);
            assertTrue(off <= SAME, context + ": the others' update is off by " + off);
            assertEquals(alone.examples(), together.examples(), context);
            return not;
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("hosts")
    void aColumnThatChattersAtAKinkIsNamedAndTheOthersStand(Host host) {
        // beta 0.05 beside it: the round trip of the others shrinks errors by 9 beta / (1 + beta)
        Phase mixed =
                Phase.nudged(
                        Matrix.of(1, 3, new double[] {1.0, 0.0, 2.0}),
                        Matrix.of(1, 3, new double[] {3.5, -1.0, 5.0}),
                        new double[] {0.05, 0.5, 0.05});
        Phase good =
                Phase.nudged(
                        Matrix.of(1, 2, new double[] {1.0, 2.0}),
                        Matrix.of(1, 2, new double[] {3.5, 5.0}),
                        0.05);

        NotSettled not =
                requireOthersUnharmed(host, Contrived.chattering(), mixed, good, Reason.KINK, 1);
        assertTrue(not.detail().contains("neuron 0 of cell 2, column 1"), not.detail());
    }

    /** x1 = e1 = s e2 with 3 e1 + .01 = 0, and e2 = beta (T - 0) / (1 + beta) = -1/3: s = .01. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("hosts")
    void aColumnThatIsHeldAtAKinkSettlesAndIsCounted(Host host) {
        Phase mixed =
                Phase.nudged(
                        Matrix.of(1, 3, new double[] {1.0, 0.0, 2.0}),
                        Matrix.of(1, 3, new double[] {3.5, -1.0, 5.0}),
                        new double[] {0.05, 0.5, 0.05});
        try (Session session = host.open(Contrived.holding(), RunPlan.of(new PredictiveCoding()))) {
            Settled settled =
                    assertInstanceOf(Settled.class, session.settle(mixed, Budget.DEFAULT));
            assertEquals(1, settled.equilibrium().heldAtKink(1));
            assertEquals(0, settled.equilibrium().heldAtKink(0));
            assertEquals(-1 / 3.0, settled.equilibrium().error(2).get(0, 1), 1e-9);
            assertEquals(-0.01 / 3.0, settled.equilibrium().error(1).get(0, 1), 1e-9);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("hosts")
    void aColumnThatDivergesIsNamedAndTheOthersStand(Host host) {
        Matrix input = Matrix.of(1, 3, new double[] {1.0, 0.5, -1.0});
        Matrix target = Matrix.of(1, 3, new double[] {2.0, 3.0, 4.0});
        Phase mixed = Phase.nudged(input, target, new double[] {5.0, 0.001, 0.001});
        Phase good =
                Phase.nudged(
                        Matrix.of(1, 2, new double[] {0.5, -1.0}),
                        Matrix.of(1, 2, new double[] {3.0, 4.0}),
                        0.001);

        requireOthersUnharmed(host, Contrived.explosive(), mixed, good, Reason.DIVERGED, 0);
    }

    /** Figures at the moment of a stop are no verdict on a column, not even on one that left. */
    @Test
    void aCancelledRunIsCalledNothingElseAlthoughAColumnHasDiverged() {
        Phase mixed =
                Phase.nudged(
                        Matrix.of(1, 2, new double[] {1.0, 0.5}),
                        Matrix.of(1, 2, new double[] {2.0, 3.0}),
                        new double[] {5.0, 0.001});
        NotSettled whole = watched(mixed, (session, frames) -> {});
        assertEquals(Reason.DIVERGED, whole.reason());
        int[] count = new int[1];
        watched(mixed, (session, frames) -> count[0] = frames);
        NotSettled cut =
                watched(
                        mixed,
                        (session, frames) -> {
                            if (frames == count[0] - 1) {
                                session.cancel();
                            }
                        });
        assertEquals(Reason.CANCELLED, cut.reason());
        cut.columns().forEach(c -> assertEquals(Reason.CANCELLED, c.reason()));
    }

    private static NotSettled watched(Phase phase, ObjIntConsumer<Session> each) {
        int[] frames = new int[1];
        try (Host host = new VirtualHost();
                Session session = host.open(Contrived.explosive(), plan())) {
            Observer observer =
                    frame -> {
                        if (!frame.last()) {
                            each.accept(session, ++frames[0]);
                        }
                    };
            session.observe(new Observation(Sampling.everyRelaxations(1), observer));
            return Compare.notSettled(session.settle(phase, Budget.DEFAULT), "watched");
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("hosts")
    void aNetworkOfWhichEveryColumnDivergesHasNothingToShow(Host host) {
        Phase phase =
                Phase.nudged(
                        Matrix.of(1, 2, new double[] {1.0, 0.5}),
                        Matrix.of(1, 2, new double[] {2.0, 3.0}),
                        5.0);
        try (Session session = host.open(Contrived.explosive(), plan())) {
            NotSettled not =
                    Compare.notSettled(session.settle(phase, Budget.DEFAULT), host.optionName());

            assertEquals(Reason.DIVERGED, not.reason());
            assertTrue(not.settledColumns().isEmpty());
            Settled after =
                    Compare.settled(
                            session.settle(
                                    Phase.nudged(phase.input(), phase.target(), 0.001),
                                    Budget.DEFAULT),
                            "the next phase of the same session");
            assertEquals(2, after.columns().size());
        }
    }

    /** One example of a centred estimate needs both of its columns. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("hosts")
    void anExampleOfWhichOneSignFailedIsLeftOutWhole(Host host) {
        Matrix input = Matrix.of(1, 2, new double[] {1.0, 0.5});
        Matrix target = Matrix.of(1, 2, new double[] {2.0, 3.0});
        // columns: +first, +second, -first, -second
        Phase mixed =
                Phase.nudged(
                        input.tiled(2), target.tiled(2), new double[] {5.0, 0.001, -0.001, -0.001});
        try (Session session = host.open(Contrived.explosive(), plan())) {
            NotSettled not =
                    Compare.notSettled(session.settle(mixed, Budget.DEFAULT), host.optionName());
            LocalUpdate update =
                    session.update(not.settledColumns().orElseThrow(), Estimator.CENTRED);
            assertEquals(1, update.examples());

            try (Session other = host.open(Contrived.explosive(), plan())) {
                Phase second =
                        Estimator.CENTRED.phase(Matrix.column(0.5), Matrix.column(3.0), 0.001);
                Settled settled =
                        Compare.settled(other.settle(second, Budget.DEFAULT), "second alone");
                double off =
                        Compare.relative(
                                update.gradient(),
                                other.update(settled, Estimator.CENTRED).gradient(),
                                2);
                assertTrue(off <= SAME, host.optionName() + ": off by " + off);
            }
        }
    }

    @Test
    void everyColumnHasItsOwnResidualAndTheWorstIsTheWhole() {
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withDelay(Delays.parse("uniform:0us,200us"))
                        .withCuts(List.of(Cut.parse("1->2")));
        Problem problem = Problem.tanh(3, 4, 3, 4, 2);
        try (Session session = new VirtualHost().open(problem.network(), plan)) {
            NotSettled not =
                    Compare.notSettled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), problem);

            double worst =
                    not.columns().stream().mapToDouble(ColumnVerdict::residual).max().orElseThrow();
            assertEquals(worst, not.residual());
            assertEquals(4, not.columns().size());
            assertTrue(not.columns().stream().map(ColumnVerdict::residual).distinct().count() > 1);
            assertTrue(not.cells().contains("2"), not.cells().toString());
            assertEquals(12, session.report().auditRounds());
        }
    }

    /**
     * A huge threshold leaves signals unsaid; the tolerance, if left to the plan, allows for it.
     */
    @Test
    void signalsThatWereNotWorthSayingShowInTheResidual() {
        Problem problem = Problem.tanh(4, 1, 3, 6, 5, 2);
        RunPlan coarse =
                RunPlan.of(new PredictiveCoding())
                        .withGranularity(Granularity.NEURON)
                        .withThreshold(1e-3)
                        .withTolerance(1e-9);
        try (Session session = new VirtualHost().open(problem.network(), coarse)) {
            NotSettled not =
                    Compare.notSettled(
                            session.settle(problem.nudged(0.5), Budget.DEFAULT), problem);

            assertEquals(Reason.QUIET_AWAY_FROM_EQUILIBRIUM, not.reason());
            assertEquals(List.of(), not.links(), "every last word was heard");
            assertEquals(1, session.report().auditRounds(), "saying it again would not help");
        }
    }
}
