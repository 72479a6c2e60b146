package org.relaxon.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relaxon.model.math.Kernels;

/**
 * One array of weights per projection, shape (nPost, nPre) unless its connectivity stores fewer
 * numbers, and one of biases per population, shape (n), empty for inputs. A projection with
 * feedback weights of its own has a second matrix (nPost, nPre) for them. Also holds everything
 * else of these shapes: a gradient, a local update, whose part for feedback weights stays 0.
 */
public final class Parameters {
    private static final int SHOWN = 8;

    private final double[][][] weights;
    private final double[][] biases;
    private final double[][][] feedback; // by projection; no rows where it is the transpose
    private final double[][] absent; // by projection, zeros in place of each absent row; or null

    private Parameters(
            double[][][] weights, double[][] biases, double[][][] feedback, double[][] absent) {
        this.weights = weights;
        this.feedback = feedback;
        this.biases = biases;
        this.absent = absent;
    }

    /**
     * Zeros in the shapes that the network requires.
     *
     * @param present see {@link Network#zeros(int[][])}
     */
    static Parameters zeros(List<Population> nodes, List<Projection> projections, int[][] present) {
        List<double[][]> weights = new ArrayList<>();
        List<double[][]> feedback = new ArrayList<>();
        double[][] absent = new double[projections.size()][];
        for (Projection p : projections) {
            int rows = p.connectivity().rows(nodes.get(p.post()).size());
            int length = p.connectivity().rowLength(nodes.get(p.pre()).size());
            boolean whole = present == null || p.sharesWeights();
            int from = whole ? 0 : present.length == 0 ? 0 : present[p.post()][0];
            int to = whole ? rows : present.length == 0 ? 0 : present[p.post()][1];
            absent[p.index()] = to - from == rows ? null : new double[length];
            weights.add(rows(rows, length, from, to, absent[p.index()]));
            int own = p.hasOwnFeedback() ? rows : 0;
            feedback.add(rows(own, length, from, to, absent[p.index()]));
        }
        double[][] biases =
                nodes.stream()
                        .map(p -> new double[p.role() == Population.Role.INPUT ? 0 : p.size()])
                        .toArray(double[][]::new);
        return new Parameters(
                weights.toArray(double[][][]::new),
                biases,
                feedback.toArray(double[][][]::new),
                absent);
    }

    private static double[][] rows(int rows, int length, int from, int to, double[] absent) {
        double[][] out = new double[rows][];
        for (int i = 0; i < rows; i++) {
            out[i] = i >= from && i < to ? new double[length] : absent;
        }
        return out;
    }

    /**
     * {@return whether a row of weights, or of feedback weights, is absent: zeros that are not to
     * be written to, see {@link Network#zeros(int[][])}}
     *
     * @param projection index of the projection
     * @param row one of its rows
     */
    public boolean isAbsent(int projection, double[] row) {
        return row == absent[projection];
    }

    /**
     * {@return the weights of a projection, as its connectivity stores them; the array itself}
     *
     * @param projection index of the projection
     */
    public double[][] weights(int projection) {
        return weights[projection];
    }

    /**
     * {@return the feedback weights B that a projection has of its own, shape (nPost, nPre) as its
     * weights; the array itself, without rows where feedback is weighed by the transpose}
     *
     * @param projection index of the projection
     */
    public double[][] feedback(int projection) {
        return feedback[projection];
    }

    /**
     * {@return the biases of a population, shape (n); the array itself}
     *
     * @param population index of the population
     */
    public double[] biases(int population) {
        return biases[population];
    }

    /** Number of projections that these parameters are for. */
    int projections() {
        return weights.length;
    }

    /** Number of populations that these parameters are for. */
    int populations() {
        return biases.length;
    }

    /**
     * {@return the name of the first array, weights before biases, with an entry that is not
     * finite; null if there is none}
     */
    public String firstNotFinite() {
        for (int p = 0; p < weights.length; p++) {
            for (double[] row : weights[p]) {
                if (!isFinite(row)) {
                    return "weights of projection " + (p + 1);
                }
            }
        }
        for (int p = 0; p < feedback.length; p++) {
            for (double[] row : feedback[p]) {
                if (!isFinite(row)) {
                    return "feedback weights of projection " + (p + 1);
                }
            }
        }
        for (int p = 0; p < biases.length; p++) {
            if (!isFinite(biases[p])) {
                return "biases of population " + p;
            }
        }
        return null;
    }

    /** Replaces the weights of several projections of equal shapes by their sum, in each. */
    void sum(int[] some) {
        double[][] sum = weights[some[0]];
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum[i].length; j++) {
                for (int k = 1; k < some.length; k++) {
                    sum[i][j] += weights[some[k]][i][j];
                }
                for (int k = 1; k < some.length; k++) {
                    weights[some[k]][i][j] = sum[i][j];
                }
            }
        }
    }

    /** For display: the shapes of at most {@value #SHOWN} arrays each, and the Euclidean norm. */
    @Override
    public String toString() {
        double squares = 0.0;
        for (double[][] matrix : weights) {
            for (double[] row : matrix) {
                squares += squared(row);
            }
        }
        for (double[] bias : biases) {
            squares += squared(bias);
        }
        return "Parameters: weights %s; biases %s; norm %s"
                .formatted(
                        shapes(weights.length, k -> shape(weights[k])),
                        shapes(biases.length, k -> Integer.toString(biases[k].length)),
                        String.format(Locale.ROOT, "%.4g", Math.sqrt(squares)));
    }

    private static double squared(double[] values) {
        double sum = 0.0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    private static String shape(double[][] matrix) {
        return matrix.length + " x " + (matrix.length == 0 ? 0 : matrix[0].length);
    }

    private static String shapes(int count, IntFunction<String> of) {
        String some =
                IntStream.range(0, Math.min(count, SHOWN))
                        .mapToObj(of)
                        .collect(Collectors.joining(", "));
        return count > SHOWN ? some + ", ... (" + count + ")" : some;
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return a copy of which the weights are rounded to a precision}
     *
     * @param precision of the weights; biases are not rounded
     */
    public Parameters rounded(Kernels.Precision precision) {
        Parameters out = copy();
        for (double[][] matrix : out.weights) { // absent rows stay zeros
            for (double[] row : matrix) {
                for (int j = 0; precision == Kernels.Precision.FLOAT && j < row.length; j++) {
                    row[j] = (float) row[j];
                }
            }
        }
        return out;
    }

    /** {@return a deep copy} */
    public Parameters copy() {
        double[][] b = new double[biases.length][];
        for (int p = 0; p < b.length; p++) {
            b[p] = biases[p].clone();
        }
        return new Parameters(copy(weights), b, copy(feedback), absent);
    }

    private double[][][] copy(double[][][] matrices) {
        double[][][] out = new double[matrices.length][][];
        for (int p = 0; p < out.length; p++) {
            out[p] = new double[matrices[p].length][];
            for (int i = 0; i < out[p].length; i++) {
                double[] row = matrices[p][i];
                out[p][i] = isAbsent(p, row) ? row : row.clone();
            }
        }
        return out;
    }
}
