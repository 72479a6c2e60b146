package org.relaxon.experiments.nir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Population.Role;
import org.relaxon.model.network.Projection;

/** Graphs of affine nodes become networks and back, and everything else is refused by name. */
class NirFileTest {
    private static final double[][] THREE_TO_TWO = {{1, 2, 3}, {4, 5, 6}};
    private static final double[][] TWO_TO_ONE = {{-1, 0.5}};
    private static final double[][] THREE_TO_ONE = {{7, 8, 9}};

    @TempDir private Path temp;

    private static Network network(List<Node> nodes, List<Edge> edges) {
        return new NetworkPlan(nodes, edges)
                .build(
                        StandardActivation.LINEAR,
                        StandardActivation.LINEAR,
                        StandardLoss.SQUARED,
                        Initialisation.uniform(3));
    }

    private static Network skip() {
        return network(
                List.of(
                        new Node("x", 5, Role.INPUT, null),
                        new Node("low", 4, Role.HIDDEN, null),
                        new Node("high", 3, Role.HIDDEN, null),
                        new Node("y", 2, Role.OUTPUT, null)),
                List.of(
                        new Edge("low", "x", "low"),
                        new Edge("high", "low", "high"),
                        new Edge("over", "x", "high"),
                        new Edge("last", "high", "y"),
                        new Edge("far", "low", "y")));
    }

    private Network again(Network network) throws IOException {
        Path file = temp.resolve("n.nir");
        Files.deleteIfExists(file);
        NirFile.write(file, network);
        return NirFile.read(file, StandardLoss.SQUARED);
    }

    /** Weights by name and biases by name. */
    private static Map<String, double[][]> arrays(Network network) {
        Map<String, double[][]> out = new TreeMap<>();
        for (Projection e : network.projections()) {
            String ends =
                    " from %s to %s"
                            .formatted(
                                    network.population(e.pre()).name(),
                                    network.population(e.post()).name());
            out.put("W" + e.name() + ends, network.parameters().weights(e.index()));
        }
        for (Population p : network.populations()) {
            String name = "b%s %s %d".formatted(p.name(), p.role(), p.size());
            boolean input = p.role() == Role.INPUT;
            out.put(name, new double[][] {input ? null : network.parameters().biases(p.index())});
        }
        return out;
    }

    private static void requireSame(Network a, Network b) {
        Map<String, double[][]> one = arrays(a);
        Map<String, double[][]> other = arrays(b);
        assertEquals(one.keySet(), other.keySet());
        one.forEach((name, w) -> assertArrayEquals(w, other.get(name), name));
    }

    @Test
    void aNetworkWithASkipSurvives() throws IOException {
        requireSame(skip(), again(skip()));
    }

    @Test
    void aChainSurvives() throws IOException {
        Network chain =
                network(
                        List.of(
                                new Node("0", 3, Role.INPUT, null),
                                new Node("1", 4, Role.HIDDEN, null),
                                new Node("2", 2, Role.OUTPUT, null)),
                        List.of(new Edge("1", "0", "1"), new Edge("2", "1", "2")));
        requireSame(chain, again(chain));
    }

    @Test
    void severalInputsAndOutputsSurvive() throws IOException {
        Network network =
                network(
                        List.of(
                                new Node("a", 3, Role.INPUT, null),
                                new Node("b", 2, Role.INPUT, null),
                                new Node("h", 4, Role.HIDDEN, null),
                                new Node("y", 2, Role.OUTPUT, null),
                                new Node("z", 3, Role.OUTPUT, null)),
                        List.of(
                                new Edge("ah", "a", "h"),
                                new Edge("bh", "b", "h"),
                                new Edge("y", "h", "y"),
                                new Edge("z", "y", "z")));
        requireSame(network, again(network));
    }

    /** Nodes of a graph, as the test writes them. */
    private final class Graph {
        private final Path file = temp.resolve("g.nir");
        private final WritableHdfFile hdf = HdfFile.write(file);
        private final WritableGroup graph = hdf.putGroup("node");
        private final WritableGroup nodes = graph.putGroup("nodes");

        Graph type(String type) {
            graph.putDataset("type", type);
            return this;
        }

        WritableGroup node(String name, String type) {
            WritableGroup group = nodes.putGroup(name);
            group.putDataset("type", type);
            return group;
        }

        Graph ends(String name, String type, long... shape) {
            node(name, type).putDataset("shape", shape);
            return this;
        }

        Graph affine(String name, double[][] weight, double... bias) {
            WritableGroup group = node(name, bias.length > 0 ? "Affine" : "Linear");
            group.putDataset("weight", weight);
            if (bias.length > 0) {
                group.putDataset("bias", bias);
            }
            return this;
        }

