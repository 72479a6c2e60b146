package org.relaxon.experiments.graph;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.experiments.graph.InvalidNetworkTest.Mistake;
import org.relaxon.experiments.problem.NetworkFile;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.model.network.Population;

/** Network files with one mistake each, made in the text of a sound random graph. */
final class Mistakes {
    private static final int HEAD = 2; // line of the first population, counted from 1

    private final long seed;
    private final NetworkPlan plan;
    private final List<Mistake> made = new ArrayList<>();
    private int draws;

    private Mistakes(long seed) {
        this.seed = seed;
        plan = sound(seed);
    }

    static NetworkPlan sound(long seed) {
        return seed % 2 == 0 ? RandomGraph.of(seed) : StructuredGraph.of(seed);
    }

    static List<Mistake> of(long seed) {
        Mistakes all = new Mistakes(seed);
        all.inPopulations();
        all.inRoles();
        all.inProjections();
        all.inConnectivities();
        all.inSyntax();
        return List.copyOf(all.made);
    }

    private int below(int bound) {
        return (int) (CounterRandom.uniform(seed, 78, draws++) * bound);
    }

    private List<String> lines() {
        return new ArrayList<>(NetworkFile.text(plan).lines().toList());
    }

    private int lineOfNode(int k) {
        return HEAD + k;
    }

    private int lineOfEdge(int k) {
        return HEAD + plan.populations().size() + 2 + k;
    }

    private Node node(int k) {
        return plan.populations().get(k);
    }

    private Edge edge(int k) {
        return plan.projections().get(k);
    }

    private int someNode() {
        return below(plan.populations().size());
    }

    private int someEdge() {
        return below(plan.projections().size());
    }

    /** Replaces one line; the message has to name it and the words. */
    private void replace(String what, int line, String text, String... words) {
        List<String> lines = lines();
        lines.set(line - 1, text);
        add(what, lines, line, words);
    }

    private void add(String what, List<String> lines, int line, String... words) {
        List<String> named = new ArrayList<>(List.of(words));
        if (line > 0) {
            named.add(", line " + line + ":");
        }
        made.add(new Mistake(seed, what, String.join("\n", lines) + "\n", List.copyOf(named)));
    }

    private static String population(Node n, String name, String size, String more) {
        String role =
                n.role() == Population.Role.HIDDEN
                        ? ""
                        : ", role = " + n.role().name().toLowerCase(java.util.Locale.ROOT);
        return "  { name = \"%s\", size = %s%s%s }".formatted(name, size, role, more);
    }

    private static String projection(String name, String from, String to, String connectivity) {
        return projection(name, from, to, connectivity, "");
    }

    private static String projection(
            String name, String from, String to, String connectivity, String more) {
        return "  { name = \"%s\", from = \"%s\", to = \"%s\"%s%s }"
                .formatted(
                        name,
                        from,
                        to,
                        connectivity.isEmpty()
                                ? ""
                                : ", connectivity = \"%s\"".formatted(connectivity),
                        more);
    }

    private void inPopulations() {
        int k = someNode();
        Node n = node(k);
        int line = lineOfNode(k);
        String size = Integer.toString(n.size());
        for (String wrong : List.of("0", "-" + size, "1.5", "2000000", "many", "[3]", "NaN")) {
            replace("size", line, population(n, n.name(), wrong, ""), "population " + n.name());
        }
        replace("no size", line, "  { name = \"%s\" }".formatted(n.name()), n.name(), "missing");
        replace("no name", line, "  { size = " + size + " }", "name", "missing");
        replace("odd name", line, population(n, "a b", size, ""), "a b");
        replace("field", line, population(n, n.name(), size, ", sise = 3"), "sise");
        replace("field twice", line, population(n, n.name(), size, ", size = 3"), "size", "twice");
        String role = ", role = middle";
        replace("role", line, "  { name = x, size = 3%s }".formatted(role), "middle");
        replace(
                "activation",
                lineOfNode(1),
                population(node(1), node(1).name(), "3", ", activation = sinh"),
                "sinh",
                node(1).name());
        replace(
                "clamped activation",
                lineOfNode(0),
                population(node(0), node(0).name(), "3", ", activation = tanh"),
                "tanh",
                node(0).name());
        int later = 1 + below(plan.populations().size() - 1);
        String name = node(below(later)).name();
        replace(
                "population twice",
                lineOfNode(later),
                population(node(later), name, size, ""),
                "population " + name,
                "twice");
        replace("no object", line, "  " + size, "population number " + (k + 1));
    }

