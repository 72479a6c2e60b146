package org.relaxon.experiments.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.experiments.nir.NirNode.Kind;

/** Reads the graph of an HDF5 file: nodes that map, within bounds, and edges between them. */
final class NirReader {
    private static final String MAPPED =
            "Input, Output, Affine, Linear, Flatten (docs/networks.md#nir)";
    private static final int NODES_MAX = 10_000;
    private static final int EDGES_MAX = 1_000_000;
    private static final String NAMES = "[A-Za-z0-9_.-]+";

    private final String file;
    private final Group root;
    private long left = NpzReader.memoryBudget();

    NirReader(String file, Group root) {
        this.file = file;
        this.root = root;
    }

    NirGraph graph() throws MalformedFileException {
        Group graph = group(root, "node", "the file");
        String type = text(graph, "type", "the graph");
        if (!type.equals("NIRGraph")) {
            throw malformed("the outermost node", type, "NIRGraph");
        }
        Map<String, Node> all = group(graph, "nodes", "the graph").getChildren();
        if (all.size() > NODES_MAX) {
            throw malformed("the number of nodes", all.size(), "at most " + NODES_MAX);
        }
        Map<String, NirNode> nodes = new LinkedHashMap<>();
        for (Map.Entry<String, Node> one : all.entrySet()) {
            nodes.put(one.getKey(), node(one.getKey(), one.getValue()));
        }
        return new NirGraph(nodes, edges(graph, nodes));
    }

    private NirNode node(String name, Node found) throws MalformedFileException {
        String where = "node " + name;
        if (!name.matches(NAMES)) {
            throw malformed("a name of a node", name, "letters, digits, _ . -");
        }
        if (!(found instanceof Group group)) {
            throw malformed(where, "a dataset", "a group");
        }
        String type = text(group, "type", where);
        Kind kind =
                Arrays.stream(Kind.values())
                        .filter(k -> k.type().equals(type))
                        .findFirst()
                        .orElseThrow(() -> malformed(where, type, MAPPED));
        return switch (kind) {
            case INPUT, OUTPUT -> NirNode.plain(name, kind, elements(group, "shape", where));
            case FLATTEN -> NirNode.plain(name, kind, elements(group, "input_type", where));
            case AFFINE, LINEAR -> weighted(name, kind, group, where);
        };
    }

    private NirNode weighted(String name, Kind kind, Group group, String where)
            throws MalformedFileException {
        double[][] weight = matrix(group, where);
        double[] bias = kind == Kind.AFFINE ? vector(group, "bias", where, weight.length) : null;
        String population = null;
        if (group.getChild("metadata") instanceof Group metadata
                && metadata.getChild("population") != null) {
            population = text(metadata, "population", where);
            if (!population.matches(NAMES)) {
                throw malformed("the population of " + where, population, "letters, digits, _ . -");
            }
        }
        return new NirNode(name, kind, 0, weight, bias, population);
    }

    private List<NirGraph.Edge> edges(Group graph, Map<String, NirNode> nodes)
            throws MalformedFileException {
        Dataset found = dataset(graph, "edges", "the graph");
        int[] shape = found.getDimensions();
        if (shape.length != 2 || shape[1] != 2 || shape[0] > EDGES_MAX) {
            throw malformed("edges", "of shape " + shape(shape), "(edges, 2)");
        }
        if (!(found.getData() instanceof String[][] pairs)) {
            throw malformed("edges", "no list of texts", "pairs of names of nodes");
        }
        List<NirGraph.Edge> out = new ArrayList<>();
        for (String[] pair : pairs) {
            for (String end : pair) {
                if (!nodes.containsKey(end)) {
                    throw malformed("an end of an edge", end, "the name of a node");
                }
            }
            out.add(new NirGraph.Edge(pair[0], pair[1]));
        }
        return out;
    }

    private double[][] matrix(Group group, String where) throws MalformedFileException {
        String name = "the weight of " + where;
        Dataset found = dataset(group, "weight", where);
        int[] shape = found.getDimensions();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw malformed(name, "of shape " + shape(shape), "(to, from)");
        }
        double[] all = numbers(found, name);
        double[][] out = new double[shape[0]][];
        for (int i = 0; i < out.length; i++) {
            out[i] = Arrays.copyOfRange(all, i * shape[1], (i + 1) * shape[1]);
        }
        return out;
    }

    private double[] vector(Group group, String child, String where, int length)
            throws MalformedFileException {
        String name = "the %s of %s".formatted(child, where);
        Dataset found = dataset(group, child, where);
        if (!Arrays.equals(found.getDimensions(), new int[] {length})) {
            throw malformed(name, "of shape " + shape(found.getDimensions()), "(" + length + ")");
        }
        return numbers(found, name);
    }

    /** Number of elements of a shape. */
    private int elements(Group group, String child, String where) throws MalformedFileException {
        String name = "the %s of %s".formatted(child, where);
        Dataset found = dataset(group, child, where);
        int[] shape = found.getDimensions();
        if (shape.length > 1) {
            throw malformed(name, "of shape " + shape(shape), "a list of sizes");
        }
        double product = 1.0;
        for (double size : numbers(found, name)) {
            if (!(size >= 1.0) || size != Math.rint(size)) {
                throw malformed("a size in " + name, size, "whole numbers from 1");
            }
            product *= size;
        }
        if (!(product <= Integer.MAX_VALUE)) {
            throw malformed(name, product + " elements", "at most " + Integer.MAX_VALUE);
        }
        return (int) product;
    }

    /** All numbers of an array, finite, in the order of its last index first. */
    private double[] numbers(Dataset found, String name) throws MalformedFileException {
        long size = 1;
        for (int length : found.getDimensions()) {
            size = Math.min(size * length, left + 1); // without an overflow
        }
        left -= size * Double.BYTES;
        if (left < 0) {
            throw malformed(name, "with all others too large", "half of the heap (-Xmx)");
        }
        Object data = found.isScalar() ? new Object[] {found.getData()} : found.getDataFlat();
        double[] out = new double[(int) size];
        ToDoubleFunction<Object> number = o -> o instanceof Number n ? n.doubleValue() : Double.NaN;
        for (int i = 0; i < out.length; i++) {
            out[i] = number.applyAsDouble(java.lang.reflect.Array.get(data, i));
            if (!Double.isFinite(out[i])) {
                throw malformed("an element of " + name, out[i], "finite numbers");
            }
        }
        return out;
    }

    private String text(Group group, String child, String where) throws MalformedFileException {
        Dataset found = dataset(group, child, where);
        if (found.isScalar() && found.getData() instanceof String text) {
            return text;
        }
        throw malformed("%s of %s".formatted(child, where), "no text", "a text");
    }

    private Dataset dataset(Group group, String child, String where) throws MalformedFileException {
        if (group.getChild(child) instanceof Dataset found) {
            return found;
        }
        throw malformed("%s of %s".formatted(child, where), "missing", "a dataset");
    }

    private Group group(Group group, String child, String where) throws MalformedFileException {
        if (group.getChild(child) instanceof Group found) {
            return found;
        }
        throw malformed("%s of %s".formatted(child, where), "missing", "a group, as NIR has it");
    }

    private static String shape(int[] lengths) {
        return Arrays.stream(lengths)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private MalformedFileException malformed(String field, Object value, String allowed) {
        return new MalformedFileException(file, field, value, allowed);
    }
}
