package org.relaxon.experiments.nir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.nir.NirNode.Kind;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.loss.Loss;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;

/**
 * The network of a graph. A population is a sum: the nodes with weights that lead to the same nodes
 * are the projections onto it, and their biases add up to its own.
 */
final class NirImport {
    private final String file;
    private final NirGraph graph;
    private final Loss loss;
    private final Map<String, Set<String>> before = new LinkedHashMap<>(); // without Flatten
    private final Map<Set<String>, Role> sums = new LinkedHashMap<>(); // in the order of the edges
    private final Map<String, Set<String>> sumOf = new LinkedHashMap<>(); // by node with weights

    /** Name and role of a population; a null name for one whose nodes have not named it. */
    private record Role(String name, int size, Population.Role role) {}

    NirImport(String file, NirGraph graph, Loss loss) {
        this.file = file;
        this.graph = graph;
        this.loss = loss;
    }

    Network network() throws MalformedFileException {
        resolve();
        for (NirNode node : graph.nodes().values()) {
            if (node.kind() != Kind.INPUT && node.kind() != Kind.FLATTEN) {
                receive(node);
            }
        }
        for (NirNode node : graph.nodes().values()) {
            if (node.hasWeights() && !sumOf.containsKey(node.name())) {
                throw malformed(node, "without a node after it", "nodes that lead to an Output");
            }
        }
        List<Set<String>> order = ordered();
        Network drawn = plan(order).build(null, null, loss, Initialisation.uniform(1));
        Parameters parameters = drawn.zeros();
        drawn.projections()
                .forEach(
                        e -> {
                            double[][] own = graph.nodes().get(e.name()).weight();
                            double[][] w = parameters.weights(e.index());
                            for (int i = 0; i < w.length; i++) {
                                System.arraycopy(own[i], 0, w[i], 0, w[i].length);
                            }
                            double[] bias = graph.nodes().get(e.name()).bias();
                            double[] b = parameters.biases(e.post());
                            for (int i = 0; bias != null && i < b.length; i++) {
                                b[i] += bias[i];
                            }
                        });
        return drawn.with(parameters);
    }

    /** The nodes before each, through those that only change the shape. */
    private void resolve() throws MalformedFileException {
        Map<String, List<String>> edges = new LinkedHashMap<>();
        for (NirGraph.Edge edge : graph.edges()) {
            edges.computeIfAbsent(edge.to(), k -> new ArrayList<>()).add(edge.from());
        }
        for (String to : edges.keySet()) {
            List<String> all = new ArrayList<>();
            through(edges, to, all, 0);
            Set<String> once = new LinkedHashSet<>(all);
            NirNode node = graph.nodes().get(to);
            if (node.kind() == Kind.INPUT) {
                throw malformed(node, "an Input with a node before it", "nothing before an Input");
            }
            if (once.size() < all.size()) {
                throw malformed(node, "reached twice by one node", "one edge between two nodes");
            }
            for (String from : once) {
                requireSize(graph.nodes().get(from), node);
            }
            before.put(to, once);
        }
    }

    private void through(Map<String, List<String>> edges, String to, List<String> out, int depth)
            throws MalformedFileException {
        if (depth > graph.nodes().size()) {
            throw malformed(graph.nodes().get(to), "on a cycle", "graphs without cycles");
        }
        for (String from : edges.getOrDefault(to, List.of())) {
            if (graph.nodes().get(from).kind() == Kind.FLATTEN) {
                through(edges, from, out, depth + 1);
            } else {
                out.add(from);
            }
        }
    }

    private void requireSize(NirNode from, NirNode to) throws MalformedFileException {
        if (from.kind() == Kind.OUTPUT) {
            throw malformed(from, "followed by " + to.name(), "nothing after an Output");
        }
        if (from.outputs() != to.inputs()) {
            throw malformed(
                    to,
                    "of %d elements, after %s with %d"
                            .formatted(to.inputs(), from.name(), from.outputs()),
                    "equal numbers");
        }
    }

