package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.FenchelYoung;
import org.relaxon.model.rule.HookedRule;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;

/**
 * What every host promises, run against each of them. Time limits only turn a hang into a failure.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostContract {
    /** At a threshold of 1e-13 (theory.md A3: measured 8e-13 over delays and granularities). */
    private static final double SAME = 1e-11;

    private static final double THRESHOLD = 1e-13;
    static final Budget ENDLESS = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, 1 << 30);

    /** Bounded by its work alone, so that a slow machine has the time that it takes. */
    static final Budget AMPLE = Budget.DEFAULT.withNanos(Long.MAX_VALUE);

    private static final int SEEDS = 2;

    private Host host;

    abstract Host newHost();

    final Host host() {
        return host;
    }

    /** Delay models that this host can run, as text. */
    List<String> delays() {
        return List.of(
                "none",
                "constant:100us",
                "uniform:0us,200us",
                "exponential:100us",
                "pareto:50us,1.5");
    }

    /** False if the host has no notion of time. */
    boolean keepsTime() {
        return true;
    }

    @BeforeAll
    void open() {
        host = newHost();
    }

    @AfterAll
    void close() {
        host.close();
    }

    final Stream<Arguments> ways() {
        return Stream.of("layer", "block:3", "neuron")
                .flatMap(g -> delays().stream().map(d -> Arguments.of(g, d)));
    }

    static RunPlan plan(Rule rule) {
        return RunPlan.of(rule).withThreshold(THRESHOLD);
    }

    static RunPlan plan() {
        return plan(new PredictiveCoding());
    }

    private String context(Problem problem, Object... more) {
        return "host %s, %s, %s".formatted(host.optionName(), problem, Arrays.toString(more));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void everyWayOfRunningFindsTheEquilibriumAndTheUpdatesOfTheReference(
            String granularity, String delay) {
        for (Rule rule : List.of(new PredictiveCoding(), new FenchelYoung())) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                Problem problem = Problem.tanh(seed, 3, 4, 7, 5, 3);
                Phase phase = problem.centred(0.1);
                RunPlan plan =
                        plan(rule)
                                .withGranularity(Granularity.parse(granularity))
                                .withDelay(Delays.parse(delay))
                                .withSeed(seed);
                String context = context(problem, rule.optionName(), granularity, delay);
                try (Session session = host.open(problem.network(), plan)) {
                    Settled settled =
                            Compare.settled(session.settle(phase, Budget.DEFAULT), context);
                    boolean fy = rule instanceof FenchelYoung;
                    Reference reference = Reference.solve(problem.network(), fy, phase);

                    double distance = reference.distance(settled.equilibrium());
                    assertTrue(distance <= SAME, context + ": state off by " + distance);
                    LocalUpdate update = session.update(settled, Estimator.CENTRED);
                    double[] shares = new double[6];
                    Arrays.fill(shares, 0.5);
                    double off =
                            Compare.relative(
                                    update.gradient(), reference.gradient(phase, shares), 3);
                    assertTrue(off <= SAME, context + ": update off by " + off);
                    assertEquals(3, update.examples(), context);
                }
            }
        }
    }

    /** e_L = beta (1 + beta S)^-1 (T - o) with S = 1 + W W^T, for one output (theory.md 1.4). */
    @Test
    void aLinearNetworkRestsWhereTheClosedFormSays() {
        Problem problem =
                Problem.of(5, 1, StandardActivation.LINEAR, StandardActivation.LINEAR, 3, 4, 1);
        double[] row = problem.network().parameters().weights(1)[0];
        double s = 1.0 + Arrays.stream(row).map(w -> w * w).sum();
        double[] forward = Reference.solve(problem.network(), false, problem.free()).activity(2);
        double residual = problem.target().get(0, 0) - forward[0];
        for (double beta : new double[] {0.01, 0.3, 1.0}) {
            try (Session session = host.open(problem.network(), plan())) {
                Settled settled =
                        Compare.settled(session.settle(problem.nudged(beta), Budget.DEFAULT), beta);

                double expected = beta / (1.0 + beta * s) * residual;
                double found = settled.equilibrium().error(2).get(0, 0);
                assertEquals(expected, found, 1e-11 * Math.abs(expected), context(problem, beta));
            }
        }
    }

    @Test
    void oneSessionSettlesManyPhasesOfAnyNumberOfColumns() {
        Problem problem = Problem.tanh(7, 5, 4, 6, 3);
        RunPlan plan = plan().withGranularity(new Granularity(2));
        try (Session session = host.open(problem.network(), plan)) {
            for (int columns : new int[] {1, 4, 2, 5, 1}) {
                for (double beta : new double[] {0.0, 0.1, -0.1, 0.3}) {
                    Problem part = problem.first(columns);
                    Phase phase = beta == 0.0 ? part.free() : part.nudged(beta);
                    String context = context(problem, columns, beta);
                    Settled settled =
                            Compare.settled(session.settle(phase, Budget.DEFAULT), context);

                    double distance =
                            Reference.solve(problem.network(), false, phase)
                                    .distance(settled.equilibrium());
                    assertTrue(distance <= SAME, context + ": off by " + distance);
                    assertEquals(columns, settled.columns().size(), context);
                }
            }
        }
    }

    @Test
    void columnsOfDifferentSignAndSizeOfBetaSettleSideBySide() {
        Problem problem = Problem.tanh(8, 1, 3, 5, 2);
        double[] betas = {0.5, -0.3, 1e-4, 0.0, -1e-6};
        Phase phase = Phase.nudged(problem.input().tiled(5), problem.target().tiled(5), betas);
        Reference reference = Reference.solve(problem.network(), false, phase);
        try (Session session = host.open(problem.network(), plan())) {
            Settled settled =
                    Compare.settled(session.settle(phase, Budget.DEFAULT), context(problem));

            for (int l = 1; l <= 2; l++) {
                Matrix error = settled.equilibrium().error(l);
                for (int k = 0; k < error.values().length; k++) {
                    double beta = Math.abs(betas[k % 5]);
                    assertEquals(
                            reference.error(l)[k],
                            error.values()[k],
                            beta * 1e-11,
                            context(problem, "layer", l, "column", k % 5));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void theFreePhaseIsTheForwardPassBitForBitWithoutAnyError(String granularity, String delay) {
        Problem problem = Problem.tanh(9, 2, 5, 6, 4, 2);
        RunPlan plan =
                RunPlan.of(new PredictiveCoding())
                        .withThreshold(0.0)
                        .withGranularity(Granularity.parse(granularity))
                        .withDelay(Delays.parse(delay));
        try (Session session = host.open(problem.network(), plan)) {
            String context = context(problem, granularity, delay);
            Settled settled =
                    Compare.settled(session.settle(problem.free(), Budget.DEFAULT), context);

            double[] below = problem.input().values();
            for (int l = 1; l <= 3; l++) {
                below = forward(problem.network(), l, below, 2);
                assertArrayEquals(below, settled.equilibrium().activity(l).values(), 0.0, context);
                for (double e : settled.equilibrium().error(l).values()) {
                    assertEquals(0.0, e, context);
                }
            }
            assertEquals(0.0, settled.residual(), context);
        }
    }

    /** One layer, summed in the order that the strict kernels promise: bias, then left to right. */
    private static double[] forward(Network network, int l, double[] below, int columns) {
        double[][] w = network.parameters().weights(l - 1);
        double[] out = new double[w.length * columns];
        for (int i = 0; i < w.length; i++) {
            for (int c = 0; c < columns; c++) {
                double bias = network.parameters().biases(l)[i];
                double a = l == 1 ? 0.0 : bias; // clamped input is summed once, on its own
                for (int j = 0; j < w[i].length; j++) {
                    a += w[i][j] * below[j * columns + c];
                }
                a = l == 1 ? bias + a : a;
                boolean last = l == network.populations().size() - 1;
                out[i * columns + c] = last ? a : StrictMath.tanh(a);
            }
        }
        return out;
    }

    @Test
    void crossEntropySettlesToTheReference() {
        Problem problem = Problem.classifier(11, 4, 5, 8, 3);
        for (String granularity : List.of("layer", "neuron")) {
            RunPlan plan = plan().withGranularity(Granularity.parse(granularity));
            try (Session session = host.open(problem.network(), plan)) {
                Phase phase = problem.centred(0.2);
                String context = context(problem, granularity);
                Settled settled = Compare.settled(session.settle(phase, Budget.DEFAULT), context);

                Reference reference = Reference.solve(problem.network(), false, phase);
                double distance = reference.distance(settled.equilibrium());
                assertTrue(distance <= SAME, context + ": off by " + distance);
            }
        }
    }

    @Test
    void learningChangesTheWeightsByMinusTheRateTimesTheUpdate() {
        Problem problem = Problem.tanh(13, 3, 4, 6, 2);
        RunPlan plan = plan().withGranularity(new Granularity(4));
        try (Session session = host.open(problem.network(), plan)) {
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

    @Test
    void thePhaseAfterLearningSettlesUnderTheNewWeights() {
        Problem problem = Problem.tanh(14, 2, 4, 6, 2);
        try (Session session = host.open(problem.network(), plan())) {
            Settled first =
                    Compare.settled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));
            session.learn(first, Estimator.ONE_SIDED, 0.5);
            Settled second =
                    Compare.settled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));

            Network learned = problem.network().with(session.parameters());
            double distance =
                    Reference.solve(learned, false, problem.nudged(0.1))
                            .distance(second.equilibrium());
            assertTrue(distance <= SAME, context(problem) + ": off by " + distance);
        }
    }

    @Test
    void anUpdateOfAStateThatIsGoneIsRefused() {
        Problem problem = Problem.tanh(15, 2, 3, 4, 2);
        try (Session session = host.open(problem.network(), plan())) {
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

    @Test
    void anUpdateInTheNameOfAnotherSessionsSettlingIsRefused() {
        Problem problem = Problem.tanh(16, 2, 3, 4, 2);
        try (Session mine = host.open(problem.network(), plan());
                Session other = host.open(problem.network(), plan())) {
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

    @Test
    void whatWasLoadedIsWhatIsRunAndReadBack() {
        Problem problem = Problem.tanh(17, 2, 3, 4, 2);
        Parameters other = Problem.tanh(18, 2, 3, 4, 2).network().parameters();
        RunPlan plan = plan().withGranularity(new Granularity(3));
        try (Session session = host.open(problem.network(), plan)) {
            assertArrayEquals(
                    Compare.flat(problem.network().parameters(), 2),
                    Compare.flat(session.parameters(), 2));

            session.load(other);
            assertArrayEquals(Compare.flat(other, 2), Compare.flat(session.parameters(), 2));
            Phase phase = problem.nudged(0.2);
            Settled settled =
                    Compare.settled(session.settle(phase, Budget.DEFAULT), context(problem));
            double distance =
                    Reference.solve(problem.network().with(other), false, phase)
                            .distance(settled.equilibrium());
            assertTrue(distance <= SAME, context(problem) + ": off by " + distance);

            Parameters bad = session.parameters();
            bad.weights(1)[1][2] = Double.NaN;
            String message = refusal(() -> session.load(bad));
            assertTrue(message.contains("W2[1][2]") && message.contains("NaN"), message);
            assertArrayEquals(Compare.flat(other, 2), Compare.flat(session.parameters(), 2));
        }
    }

    @Test
    void parametersThatWereHandedOutAreCopies() {
        Problem problem = Problem.tanh(19, 1, 3, 4, 2);
        try (Session session = host.open(problem.network(), plan())) {
            session.parameters().weights(0)[0][0] = 99.0;

            assertNotEquals(99.0, session.parameters().weights(0)[0][0]);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void aPhaseThatStartsAtItsOwnEquilibriumSaysNothing(String granularity, String delay) {
        Problem problem = Problem.tanh(20, 2, 3, 5, 4, 2);
        RunPlan plan =
                plan().withGranularity(Granularity.parse(granularity))
                        .withDelay(Delays.parse(delay));
        try (Session session = host.open(problem.network(), plan)) {
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

    @Test
    void aNudgedPhaseMayStartFromTheFreeOne() {
        Problem problem = Problem.tanh(21, 2, 3, 5, 2);
        try (Session session = host.open(problem.network(), plan())) {
            Compare.settled(session.settle(problem.free(), Budget.DEFAULT), context(problem));
            session.snapshot("free");
            for (double beta : new double[] {0.1, -0.1}) { // not one from the other
                Phase phase = problem.nudged(beta).startingFrom("free");
                Settled settled =
                        Compare.settled(session.settle(phase, Budget.DEFAULT), context(problem));

                double distance =
                        Reference.solve(problem.network(), false, phase)
                                .distance(settled.equilibrium());
                assertTrue(distance <= SAME, context(problem, beta) + ": off by " + distance);
            }
        }
    }

    @Test
    void aStartThatNobodySavedIsRefusedByName() {
        Problem problem = Problem.tanh(22, 2, 3, 5, 2);
        try (Session session = host.open(problem.network(), plan())) {
            Phase lost = problem.nudged(0.1).startingFrom("nowhere");
            String message = refusal(() -> session.settle(lost, Budget.DEFAULT));

            assertTrue(message.contains("nowhere"), message);
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "afterwards");
        }
    }

    @Test
    void aStartSavedWithOtherColumnsIsRefused() {
        Problem problem = Problem.tanh(23, 3, 3, 5, 2);
        try (Session session = host.open(problem.network(), plan())) {
            Compare.settled(session.settle(problem.free(), Budget.DEFAULT), context(problem));
            session.snapshot("three");
            Phase two = problem.first(2).free().startingFrom("three");

            String message = refusal(() -> session.settle(two, Budget.DEFAULT));
            assertTrue(message.contains("start"), message);
        }
    }

    /** It may be saved, but whatever starts from it is refused, even at an equilibrium. */
    @Test
    void aStateThatDidNotSettleIsNotSavedAsOneThatDid() {
        Problem problem = Problem.tanh(24, 1, 3, 5, 4, 2);
        try (Session session = host.open(problem.network(), plan())) {
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

    @Test
    void aMessageBudgetThatIsTooSmallEndsInThatVerdict() {
        Problem problem = Problem.tanh(25, 2, 4, 6, 5, 2);
        for (String granularity : List.of("layer", "neuron")) {
            RunPlan plan = plan().withGranularity(Granularity.parse(granularity));
            try (Session session = host.open(problem.network(), plan)) {
                Budget tiny = Budget.DEFAULT.withMessages(3);
                var not =
                        Compare.notSettled(
                                session.settle(problem.nudged(0.1), tiny), context(problem));

                assertEquals(Reason.MESSAGE_BUDGET, not.reason(), context(problem));
                assertTrue(not.settledColumns().isEmpty(), context(problem));
                long sent = session.report().messages();
                assertTrue(isOnWallClock() ? sent > 3 : sent == 3, sent + context(problem));
                Compare.settled(
                        session.settle(problem.nudged(0.1), Budget.DEFAULT), context(problem));
            }
        }
    }

    @Test
    void aNetworkThatNeverRestsIsStoppedByTheMessageBudget() {
        try (Session session = host.open(Contrived.restless(), plan())) {
            Budget budget = ENDLESS.withMessages(2_000);
            var not = Compare.notSettled(session.settle(neverResting(), budget), "restless");

            assertEquals(Reason.MESSAGE_BUDGET, not.reason());
        }
    }

    @Test
    void aTimeBudgetThatIsTooSmallEndsInThatVerdict() {
        assertEquals(keepsTime(), host.keepsTime());
        if (!keepsTime()) {
            return;
        }
        RunPlan plan = plan().withDelay(Delays.parse("constant:100us"));
        try (Session session = host.open(Contrived.restless(), plan)) {
            Budget budget = ENDLESS.withNanos(5_000_000L);
            var not = Compare.notSettled(session.settle(neverResting(), budget), "restless");

            assertEquals(Reason.TIME_BUDGET, not.reason());
            assertTrue(not.settledColumns().isEmpty());
            long nanos = session.report().hostNanos();
            assertTrue(isOnWallClock() ? nanos >= 5_000_000L : nanos <= 5_000_000L, nanos + " ns");
            assertTrue(nanos >= 4_500_000L, nanos + " ns");
        }
    }

    /** Such a host looks at its budgets now and then; one thread keeps them exactly. */
    private boolean isOnWallClock() {
        return host.optionName().equals("akka");
    }

    /** The latch opens inside the run, so the one call of cancel cannot come too early. */
    @Test
    void aRunIsCancelledFromAnotherThread() {
        CountDownLatch running = new CountDownLatch(1);
        Rule rule = new HookedRule(s -> running.countDown());
        try (Session session = host.open(Contrived.restless(), plan(rule))) {
            var verdict =
                    CompletableFuture.supplyAsync(() -> session.settle(neverResting(), ENDLESS));
            await(running);
            session.cancel();

            var not = Compare.notSettled(verdict.join(), "cancelled");
            assertEquals(Reason.CANCELLED, not.reason());
            session.load(Contrived.calm());
            Compare.settled(session.settle(neverResting(), Budget.DEFAULT), "the next run");
        }
    }

    @Test
    void cancellingWhatDoesNotRunChangesNothing() {
        Problem problem = Problem.tanh(26, 1, 3, 4, 2);
        try (Session session = host.open(problem.network(), plan())) {
            session.cancel();
            Settled settled =
                    Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "first");
            session.cancel();
            session.update(settled, Estimator.ONE_SIDED);
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "second");
        }
    }

    static Phase neverResting() {
        return Phase.nudged(Matrix.column(1.0), Matrix.column(1.0), 50.0);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    @Test
    void closingTwiceIsHarmless() {
        Host own = newHost();
        Session session = own.open(Contrived.restless(), plan());
        session.close();
        session.close();
        own.close();
        session.close();
        own.close();
    }

    @Test
    void aClosedSessionRefusesToSettle() {
        Problem problem = Problem.tanh(27, 1, 3, 4, 2);
        Session session = host.open(problem.network(), plan());
        session.close();

        assertThrows(
                IllegalStateException.class,
                () -> session.settle(problem.nudged(0.1), Budget.DEFAULT.withNanos(1_000_000L)));
    }

    @Test
    void whatCannotBeImposedIsRefusedInOneLineAndDisturbsNothing() {
        Problem problem = Problem.tanh(29, 2, 3, 4, 2);
        Matrix input = problem.input();
        Matrix target = problem.target();
        Matrix nan = input.tiled(1);
        nan.values()[3] = Double.NaN;
        Matrix infinite = target.tiled(1);
        infinite.values()[1] = Double.NEGATIVE_INFINITY;
        try (Session session = host.open(problem.network(), plan())) {
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
        String message = refusal(() -> session.settle(phase, Budget.DEFAULT));
        for (String part : parts) {
            assertTrue(message.contains(part), message + " should name " + part);
        }
    }

    /** The message of the refusal, which must be one line. */
    static String refusal(Runnable refused) {
        String message = assertThrows(IllegalArgumentException.class, refused::run).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }

    @Test
    void aCutOfALinkThatDoesNotExistIsRefusedWhenTheSessionIsOpened() {
        Problem problem = Problem.tanh(30, 2, 3, 4, 2);
        RunPlan plan = plan().withCuts(List.of(Cut.parse("0->1")));

        String message = refusal(() -> host.open(problem.network(), plan));
        assertTrue(message.contains("cut"), message);
    }

    @Test
    void twoSessionsOfOneHostDoNotDisturbEachOther() {
        Problem one = Problem.tanh(31, 2, 3, 6, 2);
        Problem two = Problem.tanh(32, 3, 4, 5, 3);
        RunPlan plan = plan().withGranularity(Granularity.NEURON);
        try (Session first = host.open(one.network(), plan);
                Session second = host.open(two.network(), plan)) {
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

    private void requireReference(Problem problem, Phase phase, Settled settled) {
        double distance =
                Reference.solve(problem.network(), false, phase).distance(settled.equilibrium());
        assertTrue(distance <= SAME, context(problem) + ": off by " + distance);
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalArgumentException("planted"),
                new AssertionError("planted"),
                new StackOverflowError("planted"),
                new Error("planted"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aCellThatThrowsEndsTheSettlingByItsNameAndNothingElse(Throwable planted) {
        AtomicReference<Throwable> armed = new AtomicReference<>(planted);
        Rule rule =
                new HookedRule(
                        s -> {
                            if (s.neurons() == 5 && armed.get() != null) {
                                throwUnchecked(armed.get());
                            }
                        });
        Problem problem = Problem.tanh(33, 2, 3, 4, 5, 2);
        try (Session session = host.open(problem.network(), plan(rule))) {
            IllegalStateException e =
                    assertThrows(
                            IllegalStateException.class,
                            () -> session.settle(problem.nudged(0.1), Budget.DEFAULT));

            assertTrue(e.getMessage().contains("cell 2"), e.getMessage());
            assertSame(planted, root(e));
            armed.set(null);
            Settled after =
                    Compare.settled(
                            session.settle(problem.nudged(0.1), Budget.DEFAULT), "same session");
            requireReference(problem, problem.nudged(0.1), after);
        }
        try (Session session = host.open(problem.network(), plan())) {
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

    /** The first phase is cut off with signals under way; they must not count in the second. */
    @Test
    void whatWasUnderWayWhenAPhaseWasStoppedDoesNotDisturbTheNext() {
        String delay = keepsTime() ? "constant:5ms" : "none";
        Problem problem = Problem.tanh(34, 2, 3, 6, 5, 2);
        RunPlan plan = plan().withGranularity(Granularity.NEURON).withDelay(Delays.parse(delay));
        try (Session session = host.open(problem.network(), plan)) {
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

    @Test
    void theReportCountsWhatTheCellsDid() {
        Problem problem = Problem.tanh(35, 2, 3, 4, 2);
        try (Session session = host.open(problem.network(), plan())) {
            assertThrows(IllegalStateException.class, session::report);
            Compare.settled(session.settle(problem.nudged(0.1), Budget.DEFAULT), "settled");
            RunReport report = session.report();

            assertEquals(report.messages(), report.delivered(), "nothing is lost or under way");
            assertEquals(0, report.lost());
            assertEquals(0, report.late());
            assertEquals(1, report.auditRounds());
            assertTrue(report.messages() >= 2, "one signal each way at least");
            assertTrue(report.relaxations() >= 2, "every cell relaxes");
            // 4 x 2 weights between cells, 2 columns: each relaxation of either end uses them
            assertEquals(0, report.synapticOperations() % 16);
            assertTrue(report.synapticOperations() > 0);
        }
    }
}
