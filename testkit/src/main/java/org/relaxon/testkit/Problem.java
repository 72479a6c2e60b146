package org.relaxon.testkit;

import java.util.Arrays;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;

/**
 * A random network with inputs and targets: a pure function of the seed and the shape, which is all
 * that a failing assertion has to print.
 *
 * @param seed seed of the weights, inputs and targets
 * @param network network with its initial weights
 * @param input shape (n input, columns)
 * @param target shape (n output, columns)
 */
public record Problem(long seed, Network network, Matrix input, Matrix target) {
    private static final long INPUT_STREAM = 1L << 50;
    private static final long TARGET_STREAM = 1L << 51;

    /**
     * {@return a chain of layers with tanh, a linear output and squared loss}
     *
     * @param seed seed of everything
     * @param columns number of examples
     * @param sizes neurons per layer, from the input to the output
     */
    public static Problem tanh(long seed, int columns, int... sizes) {
        return of(seed, columns, StandardActivation.TANH, StandardActivation.LINEAR, sizes);
    }

    /**
     * {@return a chain of layers with squared loss}
     *
     * @param seed seed of everything
     * @param columns number of examples
     * @param hidden activation of the hidden layers
     * @param output activation of the output
     * @param sizes neurons per layer, from the input to the output
     */
    public static Problem of(
            long seed, int columns, Activation hidden, Activation output, int... sizes) {
        Network network =
                Network.layered(
                        sizes, hidden, output, StandardLoss.SQUARED, Initialisation.uniform(seed));
        return of(seed, columns, network);
    }

    /**
     * {@return a chain of layers with tanh, a linear output, squared loss, and feedback weights of
     * their own for all projections that feed back}
     *
     * @param seed seed of inputs and targets
     * @param columns number of examples
     * @param own kind of the feedback weights
     * @param init distribution of weights and biases
     * @param sizes neurons per layer, from the input to the output
     */
    public static Problem withFeedback(
            long seed, int columns, FeedbackWeights own, Initialisation init, int... sizes) {
        NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED).input("0", sizes[0]);
        int last = sizes.length - 1;
        for (int l = 1; l < last; l++) {
            builder.hidden("" + l, sizes[l], StandardActivation.TANH);
        }
        builder.output("" + last, sizes[last], StandardActivation.LINEAR);
        for (int l = 1; l <= last; l++) {
            builder.project("" + l, "" + (l - 1), "" + l);
        }
        for (int l = 2; l <= last; l++) {
            builder.feedback("" + l, own);
        }
        return of(seed, columns, builder.build(init));
    }

    /**
     * {@return a network with normally distributed inputs and targets}
     *
     * @param seed seed of inputs and targets
     * @param columns number of examples
     * @param network any network whose loss takes any target
     */
    public static Problem of(long seed, int columns, Network network) {
        return new Problem(
                seed,
                network,
                normal(seed, INPUT_STREAM, network.input().size(), columns),
                normal(seed, TARGET_STREAM, network.output().size(), columns));
    }

    /**
     * {@return a random graph without cycles, with tanh, a linear output and squared loss}
     *
     * @param seed seed of everything, the graph among it
     * @param columns number of examples
     */
    public static Problem graph(long seed, int columns) {
        return of(seed, columns, RandomGraph.of(seed, StandardActivation.TANH));
    }

    /**
     * {@return a random graph with lateral or recurrent projections, a linear output and squared
     * loss}
     *
     * @param seed seed of everything, the graph among it
     * @param columns number of examples
     * @param hidden activation of the hidden populations
     */
    public static Problem withCycles(long seed, int columns, Activation hidden) {
        return of(seed, columns, RandomGraph.withCycles(seed, hidden));
    }

    /**
     * {@return a chain of layers with tanh, cross-entropy and one-hot targets}
     *
     * @param seed seed of everything
     * @param columns number of examples
     * @param sizes neurons per layer, from the input to the output
     */
    public static Problem classifier(long seed, int columns, int... sizes) {
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

    /**
     * {@return the phase with all columns under one strength}
     *
     * @param beta strength of the nudge
     */
    public Phase nudged(double beta) {
        return Phase.nudged(input, target, beta);
    }

    /**
     * {@return the phase with every example once under +beta and once under -beta}
     *
     * @param beta strength of the nudge
     */
    public Phase centred(double beta) {
        return Estimator.CENTRED.phase(input, target, beta);
    }

    /** {@return the phase without a target} */
    public Phase free() {
        return Phase.free(input);
    }

    /**
     * {@return the first examples only}
     *
     * @param columns number of examples to keep
     */
    public Problem first(int columns) {
        return part(0, columns);
    }

    /**
     * {@return some examples only}
     *
     * @param from index of the first example to keep
     * @param columns number of examples to keep
     */
    public Problem part(int from, int columns) {
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

    /**
     * {@return normally distributed numbers}
     *
     * @param seed seed of the numbers
     * @param stream which of the seed's numbers
     * @param rows number of rows
     * @param columns number of columns
     */
    public static Matrix normal(long seed, long stream, int rows, int columns) {
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
