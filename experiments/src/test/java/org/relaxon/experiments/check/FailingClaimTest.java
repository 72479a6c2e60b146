package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** What must not pass, and what a check says when it does not. */
class FailingClaimTest {
    private static final ProblemSpec SQUARE = ProblemSpec.defaults().withLayers(6, 9, 9, 4);
    private static final VirtualHost HOST = new VirtualHost();
    private static final CheckPlan PLAN = CheckPlan.of(SQUARE, List.of(HOST));

    @Test
    void aNudgeOfOneDoesNotPass() throws IOException {
        for (ProblemSpec problem : List.of(SQUARE, SQUARE.withLayers(5, 3))) {
            CheckResult result =
                    run(
                            PLAN.withProblem(problem)
                                    .withAlgorithms(Algorithms.pcNudge(), Algorithms.fenchelYoung())
                                    .withStrength(1)
                                    .withSeeds(LongStream.rangeClosed(1, 10).boxed().toList()));

            for (CheckCase c : result.cases()) {
                assertFalse(c.holds(), c.toString());
                assertFalse(c.why().isEmpty());
            }
            assertTrue(result.exitCode() != 0);
        }
    }

    @Test
    void aSignErrorInOneProjectionDoesNotPass() throws IOException {
        CheckCase found = tampered(g -> Gradients.scaled(g, -1, 1));

        assertFalse(found.holds());
        assertTrue(found.why().contains("order"), found.why());
    }

    @Test
    void aTransposedProjectionDoesNotPass() throws IOException {
        assertFalse(tampered(g -> Gradients.transposed(g, 1)).holds());
    }

    @Test
    void aMissingDivisionByBetaDoesNotPass() throws IOException {
        assertFalse(tampered(g -> Gradients.scaled(g, 1e-4, 0, 1, 2)).holds());
    }

    @Test
    void aFactorThatIsOffByOnePercentDoesNotPass() throws IOException {
        assertFalse(tampered(g -> Gradients.scaled(g, 1.01, 2)).holds());
    }

    @Test
    void anEstimateThatIsNotANumberDoesNotPass() throws IOException {
        CheckCase found =
                tampered(
                        g -> {
                            g.weights(0)[1][2] = Double.NaN;
                            return g;
                        });

        assertFalse(found.holds());
        assertTrue(Double.isNaN(found.relativeError()));
    }

    /** Backprop itself, dressed up as an estimate: exact, and therefore not from a nudge. */
    @Test
    void anEstimateThatIsTooGoodToBeTrueDoesNotPass() throws IOException {
        Problem p = SQUARE.build();
        Parameters exact =
                Backprop.of(p.network())
                        .gradient(p.network().parameters(), p.input(), p.target())
                        .gradient();

        CheckCase found = tampered(g -> Gradients.scaled(exact.copy(), 1 + 1e-15, 0));

        assertFalse(found.holds());
    }

    /** Right order and a small error, but not of the size that the asked nudge has. */
    @Test
    void aNudgeThatIsNotTheOneAskedForDoesNotPass() throws IOException {
        for (double factor : new double[] {1.0 / 8, 8}) {
            TamperingHost other =
                    TamperingHost.withPhases(
                            HOST,
                            phase ->
                                    Phase.nudged(
                                            phase.input(), phase.target(), factor * phase.beta(0)));

            CheckCase found = run(PLAN.withHosts(other)).cases().get(0);

            assertFalse(found.holds());
            assertEquals(1.0, found.order(), 0.01);
            assertTrue(found.why().contains("is not in the window"), found.why());
        }
    }

    @Test
    void aTargetThatIsMetGivesZeroGradientsNoCosineAndTheReason(@TempDir Path directory)
            throws IOException {
        Problem p = SQUARE.build();
        double[] output =
                Backprop.of(p.network())
                        .gradient(p.network().parameters(), p.input(), p.target())
                        .output()
                        .values();
        Path file = directory.resolve("met.npz");
        try (NpzWriter npz = NpzWriter.create(file)) {
            npz.put("x0", p.input().values(), 6, 1);
            npz.put("target", output, 4, 1);
        }

        CheckCase found = run(PLAN.withProblem(SQUARE.withData(file.toString()))).cases().get(0);

        assertTrue(found.settled());
        assertTrue(found.holds(), found.why());
        assertNull(found.cosine());
        assertNull(found.oneMinusCosine());
        assertTrue(found.remark().endsWith("to rounding"), found.remark());
    }

    @Test
    void aLinkThatIsOutForGoodEndsWithExitCodeThree() throws IOException {
        CheckResult result =
                run(
                        PLAN.withConditions(
                                        Conditions.PLAIN.withFaults(
                                                Faults.NONE.withCuts(List.of(Cut.parse("2->3")))))
                                .withAuditRounds(3));
        CheckCase found = result.cases().get(0);

        assertEquals(CheckResult.NOT_SETTLED, result.exitCode());
        assertEquals("not-settled", found.verdict());
        assertEquals("quiet-away-from-equilibrium", found.reason());
        assertFalse(found.holds());
        assertTrue(found.why().startsWith("seed 1 did not settle: quiet-away"), found.why());
        assertTrue(Double.isNaN(found.relativeError()));
        assertNull(found.comparison());
    }

