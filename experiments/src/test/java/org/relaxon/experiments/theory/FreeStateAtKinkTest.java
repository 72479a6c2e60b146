package org.relaxon.experiments.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.GeneralisedGradient;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.virtual.VirtualHost;

/** A blank image, zero biases and ReLU: every unit of the free state stands on its kink. */
class FreeStateAtKinkTest {
    private static Network chain(double bias) {
        Network drawn =
                Network.layered(
                        new int[] {1, 1, 1},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(1));
        Parameters p = drawn.zeros();
        p.weights(0)[0][0] = 1.0;
        p.weights(1)[0][0] = 1.0;
        p.biases(1)[0] = bias;
        return drawn.with(p);
    }

    private static Problem problem(Network network, Matrix input, Matrix target) {
        return new Problem(network, input, target, "made", "made");
    }

    private static Problem blank(double bias) {
        return problem(
                chain(bias), Matrix.of(1, 1, new double[] {0}), Matrix.of(1, 1, new double[] {1}));
    }

    /** Three examples, the second of them blank. */
    private static Problem oneBlankOfThree() {
        return oneBlankOfThree(3);
    }

    private static Problem oneBlankOfThree(long seed) {
        Network network =
                Network.layered(
                        new int[] {4, 6, 5, 2},
                        StandardActivation.RELU,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        new Initialisation(Initialisation.Scheme.HE, 1.0, seed));
        double[] x = {.3, 0, -.8, .7, 0, .4, -.2, 0, .9, .5, 0, .6};
        double[] t = {1, .5, -1, .2, -.7, .4};
        return problem(network, Matrix.of(4, 3, x), Matrix.of(2, 3, t));
    }

    private record Found(GradientEstimate estimate, ReferenceOf reference, double error) {}

    private static Found settle(Problem problem, Algorithm algorithm) {
        double strength = Defaults.of(algorithm).method().strength();
        var estimator = algorithm.estimators().get(0);
        // at a kink an error moves as much as its drive, which must be known as well
        RunPlan plan = Defaults.runPlan(algorithm).withThreshold(1e-14).withTolerance(1e-8);
        if (algorithm.rule().dynamics().optionName().equals("coordinate")) {
            plan = plan.withDiscipline(Discipline.TURN_TAKING); // all at once, activities may cycle
        }
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), plan)) {
            GradientEstimate estimate =
                    GradientEstimate.of(
                            session,
                            new Method(algorithm, estimator, strength),
                            problem.input(),
                            problem.target(),
                            Budget.DEFAULT);
            assertTrue(estimate.isConclusive(), algorithm.optionName() + ": " + estimate.verdict());
            ReferenceOf reference =
                    ReferenceOf.estimate(
                            new Method(algorithm, estimator, strength),
                            null,
                            problem,
                            estimate,
                            1e-8);
            double error =
                    GradientComparison.relativeDifference(
                            problem.network(), estimate.update().gradient(), reference.gradient());
            return new Found(estimate, reference, error);
        }
    }

    static Stream<Algorithm> comparedWithBackprop() {
        return Stream.of(
                Algorithms.pcNudge(),
                Algorithms.fenchelYoung(),
                Algorithms.dualPropagation(),
                Algorithms.contrastiveHebbian(Form.PLAIN));
    }

    static Stream<Algorithm> comparedOtherwise() {
        return Stream.of(
                Algorithms.equilibriumPropagation(Form.PLAIN), Algorithms.coupled(Form.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("comparedWithBackprop")
    void anEstimateIsComparedWithTheNearestGeneralisedGradient(Algorithm algorithm) {
        Found one = settle(blank(0.0), algorithm);
        assertEquals(1, one.reference().freeAtKink());
        assertEquals("", one.reference().objection());
        assertTrue(one.error() < 5e-3, algorithm.optionName() + " " + one.error());
        Found three = settle(oneBlankOfThree(), algorithm);
        assertEquals(11, three.reference().freeAtKink());
        assertTrue(three.error() < 2e-2, algorithm.optionName() + " " + three.error());
    }

    /** At a full nudge the minimum itself has units on kinks, and its reference knows them. */
    @Test
    void aMinimumOnKinksIsComparedWithItsNearestGradient() {
        Algorithm pc = Algorithms.pc(PredictiveCoding.coordinate());
        for (Problem problem : new Problem[] {blank(0.0), oneBlankOfThree(4), oneBlankOfThree(5)}) {
            Found found = settle(problem, pc);
            assertEquals("", found.reference().objection());
            assertTrue(found.reference().freeAtKink() > 0);
            assertTrue(found.error() < 1e-6, "error " + found.error());
            Parameters wrong = problem.network().zeros();
            Parameters right = found.estimate().update().gradient();
            org.relaxon.experiments.reference.Sums.add(problem.network(), right, 1.1, wrong);
            double off =
                    GradientComparison.relativeDifference(
                            problem.network(), wrong, found.reference().gradient());
            assertTrue(off > 1e-2, "error " + off);
        }
    }

    @ParameterizedTest
    @MethodSource("comparedOtherwise")
    void orTheComparisonSaysWhyThereIsNone(Algorithm algorithm) {
        Found one = settle(blank(0.0), algorithm);
        assertEquals(1, one.reference().freeAtKink());
        assertTrue(one.reference().objection().contains("stand on a kink"), one.toString());
        assertTrue(Double.isNaN(one.error()));
    }

    @ParameterizedTest
    @MethodSource("comparedWithBackprop")
    void besideAKinkTheReferenceIsBackprop(Algorithm algorithm) {
        Problem problem = blank(0.1);
        Found one = settle(problem, algorithm);
        assertEquals(0, one.reference().freeAtKink());
        Parameters backprop =
                Backprop.of(problem.network())
                        .gradient(problem.network().parameters(), problem.input(), problem.target())
                        .gradient();
        assertEquals(
                0.0,
                GradientComparison.relativeDifference(
                        problem.network(), one.reference().gradient(), backprop));
    }

    /** db1 = s dL/dx1 = -s, so that the distance of an estimate is that of s from [0, 1]. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0.3, 0.3", "1, 1", "1.7, 1", "-0.5, 0"})
    void theNearestElementHasASlopeBetweenThoseOfTheTwoSides(double s, double nearest) {
        Problem problem = blank(0.0);
        Parameters estimate = problem.network().zeros();
        estimate.biases(2)[0] = -1.0;
        estimate.biases(1)[0] = -s;
        Parameters found =
                GeneralisedGradient.nearest(
                        problem.network(),
                        problem.network().parameters(),
                        problem.input(),
                        problem.target(),
                        estimate);
        assertEquals(-nearest, found.biases(1)[0], 1e-12);
        assertEquals(-1.0, found.biases(2)[0]);
    }

    /** A wrong gradient is far from the set. */
    @Test
    void twiceTheRightOneIsNotInTheSet() {
        Problem problem = oneBlankOfThree();
        Parameters twice = problem.network().zeros();
        Parameters right = settle(problem, Algorithms.fenchelYoung()).reference().gradient();
        org.relaxon.experiments.reference.Sums.add(problem.network(), right, 2.0, twice);
        Parameters found =
                GeneralisedGradient.nearest(
                        problem.network(),
                        problem.network().parameters(),
                        problem.input(),
                        problem.target(),
                        twice);
        double error = GradientComparison.relativeDifference(problem.network(), twice, found);
        assertTrue(error > 0.1, "error " + error);
    }
}