        Network read(String... edges) throws IOException {
            String[][] pairs = new String[edges.length][];
            for (int k = 0; k < edges.length; k++) {
                pairs[k] = edges[k].split(">");
            }
            graph.putDataset("edges", pairs);
            hdf.close();
            return NirFile.read(file, StandardLoss.SQUARED);
        }
    }

    private Graph graph() {
        return new Graph().type("NIRGraph");
    }

    @Test
    void nodesWithTheSameSuccessorsAreOnePopulation() throws IOException {
        Network network =
                graph().ends("in", "Input", 1, 3)
                        .ends("out", "Output", 1)
                        .affine("a", THREE_TO_TWO, 0.5, 0.25)
                        .affine("b", THREE_TO_TWO, 1, 2)
                        .affine("c", TWO_TO_ONE, 3)
                        .affine("d", THREE_TO_ONE)
                        .read("in>a", "in>b", "a>c", "b>c", "in>d", "d>out", "c>out");
        assertEquals(
                List.of("in", "a", "c"),
                network.populations().stream().map(Population::name).toList());
        assertArrayEquals(new double[] {1.5, 2.25}, network.parameters().biases(1));
        assertArrayEquals(new double[] {3}, network.parameters().biases(2));
        assertEquals(
                List.of("a", "b", "c", "d"),
                network.projections().stream().map(Projection::name).sorted().toList());
        assertEquals(StandardActivation.LINEAR, network.population(1).activation());
    }