    @Test
    void anExhaustedBudgetEndsWithExitCodeThreeAndStandsFirst() throws IOException {
        CheckResult result =
                run(
                        PLAN.withGranularities(Granularity.LAYER, Granularity.NEURON)
                                .withBudget(Budget.DEFAULT.withMessages(200)));

        assertEquals(CheckResult.NOT_SETTLED, result.exitCode());
        assertEquals("neuron", result.cases().get(0).granularity());
        assertEquals("message-budget", result.cases().get(0).reason());
        assertTrue(result.cases().get(1).holds());
        assertTrue(Double.isNaN(result.spread()));
    }

    @Test
    void aCaseThatDoesNotHoldStandsBeforeOnesThatDo() throws IOException {
        TamperingHost bad = TamperingHost.withUpdates(HOST, g -> Gradients.scaled(g, 1.5, 0));

        CheckResult result = run(PLAN.withHosts(HOST, bad));

        assertEquals(CheckResult.DOES_NOT_HOLD, result.exitCode());
        assertFalse(result.cases().get(0).holds());
        assertTrue(result.cases().get(1).holds());
        assertTrue(result.spread() > 0.1);
    }

    @Test
    void aListenerHearsOfEveryCaseAndCanHaveTheCheckStopped() throws IOException {
        AtomicInteger heard = new AtomicInteger();
        List<CheckCase> cases = new ArrayList<>();

        CheckResult result =
                new LocalUpdatesMatchReference(PLAN.withDelays(Delays.none(), Delays.parse("none")))
                        .run(
                                (finished, done, total) -> {
                                    cases.add(finished);
                                    assertEquals(2, total);
                                    heard.set(done);
                                },
                                () -> heard.get() == 1);

        assertTrue(result.cancelled());
        assertEquals(1, cases.size());
        assertEquals(1, result.cases().size());
        assertEquals(CheckResult.NOT_SETTLED, result.exitCode());
    }

    @Test
    void anInterruptionCancelsTheSettlingUnderWay() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CheckPlan endless =
                PLAN.withProblem(SQUARE.withLayers(30, 120, 120, 10))
                        .withGranularities(Granularity.NEURON)
                        .withDelays(new Watched(Delays.parse("exponential:1ms"), running))
                        .withSeeds(LongStream.rangeClosed(1, 1000).boxed().toList())
                        .withBudget(new Budget(Long.MAX_VALUE, Long.MAX_VALUE, 1 << 30));
        List<CheckResult> results = new ArrayList<>();
        Thread runner =
                new Thread(
                        () -> {
                            try {
                                results.add(run(endless));
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        runner.start();
        running.await();
        runner.interrupt();
        runner.join();

        assertEquals(1, results.size());
        assertTrue(results.get(0).cancelled());
        assertEquals(CheckResult.NOT_SETTLED, results.get(0).exitCode());
    }

    /** Opens a latch when the first signal departs. */
    private record Watched(DelayModel usual, CountDownLatch running) implements DelayModel {
        @Override
        public long nanos(long seed, long link, long draw) {
            running.countDown();
            return usual.nanos(seed, link, draw);
        }

        @Override
        public long typicalNanos() {
            return usual.typicalNanos();
        }

        @Override
        public String spec() {
            return usual.spec();
        }
    }

    @Test
    void aPlanThatCannotRunIsRefusedBeforeItStarts() {
        assertRefused(
                "host: synchronous sweeps have no delays, cuts, other faults or disciplines; use virtual or akka, or --delay none and no faults",
                p -> p.withHosts(new SynchronousHost()).withDelays(Delays.parse("constant:1ms")));
        assertRefused("seed: need at least one", p -> p.withSeeds(List.of()));
        assertRefused("algorithm: need at least one", CheckPlan::withAlgorithms);
        assertRefused(
                "beta: 0.0 is not in 1.00e-150..1.00e+12, the range of pc-nudge with 3 weight layers",
                p -> p.withStrength(0));
        assertRefused(
                "beta: NaN is not in 1.00e-150..1.00e+12, the range of pc-nudge with 3 weight layers",
                p -> p.withStrength(Double.NaN));
        assertRefused( // of the data's default layers as well
                "beta: NaN is not in 1.00e-150..1.00e+12, the range of pc-nudge with 3 weight layers",
                p -> p.withProblem(ProblemSpec.defaults()).withStrength(Double.NaN));
        assertRefused(
                "beta: 1.0 with the estimator centred nudges by -1.0, which must be finite and greater than -1; 0.5 is accepted",
                p -> p.withStrength(1).withEstimator(Estimator.CENTRED));
        assertRefused(
                "beta: 2.0 must be between -2 and 2",
                p -> p.withProblem(SQUARE.withLoss(StandardLoss.CROSS_ENTROPY)).withStrength(2));
        assertRefused("threshold: need a number >= 0 and < 1, got -1.0", p -> p.withThreshold(-1));
    }

    private static void assertRefused(String message, UnaryOperator<CheckPlan> change) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> change.apply(PLAN))
                        .getMessage());
    }

    private static CheckCase tampered(UnaryOperator<Parameters> mistake) throws IOException {
        assertTrue(run(PLAN).holds()); // without the mistake
        return run(PLAN.withHosts(TamperingHost.withUpdates(HOST, mistake))).cases().get(0);
    }

    private static CheckResult run(CheckPlan plan) throws IOException {
        return new LocalUpdatesMatchReference(plan).run();
    }
}
