package org.relaxon.model.phase;

import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;

/**
 * What is imposed on the network during one settling: the clamped input, the target, and the
 * nudging strength of every column. Immutable; the arrays must not be written to once handed over.
 *
 * <p>A column is one example under one beta: +beta, -beta and more can settle side by side.
 */
public final class Phase {
    private final Matrix input;
    private final Matrix target;
    private final double[] beta;
    private final String start;

    private Phase(Matrix input, Matrix target, double[] beta, String start) {
        this.input = input;
        this.target = target;
        this.beta = beta;
        this.start = start;
    }

    /** The free phase: beta = 0 in every column of {@code input}, shape (n_0, columns). */
    public static Phase free(Matrix input) {
        return new Phase(input, null, new double[input.columns()], null);
    }

    /**
     * A nudged phase with one beta for all columns.
     *
     * @param input shape (n_0, columns)
     * @param target shape (n_L, columns)
     */
    public static Phase nudged(Matrix input, Matrix target, double beta) {
        double[] all = new double[input.columns()];
        java.util.Arrays.fill(all, beta);
        return nudged(input, target, all);
    }

    /** A nudged phase with one beta per column. */
    public static Phase nudged(Matrix input, Matrix target, double[] beta) {
        return new Phase(input, target, beta.clone(), null);
    }

    /** The same phase, started from a state that the session saved under {@code snapshot}. */
    public Phase startingFrom(String snapshot) {
        return new Phase(input, target, beta, snapshot);
    }

    /**
     * Refuses what cannot be imposed on {@code network}: wrong shapes, values that are not finite,
     * a nudging strength outside what the loss allows.
     *
     * @throws IllegalArgumentException naming field, value and allowed range
     */
    public void validate(Network network) {
        requireShape("input", input, network.input().size(), beta.length);
        if (target != null) {
            requireShape("target", target, network.output().size(), beta.length);
        }
        if (beta.length == 0) {
            throw new IllegalArgumentException("input: need at least one column, got 0");
        }
        for (double b : beta) {
            if (!network.loss().accepts(b)) {
                throw new IllegalArgumentException(
                        "beta: %s must be %s".formatted(b, network.loss().betaRange()));
            }
            if (b != 0.0 && target == null) {
                throw new IllegalArgumentException("target: a nudged phase needs one");
            }
        }
    }

    /** Clamped input, shape (n_0, columns). */
    public Matrix input() {
        return input;
    }

    /** Target, shape (n_L, columns); null in a free phase. */
    public Matrix target() {
        return target;
    }

    /** Number of columns. */
    public int columns() {
        return beta.length;
    }

    /** Nudging strength of one column, dimensionless. */
    public double beta(int column) {
        return beta[column];
    }

    /** Nudging strengths of all columns; a copy. */
    public double[] betas() {
        return beta.clone();
    }

    /** Name of the saved state to start from, or null for a start at rest (zeros). */
    public String start() {
        return start;
    }

    private static void requireShape(String name, Matrix m, int rows, int columns) {
        if (m.rows() != rows || m.columns() != columns) {
            throw new IllegalArgumentException(
                    "%s has shape (%d, %d), the network asks for (%d, %d)"
                            .formatted(name, m.rows(), m.columns(), rows, columns));
        }
        int[] bad = m.firstNonFinite();
        if (bad != null) {
            throw new IllegalArgumentException(
                    "%s[%d, %d] is %s; it must be finite"
                            .formatted(name, bad[0], bad[1], m.get(bad[0], bad[1])));
        }
    }
}