    private void inRoles() {
        int last = plan.populations().size();
        String first = node(0).name();
        Node output =
                plan.populations().stream()
                        .filter(n -> n.role() == Population.Role.OUTPUT)
                        .findFirst()
                        .orElseThrow();
        extra("nothing feeds it", "extra", output.name(), "population extra", "no input");
        extra("it feeds nothing", first, "extra", "population extra", "feeds nothing");
        extra(
                "it feeds nothing by another way",
                node(last - 2).name(),
                "extra",
                "extra",
                "feeds nothing");
        List<String> lines = lines();
        lines.replaceAll(l -> l.replace(", role = input", ""));
        add("no input", lines, 0, "one input", "got 0");
        lines = lines();
        lines.replaceAll(l -> l.replace(", role = output", ""));
        add("no output", lines, 0, "one output", "got 0");
    }

    /** Adds a population before the output, and a projection. */
    private void extra(String what, String from, String to, String... words) {
        List<String> lines = lines();
        int at = lineOfNode(plan.populations().size() - 1); // the output is the last
        lines.add(at - 1, "  { name = extra, size = 2 }");
        lines.add(lines.size() - 1, projection("more", from, to, ""));
        add(what, lines, at, words);
    }

    /** Whether a way leads from one population to another without a projection. */
    private boolean leads(String from, String to, Edge without) {
        return from.equals(to)
                || plan.projections().stream()
                        .filter(e -> e != without && e.from().equals(from))
                        .anyMatch(e -> leads(e.to(), to, without));
    }

    private void inProjections() {
        int k = someEdge();
        Edge e = edge(k);
        int line = lineOfEdge(k);
        String spec = e.connectivity().isMatrix() ? "" : e.connectivity().spec();
        String absent = "q" + below(1000);
        replace(
                "no such sender",
                line,
                projection(e.name(), absent, e.to(), spec),
                "projection " + e.name(),
                absent);
        replace(
                "no such receiver",
                line,
                projection(e.name(), e.from(), absent, spec),
                "projection " + e.name(),
                absent);
        if (!leads(e.from(), e.to(), e)) { // otherwise it closes a cycle, which is allowed
            replace(
                    "backwards",
                    line,
                    projection(e.name(), e.to(), e.from(), ""),
                    "projection " + e.name(),
                    e.to() + " -> " + e.from());
        }
        replace(
                "no end",
                line,
                "  { name = x, from = \"%s\" }".formatted(e.from()),
                "to",
                "missing");
        String of = ", weights-of = ";
        replace(
                "no weights of that name",
                line,
                projection(e.name(), e.from(), e.to(), "", of + absent),
                "projection " + e.name(),
                absent);
        replace(
                "weights of another, and a connectivity",
                line,
                projection(e.name(), e.from(), e.to(), "all-to-all", of + "other"),
                "connectivity",
                "weights-of");
        replace("field of a projection", line, "  { from = a, to = b, size = 3 }", "size");
        int last = plan.projections().size() - 1;
        if (last > 0) {
            String name = edge(below(last)).name();
            Edge twice = edge(last);
            String same = twice.connectivity().isMatrix() ? "" : twice.connectivity().spec();
            replace(
                    "projection twice",
                    lineOfEdge(last),
                    projection(name, twice.from(), twice.to(), same),
                    "projection " + name,
                    "twice");
        }
        List<String> lines = lines();
        lines.set(lineOfNode(0) - 1, population(node(0), node(0).name(), "1000000", ""));
        lines.set(lineOfNode(1) - 1, population(node(1), node(1).name(), "1000000", ""));
        lines.add(lineOfEdge(0) - 1, projection("vast", node(0).name(), node(1).name(), ""));
        add(
                "too many synapses",
                lines,
                lineOfEdge(0),
                "projection vast",
                node(0).name() + " -> " + node(1).name());
    }

