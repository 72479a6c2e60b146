package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.rule.Signalling.Drive;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.runtime.observe.Observation;
import org.relaxon.runtime.observe.Quantity;
import org.relaxon.runtime.observe.Sampling;
import org.relaxon.testkit.Agreement;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Problem;

/**
 * Networks with feedback weights of their own on every host. With a small nudge predictive coding
 * has the update of feedback alignment (Lillicrap et al. 2016, equation for delta), which stands
 * here anew: delta_L = y - t, delta_l = f'(a_l) o B_(l+1)^T delta_(l+1), and delta x^T for the
 * weights.
 */
class FeedbackAlignmentTest {
    private static final int[] SIZES = {5, 8, 6, 3};
    private static final int COLUMNS = 4;
    private static final double SAME = 1e-9;

    private static Problem problem(FeedbackWeights own, double gain) {
        Initialisation init = new Initialisation(Initialisation.Scheme.NORMAL, gain, 4);
        return Problem.withFeedback(4, COLUMNS, own, init, SIZES);
    }

    private static Problem random() {
        return problem(FeedbackWeights.random(9), 0.6);
    }

    /** By feedback alignment, or by backprop. */
    private static Parameters expected(Problem problem, boolean transposed) {
        Network network = problem.network();
        Parameters theta = network.parameters();
        Parameters out = network.zeros();
        for (int c = 0; c < COLUMNS; c++) {
            double[][] x = new double[4][];
            x[0] = problem.input().columnValues(c);
            for (int l = 1; l <= 3; l++) {
                x[l] = new double[SIZES[l]];
                for (int i = 0; i < SIZES[l]; i++) {
                    double a = theta.biases(l)[i];
                    for (int j = 0; j < SIZES[l - 1]; j++) {
                        a += theta.weights(l - 1)[i][j] * x[l - 1][j];
                    }
                    x[l][i] = l == 3 ? a : Math.tanh(a);
                }
            }
            double[] target = problem.target().columnValues(c);
            double[] delta = new double[SIZES[3]];
            for (int i = 0; i < SIZES[3]; i++) {
                delta[i] = x[3][i] - target[i];
            }
            for (int l = 3; l >= 1; l--) {
                double[] below = new double[SIZES[l - 1]];
                for (int i = 0; i < SIZES[l]; i++) {
                    out.biases(l)[i] += delta[i];
                    for (int j = 0; j < SIZES[l - 1]; j++) {
                        out.weights(l - 1)[i][j] += delta[i] * x[l - 1][j];
                        double[][] back =
                                transposed || l == 1 ? theta.weights(l - 1) : theta.feedback(l - 1);
                        below[j] += back[i][j] * delta[i] * (1.0 - x[l - 1][j] * x[l - 1][j]);
                    }
                }
                delta = below;
            }
        }
        return out;
    }

    private static double distance(Parameters a, Parameters b) {
        return Compare.relative(a, b, 3);
    }

    private static Parameters update(Problem problem, Method method) {
        RunPlan plan =
                RunPlan.of(method.algorithm().rule()).withThreshold(1e-14).withTolerance(1e-8);
        try (Host host = Hosts.virtual();
                Session session = host.open(problem.network(), plan)) {
            return GradientEstimate.of(
                            session, method, problem.input(), problem.target(), Budget.DEFAULT)
                    .update()
                    .gradient();
        }
    }

    static Stream<Algorithm> errorForms() {
        return Stream.of(Algorithms.pcNudge(), Algorithms.fenchelYoung());
    }

