package org.relaxon.experiments.random;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.random.Finding.Kind;
import org.relaxon.experiments.reference.NotAnEquilibriumException;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.GradientEstimate;

/**
 * Sets the update of every projection and of every population's biases beside the exact one: it is
 * right to the tolerance, or the verdict names it, and it is named only where rounding of the
 * numbers that make up the problem moves the exact one by more than the tolerance, whether it is
 * right or not. Of an array that is exactly zero no share is known, and a name is no fault.
 */
final class ProjectionJudge {
    /** Roundings that a chain of sums may add up to, in those that are tried. */
    private static final double ROUNDINGS = 64;

    /** The same in a reference that subtracts absolute activities: of complex roots. */
    private static final double REFERENCE_ROUNDINGS = 16;

    private static final int TRIES = 2;

    /** An audit is of first order in the gain of the loop of predictions and errors. */
    private static final double WINDOW = 2.0;

    private final RandomRun run;
    private final Problem problem;
    private final GradientEstimate found;
    private final Set<Integer> named;
    private final boolean names;
    private final double tolerance;
    private final Counts counts = new Counts();

    /** Arrays of one run: weights of a projection, and biases of a population. */
    static final class Counts {
        int all;
        int named;
        int overNamed;
        int belowRounding;
        int unsaid;

        void add(Counts other) {
            all += other.all;
            named += other.named;
            overNamed += other.overNamed;
            belowRounding += other.belowRounding;
            unsaid += other.unsaid;
        }

        @Override
        public String toString() {
            return "%d arrays, %d named, %d of them without need, %d below rounding, %d of dataflow"
                    .formatted(all, named, overNamed, belowRounding, unsaid);
        }
    }

    /**
     * @param named projections that the verdict says are not resolved
     * @param names whether it says so at all; dataflow does not, and is excused by rounding alone
     * @param tolerance share of itself to which every projection is asked for
     */
    ProjectionJudge(
            RandomRun run,
            Problem problem,
            GradientEstimate found,
            Set<Integer> named,
            boolean names,
            double tolerance) {
        this.run = run;
        this.problem = problem;
        this.found = found;
        this.named = named;
        this.names = names;
        this.tolerance = tolerance;
    }

    Counts counts() {
        return counts;
    }

    /**
     * Judges.
     *
     * @param due the exact update
     */
    void judge(
            Parameters update,
            Solutions solved,
            Parameters due,
            BiConsumer<Kind, String> findings) {
        Network network = problem.network();
        List<ProjectionComparison> off = GradientComparison.of(network, update, due).projections();
        List<ProjectionComparison> size =
                GradientComparison.of(network, due, unit(network)).projections();
        double[] rounding = null;
        double floor = referenceFloor();
        StringBuilder wrong = new StringBuilder();
        StringBuilder over = new StringBuilder();
        int wrongs = 0;
        for (int k = 0; k < off.size(); k++) {
            ProjectionComparison p = off.get(k);
            boolean zero = p.rmse() == 0.0 || p.maximum() <= Double.MIN_NORMAL;
            double whole = size.get(k).normRatio();
            double parts = solved.columns() == null ? whole : solved.columns()[k];
            boolean right = zero || p.relativeError() * whole <= WINDOW * tolerance * parts;
            boolean isNamed = named.contains(k / 2); // weights and biases of a population in turn
            boolean below = p.rmse() <= floor && whole <= floor / tolerance && !zero;
            counts.all++;
            counts.named += isNamed ? 1 : 0;
            counts.belowRounding += below ? 1 : 0;
            if ((right || below) && !isNamed) {
                continue;
            }
            rounding = rounding == null ? rounding(solved, due) : rounding;
            String text =
                    " %s off by %.2g, a rounding by %.2g"
                            .formatted(p.name(), p.relativeError(), rounding[k]);
            boolean hidden = ROUNDINGS * hides(rounding, k, p.rmse() == 0.0) > tolerance;
            if (!isNamed && !names && hidden) {
                counts.unsaid++;
            } else if (!isNamed) {
                wrongs++;
                wrong.append(wrongs > 3 ? "" : text);
            } else if (whole > 0.0 && !hidden) {
                counts.overNamed++;
                over.append(counts.overNamed > 3 ? "" : text);
            }
        }
        if (wrongs > 0) {
            findings.accept(
                    Kind.PROJECTION, "%d of %d arrays:%s".formatted(wrongs, off.size(), wrong));
        }
        if (counts.overNamed > 0) {
            findings.accept(
                    Kind.OVER_NAMED,
                    "%d of %d named arrays:%s".formatted(counts.overNamed, counts.named, over));
        }
    }

