package org.relaxon.experiments.claims;

import java.util.Optional;
import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.ImplicitGradient;
import org.relaxon.experiments.reference.MetricWeightedGradient;
import org.relaxon.experiments.reference.StateRounding;
import org.relaxon.experiments.reference.Sums;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;

/**
 * The effect of rounding and unsent changes on the gradient that an algorithm converges to. A state
 * that cells computed is the exact state of a network with slightly different drives, weights and
 * targets ({@link StateRounding}). These are therefore moved, each up or down at random and by much
 * more than rounding, and the change is scaled back (Parker 1997). The gradient of a network that
 * fits its target is a difference of larger numbers, and small compared with this effect; a wrong
 * gradient is not.
 *
 * <p>All figures are Frobenius norms over all weights and biases, and root mean squares over the
 * signs of the moves. Independent moves exceed {@link #DEVIATIONS} times that with a probability of
 * at most 2 exp(-18), by Hoeffding's inequality.
 *
 * @param size of the gradient
 * @param change of the gradient by rounding; not below {@code size} times {@link
 *     ErrorWindow#roundOff}; NaN if it cannot be computed
 * @param changeBySignals of the gradient by unsent changes, in units of the largest
 * @param products change of the products of activities that a contrast subtracts, by rounding
 * @param productsBySignals the same by unsent changes, in units of the largest
 * @param precision of products with weights
 */