    @Test
    void shapesAreFlattened() throws IOException {
        Graph graph = graph().ends("in", "Input", 3, 1, 1).ends("out", "Output", 2);
        graph.node("flat", "Flatten").putDataset("input_type", new long[] {3, 1, 1});
        Network network = graph.affine("a", THREE_TO_TWO, 0, 0).read("in>flat", "flat>a", "a>out");
        assertEquals(3, network.inputSize());
        assertArrayEquals(THREE_TO_TWO, network.parameters().weights(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in>a a>out a>a2 | a2 is missing",
                "in>a a>out b>out | node b is without a node before it",
                "in>a a>out in>out | node out is of 2 elements, after in with 3",
                "in>a a>out two>out in>b b>out | node out is one that adds the input two as it is",
                "in>a in>a a>out | node a is reached twice by one node",
                "in>a a>out in>b | node b is without a node after it",
                "in>a a>b b>out | node b is of 3 elements, after a with 2",
                "in>a a>out out>b | node out is followed by b",
                "in>a a>in | node in is an Input with a node before it",
                "in>a in>b b>out | node a is without a node after it",
            })
    void graphsThatAreNoNetworkAreRefused(String edges, String why) {
        Graph graph =
                graph().ends("in", "Input", 3)
                        .ends("two", "Input", 2)
                        .ends("out", "Output", 2)
                        .affine("a", THREE_TO_TWO, 0, 0)
                        .affine("b", THREE_TO_TWO);
        IOException e = assertThrows(IOException.class, () -> graph.read(edges.trim().split(" ")));
        String expected = why.equals("a2 is missing") ? "an end of an edge is a2; allowed" : why;
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void aCycleIsRefused() {
        Graph graph =
                graph().ends("in", "Input", 2)
                        .ends("out", "Output", 2)
                        .affine("a", new double[][] {{1, 0}, {0, 1}}, 0, 0)
                        .affine("b", new double[][] {{1, 0}, {0, 1}})
                        .affine("c", new double[][] {{1, 0}, {0, 1}});
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> graph.read("in>a", "a>b", "c>b", "b>c", "b>out", "a>out"));
        assertTrue(e.getMessage().contains("two different sums"), e.getMessage());
        Graph loop = new Graph(); // a file of its own: the first one is complete
        loop.type("NIRGraph")
                .ends("in", "Input", 2)
                .ends("out", "Output", 2)
                .affine("a", new double[][] {{1, 0}, {0, 1}}, 0, 0)
                .affine("b", new double[][] {{1, 0}, {0, 1}});
        IOException second =
                assertThrows(
                        IOException.class, () -> loop.read("in>a", "a>b", "b>b", "a>out", "b>out"));
        assertTrue(second.getMessage().contains("on a cycle"), second.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"LIF", "LI", "CubaLIF", "Conv2d", "Scale", "Threshold", "NIRGraph", "Delay"})
    void otherNodesAreRefusedByName(String type) {
        Graph graph = graph().ends("in", "Input", 3).ends("out", "Output", 3);
        graph.node("mine", type).putDataset("r", new double[] {1});
        IOException e = assertThrows(IOException.class, () -> graph.read("in>mine", "mine>out"));
        assertTrue(e.getMessage().contains("node mine is " + type + "; allowed: Input"));
    }

    @Test
    void wrongArraysAreRefused() {
        Graph shape = graph().ends("in", "Input", 3).ends("out", "Output", 2);
        WritableGroup node = shape.node("a", "Affine");
        node.putDataset("weight", THREE_TO_TWO);
        node.putDataset("bias", new double[] {1, 2, 3});
        String why =
                assertThrows(IOException.class, () -> shape.read("in>a", "a>out")).getMessage();
        assertTrue(why.contains("the bias of node a is of shape (3); allowed: (2)"), why);
        Graph nan = graph().ends("in", "Input", 3).ends("out", "Output", 2);
        nan.affine("a", new double[][] {{1, 2, Double.NaN}, {4, 5, 6}}, 0, 0);
        why = assertThrows(IOException.class, () -> nan.read("in>a", "a>out")).getMessage();
        assertTrue(why.contains("an element of the weight of node a is NaN"), why);
        Graph zero = graph().ends("in", "Input", 0).ends("out", "Output", 2);
        zero.affine("a", THREE_TO_TWO);
        why = assertThrows(IOException.class, () -> zero.read("in>a", "a>out")).getMessage();
        assertTrue(why.contains("a size in the shape of node in is 0"), why);
        Graph other = new Graph().type("LIF");
        why = assertThrows(IOException.class, () -> other.read("a>b")).getMessage();
        assertTrue(why.contains("the outermost node is LIF; allowed: NIRGraph"), why);
    }

    @Test
    void filesThatAreNoHdf5AreRefused() throws IOException {
        Path text = Files.writeString(temp.resolve("t.nir"), "no HDF5");
        String why =
                assertThrows(IOException.class, () -> NirFile.read(text, StandardLoss.SQUARED))
                        .getMessage();
        assertTrue(why.contains("t.nir: this is no HDF5 file that can be read"), why);
        assertThrows(
                NoSuchFileException.class,
                () -> NirFile.read(temp.resolve("none"), StandardLoss.SQUARED));
        assertThrows(IOException.class, () -> NirFile.read(temp, StandardLoss.SQUARED));
        NirFile.write(temp.resolve("whole.nir"), skip());
        byte[] whole = Files.readAllBytes(temp.resolve("whole.nir"));
        int refused = 0;
        for (int length = 0; length < whole.length; length += whole.length / 40) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            Path cut = Files.write(temp.resolve("cut.nir"), part);
            try {
                requireSame(skip(), NirFile.read(cut, StandardLoss.SQUARED)); // padding is cut
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("cut.nir: "), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 30, refused + " of 40 or 41 refused");
    }

    @Test
    void whatNirCannotStateIsNotWritten() {
        List<Node> nodes =
                List.of(
                        new Node("x", 3, Role.INPUT, null),
                        new Node("h", 3, Role.HIDDEN, StandardActivation.TANH),
                        new Node("y", 3, Role.OUTPUT, null));
        List<Edge> edges = List.of(new Edge("h", "x", "h"), new Edge("y", "h", "y"));
        assertRefused(network(nodes, edges), "population h is tanh");
        List<Node> linear =
                List.of(nodes.get(0), new Node("h", 3, Role.HIDDEN, null), nodes.get(2));
        Edge identity = new Edge("same", "x", "y", Connectivity.parse("identity"));
        assertRefused(
                network(linear, List.of(edges.get(0), edges.get(1), identity)),
                "projection same is identity");
        Edge scaled = new Edge("y", "h", "y", Connectivity.parse("scaled:0.5:all-to-all"));
        assertRefused(network(linear, List.of(edges.get(0), scaled)), "projection y is scaled:0.5");
        Edge tied = new Edge("y", "h", "y", null, "h");
        assertRefused(network(linear, List.of(edges.get(0), tied)), "uses the weights of another");
    }

    private void assertRefused(Network network, String why) {
        Path file = temp.resolve("never.nir");
        String message =
                assertThrows(IllegalArgumentException.class, () -> NirFile.write(file, network))
                        .getMessage();
        assertTrue(message.contains(why), message);
        assertTrue(Files.notExists(file));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path file = Files.createFile(temp.resolve("there.nir"));
        IOException e = assertThrows(IOException.class, () -> NirFile.write(file, skip()));
        assertTrue(
                e instanceof FileAlreadyExistsException || e.getMessage().contains("there.nir"),
                e.toString());
        assertEquals(0, Files.size(file));
    }
}
