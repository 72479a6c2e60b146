package org.relaxon.experiments.claims;

import org.relaxon.experiments.compare.GradientComparison;
import org.relaxon.experiments.compare.Sums;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.experiments.reference.Backprop;
import org.relaxon.experiments.reference.HopfieldEquilibrium;
import org.relaxon.experiments.reference.ImplicitGradient;
import org.relaxon.experiments.reference.MetricWeightedGradient;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.HolomorphicHopfield;
import org.relaxon.model.rule.Hopfield;

/**
 * What rounding makes of the gradient that an algorithm converges to: how far it moves when every
 * weight, bias and target moves by one rounding, found by moving them at random by much more and
 * scaling back (Parker 1997). The gradient of a network that fits its target is a difference of
 * larger numbers, and small beside this; a wrong gradient is not.
 *
 * @param size of the gradient, Frobenius norm over all weights and biases
 * @param change of the gradient under one rounding, likewise; not below {@code size} times {@link
 *     ErrorWindow#ROUND_OFF}; NaN if it cannot be computed
 */
record RoundingFloor(double size, double change) {
    /** Relative size of the moves: far above rounding, far below any curvature. */
    private static final double MOVE = 0x1p-26;

    private static final int DRAWS = 2;

    private static final double ILL_CONDITIONED = 100.0;

    /** Of larger batches only these examples are looked at. */
    private static final int EXAMPLES_MAX = 4;

    /** Finds it at the feedforward pass, or at the algorithm's own free equilibrium. */
    static RoundingFloor of(Algorithm algorithm, Problem problem) {
        Network network = problem.network();
        int examples = Math.min(EXAMPLES_MAX, problem.examples());
        Matrix input = firstColumns(problem.input(), examples);
        Matrix target = firstColumns(problem.target(), examples);
        try {
            Parameters here = gradient(algorithm, network, network.parameters(), input, target);
            double square = 0.0;
            for (int draw = 0; draw < DRAWS; draw++) {
                Parameters there =
                        gradient(
                                algorithm,
                                network,
                                moved(network, draw),
                                input,
                                moved(target, draw));
                Sums.add(network, here, -1.0, there);
                square += StrictMath.pow(GradientComparison.norm(network, there), 2);
            }
            double scale = (double) problem.examples() / examples;
            double size = scale * GradientComparison.norm(network, here);
            double change = scale * Math.sqrt(square / DRAWS) * ErrorWindow.ROUND_OFF / MOVE;
            return new RoundingFloor(size, Math.max(change, ErrorWindow.ROUND_OFF * size));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return new RoundingFloor(Double.NaN, Double.NaN); // no equilibrium, or not near one
        }
    }

    /** By how much more than a number of its own size the gradient is rounded; at least 1. */
    double condition() {
        return change / (ErrorWindow.ROUND_OFF * size);
    }

    /** True if the gradient is small because something cancels; false if that is not known. */
    boolean isIllConditioned() {
        return condition() > ILL_CONDITIONED;
    }

    private static Parameters gradient(
            Algorithm algorithm, Network network, Parameters theta, Matrix input, Matrix target) {
        boolean recurrent =
                algorithm.strength() != Algorithm.Strength.GAMMA
                        && (algorithm.rule() instanceof Hopfield
                                || algorithm.rule() instanceof HolomorphicHopfield);
        if (!recurrent) {
            return Backprop.of(network).gradient(theta, input, target).gradient();
        }
        Matrix[] free = free(network, theta, input);
        boolean displaced = algorithm.output() == Phase.Output.DISPLACED;
        return (displaced
                        ? MetricWeightedGradient.of(network, theta, input, target, free)
                        : ImplicitGradient.of(network, theta, input, target, free))
                .gradient();
    }

    private static Matrix[] free(Network network, Parameters theta, Matrix input) {
        HopfieldEquilibrium at = HopfieldEquilibrium.of(network, theta, 1.0);
        Matrix[] out = new Matrix[network.populations().size()];
        for (Population p : network.populations()) {
            out[p.index()] = Matrix.zeros(p.size(), input.columns());
        }
        for (int c = 0; c < input.columns(); c++) {
            double[][] s = at.free(input.columnValues(c));
            for (int p = 0; p < s.length; p++) {
                for (int i = 0; i < s[p].length; i++) {
                    out[p].values()[i * input.columns() + c] = s[p][i];
                }
            }
        }
        return out;
    }

    private static Parameters moved(Network network, int draw) {
        Parameters theta = network.parameters().copy();
        long stream = 0;
        for (Projection e : network.projections()) {
            for (double[] row : theta.weights(e.index())) {
                move(row, draw, stream++);
            }
        }
        for (Population p : network.populations()) {
            move(theta.biases(p.index()), draw, stream++);
        }
        return theta;
    }

    private static Matrix moved(Matrix target, int draw) {
        double[] values = target.values().clone();
        move(values, draw, -1L);
        return Matrix.of(target.rows(), target.columns(), values);
    }

    private static void move(double[] values, int draw, long stream) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1.0 + MOVE * CounterRandom.normal(draw, stream, k);
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
