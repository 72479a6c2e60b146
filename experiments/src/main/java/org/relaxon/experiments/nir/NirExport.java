package org.relaxon.experiments.nir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.nir.NirNode.Kind;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;

/** The graph of a network of linear populations, with a node for every projection. */
final class NirExport {
    private final Network network;
    private final Map<String, NirNode> nodes = new LinkedHashMap<>();
    private final List<NirGraph.Edge> edges = new ArrayList<>();

    private NirExport(Network network) {
        this.network = network;
    }

    /** Refuses what NIR cannot state, naming it. */
    static NirGraph of(Network network) {
        NirExport export = new NirExport(network);
        export.requireStated();
        export.add();
        return new NirGraph(export.nodes, export.edges);
    }

    private void requireStated() {
        network.requireAcyclic("nir: a graph of affine nodes");
        for (Population p : network.populations()) {
            boolean input = p.role() == Population.Role.INPUT;
            if (!input && p.activation() != StandardActivation.LINEAR) {
                throw new IllegalArgumentException(
                        "nir: population %s is %s; NIR has no node for an activation, only linear populations can be written"
                                .formatted(p.name(), p.activation().optionName()));
            }
        }
        for (Projection e : network.projections()) {
            if (e.hasOwnFeedback()) {
                throw refused(e, "has feedback weights of its own");
            }
            if (e.weightsOf() != e.index()) {
                throw refused(e, "uses the weights of another");
            }
            if (!e.connectivity().isMatrix()) {
                throw refused(e, "is " + e.connectivity().spec());
            }
        }
    }

    private static IllegalArgumentException refused(Projection e, String what) {
        return new IllegalArgumentException(
                "nir: projection %s %s; only all-to-all projections without a scale can be written"
                        .formatted(e.name(), what));
    }

    private void add() {
        Parameters parameters = network.parameters();
        for (Projection e : network.projections()) {
            Population post = network.population(e.post());
            boolean first = network.into(e.post()).get(0).index() == e.index();
            boolean named = first && !post.name().equals(e.name());
            nodes.put(
                    e.name(),
                    new NirNode(
                            e.name(),
                            first ? Kind.AFFINE : Kind.LINEAR,
                            0,
                            parameters.weights(e.index()),
                            first ? parameters.biases(e.post()) : null,
                            named ? post.name() : null));
        }
        for (Population p : network.populations()) {
            if (p.role() == Population.Role.INPUT) {
                String name = free(p.name());
                nodes.put(name, NirNode.plain(name, Kind.INPUT, p.size()));
                network.outOf(p.index()).forEach(e -> edge(name, e.name()));
            } else {
                sum(p);
            }
        }
    }

    /** All that leads to a population leads to all that it leads to. */
    private void sum(Population p) {
        for (Projection in : network.into(p.index())) {
            network.outOf(p.index()).forEach(out -> edge(in.name(), out.name()));
        }
        if (p.role() == Population.Role.OUTPUT) {
            String name = free(network.outputs().size() == 1 ? "output" : p.name() + "-output");
            nodes.put(name, NirNode.plain(name, Kind.OUTPUT, p.size()));
            network.into(p.index()).forEach(in -> edge(in.name(), name));
        }
    }

    private void edge(String from, String to) {
        edges.add(new NirGraph.Edge(from, to));
    }

    /** A name that no node has. */
    private String free(String wish) {
        String name = wish;
        while (nodes.containsKey(name)) {
            name += "_";
        }
        return name;
    }
}
