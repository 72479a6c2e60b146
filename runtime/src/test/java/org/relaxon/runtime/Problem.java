package org.relaxon.runtime;

import java.util.Arrays;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;

/**
 * A random network with inputs and targets: a pure function of the seed and the shape, which is all
 * that a failing assertion has to print.
 */
record Problem(long seed, Network network, Matrix input, Matrix target) {
    private static final long INPUT_STREAM = 1L << 50;
    private static final long TARGET_STREAM = 1L << 51;

    /** A tanh network with a linear output and squared loss. */
    static Problem tanh(long seed, int columns, int... sizes) {
        return of(seed, columns, StandardActivation.TANH, StandardActivation.LINEAR, sizes);
    }

    /** Any activations, squared loss. */
    static Problem of(long seed, int columns, Activation hidden, Activation output, int... sizes) {
        Network network =
                Network.layered(
                        sizes, hidden, output, StandardLoss.SQUARED, Initialisation.uniform(seed));
        return new Problem(
                seed,
                network,
                normal(seed, INPUT_STREAM, sizes[0], columns),
                normal(seed, TARGET_STREAM, sizes[sizes.length - 1], columns));
    }

    /** A tanh network with cross-entropy and one-hot targets. */
    static Problem classifier(long seed, int columns, int... sizes) {
        Network network =
                Network.layered(
                        sizes,
                        StandardActivation.TANH,
                        StandardActivation.LINEAR,
                        StandardLoss.CROSS_ENTROPY,
                        Initialisation.uniform(seed));
        int classes = sizes[sizes.length - 1];
        Matrix target = Matrix.zeros(classes, columns);
        for (int c = 0; c < columns; c++) {
            int label = (int) (classes * CounterRandom.uniform(seed, TARGET_STREAM, c));
            target.values()[label * columns + c] = 1.0;
        }
        return new Problem(seed, network, normal(seed, INPUT_STREAM, sizes[0], columns), target);
    }

    /** All columns under one beta. */
    Phase nudged(double beta) {
        return Phase.nudged(input, target, beta);
    }

    /** Every example once under +beta and once under -beta. */
    Phase centred(double beta) {
        return Estimator.CENTRED.phase(input, target, beta);
    }

    Phase free() {
        return Phase.free(input);
    }

    /** The first examples only, shape (n, columns). */
    Problem first(int columns) {
        return part(0, columns);
    }

    /** Some examples only, shape (n, columns). */
    Problem part(int from, int columns) {
        return new Problem(seed, network, part(input, from, columns), part(target, from, columns));
    }

    private static Matrix part(Matrix m, int from, int columns) {
        Matrix out = Matrix.zeros(m.rows(), columns);
        for (int r = 0; r < m.rows(); r++) {
            System.arraycopy(
                    m.values(), r * m.columns() + from, out.values(), r * columns, columns);
        }
        return out;
    }

    private static Matrix normal(long seed, long stream, int rows, int columns) {
        double[] values = new double[rows * columns];
        Arrays.setAll(values, k -> CounterRandom.normal(seed, stream, k));
        return Matrix.of(rows, columns, values);
    }

    /** What replays this problem, for messages. */
    @Override
    public String toString() {
        return "seed %d, network %s, %d columns".formatted(seed, network, input.columns());
    }
}
