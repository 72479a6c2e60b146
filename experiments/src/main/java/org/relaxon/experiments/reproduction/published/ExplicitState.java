package org.relaxon.experiments.reproduction.published;

/**
 * States z_i and multipliers lambda_i of the hidden layers i = 1 .. L-1, and the steps of arXiv
 * 2605.31022 one layer at a time. With r_i = z_i - p_i, q_i = rho r_i + lambda_i and q_L = -(p_L -
 * y), a primal step is z_i -= eta (q_i - B_{i+1}(q_{i+1})) and a dual one lambda_i += alpha r_i,
 * with rho = alpha = 1. A step replaces the array of a layer, so that older versions stay.
 */
final class ExplicitState {
    private final ResidualProblem problem;
    private final double eta;
    private final double[][] z;
    private final double[][] dual;
    private final double[][] predicted; // last prediction of each layer
    private final double[][] predictedFrom; // the state below it, by identity

    /**
     * What a layer reads beside its own state.
     *
     * @param below z_{i-1}
     * @param above z_{i+1}; null for the last hidden layer
     * @param own lambda_i
     * @param next lambda_{i+1}; null for the last hidden layer
     */
    record Reads(double[] below, double[] above, double[] own, double[] next) {}

    /** The forward pass, with multipliers of zero. */
    ExplicitState(ResidualProblem problem, double eta) {
        this.problem = problem;
        this.eta = eta;
        z = new double[problem.depth()][];
        dual = new double[problem.depth()][];
        predicted = new double[problem.depth() + 1][];
        predictedFrom = new double[problem.depth() + 1][];
        z[0] = problem.input();
        for (int i = 1; i < z.length; i++) {
            z[i] = problem.prediction(i, z[i - 1]);
            dual[i] = new double[z[i].length];
        }
    }

    ResidualProblem problem() {
        return problem;
    }

    /** Step of states per example. */
    double eta() {
        return eta;
    }

    /** Index of the last hidden layer. */
    int last() {
        return z.length - 1;
    }

    /** States by layer, the input first: a view of this moment, whose arrays are not written to. */
    double[][] states() {
        return z.clone();
    }

    /** Multipliers by layer; the first is null. */
    double[][] duals() {
        return dual.clone();
    }

    Reads fresh(int i) {
        return reads(i, z, dual);
    }

    /** The neighbours' states and all multipliers from two versions of these. */
    static Reads reads(int i, double[][] states, double[][] duals) {
        boolean last = i == states.length - 1;
        return new Reads(
                states[i - 1], last ? null : states[i + 1], duals[i], last ? null : duals[i + 1]);
    }

    /** dE/dz_i per example. */
    double[] gradient(int i, Reads seen) {
        double[] own = credit(z[i], prediction(i, seen.below()), seen.own());
        double[] p = prediction(i + 1, z[i]);
        double[] above = i == last() ? outputCredit(p) : credit(seen.above(), p, seen.next());
        double[] pulled = problem.pullback(i + 1, above, z[i]);
        for (int k = 0; k < own.length; k++) {
            own[k] -= pulled[k];
        }
        return own;
    }

    /** The prediction of a layer, computed once for each array below: none is written to. */
    private double[] prediction(int i, double[] below) {
        if (predictedFrom[i] != below) {
            predicted[i] = problem.prediction(i, below);
            predictedFrom[i] = below;
        }
        return predicted[i];
    }

    /** q = rho (z - p) + lambda. */
    private static double[] credit(double[] state, double[] p, double[] lambda) {
        double[] q = new double[state.length];
        for (int k = 0; k < q.length; k++) {
            q[k] = state[k] - p[k] + lambda[k];
        }
        return q;
    }

    private double[] outputCredit(double[] p) {
        double[] y = problem.target();
        double[] q = new double[p.length];
        for (int k = 0; k < q.length; k++) {
            q[k] = y[k] - p[k];
        }
        return q;
    }

    void move(int i, double[] gradient) {
        double[] next = z[i].clone();
        for (int k = 0; k < next.length; k++) {
            next[k] -= eta * gradient[k];
        }
        z[i] = next;
    }

    /** Ascent of one multiplier by its own residual, to the state below that the layer reads. */
    void ascend(int i, double[] below) {
        double[] p = prediction(i, below);
        double[] next = dual[i].clone();
        for (int k = 0; k < next.length; k++) {
            next[k] += z[i][k] - p[k];
        }
        dual[i] = next;
    }

    void ascendAll() {
        for (int i = 1; i < z.length; i++) {
            ascend(i, z[i - 1]);
        }
    }

    /** q by layer 1 .. L at this moment, from which weights change by -s q f(z_{i-1})^T. */
    double[][] credits() {
        double[][] q = new double[problem.depth() + 1][];
        for (int i = 1; i < z.length; i++) {
            q[i] = credit(z[i], problem.prediction(i, z[i - 1]), dual[i]);
        }
        q[z.length] = outputCredit(problem.prediction(z.length, z[last()]));
        return q;
    }

    /** Euclidean norms of the multipliers by layer; the first is 0. */
    double[] dualNorms() {
        double[] out = new double[z.length];
        for (int i = 1; i < z.length; i++) {
            out[i] = Alignment.norm(dual[i]);
        }
        return out;
    }
}
