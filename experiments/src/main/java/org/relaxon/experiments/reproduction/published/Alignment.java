package org.relaxon.experiments.reproduction.published;

/**
 * How a weight gradient compares with that of backprop, by layer from the input and over all.
 *
 * @param cosine over all layers together; 0 where one of the two is 0
 * @param cosines by layer
 * @param norms length over that of backprop, by layer; infinite where that is 0, and NaN where both
 *     are, as behind units that are all dead
 */
public record Alignment(double cosine, double[] cosines, double[] norms) {
    /**
     * Of the gradient that a state holds: -s q_i f(z_{i-1})^T, summed over the batch.
     *
     * @param state states and multipliers
     */
    static Alignment of(ExplicitState state) {
        ResidualProblem problem = state.problem();
        double[][] q = state.credits();
        double[][] z = state.states();
        double[][][] found = new double[problem.depth()][][];
        double[][][] exact = new double[problem.depth()][][];
        for (int l = 1; l <= problem.depth(); l++) {
            double[] a = problem.presynaptic(l, z[l - 1]);
            found[l - 1] = outer(-problem.scale(l), q[l], a, problem.columns());
            exact[l - 1] = problem.backprop(l);
        }
        return of(found, exact);
    }

    /**
     * {@return the comparison of two gradients}
     *
     * @param found by layer, shape (to, from)
     * @param exact of the same shapes
     */
    public static Alignment of(double[][][] found, double[][][] exact) {
        double[] cosines = new double[found.length];
        double[] norms = new double[found.length];
        double dots = 0.0;
        double squares = 0.0;
        double exactSquares = 0.0;
        for (int l = 0; l < found.length; l++) {
            double dot = dot(found[l], exact[l]);
            double own = dot(found[l], found[l]);
            double other = dot(exact[l], exact[l]);
            cosines[l] = cosine(dot, own, other);
            norms[l] = Math.sqrt(own / other);
            dots += dot;
            squares += own;
            exactSquares += other;
        }
        return new Alignment(cosine(dots, squares, exactSquares), cosines, norms);
    }

    /** {@return the mean cosine of the quarter of the layers at the input} */
    public double earlyCosine() {
        return earlyMean(cosines);
    }

    /**
     * {@return the mean of length over that of backprop, over the same layers; NaN if both are 0 in
     * one of them}
     */
    public double earlyNorm() {
        return earlyMean(norms);
    }

    private static double earlyMean(double[] values) {
        int early = Math.max(1, values.length / 4);
        double sum = 0.0;
        for (int l = 0; l < early; l++) {
            sum += values[l];
        }
        return sum / early;
    }

    private static double cosine(double dot, double own, double other) {
        return own == 0.0 || other == 0.0 ? 0.0 : dot / (Math.sqrt(own) * Math.sqrt(other));
    }

    private static double dot(double[][] a, double[][] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                sum += a[i][j] * b[i][j];
            }
        }
        return sum;
    }

    private static double[][] outer(double factor, double[] q, double[] a, int columns) {
        double[][] out = new double[q.length / columns][a.length / columns];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out[i].length; j++) {
                double sum = 0.0;
                for (int c = 0; c < columns; c++) {
                    sum += q[i * columns + c] * a[j * columns + c];
                }
                out[i][j] = factor * sum;
            }
        }
        return out;
    }

    static double norm(double[] values) {
        double squares = 0.0;
        for (double v : values) {
            squares += v * v;
        }
        return Math.sqrt(squares);
    }
}
