package org.relaxon.experiments.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.claims.Defaults;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.cell.Granularity;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.actor.AkkaHost;
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

    private static double[] flat(Problem problem, Parameters p) {
        java.util.List<Double> out = new java.util.ArrayList<>();
        for (Projection e : problem.network().projections()) {
            for (double[] row : p.weights(e.index())) {
                for (double w : row) {
                    out.add(w);
                }
            }
        }
        for (int k = 1; k < problem.network().populations().size(); k++) {
            for (double b : p.biases(k)) {
                out.add(b);
            }
        }
        return out.stream().mapToDouble(d -> d).toArray();
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(
                IntStream.range(0, a.length).mapToDouble(k -> (a[k] - b[k]) * (a[k] - b[k])).sum());
    }

    private static double norm(double[] a) {
        return distance(a, new double[a.length]);
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
                            flat(problem, session.update(done, Estimator.ONE_SIDED).gradient());
                    ReluMinimum minimum = new ReluMinimum(problem.network(), beta, x, t).anywhere();
                    double[] ideal = minimum.gradient();
                    double off = distance(update, ideal) / norm(ideal);
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
                        least = Math.min(least, distance(free, ideal) / norm(ideal));
                    }
                }
            }
        }
        assertTrue(others <= 3, others + " of 64 rest elsewhere");
        assertTrue(examples >= 3, "only so many were held: " + examples);
        assertTrue(least > 1e-5, "slopes of one side would have passed as well: " + least);
    }

    /** Batches of 64 at the usual nudge: nothing refused, and the error of a finite nudge. */
    @Test
    void whereNothingWasCrossedTheErrorIsThatOfTheSameLinearRegion() throws IOException {
        try (Host virtual = new VirtualHost();
                Host actors = new AkkaHost(2)) {
            for (int seed = 1; seed <= 3; seed++) {
                requireFiniteNudge(virtual, problem(seed, 64, 10, 16, 16, 4));
                requireFiniteNudge(actors, problem(seed, 64, 10, 16, 16, 4));
            }
            int[] deep = {8, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 4};
            requireFiniteNudge(virtual, problem(4, 64, deep));
            requireFiniteNudge(actors, problem(4, 64, deep));
        }
    }

    private static void requireFiniteNudge(Host host, Problem problem) {
        double beta = 1e-4;
        try (Session session = host.open(problem.network(), plan())) {
            Settlement verdict =
                    session.settle(
                            Estimator.ONE_SIDED.phase(problem.input(), problem.target(), beta),
                            Budget.DEFAULT);
            assertTrue(verdict instanceof Conclusive, verdict.toString());
            Conclusive done = (Conclusive) verdict;
            int[] crossed =
                    CrossedKinks.count(
                            problem.network(),
                            problem.network().parameters(),
                            problem.input(),
                            done.equilibrium());
            for (int c = 0; c < 64; c++) {
                if (crossed[c] > 0) {
                    continue;
                }
                double[] x = problem.input().columnValues(c);
                double[] t = problem.target().columnValues(c);
                double[] ideal =
                        new ReluMinimum(problem.network(), beta, x, t)
                                .onTheRegionOfTheFreeState()
                                .gradient();
                double[] backprop =
                        flat(
                                problem,
                                Backprop.of(problem.network())
                                        .gradient(
                                                problem.network().parameters(),
                                                Matrix.column(x),
                                                Matrix.column(t))
                                        .gradient());
                double predicted = distance(ideal, backprop);
                double error = distance(alone(problem, done, c, beta), backprop);
                assertTrue(
                        error <= 1.5 * predicted,
                        "column " + c + ": " + error + " of " + predicted);
            }
        }
    }

    /** The update of one column, from the activities and errors that were reached. */
    private static double[] alone(Problem problem, Conclusive done, int column, double beta) {
        Parameters out = problem.network().zeros();
        Parameters theta = problem.network().parameters();
        int depth = problem.network().projections().size();
        for (int l = 1; l <= depth; l++) {
            double[] pre =
                    l == 1
                            ? problem.input().columnValues(column)
                            : done.equilibrium().activity(l - 1).columnValues(column);
            double[] e = done.equilibrium().error(l).columnValues(column);
            for (int i = 0; i < e.length; i++) {
                double a = theta.biases(l)[i];
                for (int j = 0; j < pre.length; j++) {
                    a += theta.weights(l - 1)[i][j] * pre[j];
                }
                double v = l == depth || a > 0 ? e[i] : 0.0;
                out.biases(l)[i] = -v / beta;
                for (int j = 0; j < pre.length; j++) {
                    out.weights(l - 1)[i][j] = -v * pre[j] / beta;
                }
            }
        }
        return flat(problem, out);
    }
}
