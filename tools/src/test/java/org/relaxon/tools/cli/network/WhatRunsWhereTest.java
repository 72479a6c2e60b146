package org.relaxon.tools.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Initialisation;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Projection.FeedbackWeights;
import org.relaxon.model.rule.Signalling;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;

/** The table of docs/networks.md is what algorithms declare about kinds of graphs. */
class WhatRunsWhereTest {
    private static final Path DOCUMENT = Path.of("../docs/networks.md");
    private static final String RUNS = "yes";
    private static final String REFUSED = "no";

    private final Map<String, Network> kinds = new LinkedHashMap<>();

    private static NetworkBuilder ends() {
        return new NetworkBuilder(StandardLoss.SQUARED).input("x", 16);
    }

    private static NetworkBuilder hidden(NetworkBuilder builder, String name, int size) {
        return builder.hidden(name, size, StandardActivation.TANH);
    }

    private static NetworkBuilder output(NetworkBuilder builder) {
        return builder.output("y", 2, StandardActivation.LINEAR);
    }

    private static NetworkBuilder chain() {
        return output(hidden(ends(), "h", 4)).project("a", "x", "h").project("b", "h", "y");
    }

    private void add(String kind, NetworkBuilder builder) {
        kinds.put(kind, builder.build(Initialisation.uniform(1)));
    }

    private void addAcyclic() {
        add("chain", chain());
        add("skip", chain().project("c", "x", "y"));
        add(
                "diamond",
                output(hidden(hidden(ends(), "g", 3), "h", 4))
                        .project("a", "x", "g")
                        .project("b", "x", "h")
                        .project("c", "g", "y")
                        .project("d", "h", "y"));
        add(
                "sparse",
                output(hidden(ends(), "h", 4))
                        .project("a", "x", "h", Connectivity.parse("random:3,seed=1"))
                        .project("b", "h", "y"));
        add(
                "same weights",
                output(hidden(hidden(hidden(ends(), "f", 4), "g", 4), "h", 4))
                        .project("a", "x", "f")
                        .project("b", "f", "g")
                        .share("c", "g", "h", "b")
                        .project("d", "h", "y"));
        add(
                "convolution, pooling",
                output(hidden(hidden(ends(), "map", 16), "pool", 4))
                        .project(
                                "a",
                                "x",
                                "map",
                                Connectivity.parse(
                                        "convolution:1x4x4,filters=1,kernel=3,padding=1"))
                        .project(
                                "b",
                                "map",
                                "pool",
                                Connectivity.parse("average-pooling:1x4x4,size=2"))
                        .project("c", "pool", "y"));
    }

    private void addEnds() {
        add(
                "several ends",
                output(hidden(ends().input("z", 3), "h", 4))
                        .output("w", 3, StandardActivation.LINEAR)
                        .project("a", "x", "h")
                        .project("b", "z", "h")
                        .project("c", "h", "y")
                        .project("d", "h", "w"));
        add(
                "output that projects",
                output(hidden(ends().output("middle", 3, StandardActivation.LINEAR), "h", 4))
                        .project("a", "x", "middle")
                        .project("b", "middle", "h")
                        .project("c", "h", "y"));
    }

    private void addCycles() {
        add("lateral", chain().project("c", "h", "h"));
        add("recurrent", chain().project("c", "y", "h"));
        add("own feedback weights", chain().feedback("b", FeedbackWeights.random(1)));
    }

    private String table() {
        addAcyclic();
        addEnds();
        addCycles();
        StringBuilder out = new StringBuilder("| algorithm |");
        kinds.keySet().forEach(kind -> out.append(' ').append(kind).append(" |"));
        out.append("\n|---").append("|---".repeat(kinds.size())).append("|\n");
        for (Catalog.Entry<String> entry : Catalog.algorithms()) {
            out.append("| `").append(entry.name()).append("` |");
            for (Network network : kinds.values()) {
                out.append(' ').append(runs(entry.name(), network) ? RUNS : REFUSED).append(" |");
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static boolean runs(String name, Network network) {
        try {
            new AlgorithmOptions()
                    .algorithm(name.equals("ipc") ? "pc" : name)
                    .requireDefinedOn(network);
            return true;
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().contains(name), "names who refuses: " + e.getMessage());
            return false;
        }
    }

    /** Those whose rule cells accept with weights in single precision. */
    @Test
    void theAlgorithmsThatRunInSinglePrecisionAreDocumented() throws IOException {
        Network network = chain().build(Initialisation.uniform(1));
        Signalling usual = Signalling.exact(Signalling.leastThreshold(Kernels.Kind.STRICT_FLOAT));
        List<String> accepted = new ArrayList<>();
        for (Catalog.Entry<String> entry : Catalog.algorithms()) {
            String name = entry.name();
            try {
                Algorithm algorithm =
                        new AlgorithmOptions().algorithm(name.equals("ipc") ? "pc" : name);
                usual.requireSupported(network, algorithm.rule(), Kernels.Kind.STRICT_FLOAT);
                accepted.add("`" + name + "`");
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("precision: "), e.getMessage());
            }
        }
        assertTrue(accepted.contains("`pc-nudge`") && !accepted.contains("`ep`"), "" + accepted);
        String text = Files.readString(Path.of("../docs/commands.md"));
        String expected = "errors as variables (" + String.join(", ", accepted) + ")";
        assertTrue(text.contains(expected), expected);
    }

    @Test
    void theDocumentedTableIsWhatAlgorithmsDeclare() throws IOException {
        String expected = table();
        List<String> lines = Files.readAllLines(DOCUMENT);
        int begin = lines.indexOf(expected.lines().findFirst().orElseThrow());
        String found =
                begin < 0
                        ? "no such table"
                        : lines.stream()
                                .skip(begin)
                                .takeWhile(l -> l.startsWith("|"))
                                .collect(Collectors.joining("\n", "", "\n"));
        assertEquals(expected, found);
    }
}
