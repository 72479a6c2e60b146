package org.relaxon.experiments.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * Predictive coding at a full nudge holds units of ReLU at their kinks; the reference of an exact
 * claim knows the slopes by itself.
 */
class HeldUnitsAreJudgedTest {
    private static final double EXACT = 1e-7;

    static Stream<Algorithm> exactClaims() {
        return Stream.of(
                Algorithms.pc(new PredictiveCoding()),
                Algorithms.pcClamped(new PredictiveCoding()));
    }

    private record Found(Problem problem, GradientEstimate estimate, Algorithm algorithm) {
        int held() {
            return ((Conclusive) estimate.verdict()).equilibrium().heldAtKink(0);
        }

        double error(Parameters gradient) {
            LocalUpdate is = estimate.update();
            GradientEstimate changed =
                    new GradientEstimate(
                            estimate.free(),
                            estimate.verdict(),
                            new LocalUpdate(gradient, is.estimator(), is.examples()),
                            estimate.report());
            ReferenceOf reference =
                    ReferenceOf.estimate(
                            new Method(
                                    algorithm,
                                    algorithm.estimators().get(0),
                                    Defaults.of(algorithm).method().strength()),
                            null,
                            problem,
                            changed,
                            1e-8);
            assertEquals("", reference.objection());
            return GradientComparison.relativeDifference(
                    problem.network(), gradient, reference.gradient());
        }
    }

    private static Found settle(Algorithm algorithm, int seed, int batch) throws IOException {
        Problem problem =
                Defaults.of(algorithm)
                        .applyTo(
                                ProblemSpec.defaults()
                                        .withActivation(StandardActivation.RELU)
                                        .withBatch(batch)
                                        .withSeed(seed))
                        .build();
        RunPlan plan =
                Defaults.runPlan(algorithm)
                        .withGranularity(Granularity.LAYER)
                        .withThreshold(1e-12)
                        .withTolerance(1e-9);
        try (Host host = new VirtualHost();
                Session session = host.open(problem.network(), plan)) {
            GradientEstimate estimate =
                    GradientEstimate.of(
                            session,
                            new Method(
                                    algorithm,
                                    algorithm.estimators().get(0),
                                    Defaults.of(algorithm).method().strength()),
                            problem.input(),
                            problem.target(),
                            Budget.DEFAULT);
            assertTrue(estimate.isConclusive(), estimate.verdict().toString());
            return new Found(problem, estimate, algorithm);
        }
    }

    @ParameterizedTest
    @MethodSource("exactClaims")
    void anUpdateOfHeldUnitsIsExact(Algorithm algorithm) throws IOException {
        int held = 0;
        for (int seed = 1; seed <= 4; seed++) {
            Found found = settle(algorithm, seed, 1);
            held += found.held();
            double error = found.error(found.estimate().update().gradient());
            assertTrue(error < EXACT, "seed " + seed + ", error " + error);
        }
        assertTrue(held >= 2, "held " + held);
    }

    /** One held unit whose slope is twice, half or none of what it has to be. */
    @ParameterizedTest
    @MethodSource("exactClaims")
    void aWrongSlopeIsSeen(Algorithm algorithm) throws IOException {
        int planted = 0;
        for (int seed = 1; seed <= 4; seed++) {
            Found found = settle(algorithm, seed, 1);
            for (int population = 2; population <= 2 && found.held() > 0; population++) {
                planted += plant(found, population);
            }
        }
        assertTrue(planted >= 2, "planted " + planted);
    }

    /** Scales the feedback of every unit of a population that is neither silent nor all there. */
    private static int plant(Found found, int population) {
        Network network = found.problem().network();
        Parameters right = found.estimate().update().gradient();
        double[] errors =
                ((Conclusive) found.estimate().verdict())
                        .equilibrium()
                        .error(population)
                        .columnValues(0);
        int planted = 0;
        for (int i = 0; i < errors.length; i++) {
            double s = -right.biases(population)[i] / errors[i];
            if (!(s > 1e-3 && s < 1 - 1e-3)) {
                continue;
            }
            planted++;
            for (double factor : new double[] {0, 0.5, 2}) {
                Parameters wrong = right.copy();
                wrong.biases(population)[i] *= factor;
                for (var e : network.into(population)) {
                    double[] row = wrong.weights(e.index())[i];
                    for (int j = 0; j < row.length; j++) {
                        row[j] *= factor;
                    }
                }
                double error = found.error(wrong);
                assertTrue(error > 100 * EXACT, "unit " + i + ", error " + error);
            }
        }
        return planted;
    }
}