    /** In order 1 one-sided and in order 2 centred; the twin, backprop, is never approached. */
    @ParameterizedTest
    @MethodSource("errorForms")
    void aSmallNudgeGivesFeedbackAlignmentToTheOrderOfTheEstimator(Algorithm algorithm) {
        Problem problem = random();
        Parameters alignment = expected(problem, false);
        Parameters backprop = expected(problem, true);
        for (Estimator estimator : List.of(Estimator.ONE_SIDED, Estimator.CENTRED)) {
            double[] betas = {1e-2, 1e-3};
            double[] off = new double[2];
            for (int k = 0; k < 2; k++) {
                Parameters own = update(problem, new Method(algorithm, estimator, betas[k]));
                off[k] = distance(own, alignment);
                double wrong = distance(own, backprop);
                assertTrue(wrong >= 0.2, "as by backprop: " + wrong);
            }
            double order = Math.log10(off[0] / off[1]);
            int declared = estimator.order();
            assertEquals(declared, order, 0.05 * declared, estimator + ": " + off[0]);
        }
    }

    /** Exact where predictions are fixed. */
    @Test
    void fixedPredictionsGiveFeedbackAlignmentExactly() {
        Problem problem = random();
        Method method = new Method(Algorithms.fixedPrediction(), Estimator.ONE_SIDED, 1.0);
        double off = distance(update(problem, method), expected(problem, false));
        assertTrue(off <= 1e-13, "off by " + off);
    }

    static Stream<Method> everywhere() {
        Estimator one = Estimator.ONE_SIDED;
        return Stream.of(
                new Method(Algorithms.pcNudge(), one, 0.05),
                new Method(Algorithms.pcNudge(Algorithms.gradient(0.5)), one, 0.1),
                new Method(Algorithms.dualPropagation(), one, 0.1),
                new Method(
                        Algorithms.equilibriumPropagation(Form.DIFFERENCE), Estimator.CENTRED, 0.1),
                new Method(Algorithms.contrastiveHebbian(Form.DIFFERENCE), one, 0.1));
    }

    /** Every host, size of cells and delay gives the same update; so do event-driven products. */
    @ParameterizedTest
    @MethodSource("everywhere")
    void everyHostGivesTheSameUpdate(Method method) {
        Agreement all = Agreement.of(method, random());
        Parameters whole = all.require(SAME);
        Parameters events =
                all.withHosts(List.of(Hosts::virtual))
                        .withPlan(plan -> plan.withDrive(Drive.EVENT_DRIVEN))
                        .require(SAME);
        assertTrue(distance(events, whole) <= SAME);
    }

    /** As the audit states it: the numbers of the cells are no shares of anything. */
    @ParameterizedTest
    @MethodSource("hosts")
    void cellsObserveNoEnergyWhereThereIsNone(Supplier<Host> maker) {
        for (boolean own : new boolean[] {true, false}) {
            Problem problem = own ? random() : Problem.tanh(4, COLUMNS, SIZES);
            Queue<Double> energies = new ConcurrentLinkedQueue<>();
            try (Host host = maker.get();
                    Session session =
                            host.open(problem.network(), RunPlan.of(Algorithms.pcNudge().rule()))) {
                session.observe(
                        new Observation(
                                Sampling.everyRelaxations(1).withQuantities(Quantity.ENERGY),
                                frame -> energies.add(frame.reading(Quantity.ENERGY).value(0, 0))));
                session.settle(problem.nudged(0.1), Budget.DEFAULT);
            }
            assertFalse(energies.isEmpty());
            assertTrue(energies.stream().allMatch(e -> own == Double.isNaN(e)), "own: " + own);
        }
    }

    static Stream<Supplier<Host>> hosts() {
        return Stream.of(Hosts::virtual, () -> Hosts.akka(2), Hosts::synchronous);
    }

