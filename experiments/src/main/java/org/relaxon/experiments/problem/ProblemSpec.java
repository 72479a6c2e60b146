package org.relaxon.experiments.problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.runtime.Conditions.Timing;

/**
 * The options that fix a {@link Problem}: the same options give the same numbers on every machine.
 * Start from {@link #defaults} and change what differs.
 *
 * @param layers n_0 ... n_L; empty for the default of the data: random 8,16,12,4; strokes
 *     784,64,32,10; two-moons 2,16,8,2; mnist and fashion-mnist 784,128,64,10; FILE.npz n,64,32,k
 * @param activation of hidden layers
 * @param outputActivation of the output; linear for cross-entropy
 * @param loss at the output
 * @param scheme distribution of the initial weights
 * @param gain factor of every initial weight
 * @param seed of weights, inputs, targets and the choice of examples
 * @param data {@code random} (inputs N(0, 1), targets U(-.8, .8) or a random class), {@code
 *     strokes}, {@code two-moons}, {@code mnist:DIR}, {@code fashion-mnist:DIR}, {@code idx:DIR}
 *     (training halves) or {@code FILE.npz}
 * @param batch number of examples, 1 to {@link #BATCH_MAX}
 * @param firstSample position of the first example in the order that the seed draws, at least 0
 * @param weights path of an NPZ file with W1, b1, ... to be used instead of drawn parameters; empty
 *     for none
 * @param graph populations and projections in place of layers; empty for a chain of layers
 * @param feedback feedback weights of their own for all projections of a chain that feed back;
 *     empty for transposed weights, and for a graph, which states its own
 */
