package org.relaxon.tools.cli.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.relaxon.experiments.format.NpzWriter;
import org.relaxon.experiments.nir.NirFile;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import picocli.CommandLine.Option;

/** Options that exchange networks of linear populations with other programs, as NIR files. */
final class NirOptions {
    @Option(
            names = "--from-nir",
            paramLabel = "FILE.nir",
            description =
                    "Read the network and its weights from a file in the neuromorphic intermediate"
                            + " representation instead, see docs/networks.md.")
    private Path from;

    @Option(
            names = "--nir",
            paramLabel = "FILE.nir",
            description =
                    "Write the network and its weights as a new NIR file; the weights are those of"
                            + " --weights or --from-nir.")
    private Path to;

    @Option(
            names = "--write-weights",
            paramLabel = "FILE.npz",
            description =
                    "With --from-nir, write its weights as a new file for the option --weights.")
    private Path weights;

    /** Refuses options that have no effect, and files that could not be written. */
    void require(GivenOptions given, Path file) {
        if (from != null) {
            if (file != null) {
                throw new IllegalArgumentException(
                        "from-nir: name a network file or a NIR file, not both");
            }
            given.requireNone(
                    List.of(
                            "--layers",
                            "--network",
                            "--weights",
                            "--feedback",
                            "--activation",
                            "--output-activation",
                            "--init",
                            "--data"),
                    "the NIR file states the network");
        }
        if (weights != null && from == null) {
            throw new IllegalArgumentException("write-weights: has no effect without --from-nir");
        }
        for (Path one : written()) {
            OutputOptions.requireNew(one.equals(to) ? "nir" : "write-weights", one);
        }
    }

    /** Whether weights are read, from an NPZ file for a NIR file. */
    boolean wantsWeights() {
        return to != null && from == null;
    }

    /** The network that is shown. */
    Network network(ProblemSpec described) throws IOException {
        if (from != null) {
            return NirFile.read(from, described.loss());
        }
        if (to != null && described.weights().isEmpty()) {
            throw new IllegalArgumentException(
                    "nir: a NIR file holds weights; give --weights FILE.npz, such as the arrays.npz of a run");
        }
        if (to != null && !described.timing().isEmpty()) {
            throw new IllegalArgumentException(
                    "nir: the network file states delays or refractory periods, which a NIR file of affine nodes cannot hold; leave them out");
        }
        return described.build().network();
    }

    /** Writes what was requested. */
    void write(Network network) throws IOException {
        if (to != null) {
            NirFile.write(to, network);
        }
        if (weights != null) {
            WholeFile.create(
                    weights,
                    out -> {
                        try (NpzWriter npz = NpzWriter.to(out)) {
                            put(npz, network, network.parameters());
                        }
                    });
        }
    }

    private static void put(NpzWriter npz, Network network, Parameters parameters)
            throws IOException {
        for (Projection e : network.projections()) {
            npz.put("W" + e.name(), parameters.weights(e.index()));
        }
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                npz.put("b" + p.name(), parameters.biases(p.index()), p.size());
            }
        }
    }

    /** The files that are written. */
    List<Path> written() {
        return new ArrayList<>(Stream.of(to, weights).filter(Objects::nonNull).toList());
    }
}