    /** The law of Kolen and Pollack on shards and lanes, with a momentum of the optimiser. */
    @ParameterizedTest
    @MethodSource("hosts")
    void lanesAndShardsKeepTheLawOfKolenAndPollack(Supplier<Host> maker) {
        double kappa = 0.1;
        Problem problem = problem(FeedbackWeights.kolenPollack(kappa, 9), 0.6);
        Algorithm algorithm = Algorithms.pcNudge();
        RunPlan plan = RunPlan.of(algorithm.rule()).withGranularity(Granularity.parse("block:2"));
        try (Host host = maker.get();
                Pipeline pipeline = host.open(problem.network(), plan, 2)) {
            Parameters first = pipeline.parameters();
            for (int t = 1; t <= 4; t++) {
                List<Conclusive> settled =
                        pipeline.inEach(
                                2,
                                (k, own) ->
                                        (Conclusive)
                                                own.settle(problem.nudged(0.1), Budget.DEFAULT));
                pipeline.learn(
                        settled,
                        Estimator.ONE_SIDED,
                        new LearningStep(Optimiser.momentum(0.5), 0.05, 0.25, t));
            }
            Parameters now = pipeline.parameters();
            double share = Math.pow(1.0 - kappa, 4);
            double moved = 0.0;
            for (int p = 1; p <= 2; p++) {
                for (int i = 0; i < now.weights(p).length; i++) {
                    for (int j = 0; j < now.weights(p)[i].length; j++) {
                        double before = first.weights(p)[i][j] - first.feedback(p)[i][j];
                        double gap = now.weights(p)[i][j] - now.feedback(p)[i][j];
                        assertEquals(share * before, gap, 1e-14);
                        double alone = share * first.weights(p)[i][j];
                        moved = Math.max(moved, Math.abs(now.weights(p)[i][j] - alone));
                    }
                }
            }
            assertTrue(moved >= 1e-4, "nothing was learnt");
        }
    }

    /** They follow every step, and a presentation has none; random ones never change. */
    @Test
    void aPresentationRefusesFeedbackWeightsThatFollowEveryStep() {
        FeedbackWeights fixed = FeedbackWeights.random(9);
        List<FeedbackWeights> all =
                List.of(
                        FeedbackWeights.kolenPollack(0.1, 9),
                        FeedbackWeights.homeostasis(1.0, 9),
                        fixed);
        Algorithm algorithm = Algorithms.pcNudge();
        LearningStep step = new LearningStep(Optimiser.sgd(), 0.05, 0.25, 1);
        for (FeedbackWeights own : all) {
            Problem problem = problem(own, 0.6);
            try (Host host = Hosts.virtual();
                    Session session = host.open(problem.network(), RunPlan.of(algorithm.rule()))) {
                Parameters before = session.parameters();
                for (long whole : new long[] {0, 1}) {
                    Executable train =
                            () ->
                                    session.train(
                                            problem.nudged(0.1),
                                            Estimator.ONE_SIDED,
                                            step,
                                            whole,
                                            Budget.DEFAULT);
                    if (own.equals(fixed)) {
                        assertDoesNotThrow(train);
                        continue;
                    }
                    String why = assertThrows(IllegalArgumentException.class, train).getMessage();
                    assertTrue(why.startsWith("feedback: " + own + " of projection 2"), why);
                }
                boolean moved = distance(before, session.parameters()) > 0.0;
                assertEquals(own.equals(fixed), moved, own.toString());
            }
        }
    }

    /** Without an energy nothing promises rest: the budget ends what swings, and names why. */
    @Test
    void aNetworkThatDoesNotSettleIsReportedWithinItsBudget() {
        Problem strong = problem(FeedbackWeights.random(9), 30.0);
        Algorithm algorithm = Algorithms.equilibriumPropagation(Form.PLAIN);
        Budget small = Budget.DEFAULT.withMessages(20_000);
        boolean swung = false;
        for (Supplier<Host> maker : List.<Supplier<Host>>of(Hosts::virtual, Hosts::synchronous)) {
            try (Host host = maker.get();
                    Session session =
                            host.open(
                                    strong.network(),
                                    RunPlan.of(algorithm.rule())
                                            .withGranularity(Granularity.NEURON))) {
                Settlement verdict = session.settle(strong.nudged(0.1), small);
                swung |= verdict instanceof NotSettled;
            }
        }
        assertTrue(swung, "take a larger gain: it settled");
    }
}
