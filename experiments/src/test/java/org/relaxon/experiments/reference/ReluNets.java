package org.relaxon.experiments.reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Initialisation.Scheme;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Projection;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.ColumnVerdict;
import org.relaxon.model.settle.Equilibrium;
import org.relaxon.model.settle.NotSettled;
import org.relaxon.model.settle.Reason;
import org.relaxon.model.settle.Settled;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.Session;

/**
 * ReLU networks under a small nudge, every example beside {@link ReluMinimum} on the linear region
 * of its free state.
 */
final class ReluNets {
    static final double BETA = 1e-4;
    static final int BATCH = 64;

    int examples;
    int refusedForKinks;
    int refusedOtherwise;
    int held;
    int crossed;
    int compared;
    double largestRatio;
    double least = Double.POSITIVE_INFINITY;

    static Problem problem(Scheme scheme, long seed, int... layers) throws IOException {
        return Defaults.of(Algorithms.pcNudge())
                .applyTo(
                        ProblemSpec.defaults()
                                .withLayers(layers)
                                .withActivation(StandardActivation.RELU)
                                .withBatch(BATCH)
                                .withSeed(seed))
                .withScheme(scheme)
                .build();
    }

    /** Defaults, in cells of a layer. */
    static RunPlan plan() {
        return Defaults.runPlan(Algorithms.pcNudge()).withGranularity(Granularity.LAYER);
    }

    /** Settles one network and counts what became of its examples. */
    void add(Host host, RunPlan plan, Problem problem) {
        add(host, plan, problem, BETA);
    }

    /** The same with another nudge than that of the prediction. */
    void add(Host host, RunPlan plan, Problem problem, double beta) {
        try (Session session = host.open(problem.network(), plan)) {
            Settlement verdict =
                    session.settle(
                            Estimator.ONE_SIDED.phase(problem.input(), problem.target(), beta),
                            Budget.DEFAULT);
            examples += BATCH;
            for (ColumnVerdict column : verdict.columns()) {
                refusedForKinks += column.reason() == Reason.KINK ? 1 : 0;
                refusedOtherwise += !column.settled() && column.reason() != Reason.KINK ? 1 : 0;
            }
            Settled settled =
                    verdict instanceof NotSettled none
                            ? none.settledColumns().orElse(null)
                            : (Settled) verdict;
            if (settled != null) {
                compare(problem, settled, beta);
            }
        }
    }

    private void compare(Problem problem, Settled settled, double beta) {
        Network network = problem.network();
        Equilibrium at = settled.equilibrium();
        int[] overKinks = CrossedKinks.count(network, network.parameters(), problem.input(), at);
        for (ColumnVerdict column : settled.columns()) {
            int c = column.column();
            held += at.heldAtKink(c);
            if (!column.settled()) {
                continue;
            }
            if (overKinks[c] > 0 || at.heldAtKink(c) > 0) {
                crossed++;
                continue;
            }
            compared++;
            compareExample(problem, at, c, beta);
        }
    }

    private void compareExample(Problem problem, Equilibrium at, int c, double beta) {
        Network network = problem.network();
        double[] x = problem.input().columnValues(c);
        double[] t = problem.target().columnValues(c);
        double[] ideal =
                new ReluMinimum(network, BETA, x, t).onTheRegionOfTheFreeState().gradient();
        double[] backprop =
                flat(
                        network,
                        Backprop.of(network)
                                .gradient(network.parameters(), Matrix.column(x), Matrix.column(t))
                                .gradient());
        double predicted = distance(ideal, backprop);
        double error = distance(update(network, x, at, c, beta), backprop);
        least = Math.min(least, predicted / norm(backprop));
        largestRatio = Math.max(largestRatio, error / predicted); // hands NaN on
    }

    /** The update of one column, from the activities and errors that were reached. */
    private static double[] update(
            Network network, double[] input, Equilibrium at, int column, double beta) {
        Parameters out = network.zeros();
        Parameters theta = network.parameters();
        int depth = network.projections().size();
        for (int l = 1; l <= depth; l++) {
            double[] pre = l == 1 ? input : at.activity(l - 1).columnValues(column);
            double[] e = at.error(l).columnValues(column);
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
        return flat(network, out);
    }

    /** All weights, then all biases, laid end to end. */
    static double[] flat(Network network, Parameters p) {
        List<Double> out = new ArrayList<>();
        for (Projection e : network.projections()) {
            for (double[] row : p.weights(e.index())) {
                for (double w : row) {
                    out.add(w);
                }
            }
        }
        for (int k = 1; k < network.populations().size(); k++) {
            for (double b : p.biases(k)) {
                out.add(b);
            }
        }
        return out.stream().mapToDouble(d -> d).toArray();
    }

    static double distance(double[] a, double[] b) {
        return Math.sqrt(
                IntStream.range(0, a.length).mapToDouble(k -> (a[k] - b[k]) * (a[k] - b[k])).sum());
    }

    static double norm(double[] a) {
        return distance(a, new double[a.length]);
    }

    @Override
    public String toString() {
        return ("%d examples: refused %d for kinks and %d otherwise, %d units held, %d crossed or"
                        + " held, %d compared: largest ratio %.4f, least relative error %.2e")
                .formatted(
                        examples,
                        refusedForKinks,
                        refusedOtherwise,
                        held,
                        crossed,
                        compared,
                        largestRatio,
                        least);
    }
}
