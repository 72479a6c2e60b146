package org.relaxon.experiments.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.network.Network;

/**
 * A file in the neuromorphic intermediate representation (Pedersen et al., Nature Communications
 * 15, 8122, 2024). NIR has no activation but those of spiking neurons and integrators: what maps is
 * a graph of affine nodes, and all its populations are linear. Everything else is refused by name.
 */
public final class NirFile {
    private static final String VERSION = "1.0";

    private NirFile() {}

    /**
     * {@return the network of a file, with its weights and biases}
     *
     * @param file HDF5, as the Python package nir writes it
     * @param loss at the outputs, of which NIR knows nothing
     * @throws MalformedFileException naming a node that does not map, or what is wrong with it
     * @throws IOException if the file cannot be read
     */
    public static Network read(Path file, Loss loss) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(file.toString(), "this", "no file", "a regular file");
        }
        return new NirImport(file.toString(), graph(file), loss).network();
    }

    private static NirGraph graph(Path file) throws IOException {
        try (HdfFile hdf = new HdfFile(file)) {
            return new NirReader(file.toString(), hdf).graph();
        } catch (RuntimeException e) { // whatever its parser meets in bytes that are no HDF5
            throw new MalformedFileException(
                    file.toString(), "this", "no HDF5 file that can be read", "HDF5 as NIR has it");
        } catch (StackOverflowError e) {
            throw new MalformedFileException(
                    file.toString(), "this", "nested without an end", "HDF5 as NIR has it");
        }
    }

    /**
     * Writes a network with its weights as a new file.
     *
     * @param file to be created
     * @param network whose populations are linear and whose projections connect all neurons
     * @throws IllegalArgumentException naming the population or projection that NIR cannot state
     * @throws IOException if the file exists or cannot be written
     */
    public static void write(Path file, Network network) throws IOException {
        NirGraph graph = NirExport.of(network);
        Path place = Files.createTempDirectory("relaxon-nir");
        Path made = place.resolve("network.nir");
        try {
            try (WritableHdfFile hdf = HdfFile.write(made)) {
                hdf.putDataset("version", VERSION);
                write(hdf.putGroup("node"), graph);
            }
            WholeFile.create(
                    file,
                    out -> {
                        try (InputStream in = Files.newInputStream(made)) {
                            in.transferTo(out);
                        }
                    });
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(place);
        }
    }

    private static void write(WritableGroup group, NirGraph graph) {
        group.putDataset("type", "NIRGraph");
        String[][] edges =
                graph.edges().stream()
                        .map(edge -> new String[] {edge.from(), edge.to()})
                        .toArray(String[][]::new);
        group.putDataset("edges", edges);
        WritableGroup nodes = group.putGroup("nodes");
        graph.nodes().values().forEach(node -> write(nodes.putGroup(node.name()), node));
    }

    private static void write(WritableGroup group, NirNode node) {
        group.putDataset("type", node.kind().type());
        if (!node.hasWeights()) {
            group.putDataset("shape", new long[] {node.size()});
            return;
        }
        group.putDataset("weight", node.weight());
        if (node.bias() != null) {
            group.putDataset("bias", node.bias());
        }
        if (node.population() != null) {
            group.putGroup("metadata").putDataset("population", node.population());
        }
    }
}
