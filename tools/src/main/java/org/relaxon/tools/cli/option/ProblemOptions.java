package org.relaxon.tools.cli.option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.relaxon.experiments.problem.NetworkFile;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.theory.Defaults;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Projection.FeedbackWeights;
import picocli.CommandLine.Option;

/** Options that fix network and data. */
public final class ProblemOptions {
    @Option(
            names = "--layers",
            paramLabel = "N,N,...",
            description = "Layer sizes, input first. Default by data: random 8,16,12,4.")
    private String layers;

    @Option(
            names = "--activation",
            paramLabel = "F",
            defaultValue = "tanh",
            description = "Activation of the hidden layers. Default ${DEFAULT-VALUE}.")
    private String activation;

    @Option(
            names = "--network",
            paramLabel = "FILE",
            description =
                    "Populations and projections from a network file instead of --layers, see"
                            + " docs/networks.md.")
    private Path network;

    @Option(
            names = "--feedback",
            paramLabel = "KIND",
            description =
                    "Feedback weights of their own instead of transposed weights, for a chain:"
                            + " random[:seed=S], kolen-pollack:KAPPA[,seed=S] or"
                            + " homeostasis:C[,seed=S]. They are drawn from the seed S, default 1,"
                            + " the same for every --seed. The network then has no energy, and"
                            + " no gradient is claimed, see docs/networks.md.")
    private String feedback;

    @Option(
            names = "--output-activation",
            paramLabel = "F",
            defaultValue = "linear",
            description = "Activation of the output layer. Default ${DEFAULT-VALUE}.")
    private String outputActivation;

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            defaultValue = "squared",
            description = "squared or cross-entropy. Default ${DEFAULT-VALUE}.")
    private String loss;

    @Option(
            names = "--init",
            paramLabel = "SCHEME",
            description =
                    "uniform, normal, he or glorot, or with a scale for each projection ntp or"
                            + " depth-mup. Default uniform; normal with gain 0.4 for ep, hep,"
                            + " chl-clamped and coupled, unless --gain is given.")
    private String init;

    @Option(
            names = "--gain",
            paramLabel = "X",
            description =
                    "Factor of every initial weight. Default 1, or as for --init. With --gain and"
                            + " without --init, weights are uniform for every algorithm.")
    private Double gain;

    @Option(
            names = "--weights",
            paramLabel = "FILE.npz",
            description =
                    "Read weights W1 (to, from), b1, ... from a file like arrays.npz"
                            + " instead of drawing them, see docs/data.md.")
    private String weights;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "random",
            description =
                    "random, strokes, two-moons, mnist:DIR, fashion-mnist:DIR, idx:DIR for other IDX"
                            + " files, or FILE.npz with arrays x0 (inputs, examples) and target"
                            + " (outputs, examples) or labels (examples), see docs/data.md. Default"
                            + " ${DEFAULT-VALUE}.")
    private String data;

    @Option(
            names = {"--batch", "--batch-size"},
            paramLabel = "B",
            description =
                    "Examples that settle together. Default 1; 64 in a training, or all if fewer.")
    private Integer batch;

    @Option(
            names = "--samples",
            paramLabel = "FIRST",
            defaultValue = "0",
            description =
                    "First example, in the order that the seed draws. Default ${DEFAULT-VALUE}.")
    private int firstSample;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of weights, data, delays and jitter. Default ${DEFAULT-VALUE}.")
    private long seed;

    /** {@return the network file, however it was named} */
    public Optional<Path> networkFile() {
        return Optional.ofNullable(network);
    }

    /**
     * Reads the network from a file, whichever way it was named.
     *
     * @param file HOCON
     */
    public void readFrom(Path file) {
        if (network != null) {
            throw new IllegalArgumentException("network: named twice, " + network + " and " + file);
        }
        network = file;
    }

    /** {@return the seed of weights, data and host} */
    public long seed() {
        return seed;
    }

    /**
     * The same with another default batch size.
     *
     * @param algorithm with its initial weights
     * @param preset examples
     * @return the description
     */
    public ProblemSpec spec(Algorithm algorithm, int preset) {
        ProblemSpec spec = spec(algorithm);
        return batch == null ? spec.withBatch(preset) : spec;
    }

    /**
     * The options as one description of a problem, with the initial weights of an algorithm.
     *
     * @param algorithm with its initial weights
     * @return the description
     */
    public ProblemSpec spec(Algorithm algorithm) {
        ProblemSpec spec = spec();
        return init == null && gain == null ? Defaults.of(algorithm).applyTo(spec) : spec;
    }

    /** {@return the options as one description of a problem} */
    public ProblemSpec spec() {
        ProblemSpec spec =
                ProblemSpec.defaults()
                        .withActivation(Catalog.activation("activation", activation))
                        .withOutputActivation(
                                Catalog.activation("output-activation", outputActivation))
                        .withLoss(Catalog.loss(loss))
                        .withScheme(
                                init == null
                                        ? Initialisation.Scheme.UNIFORM
                                        : choice("init", Initialisation.Scheme.values(), init))
                        .withGain(gain == null ? 1.0 : gain)
                        .withSeed(seed)
                        .withData(data)
                        .withBatch(batch == null ? 1 : batch)
                        .withFirstSample(firstSample)
                        .withWeights(weights == null ? "" : weights);
        spec = feedback == null ? spec : spec.withFeedback(FeedbackWeights.parse(feedback));
        ProblemSpec sized = layers == null ? spec : spec.withLayers(sizes());
        if (network != null && feedback != null) {
            throw new IllegalArgumentException(
                    "feedback: has no effect beside a network file; write feedback = \"%s\" at each projection in the file that is to have it"
                            .formatted(feedback));
        }
        return network == null ? sized : sized.withGraph(plan());
    }

    private NetworkPlan plan() {
        if (layers != null) {
            throw new IllegalArgumentException("layers: a network file states its own sizes");
        }
        try {
            return NetworkFile.read(network, name -> Catalog.activation("activation", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int[] sizes() {
        try {
            return Arrays.stream(layers.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "layers: \"%s\" is not a list of whole numbers such as 8,16,12,4"
                            .formatted(layers),
                    e);
        }
    }

    /** The constant whose name in lower case with hyphens is {@code text}. */
    static <E extends Enum<E>> E choice(String option, E[] values, String text) {
        for (E value : values) {
            if (optionName(value).equals(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "%s: \"%s\" is not one of %s"
                        .formatted(
                                option,
                                text,
                                String.join(
                                        ", ",
                                        Arrays.stream(values)
                                                .map(ProblemOptions::optionName)
                                                .toList())));
    }

    private static String optionName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