    /** What a node with weights, or an output, receives: an input, or the sum of a population. */
    private void receive(NirNode node) throws MalformedFileException {
        Set<String> from = before.getOrDefault(node.name(), Set.of());
        if (from.isEmpty()) {
            throw malformed(node, "without a node before it", "nodes that an Input leads to");
        }
        boolean output = node.kind() == Kind.OUTPUT;
        for (String one : from) {
            NirNode source = graph.nodes().get(one);
            if (source.kind() == Kind.INPUT) {
                if (output || from.size() > 1) {
                    throw malformed(
                            node,
                            "one that adds the input " + one + " as it is",
                            "inputs that lead through Affine or Linear");
                }
            } else if (!sumOf.computeIfAbsent(one, k -> from).equals(from)) {
                throw malformed(
                        source, "a part of two different sums", "nodes with the same successors");
            }
        }
        if (graph.nodes().get(from.iterator().next()).hasWeights()) {
            add(from, node);
        }
    }

    private void add(Set<String> from, NirNode node) throws MalformedFileException {
        boolean output = node.kind() == Kind.OUTPUT;
        Role known = sums.get(from);
        if (output && known != null && known.role() == Population.Role.OUTPUT) {
            throw malformed(node, "a second Output of one population", "one");
        }
        Population.Role role =
                output || known != null && known.role() == Population.Role.OUTPUT
                        ? Population.Role.OUTPUT
                        : Population.Role.HIDDEN;
        sums.put(from, new Role(name(from), node.inputs(), role));
    }

    /** The name that a node states, that of the only node with a bias, or that of the first. */
    private String name(Set<String> nodes) {
        List<NirNode> all = nodes.stream().map(graph.nodes()::get).toList();
        return all.stream()
                .filter(n -> n.population() != null)
                .map(NirNode::population)
                .findFirst()
                .orElseGet(
                        () ->
                                all.stream()
                                        .filter(n -> n.bias() != null)
                                        .findFirst()
                                        .orElse(all.get(0))
                                        .name());
    }

    /** Populations in an order in which all projections lead onwards. */
    private List<Set<String>> ordered() throws MalformedFileException {
        List<Set<String>> out = new ArrayList<>();
        List<Set<String>> left = new ArrayList<>();
        for (NirGraph.Edge edge : graph.edges()) {
            Set<String> sum = sumOf.get(edge.from());
            if (sum != null && !left.contains(sum)) {
                left.add(sum);
            }
        }
        while (!left.isEmpty()) {
            Set<String> next =
                    left.stream()
                            .filter(sum -> sum.stream().allMatch(n -> isKnown(n, out)))
                            .findFirst()
                            .orElse(null);
            if (next == null) {
                NirNode stuck = graph.nodes().get(left.get(0).iterator().next());
                throw malformed(stuck, "on a cycle", "graphs without cycles");
            }
            left.remove(next);
            out.add(next);
        }
        return out;
    }

    private boolean isKnown(String node, List<Set<String>> earlier) {
        Set<String> from = before.get(node);
        return graph.nodes().get(from.iterator().next()).kind() == Kind.INPUT
                || earlier.contains(from);
    }

    private NetworkPlan plan(List<Set<String>> order) {
        List<NetworkPlan.Node> populations = new ArrayList<>();
        List<NetworkPlan.Edge> projections = new ArrayList<>();
        Set<String> inputs = new LinkedHashSet<>();
        graph.edges().stream()
                .map(NirGraph.Edge::from)
                .filter(n -> graph.nodes().get(n).kind() == Kind.INPUT)
                .forEach(inputs::add);
        graph.nodes().values().stream()
                .filter(n -> n.kind() == Kind.INPUT)
                .forEach(n -> inputs.add(n.name())); // refused below where it leads nowhere
        for (String name : inputs) {
            int size = graph.nodes().get(name).size();
            populations.add(new NetworkPlan.Node(name, size, Population.Role.INPUT, null));
        }
        for (Set<String> sum : order) {
            Role own = sums.get(sum);
            populations.add(
                    new NetworkPlan.Node(
                            own.name(), own.size(), own.role(), StandardActivation.LINEAR));
            for (String node : sum) {
                Set<String> from = before.get(node);
                String first = from.iterator().next();
                String source = inputs.contains(first) ? first : sums.get(from).name();
                projections.add(new NetworkPlan.Edge(node, source, own.name()));
            }
        }
        return new NetworkPlan(populations, projections);
    }

    private MalformedFileException malformed(NirNode node, String value, String allowed) {
        return new MalformedFileException(file, "node " + node.name(), value, allowed);
    }
}