public record RoundingFloor(
        double size,
        double change,
        double changeBySignals,
        double products,
        double productsBySignals,
        Kernels.Precision precision) {
    /** Relative size of the moves: far above rounding, far below any scale of curvature. */
    private static final double MOVE = 0x1p-28;

    /** Nothing is known. */
    static final RoundingFloor UNKNOWN =
            new RoundingFloor(
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Kernels.Precision.DOUBLE);

    private static final int DRAWS = 4;

    /** Beyond this many free neurons a single draw is used. */
    private static final int SMALL = 300;

    /** Bound of a sum of independent moves, in its root mean squares. */
    static final double DEVIATIONS = 6.0;

    /** Two phases are subtracted, each with errors of its own. */
    private static final double PHASES = Math.sqrt(2.0);

    /** Windows leave room for {@link ErrorWindow#NOISE} roundings of the gradient itself. */
    private static final double ILL_CONDITIONED = ErrorWindow.NOISE / DEVIATIONS;

    /** Roundings of a softmax beside those of its sum. */
    private static final int SOFTMAX = 4;

    /** Only these examples of a larger batch are considered. */
    private static final int EXAMPLES_MAX = 4;

    /**
     * Finds it at the feedforward pass, or at the algorithm's own free equilibrium.
     *
     * @param algorithm that estimates
     * @param problem network and batch
     * @return the floor; unknown where there is no such state
     */
    public static RoundingFloor of(Algorithm algorithm, Problem problem) {
        boolean loops = References.isOwn(algorithm.rule()) && algorithm.hasFreePhase();
        Optional<Problem> dense = problem.dense();
        if (loops || dense.isEmpty()) {
            return UNKNOWN; // its free state is not the forward pass, or it is too large
        }
        int examples = Math.min(EXAMPLES_MAX, problem.examples());
        try {
            double scale = (double) problem.examples() / examples;
            return new Moves(
                            algorithm,
                            dense.get().network(),
                            firstColumns(problem.input(), examples),
                            firstColumns(problem.target(), examples))
                    .floor(scale, problem.precision());
        } catch (IllegalStateException | IllegalArgumentException e) {
            return UNKNOWN; // no equilibrium, or not close to one
        }
    }

    /**
     * The largest difference of an estimate from the exact one that rounding and unsent changes
     * explain. Differences and errors are sent in units of the strength, so that their unsent part
     * remains in the products; their rounding scales with their own size.
     *
     * @param threshold largest change of an activity that is not sent
     * @param amplification of the difference of two phases; 0 if none are subtracted
     * @return the difference, Frobenius norm
     */
    public double bound(double threshold, double amplification) {
        double rounding = change + PHASES * amplification * products;
        double signals =
                changeBySignals + PHASES * Math.max(1.0, amplification) * productsBySignals;
        return DEVIATIONS * (rounding + threshold * signals);
    }

    /**
     * {@return by how much more than a number of its own size the gradient is rounded; at least 1}
     */
    public double condition() {
        return change / (ErrorWindow.roundOff(precision) * size);
    }

    /** {@return true if the gradient is small because something cancels; false if not known} */
    public boolean isIllConditioned() {
        return condition() > ILL_CONDITIONED;
    }

    /** Gradient and state under moved numbers. */
    private static final class Moves {
        private final Algorithm algorithm;
        private final Network network;
        private final Matrix input;
        private final Matrix target;
        private final boolean recurrent;
        private final Matrix[] state;
        private final Parameters here;
        private final int draws;

        Moves(Algorithm algorithm, Network network, Matrix input, Matrix target) {
            this.algorithm = algorithm;
            this.network = network;
            this.input = input;
            this.target = target;
            recurrent =
                    algorithm.strength() != Algorithm.Strength.GAMMA
                            && algorithm.rule().energy().isHopfield();
            int neurons = network.populations().stream().mapToInt(Population::size).sum();
            draws = neurons <= SMALL ? DRAWS : 1;
            state = state(network.parameters(), null);
            here = gradient(network.parameters(), target, state);
        }

        RoundingFloor floor(double scale, Kernels.Precision precision) {
            double[] byRounding = new double[2];
            double[] bySignals = new double[2];
            Parameters theta = network.parameters();
            double[][] rounded = StateRounding.ofDrives(network, theta, state, recurrent);
            double[][] unsent = StateRounding.ofSignals(network, theta, recurrent);
            for (int draw = 0; draw < draws; draw++) {
                add(moved(rounded, draw, true), moved(target, draw), byRounding);
                add(moved(unsent, draw, false), target, bySignals);
            }
            double size = scale * GradientComparison.norm(network, here);
            double rounding = precision.rounding();
            double change = scale * rms(byRounding[0]) * rounding;
            return new RoundingFloor(
                    size,
                    Math.max(change, ErrorWindow.roundOff(precision) * size),
                    scale * rms(bySignals[0]),
                    scale * rms(byRounding[1]) * rounding,
                    scale * rms(bySignals[1]),
                    precision);
        }

        private double rms(double squares) {
            return Math.sqrt(squares / draws) / MOVE;
        }

        private void add(Parameters theta, Matrix aim, double[] squares) {
            Matrix[] there = state(theta, state);
            Parameters change = gradient(theta, aim, there);
            Sums.add(network, here, -1.0, change);
            squares[0] += StrictMath.pow(GradientComparison.norm(network, change), 2);
            squares[1] += products(there);
        }

        /** Square of the change of all products of pre- and postsynaptic activity. */
        private double products(Matrix[] there) {
            double sum = 0.0;
            for (Projection e : network.projections()) {
                for (int i = 0; i < there[e.post()].rows(); i++) {
                    for (int j = 0; j < there[e.pre()].rows(); j++) {
                        double d = product(there, e, i, j) - product(state, e, i, j);
                        sum += d * d;
                    }
                }
            }
            return sum;
        }

        private static double product(Matrix[] x, Projection e, int i, int j) {
            double sum = 0.0;
            for (int c = 0; c < x[e.post()].columns(); c++) {
                sum += x[e.post()].get(i, c) * x[e.pre()].get(j, c);
            }
            return sum;
        }

        private Matrix[] state(Parameters theta, Matrix[] near) {
            return recurrent
                    ? StateRounding.equilibrium(network, theta, input, near)
                    : StateRounding.feedforward(network, theta, input);
        }

        private Parameters gradient(Parameters theta, Matrix aim, Matrix[] free) {
            if (!recurrent) {
                return Backprop.of(network).gradient(theta, input, aim).gradient();
            }
            boolean displaced = algorithm.output() == Phase.Output.DISPLACED;
            return (displaced
                            ? MetricWeightedGradient.of(network, theta, input, aim, free)
                            : ImplicitGradient.of(network, theta, input, aim, free))
                    .gradient();
        }

        private Parameters moved(double[][] drives, int draw, boolean weights) {
            Parameters theta = network.parameters().copy();
            long stream = 0;
            for (Projection e : network.projections()) {
                for (double[] row : theta.weights(e.index())) {
                    for (int j = 0; weights && j < row.length; j++) {
                        row[j] *= 1.0 + MOVE * sign(draw, stream, j);
                    }
                    stream++;
                }
            }
            for (Population p : network.populations()) {
                double[] b = theta.biases(p.index());
                for (int i = 0; p.role() != Population.Role.INPUT && i < b.length; i++) {
                    b[i] += MOVE * drives[p.index()][i] * sign(draw, stream, i);
                }
                stream++;
            }
            return theta;
        }

        /** The output is rounded where it is subtracted, and so is the target. */
        private Matrix moved(Matrix aim, int draw) {
            double[] values = aim.values().clone();
            double[] output = outputs(aim);
            boolean entropy = network.loss() != StandardLoss.SQUARED; // exponentials, sum, quotient
            double roots = entropy ? Math.sqrt(SOFTMAX + aim.rows()) : 1.0;
            for (int k = 0; k < values.length; k++) {
                double terms = Math.abs(values[k]) + Math.abs(output[k]);
                values[k] += MOVE * roots * terms * sign(draw, -1L, k);
            }
            return Matrix.of(aim.rows(), aim.columns(), values);
        }

        private double[] outputs(Matrix aim) {
            double[] out = new double[aim.values().length];
            for (Population p : network.outputs()) {
                double[] own = state[p.index()].values();
                int from = network.firstRow(p.index()) * aim.columns();
                System.arraycopy(own, 0, out, from, p.size() * aim.columns());
            }
            return out;
        }

        private static double sign(int draw, long stream, long k) {
            return CounterRandom.uniform(draw, stream, k) < 0.5 ? -1.0 : 1.0;
        }
    }

    private static Matrix firstColumns(Matrix m, int count) {
        double[] values = new double[m.rows() * count];
        for (int r = 0; r < m.rows(); r++) {
            System.arraycopy(m.values(), r * m.columns(), values, r * count, count);
        }
        return Matrix.of(m.rows(), count, values);
    }
}
