package org.relaxon.tools.cli.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Conditions.Timing.Pause;
import org.relaxon.runtime.Conditions.Timing.Travel;
import org.relaxon.runtime.delay.DelayModel;

/** Delays and refractory periods that a network file states, in text and JSON. */
public final class NetworkTiming {
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

    private static String spec(DelayModel model) {
        return model == null ? null : model.spec();
    }
}
