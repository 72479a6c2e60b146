package org.relaxon.experiments.problem;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.relaxon.experiments.format.MalformedFileException;
import org.relaxon.experiments.problem.NetworkPlan.Edge;
import org.relaxon.experiments.problem.NetworkPlan.Node;
import org.relaxon.model.network.Population;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.delay.Durations.UnreadableException;

/** The fields of a network file that state how long signals travel and cells pause. */
final class TimingFields {
    static final String DELAY = "delay";
    static final String FEEDBACK = "feedback-delay";
    static final String REFRACTORY = "refractory";

    private TimingFields() {}

    /** Collects these fields of all populations and projections, in the order of the file. */
    static Timing read(
            List<NetworkEntry> nodes,
            List<Node> populations,
            List<NetworkEntry> edges,
            List<Edge> projections)
            throws MalformedFileException {
        Timing timing = Timing.NONE;
        for (int k = 0; k < nodes.size(); k++) {
            Node node = populations.get(k);
            NetworkEntry entry = nodes.get(k).called("population " + node.name());
            String text = entry.optional(REFRACTORY);
            if (text != null && node.role() == Population.Role.INPUT) {
                throw entry.refused(REFRACTORY, text, "none for an input, which is clamped");
            }
            if (text != null) {
                long nanos = read(entry, REFRACTORY, t -> Durations.parse(REFRACTORY, t));
                Timing before = timing;
                timing = entry.located(() -> before.withRefractoryNanos(node.name(), nanos));
            }
        }
        Set<String> inputs =
                populations.stream()
                        .filter(n -> n.role() == Population.Role.INPUT)
                        .map(Node::name)
                        .collect(Collectors.toSet());
        for (int k = 0; k < edges.size(); k++) {
            Edge edge = projections.get(k);
            NetworkEntry entry = edges.get(k).called("projection " + edge.name());
            boolean silent = inputs.contains(edge.from());
            DelayModel activity = delay(entry, DELAY, silent);
            DelayModel feedback = delay(entry, FEEDBACK, silent);
            if (activity != null || feedback != null) {
                timing = timing.withDelay(edge.name(), activity, feedback);
            }
        }
        return timing;
    }

    private static DelayModel delay(NetworkEntry entry, String key, boolean silent)
            throws MalformedFileException {
        String text = entry.optional(key);
        if (text == null) {
            return null;
        }
        if (silent) {
            throw entry.refused(
                    key, text, "none from an input, which is clamped and sends nothing");
        }
        if (text.startsWith("measured:")) {
            throw entry.refused(
                    key,
                    text,
                    "a delay that names no other file, as the content of this one identifies the"
                            + " run; give --delay or --delay-on");
        }
        return read(entry, key, Delays::parse);
    }

    private static <T> T read(NetworkEntry entry, String key, Function<String, T> reader)
            throws MalformedFileException {
        String text = entry.optional(key);
        try {
            return reader.apply(text);
        } catch (UnreadableException e) { // of the whole text, or of a part, which is then named
            throw entry.refused(key, text, e.text().equals(text) ? e.needed() : e.getMessage());
        } catch (IllegalArgumentException e) {
            throw entry.refused(key, text, e.getMessage());
        }
    }

    /** The field of a population as text; empty without one. */
    static String of(Timing timing, Node node) {
        return timing.refractoryOf(node.name())
                .map(p -> ", %s = %s".formatted(REFRACTORY, Durations.format(p.nanos())))
                .orElse("");
    }

    /** The fields of a projection as text; empty without any. */
    static String of(Timing timing, Edge edge, Function<String, String> quoted) {
        return timing.delayOf(edge.name())
                .map(t -> of(DELAY, t.activity(), quoted) + of(FEEDBACK, t.feedback(), quoted))
                .orElse("");
    }

    private static String of(String key, DelayModel model, Function<String, String> quoted) {
        return model == null ? "" : ", %s = %s".formatted(key, quoted.apply(model.spec()));
    }
}