    /**
     * By how much of itself every array of the exact estimate moves if weights, biases, inputs and
     * targets are rounded otherwise in their last place, and if activities are from whose
     * difference an error is taken; infinite where that cannot be told.
     */
    double[] rounding(Solutions solved, Parameters due) {
        Network network = problem.network();
        double[] out = new double[2 * network.projections().size()];
        SplittableRandom r = new SplittableRandom(run.seed());
        for (int k = 0; k < TRIES; k++) {
            Problem other = nudge(v -> v * (1 + (2 * r.nextDouble() - 1) * 0x1p-52));
            Parameters moved = moved(other);
            if (moved == null) {
                Arrays.fill(out, Double.POSITIVE_INFINITY);
                return out;
            }
            List<ProjectionComparison> parts =
                    GradientComparison.of(network, moved, due).projections();
            for (int p = 0; p < out.length; p++) {
                ProjectionComparison part = parts.get(p);
                double by = part.rmse() == 0.0 ? 0.0 : part.relativeError();
                out[p] = Math.max(out[p], Double.isNaN(by) ? Double.POSITIVE_INFINITY : by);
            }
        }
        double[] cancelled =
                run.algorithm().rule().traits().has(Trait.HOLDS_ERRORS) ? null : solved.cancelled();
        List<ProjectionComparison> size =
                GradientComparison.of(network, due, unit(network)).projections();
        for (int p = 0; p < out.length; p++) {
            out[p] += cancelled == null ? 0.0 : cancelled[p / 2];
            out[p] = Double.isNaN(out[p]) ? Double.POSITIVE_INFINITY : out[p];
            if (isContrast()) {
                out[p] += 0x1p-53 * amplified(p / 2) / size.get(p).normRatio();
            }
        }
        return out;
    }

    private Parameters moved(Problem other) {
        try {
            return new Solutions(run, other, found, null).estimate();
        } catch (NotAnEquilibriumException e) {
            return null; // moved further by a rounding than rest is known to
        }
    }

    /**
     * A name stands for the weights of a projection and the biases beside them. Where both are
     * exactly zero, what hides the output hides that.
     */
    private static double hides(double[] rounding, int k, boolean zero) {
        double pair = Math.max(rounding[k], rounding[k ^ 1]);
        return zero ? Math.max(pair, rounding[rounding.length - 1]) : pair;
    }

    /** Whether absolute activities of two phases are subtracted. */
    private boolean isContrast() {
        boolean plain =
                run.algorithm().rule().localRule().isContrast()
                        && !run.algorithm().variant().equals("difference");
        return plain || run.algorithm().optionName().matches("chl|dual-propagation");
    }

    /** The factor of a contrast: 1 / beta, or gamma^-height. */
    private double amplified(int projection) {
        if (run.algorithm().strength() == Algorithm.Strength.NONE) {
            return 1.0;
        }
        boolean gain = run.algorithm().strength() == Algorithm.Strength.GAMMA;
        int times = gain ? problem.network().depth() - 1 - projection : 1;
        return Math.pow(Math.min(1.0, run.strength()), -times);
    }

    private Problem nudge(DoubleUnaryOperator rounding) {
        Network network = problem.network();
        Parameters theta = network.zeros();
        Parameters own = network.parameters();
        for (int p = 0; p < network.projections().size(); p++) {
            double[][] w = own.weights(p);
            for (int i = 0; i < w.length; i++) {
                theta.weights(p)[i] = Arrays.stream(w[i]).map(rounding).toArray();
                theta.biases(p + 1)[i] = rounding.applyAsDouble(own.biases(p + 1)[i]);
            }
        }
        return new Problem(
                network.with(theta),
                nudge(problem.input(), rounding),
                nudge(problem.target(), rounding),
                problem.data(),
                problem.description());
    }

    private static Matrix nudge(Matrix m, DoubleUnaryOperator rounding) {
        double[] values = Arrays.stream(m.values()).map(rounding).toArray();
        return Matrix.of(m.rows(), m.columns(), values);
    }

    /** What an entry of the reference itself is known to; 0 where it is solved for differences. */
    private double referenceFloor() {
        return run.algorithm().optionName().equals("hep")
                ? REFERENCE_ROUNDINGS * 0x1p-53 / run.strength()
                : 0.0;
    }

    /** Ones everywhere: the ratio of norms to it is a root mean square. */
    static Parameters unit(Network network) {
        Parameters out = network.zeros();
        for (int p = 0; p < network.projections().size(); p++) {
            for (double[] row : out.weights(p)) {
                Arrays.fill(row, 1.0);
            }
            Arrays.fill(out.biases(p + 1), 1.0);
        }
        return out;
    }
}
