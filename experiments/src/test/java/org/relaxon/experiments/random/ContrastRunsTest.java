package org.relaxon.experiments.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Random runs of contrasts whose verdicts were wrong once, each with a setting that leaves out what
 * mended it.
 */
class ContrastRunsTest {
    private static final double RESOLVED = 2 * RunPlan.DEFAULT_RESOLUTION;

    /** Coupled learning near its target: the free output is off by what came back to it. */
    private static final long PULLED = 1124;

    /** Contrastive Hebbian learning at the feedforward output: gamma and -gamma cancel. */
    private static final long CENTRED = 686;

    /** The same at a gamma that leaves nothing but rounding. */
    private static final long HIDDEN = 1561;

    private static GradientEstimate settle(
            RandomRun run, Estimator estimator, UnaryOperator<RunPlan> change) throws IOException {
        Problem p = run.problem();
        RunPlan plan = change.apply(run.plan(run.algorithm()));
        try (Host host = new VirtualHost();
                Session session = host.open(p.network(), plan)) {
            return GradientEstimate.of(
                    session,
                    new Method(run.algorithm(), estimator, run.strength()),
                    p.input(),
                    p.target(),
                    Budget.DEFAULT);
        }
    }

    private static GradientEstimate settle(RandomRun run, UnaryOperator<RunPlan> change)
            throws IOException {
        return settle(run, run.estimator(), change);
    }

    private static double worst(RandomRun run, GradientEstimate found) throws IOException {
        Problem p = run.problem();
        Parameters due = new Solutions(run, p, found, null).estimate();
        return GradientComparison.of(p.network(), found.update().gradient(), due)
                .projections()
                .stream()
                .mapToDouble(one -> one.relativeError())
                .max()
                .orElseThrow();
    }

    private static Settled settled(GradientEstimate end) {
        return assertInstanceOf(Settled.class, end.verdict());
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                111, 193, 272, 686, 1112, 1341, 1441, 1496, 1522, 1561, 1573, 1652, 1689, 1984,
                2068, 2117, 2152
            })
    void nothingIsSaidThatIsNotSo(long seed) {
        try (Host virtual = new VirtualHost();
                Host akka = new AkkaHost(2);
                Host synchronous = new SynchronousHost();
                Host redBlack = new RedBlackHost()) {
            Map<String, Host> hosts =
                    Map.of(
                            "virtual", virtual,
                            "akka", akka,
                            "synchronous", synchronous,
                            "red-black", redBlack);
            RandomJudge judge = new RandomJudge(RandomRun.of(seed), hosts).judge();
            assertEquals(List.of(), judge.findings(), judge.outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {PULLED, CENTRED})
    void everyArrayIsKnownThoughTheOutputHardlyMoves(long seed) throws IOException {
        RandomRun run = RandomRun.of(seed);
        GradientEstimate end = settle(run, plan -> plan);
        assertEquals(List.of(), settled(end).resolution().rounded());
        assertTrue(worst(run, end) <= RESOLVED, "off by " + worst(run, end));
    }

    /** The twin: where nobody asks how well updates are known, the same runs are off. */
    @ParameterizedTest
    @ValueSource(longs = {PULLED, CENTRED})
    void theSameIsOffWhereNobodyAsks(long seed) throws IOException {
        RandomRun run = RandomRun.of(seed);
        GradientEstimate end = settle(run, p -> p.withResolution(Double.POSITIVE_INFINITY));
        settled(end);
        assertTrue(worst(run, end) > RESOLVED, "off by " + worst(run, end));
    }

    /** And a threshold that was given is kept, and what it hides is named. */
    @ParameterizedTest
    @ValueSource(longs = {PULLED, CENTRED})
    void theSameIsNotSettledAtAThresholdThatWasGiven(long seed) throws IOException {
        GradientEstimate end = settle(RandomRun.of(seed), p -> p.withThreshold(1e-10));
        NotSettled not = assertInstanceOf(NotSettled.class, end.verdict());
        assertEquals(Reason.UNRESOLVED, not.reason());
    }

    @Test
    void whatTheSignsOfACentredEstimateCancelIsNamed() throws IOException {
        RandomRun run = RandomRun.of(HIDDEN);
        GradientEstimate end = settle(run, plan -> plan);
        assertEquals(List.of(0, 1, 2, 3), settled(end).resolution().rounded());
        assertTrue(worst(run, end) > 0.01, "off by " + worst(run, end));
    }

    /** The twin: one sign alone cancels nothing. */
    @Test
    void oneSignAloneIsResolved() throws IOException {
        GradientEstimate end = settle(RandomRun.of(HIDDEN), Estimator.ONE_SIDED, plan -> plan);
        assertEquals(List.of(), settled(end).resolution().rounded());
    }

    /** Plain contrasts go on below the threshold that they begin with, down to rounding. */
    @ParameterizedTest
    @ValueSource(longs = {193, 1522})
    void plainContrastsAreRefinedToTheRoundingOfActivities(long seed) throws IOException {
        settled(settle(RandomRun.of(seed), plan -> plan));
        GradientEstimate given = settle(RandomRun.of(seed), p -> p.withThreshold(1e-15));
        NotSettled not = assertInstanceOf(NotSettled.class, given.verdict());
        assertEquals(Reason.UNRESOLVED, not.reason());
    }
}