public record ProblemSpec(
        List<Integer> layers,
        Activation activation,
        Activation outputActivation,
        Loss loss,
        Initialisation.Scheme scheme,
        double gain,
        long seed,
        String data,
        int batch,
        int firstSample,
        String weights,
        Optional<NetworkPlan> graph,
        Optional<FeedbackWeights> feedback) {

    /** The most examples in a batch. */
    public static final int BATCH_MAX = 1 << 16;

    /** The most layers, input included. */
    public static final int LAYERS_MAX = 1000;

    /** The most numbers in all weights, or in a batch: one GiB. */
    public static final long NUMBERS_MAX = 1L << 27;

    /**
     * Checks all fields.
     *
     * @param layers n_0 ..
     * @param activation of hidden layers
     * @param outputActivation of the output
     * @param loss at the output
     * @param scheme distribution of the initial weights
     * @param gain factor of every initial weight
     * @param seed of weights, inputs, targets and the choice of examples
     * @param data {@code random} (inputs N(0, 1), targets U(-.8, .8) or a random class), {@code
     *     strokes}, {@code two-moons}, {@code mnist:DIR}, {@code fashion-mnist:DIR}, {@code
     *     idx:DIR} (training halves) or {@code FILE.npz}
     * @param batch number of examples, 1 to {@link #BATCH_MAX}
     * @param firstSample position of the first example in the order that the seed draws, at least 0
     * @param weights path of an NPZ file with W1, b1, ..
     * @param graph populations and projections in place of layers
     * @param feedback feedback weights of their own for all projections of a chain that feed back
     * @throws IllegalArgumentException naming the field, its value and what is allowed
     */
    public ProblemSpec {
        layers = List.copyOf(layers);
        if (layers.size() == 1 || layers.size() > LAYERS_MAX) {
            throw new IllegalArgumentException(
                    "layers: need 2 to %d sizes, got %d".formatted(LAYERS_MAX, layers.size()));
        }
        for (int n : layers) {
            if (n < 1 || n > NetworkBuilder.NEURONS_MAX) {
                throw new IllegalArgumentException(
                        "layers: size %d is not in 1..%d".formatted(n, NetworkBuilder.NEURONS_MAX));
            }
        }
        if (!(gain >= 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("gain: need a finite number >= 0, got " + gain);
        }
        if (batch < 1 || batch > BATCH_MAX) {
            throw new IllegalArgumentException(
                    "batch: %d is not in 1..%d".formatted(batch, BATCH_MAX));
        }
        if (firstSample < 0) {
            throw new IllegalArgumentException(
                    "samples: first position %d must be at least 0".formatted(firstSample));
        }
        if (graph.isPresent() && !layers.isEmpty()) {
            throw new IllegalArgumentException("layers: a network file states its own sizes");
        }
        if (graph.isPresent() && feedback.isPresent()) {
            throw new IllegalArgumentException(
                    "feedback: a network file states that of every projection");
        }
        DataSource.parse(data);
    }

    /**
     * {@return one random example for 8-16-12-4, tanh, linear output, squared loss, uniform
     * weights, seed 1}
     */
    public static ProblemSpec defaults() {
        return new ProblemSpec(
                List.of(),
                StandardActivation.TANH,
                StandardActivation.LINEAR,
                StandardLoss.SQUARED,
                Initialisation.Scheme.UNIFORM,
                1.0,
                1,
                "random",
                1,
                0,
                "",
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@return the number of weight layers of the network; of the data's default if no layers are
     * named}
     */
    public int depth() {
        if (graph.isPresent()) {
            return graph.get().depth();
        }
        return (layers.isEmpty() ? DataSource.DEFAULT_LAYERS : layers.size()) - 1;
    }

    /** {@return the delays and refractory periods that belong to the network} */
    public Timing timing() {
        return graph.map(NetworkPlan::timing).orElse(Timing.NONE);
    }

    /** {@return the range of inputs that a training uses if none is requested} */
    public Inputs inputs() {
        return DataSource.parse(data).inputs();
    }

    /**
     * Draws weights, inputs and targets.
     *
     * @return the network with the batch
     * @throws IllegalArgumentException in one line, if options do not fit each other or the data
     * @throws IOException if a data file cannot be read or is malformed
     */
    public Problem build() throws IOException {
        return new ProblemBuilder(this).build(DataSource.parse(data));
    }

    /**
     * Draws one problem per seed; data files are read once.
     *
     * @param seeds each replaces the seed of this specification
     * @return the problems in the order of the seeds
     * @throws IOException if a data file cannot be read or is malformed
     * @throws IllegalArgumentException in one line, if options do not fit each other or the data
     */
    public List<Problem> buildAll(List<Long> seeds) throws IOException {
        DataSource source = DataSource.parse(data);
        List<Problem> problems = new ArrayList<>();
        for (long s : seeds) {
            problems.add(new ProblemBuilder(withSeed(s)).build(source));
        }
        return problems;
    }

    /**
     * Divides the data into examples to train on and to test on, with inputs in their default
     * range.
     *
     * @param train most examples to train on
     * @param test most examples to test on; {@link Integer#MAX_VALUE} for all of a file, 10,000 of
     *     a synthetic set
     * @return the two parts
     * @throws IOException if a file cannot be read or is malformed
     */
    public Split split(int train, int test) throws IOException {
        return split(train, test, null);
    }

    /**
     * Divides the data into examples to train on and to test on.
     *
     * @param train most examples to train on
     * @param test most examples to test on; {@link Integer#MAX_VALUE} for all of a file, 10,000 of
     *     a synthetic set
     * @param inputs range of the inputs; null for signed, or raw for NPZ files
     * @return the two parts
     * @throws IOException if a file cannot be read or is malformed
     */
    public Split split(int train, int test, Inputs inputs) throws IOException {
        return DataSource.parse(data).split(seed, train, test, inputs);
    }

    /**
     * Builds the network, with a batch of the examples that it is trained on.
     *
     * @param split the data
     * @return the network with the batch
     * @throws IOException if the file of weights cannot be read or is malformed
     */
    public Problem build(Split split) throws IOException {
        split.requireBatch(batch);
        return new ProblemBuilder(this).build(DataSource.parse(data), split.train());
    }

    /**
     * {@return the same with other layers}
     *
     * @param value n_0 ... n_L; empty for the default of the data
     */
    public ProblemSpec withLayers(int... value) {
        return with(draft -> draft.layers = Arrays.stream(value).boxed().toList());
    }

    /**
     * {@return the same with another activation of hidden layers}
     *
     * @param value the activation
     */
    public ProblemSpec withActivation(Activation value) {
        return with(draft -> draft.activation = value);
    }

    /**
     * {@return the same with another activation of the output}
     *
     * @param value the activation
     */
    public ProblemSpec withOutputActivation(Activation value) {
        return with(draft -> draft.outputActivation = value);
    }

    /**
     * {@return the same with another loss}
     *
     * @param value the loss
     */
    public ProblemSpec withLoss(Loss value) {
        return with(draft -> draft.loss = value);
    }

    /**
     * {@return the same with another distribution of the initial weights}
     *
     * @param value the distribution
     */
    public ProblemSpec withScheme(Initialisation.Scheme value) {
        return with(draft -> draft.scheme = value);
    }

    /**
     * {@return the same with another gain}
     *
     * @param value factor of every initial weight
     */
    public ProblemSpec withGain(double value) {
        return with(draft -> draft.gain = value);
    }

    /**
     * {@return the same with another seed}
     *
     * @param value seed of weights, inputs, targets and the choice of examples
     */
    public ProblemSpec withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    /**
     * {@return the same with other data}
     *
     * @param value the data, as {@link #data}
     */
    public ProblemSpec withData(String value) {
        return with(draft -> draft.data = value);
    }

    /**
     * {@return the same with another batch}
     *
     * @param value number of examples, 1 to {@link #BATCH_MAX}
     */
    public ProblemSpec withBatch(int value) {
        return with(draft -> draft.batch = value);
    }

    /**
     * {@return the same with another first example}
     *
     * @param value position in the order that the seed draws, at least 0
     */
    public ProblemSpec withFirstSample(int value) {
        return with(draft -> draft.firstSample = value);
    }

    /**
     * {@return the same with weights from a file}
     *
     * @param value path of an NPZ file; empty for drawn weights
     */
    public ProblemSpec withWeights(String value) {
        return with(draft -> draft.weights = value);
    }

    /**
     * {@return the same with populations and projections in place of layers}
     *
     * @param value the plan
     */
    public ProblemSpec withGraph(NetworkPlan value) {
        return with(draft -> draft.graph = Optional.of(value));
    }

    /**
     * {@return the same with feedback weights of their own}
     *
     * @param value how they are drawn and change
     */
    public ProblemSpec withFeedback(FeedbackWeights value) {
        return with(draft -> draft.feedback = Optional.of(value));
    }

    private ProblemSpec with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The components of one record, mutable until the next record is made. */
    private static final class Draft {
        private List<Integer> layers;
        private Activation activation;
        private Activation outputActivation;
        private Loss loss;
        private Initialisation.Scheme scheme;
        private double gain;
        private long seed;
        private String data;
        private int batch;
        private int firstSample;
        private String weights;
        private Optional<NetworkPlan> graph;
        private Optional<FeedbackWeights> feedback;

        private Draft(ProblemSpec from) {
            layers = from.layers;
            activation = from.activation;
            outputActivation = from.outputActivation;
            loss = from.loss;
            scheme = from.scheme;
            gain = from.gain;
            seed = from.seed;
            data = from.data;
            batch = from.batch;
            firstSample = from.firstSample;
            weights = from.weights;
            graph = from.graph;
            feedback = from.feedback;
        }

        private ProblemSpec done() {
            return new ProblemSpec(
                    layers,
                    activation,
                    outputActivation,
                    loss,
                    scheme,
                    gain,
                    seed,
                    data,
                    batch,
                    firstSample,
                    weights,
                    graph,
                    feedback);
        }
    }
}
