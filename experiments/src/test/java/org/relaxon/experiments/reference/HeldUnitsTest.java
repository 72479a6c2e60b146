package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.claims.Defaults;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.virtual.VirtualHost;

/**
 * ReLU networks beside a solver that finds the sides of all kinks and the multipliers by itself.
 */
class HeldUnitsTest {
    private static Problem problem(int seed, int batch, int... layers) throws IOException {
        return Defaults.of(Algorithms.pcNudge())
                .applyTo(
                        ProblemSpec.defaults()
                                .withLayers(layers)
                                .withActivation(StandardActivation.RELU)
                                .withBatch(batch)
                                .withSeed(seed))
                .build();
    }

    private static RunPlan plan() {
        return Defaults.runPlan(Algorithms.pcNudge())
                .withGranularity(Granularity.LAYER)
                .withThreshold(1e-13);
    }

    /**
     * At a strong nudge many units are held; the solver finds the same ones and the same update.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.05})
    void theUpdateOfHeldUnitsIsThatOfTheMinimum(double beta) throws IOException {
        int examples = 0;
        int others = 0;
        double least = Double.POSITIVE_INFINITY;
        try (Host host = new VirtualHost()) {
            for (int example = 0; example < 64; example++) {
                Problem problem = problem(1, 64, 32, 32, 32, 32);
                double[] x = problem.input().columnValues(example);
                double[] t = problem.target().columnValues(example);
                try (Session session = host.open(problem.network(), plan())) {
                    Settlement verdict =
                            session.settle(
                                    Estimator.ONE_SIDED.phase(
                                            Matrix.column(x), Matrix.column(t), beta),
                                    Budget.DEFAULT);
                    String where = "example " + example;
                    assertTrue(verdict instanceof Conclusive, where + " " + verdict);
                    Conclusive done = (Conclusive) verdict;
                    double[] update =
                            ReluNets.flat(
                                    problem.network(),
                                    session.update(done, Estimator.ONE_SIDED).gradient());
                    ReluMinimum minimum = new ReluMinimum(problem.network(), beta, x, t).anywhere();
                    double[] ideal = minimum.gradient();
                    double off = ReluNets.distance(update, ideal) / ReluNets.norm(ideal);
                    if (!(off < 1e-6)) {
                        others++; // where the energy bends downwards both sides can be minima
                        continue;
                    }
                    assertEquals(minimum.held(), done.equilibrium().heldAtKink(0), where);
                    if (minimum.held() > 0) {
                        examples++;
                        double[] free =
                                new ReluMinimum(problem.network(), beta, x, t)
                                        .onTheRegionOfTheFreeState()
                                        .gradient();
                        least =
                                Math.min(
                                        least,
                                        ReluNets.distance(free, ideal) / ReluNets.norm(ideal));
                    }
                }
            }
        }
        assertTrue(others <= 3, others + " of 64 rest elsewhere");
        assertTrue(examples >= 3, "only so many were held: " + examples);
        assertTrue(least > 1e-5, "slopes of one side would have passed as well: " + least);
    }
}