    private void inConnectivities() {
        int k = someEdge();
        Edge e = edge(k);
        int from = size(e.from());
        int to = size(e.to());
        int more = from + 1 + below(5);
        connectivity(k, "random:%d,seed=1".formatted(more), "" + more, "" + from, e.name());
        connectivity(k, "random:0,seed=1", "0");
        connectivity(k, "random:many", "random");
        connectivity(k, "randon:1", "randon");
        connectivity(k, "random:1,sead=" + below(100), "sead");
        connectivity(k, "random:1,seed=1,seed=2", "seed=2");
        String image = "1x1x" + from;
        connectivity(k, "convolution:%s,filters=1,kernel=2".formatted(image), "size 2", image);
        connectivity(
                k,
                "convolution:%s,filters=%d,kernel=1".formatted(image, to + 1),
                e.name(),
                "" + to);
        connectivity(
                k,
                "convolution:1x1x%d,filters=1,kernel=1".formatted(from + 3),
                e.name(),
                "" + from,
                "" + (from + 3));
        connectivity(k, "convolution:%s,filters=1,kernel=1,stride=0".formatted(image), "stride");
        connectivity(
                k,
                "convolution:%s,filters=%d,kernel=1,stride=%d".formatted(image, to + 1, from + 1),
                e.name(),
                "%dx1x1".formatted(to + 1));
        connectivity(k, "convolution:%s,filters=1,kernel=1,padding=1".formatted(image), "padding");
        connectivity(k, "convolution:%s,kernel=1".formatted(image), "filters");
        connectivity(
                k, "convolution:1x%d,filters=1,kernel=1".formatted(from), "CHANNELSxHEIGHTxWIDTH");
        connectivity(k, "convolution:70000x70000x70000,filters=1,kernel=1", "70000x70000x70000");
        connectivity(k, "convolution:1x1x1,filters=1,kernel=60000,padding=59999", "60000");
        connectivity(
                k,
                "transposed-convolution:1x3x2,filters=1,kernel=1,stride=2147483647",
                "1x2147483647x2147483647");
        connectivity(k, "average-pooling:%s,size=2".formatted(image), "size", image);
        connectivity(k, "all-to-all:%d".formatted(from), "all-to-all");
        replace(
                "no quotes",
                lineOfEdge(k),
                projection(e.name(), e.from(), e.to(), "random:1,seed=1")
                        .replace("\"random:1,seed=1\"", "random:1,seed=1"),
                "in quotes");
    }

    private void connectivity(int k, String text, String... words) {
        Edge e = edge(k);
        String line = projection(e.name(), e.from(), e.to(), text);
        replace("connectivity " + text.replaceAll("[0-9]+", "N"), lineOfEdge(k), line, words);
    }

    private int size(String name) {
        return plan.populations().stream()
                .filter(n -> n.name().equals(name))
                .mapToInt(Node::size)
                .findFirst()
                .orElseThrow();
    }

    private void inSyntax() {
        int line = lineOfEdge(someEdge());
        List<String> lines = lines();
        lines.set(line - 1, lines.get(line - 1).replace(" }", ""));
        add("a brace is missing", lines, 0, "HOCON");
        lines = lines();
        lines.set(line - 1, lines.get(line - 1) + " " + lines.get(line - 1).trim());
        add("no comma", lines, line, "comma");
        lines = lines();
        lines.remove(lines.size() - 1);
        add("a bracket is missing", lines, 0, "HOCON");
        lines = lines();
        lines.add("projections = []");
        add("list twice", lines, lines.size(), "projections", "twice");
        replace("reference", line, "  { from = ${HOME}, to = x }", "HOCON");
        lines = lines();
        lines.add(0, "include \"other.conf\"");
        add("include", lines, 0, "other.conf");
        replace("quote", line, "  { from = \"a, to = x }", "HOCON");
    }
}
