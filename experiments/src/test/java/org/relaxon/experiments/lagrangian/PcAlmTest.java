package org.relaxon.experiments.lagrangian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.theory.ReferenceGradients;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.lagrangian.PcAlm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.Agreement;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.ConvergenceOrder;
import org.relaxon.testkit.DerivativeCheck;
import org.relaxon.testkit.Problem;

/** Where augmented Lagrangians rest, the update is the backprop gradient, however cells move. */
class PcAlmTest {
    private static final Problem CHAIN = Problem.tanh(3, 2, 4, 7, 5, 6, 3);
    private static final Problem SKIP = Problem.graph(5, 2);
    private static final Algorithm WHOLE = new PcAlm().algorithm();

    private static Method method(Algorithm algorithm) {
        return new Method(algorithm, Estimator.ONE_SIDED, 1.0);
    }

    private static Parameters backprop(Problem p) {
        return ReferenceGradients.backprop(
                        p.network(), p.network().parameters(), p.input(), p.target())
                .gradient();
    }

    private static double off(Problem p, Parameters found) {
        return Compare.relative(p.network(), found, backprop(p));
    }

    private static Settlement settle(Problem p, Algorithm algorithm, RunPlan plan, Phase phase) {
        try (Host host = Hosts.virtual();
                Session session = host.open(p.network(), plan)) {
            return session.settle(phase, Budget.DEFAULT.withRelaxations(200_000));
        }
    }

    private static Parameters update(Problem p, Algorithm algorithm, double beta) {
        RunPlan plan = RunPlan.of(algorithm.rule()).withThreshold(1e-13);
        try (Host host = Hosts.virtual();
                Session session = host.open(p.network(), plan)) {
            Settlement verdict = session.settle(p.nudged(beta), Budget.DEFAULT);
            Settled settled = assertInstanceOf(Settled.class, verdict, verdict.toString());
            return session.update(settled, Estimator.ONE_SIDED).gradient();
        }
    }

    @Test
    void everyHostGivesTheBackpropGradientOnAChain() {
        assertTrue(off(CHAIN, Agreement.of(method(WHOLE), CHAIN).require(1e-10)) < 1e-11);
    }

    @Test
    void everyHostGivesItOnAGraphThatSkips() {
        assertTrue(off(SKIP, Agreement.of(method(WHOLE), SKIP).require(1e-10)) < 1e-11);
    }

