package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Conditions.Timing.Pause;
import org.relaxon.runtime.Conditions.Timing.Travel;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Durations;
import picocli.CommandLine.Model.CommandSpec;

/** Delays and refractory periods that a network file states, in text and JSON. */
public final class NetworkTiming {
    /** Why a delay is refused, without the remedy. */
    public static final String UNREAD =
            "no signal would travel by it, as the network file states the delay of every projection"
                    + " in both directions; ";

    private NetworkTiming() {}

    /**
     * Prints what is stated and what it replaces, if there is anything.
     *
     * @param out to print to
     * @param timing of the network
     */
    public static void print(PrintWriter out, Timing timing) {
        if (!timing.isEmpty()) {
            out.printf("timing       %s%n", text(timing));
        }
    }

    /**
     * {@return what is stated and what it replaces}
     *
     * @param timing of the network
     */
    public static String text(Timing timing) {
        return timing
                + " (stated by the network file, whatever --delay, --delay-on and --refractory are)";
    }

    /**
     * {@return the mean refractory period of every population that has cells, nanoseconds, by name
     * and in order}
     *
     * @param plan of the run
     * @param network that it settles
     */
    public static Map<String, Long> pauses(RunPlan plan, Network network) {
        long[] all = plan.conditions().timing().refractoryNanos(plan, network);
        Map<String, Long> out = new LinkedHashMap<>();
        for (Population p : network.populations()) {
            if (p.role() != Population.Role.INPUT) {
                out.put(p.name(), all[p.index()]);
            }
        }
        return out;
    }

    /**
     * {@return refractory periods as text, a single one where all are the same}
     *
     * @param pauses nanoseconds by population
     */
    public static String text(Map<String, Long> pauses) {
        return common(pauses) != null
                ? Durations.format(common(pauses))
                : pauses.entrySet().stream()
                        .map(e -> Durations.format(e.getValue()) + " in " + e.getKey())
                        .collect(Collectors.joining(", "));
    }

    /**
     * Adds them as {@code refractoryNanos}, null where populations differ, and {@code
     * refractoryNanosByPopulation}.
     *
     * @param node receives them
     * @param pauses nanoseconds by population
     */
    public static void put(ObjectNode node, Map<String, Long> pauses) {
        node.put("refractoryNanos", common(pauses));
        pauses.forEach(node.putObject("refractoryNanosByPopulation")::put);
    }

    /** The period of all populations; null where they differ. */
    private static Long common(Map<String, Long> pauses) {
        Set<Long> all = Set.copyOf(pauses.values());
        return all.size() == 1 ? all.iterator().next() : null;
    }

    /**
     * Adds it as {@code timing}, null if nothing is stated.
     *
     * @param node receives it
     * @param timing of the network
     */
    public static void put(ObjectNode node, Timing timing) {
        if (timing.isEmpty()) {
            node.putNull("timing");
            return;
        }
        ObjectNode all = node.putObject("timing");
        ArrayNode delays = all.putArray("delays");
        for (Travel travel : timing.delays()) {
            ObjectNode one = delays.addObject();
            one.put("projection", travel.projection());
            one.put("delay", spec(travel.activity()));
            one.put("feedbackDelay", spec(travel.feedback()));
        }
        ArrayNode pauses = all.putArray("refractory");
        for (Pause pause : timing.pauses()) {
            ObjectNode one = pauses.addObject();
            one.put("population", pause.population());
            one.put("nanos", pause.nanos());
        }
    }

    /**
     * Refuses a usual delay by which no signal would travel: a network file states that of every
     * projection in both directions. Only bundles of cells in step, repetitions and probe waves
     * take the usual delay as well.
     *
     * @param spec the command, parsed
     * @param network of the run
     * @param conditions of the run, with the timing of the network
     * @throws IllegalArgumentException if {@code --delay} was given
     */
    public static void requireDelayRead(CommandSpec spec, Network network, Conditions conditions) {
        if (spec.commandLine().getParseResult().hasMatchedOption("--delay")
                && statesAll(network, conditions)) {
            throw new IllegalArgumentException("delay: " + UNREAD + "leave it out");
        }
    }

    /**
     * Whether every signal of a run travels by a delay that the network file states.
     *
     * @param network of the run
     * @param conditions of the run, with the timing of the network
     * @return whether no other delay is read
     */
    public static boolean statesAll(Network network, Conditions conditions) {
        return conditions.statesAllDelays(network);
    }

    private static String spec(DelayModel model) {
        return model == null ? null : model.spec();
    }
}
