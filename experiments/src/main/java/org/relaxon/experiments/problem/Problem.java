package org.relaxon.experiments.problem;

import java.io.IOException;
import java.util.Optional;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.experiments.data.Task;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * A network and a batch of B examples for it.
 *
 * @param network with its initial weights
 * @param input shape (n_0, B)
 * @param target shape (n_L, B)
 * @param data where the batch comes from, as {@link ProblemSpec#data}
 * @param description one line for display
 * @param task meaning of the outputs
 * @param image how inputs make a picture, if they do
 * @param precision of the weights, and of products with them
 */
public record Problem(
        Network network,
        Matrix input,
        Matrix target,
        String data,
        String description,
        Task task,
        Optional<ImageShape> image,
        Kernels.Precision precision) {

    /** Largest deviation of a cross-entropy target's column sum from 1: float32 rounding. */
    private static final double SUM_TOLERANCE = 1e-6;

    /**
     * Checks that all parts fit each other.
     *
     * @param network with its initial weights
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param data where the batch comes from, as {@link ProblemSpec#data}
     * @param description one line for display
     * @param task meaning of the outputs
     * @param image how inputs make a picture, if they do
     * @param precision of the weights, and of products with them
     * @throws IllegalArgumentException if a shape does not fit the network, a number is not finite,
     *     or a target of the cross-entropy loss is not a distribution
     */
    public Problem {
        requireShape("input", input, network.inputSize(), input.columns());
        requireShape("target", target, network.outputSize(), input.columns());
        if (network.loss().needsDistribution()) {
            requireDistributions(network, target);
        }
    }

    /**
     * Creates a regression problem whose inputs make no picture.
     *
     * @param network with its initial weights
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param data where the batch comes from, as {@link ProblemSpec#data}
     * @param description one line for display
     */
    public Problem(Network network, Matrix input, Matrix target, String data, String description) {
        this(
                network,
                input,
                target,
                data,
                description,
                Task.REGRESSION,
                Optional.empty(),
                Kernels.Precision.DOUBLE);
    }

    /**
     * {@return a problem whose network is an outline: its weights are absent, see {@link
     * Network#zeros(int[][])}, and there may be any number of them}
     *
     * @param spec the options
     * @throws IOException if a data file cannot be read or is malformed
     * @throws IllegalArgumentException if options do not fit each other or the data, or state
     *     weights that are not drawn
     */
    public static Problem outline(ProblemSpec spec) throws IOException {
        if (!spec.weights().isEmpty()) {
            throw new IllegalArgumentException(
                    "weights: an outline draws the weights that it needs; leave out --weights");
        }
        return new ProblemBuilder(spec, true).build(DataSource.parse(spec.data()));
    }

    /**
     * {@return the same problem with weights rounded to a precision, in which cells multiply by
     * them}
     *
     * @param value the precision; with double this problem itself
     */
    public Problem in(Kernels.Precision value) {
        return value == precision
                ? this
                : with(network.with(network.parameters().rounded(value)), value);
    }

    private Problem with(Network other, Kernels.Precision value) {
        return new Problem(other, input, target, data, description, task, image, value);
    }

    /** {@return the number B of examples} */
    public int examples() {
        return input.columns();
    }

    /** {@return whether every projection is a matrix} */
    public boolean isDense() {
        return DenseEquivalent.isDense(network);
    }

    /**
     * {@return the same problem with a matrix for every projection, as most references need it;
     * this one if it is such a problem, and nothing if the matrices would be too large} They are
     * filled again at each call: the weights of a network can change in place, unnoticed.
     */
    public Optional<Problem> dense() {
        if (isDense()) {
            return Optional.of(this);
        }
        if (!DenseEquivalent.fits(network)) {
            return Optional.empty();
        }
        Network dense = DenseEquivalent.of(network);
        return Optional.of(with(dense, precision));
    }

    /**
     * {@return a gradient by the weights of the {@link #dense} problem as one by the numbers that
     * this network stores, each the sum over the synapses that share it}
     *
     * @param gradient in the shapes of the dense network
     */
    public Parameters stored(Parameters gradient) {
        return isDense() ? gradient : DenseEquivalent.gather(network, gradient);
    }

    /**
     * {@return weights and biases by the numbers that this network stores as those of the {@link
     * #dense} problem, which is given}
     *
     * @param dense from {@link #dense}
     * @param stored in the shapes of this network
     */
    public Parameters expanded(Problem dense, Parameters stored) {
        return isDense() ? stored : DenseEquivalent.expand(network, stored, dense.network);
    }

    private static void requireShape(String name, Matrix m, int rows, int columns) {
        if (m.rows() != rows || m.columns() != columns || columns < 1) {
            throw new IllegalArgumentException(
                    "%s has shape (%d, %d), the network needs (%d, B) with one B >= 1"
                            .formatted(name, m.rows(), m.columns(), rows));
        }
        int[] bad = m.firstNonFinite();
        if (bad != null) {
            throw new IllegalArgumentException(
                    "%s[%d, %d] is %s; it must be finite"
                            .formatted(name, bad[0], bad[1], m.get(bad[0], bad[1])));
        }
    }

    /** Each output has a distribution of its own. */
    private static void requireDistributions(Network network, Matrix target) {
        for (int c = 0; c < target.columns(); c++) {
            double[] column = target.columnValues(c);
            for (Population p : network.outputs()) {
                requireDistribution(network.rowsOf(column, 1, p.index()), "column", c);
            }
        }
    }

    /**
     * @param kind name of the numbered item, for a message
     * @throws IllegalArgumentException if a share is negative or the sum is not 1
     */
    static void requireDistribution(double[] target, String kind, int number) {
        double sum = 0.0;
        for (int r = 0; r < target.length; r++) {
            if (!(target[r] >= 0.0)) {
                throw new IllegalArgumentException(
                        "target[%d, %d] is %s; cross-entropy needs shares >= 0"
                                .formatted(r, number, target[r]));
            }
            sum += target[r];
        }
        if (!(Math.abs(sum - 1.0) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "target: %s %d sums to %s; cross-entropy needs columns that sum to 1"
                            .formatted(kind, number, sum));
        }
    }
}