    @Test
    void crossEntropyAndKinksMakeNoDifference() {
        Problem classes = Problem.classifier(2, 3, 4, 6, 5, 3);
        assertTrue(off(classes, update(classes, WHOLE, 1.0)) < 1e-11);
        Problem kinks =
                Problem.of(4, 2, StandardActivation.RELU, StandardActivation.LINEAR, 4, 7, 5, 6, 3);
        assertTrue(off(kinks, update(kinks, WHOLE, 1.0)) < 1e-11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eager", "poisson:1", "handshake", "turn-taking"})
    void everyDisciplineGivesItUnderDelays(String discipline) {
        Parameters found =
                Agreement.of(method(WHOLE), CHAIN)
                        .withHosts(List.of(Hosts::virtual))
                        .withDelays(List.of("exponential:1ms"))
                        .withPlan(p -> p.withDiscipline(Discipline.parse(discipline)))
                        .require(1e-10);
        assertTrue(off(CHAIN, found) < 1e-11, discipline);
    }

    @ParameterizedTest
    @CsvSource({"8, 8, 0.3", "1, 1, 1", "4, 2, 0.5"})
    void stepsOfActivitiesRestAtTheSamePoint(double rho, double alpha, double step) {
        Algorithm steps = new PcAlm().with(List.of(rho, alpha)).bySteps(step);
        Parameters found =
                Agreement.of(method(steps), CHAIN)
                        .withHosts(List.of(Hosts::synchronous, Hosts::virtual))
                        .withGranularities(List.of("layer", "neuron"))
                        .withPlan(p -> p.withThreshold(1e-12))
                        .require(1e-8);
        assertTrue(off(CHAIN, found) < 1e-8, "off by " + off(CHAIN, found));
    }

    /** No expansion in beta: the multipliers scale with it, and the update does not change. */
    @Test
    void theStrengthMakesNoDifference() {
        ConvergenceOrder.of(beta -> off(CHAIN, update(CHAIN, WHOLE, beta)), 1.0, 0.1, 1e-3, 0.5)
                .requireExact(1e-11);
    }

    /** The multiplier is the error of backprop: times f' it is minus the gradient of the bias. */
    @Test
    void multipliersAreTheErrorsOfBackprop() {
        Problem one = CHAIN.first(1);
        RunPlan plan = RunPlan.of(WHOLE.rule()).withThreshold(1e-13);
        Settlement verdict = settle(one, WHOLE, plan, one.nudged(1.0));
        Equilibrium rest =
                assertInstanceOf(Settled.class, verdict, verdict.toString()).equilibrium();
        Parameters exact = backprop(one);
        for (int p = 1; p < 4; p++) {
            Matrix x = rest.activity(p);
            Matrix lambda = rest.memories(p).get("multiplier");
            for (int i = 0; i < x.rows(); i++) {
                double slope = 1.0 - x.get(i, 0) * x.get(i, 0); // of tanh, where r = 0
                assertEquals(-exact.biases(p)[i], slope * lambda.get(i, 0), 1e-12);
                assertEquals(0.0, rest.error(p).get(i, 0), 1e-12);
            }
        }
    }

    @Test
    void theErrorFallsWithTheThreshold() {
        ConvergenceOrder.of(
                        threshold -> {
                            RunPlan plan =
                                    RunPlan.of(WHOLE.rule())
                                            .withThreshold(threshold)
                                            .withTolerance(0.5)
                                            .withResolution(Double.POSITIVE_INFINITY);
                            try (Host host = Hosts.virtual();
                                    Session session = host.open(CHAIN.network(), plan)) {
                                Settlement verdict =
                                        session.settle(CHAIN.nudged(1.0), Budget.DEFAULT);
                                Settled settled = assertInstanceOf(Settled.class, verdict);
                                return off(
                                        CHAIN,
                                        session.update(settled, Estimator.ONE_SIDED).gradient());
                            }
                        },
                        1e-2,
                        1e-4,
                        1e-6,
                        1e-8)
                .requireAtLeast(1);
    }

    /** A chain of three linear neurons: the second derivative by the residual is w^2 = 4. */
    private static Problem line() {
        Network network =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        network.parameters().weights(0)[0][0] = 0.7;
        network.parameters().weights(1)[0][0] = 2.0;
        return Problem.of(6, 1, network);
    }

    private static boolean settles(
            double rho, double alpha, RunPlan plan, Host host, int relaxations) {
        Problem line = line();
        Algorithm algorithm = new PcAlm().with(List.of(rho, alpha)).algorithm();
        RunPlan own =
                RunPlan.of(algorithm.rule())
                        .withDelay(plan.delay())
                        .withSeed(plan.seed())
                        .withThreshold(1e-10);
        try (host;
                Session session = host.open(line.network(), own)) {
            Budget budget = Budget.DEFAULT.withRelaxations(relaxations);
            return session.settle(line.nudged(1.0), budget) instanceof Settled;
        }
    }

    /**
     * In sweeps of all cells feedback answers two sweeps later: with c = C / rho and alpha = rho,
     * z^3 + c z - c = 0, which is stable below c = 1 / (2 sin 0.3 pi) = 0.618.
     */
    @Test
    void sweepsAreStableUpToThePredictedCurvature() {
        double limit = 1.0 / (2.0 * Math.sin(0.3 * Math.PI));
        RunPlan plain = RunPlan.of(WHOLE.rule());
        double below = 4.0 / (0.98 * limit);
        double above = 4.0 / (1.02 * limit);
        assertTrue(settles(below, below, plain, Hosts.synchronous(), 20_000));
        assertTrue(!settles(above, above, plain, Hosts.synchronous(), 20_000));
    }

    /** C less than rho - alpha / 2: a single loop settles under constant and random delays. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 0.3", "1, 1.6"})
    void belowTheBoundOfSmallGainDelaysDoNotDestabilise(double rho, double alpha) {
        double scale = 4.0 / (0.95 * (rho - alpha / 2.0));
        for (String delay : new String[] {"none", "constant:1ms", "exponential:50us"}) {
            for (long seed = 0; seed < 3; seed++) {
                RunPlan plan =
                        RunPlan.of(WHOLE.rule()).withDelay(Delays.parse(delay)).withSeed(seed);
                assertTrue(
                        settles(scale * rho, scale * alpha, plan, Hosts.virtual(), 500_000), delay);
            }
        }
    }

    @Test
    void theContractOfRulesHolds() {
        DerivativeCheck.require(WHOLE.rule(), CHAIN.network());
        DerivativeCheck.require(new PcAlm().bySteps(0.5).rule(), CHAIN.network());
    }

    @Test
    void heldNeuronsAndWrongParametersAreRefusedByName() {
        Phase held = CHAIN.nudged(1.0).clamping("1", Matrix.zeros(7, 2));
        String why = refusal(() -> settle(CHAIN, WHOLE, RunPlan.of(WHOLE.rule()), held));
        assertTrue(why.contains("pc-alm") && why.contains("held neurons"), why);
        assertTrue(refusal(() -> new PcAlm().with(List.of(1.0))).startsWith("parameters: pc-alm"));
        assertTrue(refusal(() -> new PcAlm().with(List.of(1.0, 2.0))).startsWith("alpha: 2"));
        assertTrue(refusal(() -> new PcAlm().bySteps(1.5)).startsWith("step: 1.5"));
    }

    private static String refusal(Runnable refused) {
        return assertThrows(IllegalArgumentException.class, refused::run).getMessage();
    }
}
