package org.relaxon.tools.cli.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relaxon.experiments.problem.NetworkFile;
import org.relaxon.experiments.problem.NetworkPlan;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.experiments.storage.WholeFile;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.option.ProblemOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.run.NetworkTiming;
import org.relaxon.tools.cli.text.Figures;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.report.NetworkDrawing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a network, and what runs on it. */
@Command(
        name = "network",
        description = {
            "Shows the populations and projections of a network file, or of --layers, and which"
                    + " algorithms run on it; draws it, or writes it as a network file.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon network --layers 8,16,4 --write net.conf   a file to start from",
            "  relaxon network net.conf                           contents, what runs",
            "  relaxon network net.conf --svg net.svg             a picture of it",
            "  relaxon network --from-nir net.nir --write net.conf --write-weights w.npz"
        })
public final class NetworkCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A network file, see docs/networks.md.")
    private Path file;

    @Mixin private ProblemOptions problem;
    @Mixin private NirOptions nir;

    @Option(
            names = "--svg",
            paramLabel = "FILE.svg",
            description = "Draw the network into a new file.")
    private Path svg;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write the network as a new network file, with all defaults filled in.")
    private Path write;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description =
                    "Write one JSON object to a new file; with -, print it as the only output.")
    private String json;

    @Override
    public Integer call() throws IOException {
        if (file != null) {
            problem.readFrom(file);
        }
        if (svg != null && !svg.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            throw new IllegalArgumentException(
                    "svg: %s: need a name that ends in .svg, the only form of a drawing"
                            .formatted(svg));
        }
        Path object = json == null || json.equals("-") ? null : Path.of(json);
        requireNew(object);
        GivenOptions given = GivenOptions.of(spec);
        nir.require(given, file);
        given.requireNone(
                nir.wantsWeights()
                        ? List.of("--seed", "--gain", "--batch", "--samples")
                        : List.of("--seed", "--gain", "--batch", "--samples", "--weights"),
                "a network is described without weights and examples");
        ProblemSpec described = problem.spec();
        if (described.data().equals(ProblemSpec.defaults().data())) {
            given.requireNone(
                    List.of("--data"), "a network of any size fits random data; leave it out");
        }
        if (!described.scheme().scales()) {
            given.requireNone(
                    List.of("--init"),
                    "a network is described without weights; ntp and depth-mup state scales");
        }
        Network network = nir.network(described);
        String drawing = svg == null ? null : NetworkDrawing.svg(network, described.timing());
        ObjectNode result = describe(network);
        NetworkTiming.put(result, described.timing());
        PrintWriter out = spec.commandLine().getOut();
        if (svg != null) {
            WholeFile.create(svg, WholeFile.Content.text(drawing));
        }
        if (write != null) {
            String text = NetworkFile.text(NetworkPlan.of(network).withTiming(described.timing()));
            WholeFile.create(write, WholeFile.Content.text(text));
        }
        nir.write(network);
        if (object != null) {
            WholeFile.create(object, WholeFile.Content.text(Json.pretty(result) + "\n"));
        }
        if ("-".equals(json)) {
            out.println(Json.pretty(result));
        } else {
            problem.networkFile().ifPresent(one -> out.println("network          " + one + "\n"));
            print(out, network, result);
            NetworkTiming.print(out, described.timing());
            for (Path written : written(object)) {
                OutputOptions.announce(out, written);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private void requireNew(Path object) {
        requireNew("svg", svg);
        requireNew("write", write);
        requireNew("json", object);
        requireDifferent(object);
    }

    private static void requireNew(String option, Path path) {
        if (path != null) {
            OutputOptions.requireNew(option, path);
        }
    }

    /** Two results in one file. */
    private void requireDifferent(Path object) {
        List<Path> all = written(object).stream().map(p -> p.toAbsolutePath().normalize()).toList();
        if (all.stream().distinct().count() < all.size()) {
            throw new IllegalArgumentException(
                    "two options name the same file to be written; name another");
        }
    }

    private List<Path> written(Path object) {
        List<Path> out = new ArrayList<>();
        for (Path path : new Path[] {svg, write, object}) {
            if (path != null) {
                out.add(path);
            }
        }
        out.addAll(nir.written());
        return out;
    }

    private ObjectNode describe(Network network) {
        ObjectNode out = Json.object();
        out.put("command", Launcher.running("network", spec));
        ArrayNode populations = out.putArray("populations");
        for (Population p : network.populations()) {
            ObjectNode one = populations.addObject();
            one.put("name", p.name());
            one.put("size", p.size());
            one.put("role", role(p));
            boolean input = p.role() == Population.Role.INPUT;
            one.put("activation", input ? null : p.activation().optionName());
            Unconnected without = Unconnected.of(network, p);
            one.put("unreached", without.unreached());
            one.put("silent", without.silent());
        }
        long synapses = 0;
        ArrayNode projections = out.putArray("projections");
        for (Projection e : network.projections()) {
            Population pre = network.population(e.pre());
            Population post = network.population(e.post());
            ObjectNode one = projections.addObject();
            one.put("name", e.name());
            one.put("from", pre.name());
            one.put("to", post.name());
            long own = e.connectivity().synapses(pre.size(), post.size());
            one.put("synapses", own);
            one.put("connectivity", e.connectivity().unscaled().spec());
            one.put("scale", e.connectivity().scale());
            one.put("weightsOf", network.projection(e.weightsOf()).name());
            one.put("feedback", e.hasOwnFeedback() ? e.ownFeedback().spec() : null);
            synapses += own;
        }
        out.put("neurons", network.populations().stream().mapToInt(Population::size).sum());
        out.put("synapses", synapses);
        out.put("depth", network.depth());
        ArrayNode algorithms = out.putArray("algorithms");
        for (Catalog.Entry<String> entry : Catalog.algorithms()) {
            String refusal = refusal(entry.name(), network);
            algorithms.addObject().put("name", entry.name()).put("refusal", refusal);
        }
        return out;
    }

    /** Why an algorithm does not run on a network; null if it does. */
    private static String refusal(String name, Network network) {
        try {
            new AlgorithmOptions().algorithm(Catalog.settling(name)).requireDefinedOn(network);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static String role(Population p) {
        return p.role().name().toLowerCase(Locale.ROOT);
    }

    private static void print(PrintWriter out, Network network, ObjectNode result) {
        out.printf("%-16s %8s  %-7s %s%n", "population", "neurons", "role", "activation");
        for (Population p : network.populations()) {
            boolean input = p.role() == Population.Role.INPUT;
            out.printf(
                    "%-16s %8d  %-7s %s%n",
                    p.name(), p.size(), role(p), input ? "-" : p.activation().optionName());
        }
        out.printf(
                "%n%-16s %-16s %-16s %10s  %s%n",
                "projection", "from", "to", "synapses", "connectivity");
        result.get("projections")
                .forEach(
                        e -> {
                            boolean own = e.get("weightsOf").equals(e.get("name"));
                            out.printf(
                                    "%-16s %-16s %-16s %10d  %s%s%s%s%n",
                                    e.get("name").asText(),
                                    e.get("from").asText(),
                                    e.get("to").asText(),
                                    e.get("synapses").asLong(),
                                    e.get("connectivity").asText(),
                                    scale(e.get("scale").asDouble()),
                                    own ? "" : ", weights of " + e.get("weightsOf").asText(),
                                    e.get("feedback").isNull()
                                            ? ""
                                            : ", feedback weights " + e.get("feedback").asText());
                        });
        out.printf(
                "%n%d neurons, %d synapses, %d projections on the longest path%n",
                result.get("neurons").asInt(),
                result.get("synapses").asLong(),
                result.get("depth").asInt());
        result.get("populations").forEach(p -> printUnconnected(out, p));
        List<String> run = new ArrayList<>();
        Map<String, List<String>> refused = new LinkedHashMap<>(); // algorithms by reason
        result.get("algorithms")
                .forEach(
                        a -> {
                            String name = a.get("name").asText();
                            if (a.get("refusal").isNull()) {
                                run.add(name);
                            } else {
                                refused.computeIfAbsent(
                                                why(name, a.get("refusal").asText()),
                                                k -> new ArrayList<>())
                                        .add(name);
                            }
                        });
        if (!network.noEnergy().isEmpty()) {
            out.println("no energy    " + network.noEnergy());
        }
        out.println("runs on it   " + String.join(", ", run));
        if (!refused.isEmpty()) {
            List<String> lines = new ArrayList<>();
            refused.forEach((why, names) -> lines.add(String.join(", ", names) + ": " + why));
            out.println("refused      " + String.join("\n             ", lines));
        }
    }

    private static String scale(double scale) {
        return scale == 1.0 ? "" : ", scale " + Figures.number(scale);
    }

    /** A refusal without the name of the algorithm, with which most begin. */
    private static String why(String name, String refusal) {
        String named = name + ": ";
        return refusal.startsWith(named) ? refusal.substring(named.length()) : refusal;
    }

    private static void printUnconnected(PrintWriter out, JsonNode population) {
        int unreached = population.get("unreached").asInt();
        int silent = population.get("silent").asInt();
        if (unreached + silent > 0) {
            out.printf(
                    "no synapse   of %s, %d neurons have none onto them and %d have none from them%n",
                    population.get("name").asText(), unreached, silent);
        }
    }
}
