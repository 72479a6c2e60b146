package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.runtime.virtual.VirtualHost;

/** The wrong reference must look wrong, and a second right one right. */
class AgainstTest {
    private static final ProblemSpec PROBLEM = ProblemSpec.defaults();
    private static final List<Long> SEEDS = LongStream.rangeClosed(1, 10).boxed().toList();

    @ParameterizedTest
    @CsvSource({"TANH, .2", "SOFTPLUS, .03", "RELU, .03", "HARD_SIGMOID, .03", "SIGMOID, .03"})
    void equilibriumPropagationIsNotTheGradientOfTheFeedforwardNetwork(
            StandardActivation activation, double least) throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        CheckPlan plan = plan(ep, Estimator.CENTRED, 1e-3, PROBLEM.withActivation(activation));
        CheckCase own = run(plan);
        CheckCase other = run(plan.withAgainst(Reference.BACKPROP));

        assertTrue(own.holds(), own.toString());
        assertFalse(other.holds(), other.toString());
        for (int k = 0; k < SEEDS.size(); k++) {
            double away = other.seeds().get(k).relativeError();
            assertTrue(away >= least, "seed " + SEEDS.get(k) + ": " + away);
            assertTrue(away >= 1000 * own.seeds().get(k).relativeError());
        }
    }

    @Test
    void coupledLearningIsNotThePlainImplicitGradient() throws IOException {
        CheckPlan plan = plan(Algorithms.coupled(Form.PLAIN), Estimator.CENTRED, 1e-2, PROBLEM);
        CheckCase own = run(plan);
        CheckCase other = run(plan.withAgainst(Reference.IMPLICIT));

        assertTrue(own.holds() && own.relativeError() <= 3e-5, own.toString());
        assertFalse(other.holds());
        other.seeds().forEach(s -> assertTrue(s.relativeError() >= 0.01, "seed " + s.seed()));
    }

    @Test
    void inferenceAtHalfTheRateIsNotBackprop() throws IOException {
        CheckCase half = run(plan(Algorithms.zeroDivergence(0.5), Estimator.ONE_SIDED, 1, PROBLEM));

        assertEquals("completed", half.verdict());
        assertFalse(half.holds());
        half.seeds().forEach(s -> assertTrue(s.relativeError() >= 0.2, "seed " + s.seed()));
    }

    @ParameterizedTest
    @CsvSource({"1", ".3"})
    void atAnyBetaEquilibriumPropagationIsTheDerivativeOfTheMinimumEnergy(double beta)
            throws IOException {
        Algorithm ep = Algorithms.equilibriumPropagation(Form.PLAIN);
        ProblemSpec small = PROBLEM.withLayers(4, 6, 5, 3); // a minimum for every weight and side
        CheckPlan plan = plan(ep, Estimator.ONE_SIDED, beta, small);
        CheckCase exact = run(plan.withAgainst(Reference.FINITE_DIFFERENCE));

        assertTrue(exact.holds() && exact.relativeError() <= 1e-6, exact.toString());
        assertTrue(run(plan).relativeError() >= 0.1); // the limit is far at such a beta
    }

    @ParameterizedTest
    @CsvSource({"1e-2", "1"})
    void onLinearNetworksPredictiveCodingHasItsClosedForm(double beta) throws IOException {
        Algorithm pc = Algorithms.pcNudge(Algorithms.coordinate());
        CheckPlan plan = plan(pc, Estimator.ONE_SIDED, beta, linear()).withThreshold(1e-13);
        CheckCase exact = run(plan.withAgainst(Reference.LINEAR));

        assertTrue(exact.holds() && exact.relativeError() <= 1e-10, exact.toString());
        assertTrue(run(plan).relativeError() >= beta / 4); // and is not backprop
    }

    @ParameterizedTest
    @CsvSource({"1e-3", ".03", ".1"}) // beyond, the error form need not contract
    void onLinearNetworksFenchelYoungIsPredictiveCoding(double beta) throws IOException {
        CheckPlan plan =
                plan(Algorithms.pcNudge(), Estimator.ONE_SIDED, beta, linear())
                        .withAlgorithms(Algorithms.pcNudge(), Algorithms.fenchelYoung())
                        .withThreshold(0);
        CheckResult both = new LocalUpdatesMatchReference(plan).run();
        for (int k = 0; k < SEEDS.size(); k++) {
            Network network = both.problems().get(k).problem().network();
            Parameters one = both.cases().get(0).seeds().get(k).estimate();
            Parameters two = both.cases().get(1).seeds().get(k).estimate();
            double apart = GradientComparison.relativeDifference(network, one, two);
            assertTrue(apart <= 1e-12, "seed " + SEEDS.get(k) + ": " + apart);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pc-nudge, IMPLICIT",
        "fpa-pc, FINITE_DIFFERENCE",
        "ep, LINEAR",
        "coupled, FINITE_DIFFERENCE",
    })
    void aReferenceThatIsNotDefinedIsRefusedByName(String name, Reference reference) {
        Algorithm algorithm =
                List.of(
                                Algorithms.pcNudge(),
                                Algorithms.fixedPrediction(),
                                Algorithms.equilibriumPropagation(Form.PLAIN),
                                Algorithms.coupled(Form.PLAIN))
                        .stream()
                        .filter(a -> a.optionName().equals(name))
                        .findFirst()
                        .orElseThrow();
        CheckPlan plan = plan(algorithm, Estimator.ONE_SIDED, 0.1, PROBLEM).withAgainst(reference);

        String message = assertThrows(IllegalArgumentException.class, () -> run(plan)).getMessage();

        assertEquals(
                "against: %s is not defined for %s".formatted(reference.optionName(), name),
                message);
    }

    private static ProblemSpec linear() {
        return PROBLEM.withActivation(StandardActivation.LINEAR);
    }

    private static CheckPlan plan(
            Algorithm algorithm, Estimator estimator, double strength, ProblemSpec problem) {
        return CheckPlan.of(Defaults.of(algorithm).applyTo(problem), List.of(new VirtualHost()))
                .withAlgorithms(algorithm)
                .withEstimator(estimator)
                .withStrength(strength)
                .withSeeds(SEEDS);
    }

    private static CheckCase run(CheckPlan plan) throws IOException {
        return new LocalUpdatesMatchReference(plan).run().cases().get(0);
    }
}
