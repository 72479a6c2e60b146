package org.relaxon.experiments.problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.ImageShape;
import org.relaxon.experiments.data.Task;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;

/**
 * Makes the problem that options describe.
 *
 * @param spec the options
 */
record ProblemBuilder(ProblemSpec spec) {
    Problem build(DataSource source) throws IOException {
        return build(source, source.isRandom() ? null : source.set(spec.seed()));
    }

    Problem build(DataSource source, DataSet set) throws IOException {
        List<Integer> sizes = spec.layers().isEmpty() ? source.defaultLayers(set) : spec.layers();
        requireFit(sizes, set);
        int[] n = sizes.stream().mapToInt(Integer::intValue).toArray();
        Initialisation init = new Initialisation(spec.scheme(), spec.gain(), spec.seed());
        Network drawnNetwork =
                Network.layered(n, spec.activation(), spec.outputActivation(), spec.loss(), init);
        Network network =
                spec.weights().isEmpty()
                        ? drawnNetwork
                        : WeightsFile.load(Path.of(spec.weights()), drawnNetwork);
        Batch drawn =
                source.isRandom()
                        ? Batch.random(
                                n[0],
                                n[n.length - 1],
                                spec.loss(),
                                spec.seed(),
                                spec.firstSample(),
                                spec.batch())
                        : Batch.of(set, spec.seed(), spec.firstSample(), spec.batch());
        return new Problem(
                network,
                drawn.input(),
                drawn.target(),
                spec.data(),
                describe(network),
                set == null ? drawnTask() : Task.of(set),
                set == null ? Optional.empty() : ImageShape.of(set));
    }

    /** Random classes under the cross-entropy, otherwise random quantities. */
    private Task drawnTask() {
        return spec.loss().needsDistribution() ? Task.CLASSIFICATION : Task.REGRESSION;
    }

    private void requireFit(List<Integer> sizes, DataSet set) {
        int nIn = sizes.get(0);
        int nOut = sizes.get(sizes.size() - 1);
        if (set != null && (set.inputs() != nIn || set.classes() != nOut)) {
            throw new IllegalArgumentException(
                    "layers: %s has %d inputs and %d outputs, data %s has %d inputs and %d classes"
                            .formatted(
                                    text(sizes),
                                    nIn,
                                    nOut,
                                    set.name(),
                                    set.inputs(),
                                    set.classes()));
        }
        long weights = 0;
        long widest = 0;
        for (int l = 0; l < sizes.size(); l++) {
            weights += l == 0 ? 0 : (long) sizes.get(l) * sizes.get(l - 1);
            widest = Math.max(widest, sizes.get(l));
        }
        if (weights > ProblemSpec.NUMBERS_MAX) {
            throw new IllegalArgumentException(
                    "layers: %s has %d weights, at most %d are accepted"
                            .formatted(text(sizes), weights, ProblemSpec.NUMBERS_MAX));
        }
        if (widest * spec.batch() > ProblemSpec.NUMBERS_MAX) {
            throw new IllegalArgumentException(
                    "batch: %d columns of %d neurons, at most %d numbers are accepted"
                            .formatted(spec.batch(), widest, ProblemSpec.NUMBERS_MAX));
        }
    }

    private String describe(Network network) {
        return "%s %s, %s output, %s loss, %s weights with gain %s, %s data, batch %d, seed %d"
                .formatted(
                        network,
                        spec.activation().optionName(),
                        spec.outputActivation().optionName(),
                        spec.loss().optionName(),
                        spec.scheme().optionName(),
                        Numeral.text(spec.gain()),
                        spec.data(),
                        spec.batch(),
                        spec.seed());
    }

    private static String text(List<Integer> sizes) {
        return sizes.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
