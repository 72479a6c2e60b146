package org.relaxon.experiments.problem;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.loss.StandardLoss;
import org.relaxon.model.network.NetworkBuilder;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection.FeedbackWeights;

/**
 * Network files: HOCON with a list {@code populations} of objects {@code {name, size, role,
 * activation, refractory}} and a list {@code projections} of objects {@code {name, from, to, delay,
 * feedback-delay}}. The role is {@code hidden} unless stated. The name of a projection defaults to
 * that of the population at its end, or {@code FROM-TO} if another projection ends there.
 * docs/networks.md has the whole.
 */
public final class NetworkFile {
    private static final int BYTES_MAX = 1 << 20;
    private static final String ALLOWED =
            "HOCON without includes and references (${...}); text with ':', ',' or '='"
                    + " in quotes, such as connectivity = \"random:100,seed=1\"";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*\\}?");
    private static final Set<String> TOP = Set.of("populations", "projections");
    private static final Set<String> POPULATION =
            Set.of("name", "size", "role", "activation", TimingFields.REFRACTORY);
    private static final Set<String> PROJECTION =
            Set.of(
                    "name",
                    "from",
                    "to",
                    "connectivity",
                    "scale",
                    "weights-of",
                    "feedback",
                    TimingFields.DELAY,
                    TimingFields.FEEDBACK);

    private NetworkFile() {}

    /**
     * Reads a network file.
     *
     * @param file the file, at most 1 MiB of UTF-8
     * @param activations finds an activation by its name, and refuses one that is none
     * @return the plan of a graph that can be built
     * @throws MalformedFileException naming line, field and what is allowed
     * @throws IllegalArgumentException naming line and population or projection, if they do not
     *     make a graph without cycles from inputs to outputs
     * @throws IOException if the file cannot be read
     */
    public static NetworkPlan read(Path file, Function<String, Activation> activations)
            throws IOException {
        NetworkEntry root = NetworkEntry.of(file, parse(file).root());
        root.requireKeys(TOP);
        List<NetworkEntry> nodes = root.list("populations", "population");
        List<NetworkEntry> edges = root.list("projections", "projection");
        List<Node> populations = new ArrayList<>();
        for (NetworkEntry n : nodes) {
            populations.add(node(n, activations));
        }
        List<Edge> projections = new ArrayList<>();
        for (NetworkEntry e : edges) {
            projections.add(edge(e, edges));
        }
        NetworkBuilder builder = new NetworkBuilder(StandardLoss.SQUARED);
        for (int k = 0; k < nodes.size(); k++) {
            Node node = populations.get(k);
            nodes.get(k)
                    .located(
                            () ->
                                    node.addTo(
                                            builder,
                                            StandardActivation.TANH,
                                            StandardActivation.LINEAR));
        }
        for (int k = 0; k < edges.size(); k++) {
            Edge e = projections.get(k);
            edges.get(k).located(() -> e.addTo(builder).requireFew());
        }
        for (int k = 0; k < edges.size(); k++) {
            String name = projections.get(k).name();
            edges.get(k).located(() -> builder.requireOrder(name));
        }
        root.located(builder::requireRoles);
        for (int k = 0; k < nodes.size(); k++) {
            String name = populations.get(k).name();
            nodes.get(k).located(() -> builder.requireJoined(name));
        }
        return new NetworkPlan(
                populations,
                projections,
                TimingFields.read(nodes, populations, edges, projections));
    }

    private static Config parse(Path file) throws IOException {
        ConfigParseOptions options =
                ConfigParseOptions.defaults()
                        .setSyntax(ConfigSyntax.CONF)
                        .setIncluder(new NoIncludes())
                        .setOriginDescription(file.toString());
        String text = text(file);
        RepeatedFields.refuse(file, text);
        try {
            Config parsed = ConfigFactory.parseString(text, options);
            if (!parsed.isResolved()) {
                throw reference(file, text);
            }
            return parsed;
        } catch (ConfigException e) {
            throw refused(file, e);
        } catch (StackOverflowError e) {
            throw new MalformedFileException(file.toString(), "nesting", "too deep", "HOCON");
        }
    }

    /** Names the first reference before any comment and its line, which the parser does not. */
    private static MalformedFileException reference(Path file, String text) {
        List<String> lines = text.lines().map(line -> line.split("#|//", 2)[0]).toList();
        int line =
                IntStream.range(0, lines.size())
                        .filter(k -> lines.get(k).contains("${"))
                        .findFirst()
                        .orElse(0);
        Matcher found = REFERENCE.matcher(lines.get(line));
        return new MalformedFileException(
                "%s, line %d".formatted(file, line + 1),
                "a value",
                found.find() ? found.group() : "a reference",
                "the value itself, as a network file is HOCON without references to variables and fields");
    }

    /** What the parser found, in our words. */
    private static MalformedFileException refused(Path file, ConfigException e) {
        String why = String.valueOf(e.getMessage());
        int line = e.origin() == null ? -1 : e.origin().lineNumber();
        String place = line < 1 ? file.toString() : file + ", line " + line;
        why = why.replace(file + ": ", "").replaceFirst("^" + line + ": ", "");
        return new MalformedFileException(place, "text", HoconFault.words(why), ALLOWED);
    }

    private static String text(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new MalformedFileException(
                    file.toString(), "network", "a directory", "a network file");
        }
        if (Files.size(file) > BYTES_MAX) {
            throw new MalformedFileException(
                    file.toString(),
                    "size",
                    Files.size(file),
                    "at most %d bytes".formatted(BYTES_MAX));
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFileException(file.toString(), "text", "not UTF-8", "UTF-8");
        }
    }

    private static Node node(NetworkEntry entry, Function<String, Activation> activations)
            throws IOException {
        entry.requireKeys(POPULATION);
        String name = entry.name("name");
        NetworkEntry named = entry.called("population " + name);
        int size = named.size("size", NetworkBuilder.NEURONS_MAX);
        Population.Role role = named.role("role");
        String activation = named.optional("activation");
        if (activation != null && role == Population.Role.INPUT) {
            throw named.refused("activation", activation, "none for an input, which is clamped");
        }
        try {
            return new Node(
                    name, size, role, activation == null ? null : activations.apply(activation));
        } catch (IllegalArgumentException e) {
            throw named.refused(
                    "activation", activation, e.getMessage().replaceFirst(".* is not one of ", ""));
        }
    }

    private static Edge edge(NetworkEntry entry, List<NetworkEntry> all) throws IOException {
        entry.requireKeys(PROJECTION);
        String from = entry.name("from");
        String to = entry.name("to");
        String name = name(entry, from, to, all);
        String text = entry.optional("connectivity");
        String back = entry.optional("feedback");
        FeedbackWeights feedback =
                back == null ? null : entry.located(() -> FeedbackWeights.parse(back));
        if (entry.has("weights-of")) {
            if (text != null) {
                throw entry.refused(
                        "connectivity",
                        text,
                        "none beside weights-of, which has that of the other");
            }
            if (entry.has("scale")) {
                throw entry.refused(
                        "scale",
                        entry.optional("scale"),
                        "none beside weights-of, which has that of the other");
            }
            return new Edge(name, from, to, null, entry.name("weights-of"), feedback);
        }
        Edge edge =
                text == null
                        ? new Edge(name, from, to)
                        : new Edge(name, from, to, entry.located(() -> Connectivity.parse(text)));
        if (!entry.has("scale")) {
            return edge.withFeedback(feedback);
        }
        double scale = entry.number("scale");
        return new Edge(
                        name,
                        from,
                        to,
                        entry.located(() -> Connectivity.scaled(edge.connectivity(), scale)))
                .withFeedback(feedback);
    }

    private static String name(NetworkEntry entry, String from, String to, List<NetworkEntry> all)
            throws IOException {
        if (entry.has("name")) {
            return entry.name("name");
        }
        boolean alone = true;
        for (NetworkEntry other : all) {
            alone &= other == entry || !to.equals(other.optional("to"));
        }
        return alone ? to : from + "-" + to;
    }

    /**
     * {@return the text of a network file that reads back to the same plan}
     *
     * @param plan the plan
     */
    public static String text(NetworkPlan plan) {
        StringBuilder out = new StringBuilder("populations = [\n");
        for (Node n : plan.populations()) {
            out.append("  { name = ").append(quoted(n.name()));
            out.append(", size = ").append(n.size());
            if (n.role() != Population.Role.HIDDEN) {
                out.append(", role = ").append(n.role().name().toLowerCase(Locale.ROOT));
            }
            if (n.activation() != null) {
                out.append(", activation = ").append(quoted(n.activation().optionName()));
            }
            out.append(TimingFields.of(plan.timing(), n));
            out.append(" }\n");
        }
        out.append("]\nprojections = [\n");
        for (Edge e : plan.projections()) {
            out.append("  { name = ").append(quoted(e.name()));
            out.append(", from = ").append(quoted(e.from()));
            out.append(", to = ").append(quoted(e.to()));
            if (e.weightsOf() != null) {
                out.append(", weights-of = ").append(quoted(e.weightsOf()));
            }
            if (!e.isUsual()) {
                String connectivity = e.connectivity().unscaled().spec();
                out.append(", connectivity = ").append(quoted(connectivity));
            }
            if (e.weightsOf() == null && e.connectivity().scale() != 1.0) {
                out.append(", scale = ").append(e.connectivity().scale());
            }
            if (e.feedback() != null) {
                out.append(", feedback = ").append(quoted(e.feedback().spec()));
            }
            out.append(TimingFields.of(plan.timing(), e, NetworkFile::quoted));
            out.append(" }\n");
        }
        return out.append("]\n").toString();
    }

    private static String quoted(String word) {
        return word.matches("(?!(null|true|false)$)[a-z][a-z0-9-]*")
                ? word
                : ConfigUtil.quoteString(word);
    }
}
