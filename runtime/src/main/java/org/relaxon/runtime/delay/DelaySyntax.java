package org.relaxon.runtime.delay;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.relaxon.runtime.delay.Durations.UnreadableException;
import org.relaxon.runtime.guard.OwnParts;

/** The text form of delay models. */
final class DelaySyntax {
    private static final String MEASURED = "measured";
    private static final String FORMS =
            "none, constant:D, uniform:D,D, exponential:D, pareto:D,SHAPE, lognormal:D,SIGMA,"
                    + " per-link:D,SPREAD, bimodal:D,D,P, payload:D,D, newest-first:D,"
                    + " measured:FILE.hlog[,unit=U][,tag=NAME]";

    private static final Map<String, Integer> ARGUMENTS =
            Map.of(
                    "none", 0,
                    "constant", 1,
                    "uniform", 2,
                    "exponential", 1,
                    "pareto", 2,
                    "lognormal", 2,
                    "per-link", 2,
                    "bimodal", 3,
                    "payload", 2,
                    "newest-first", 1);

    private static final Map<String, Function<String[], DelayModel>> MODELS =
            Map.of(
                    "none", a -> Delays.none(),
                    "constant", a -> Delays.constant(span(a[0])),
                    "uniform", a -> Delays.uniform(span(a[0]), span(a[1])),
                    "exponential", a -> Delays.exponential(span(a[0])),
                    "pareto", a -> Delays.pareto(span(a[0]), number(a[1], "pareto", "a shape > 0")),
                    "lognormal",
                            a ->
                                    Delays.lognormal(
                                            span(a[0]), number(a[1], "lognormal", "a sigma > 0")),
                    "per-link",
                            a ->
                                    Delays.perLink(
                                            span(a[0]), number(a[1], "per-link", "a spread > 1")),
                    "bimodal",
                            a ->
                                    Delays.bimodal(
                                            span(a[0]),
                                            span(a[1]),
                                            number(a[2], "bimodal", "a share in 0..1")),
                    "payload", a -> Delays.payload(span(a[0]), span(a[1])),
                    "newest-first", a -> Delays.newestFirst(span(a[0])));

    private DelaySyntax() {}

    private static Set<String> library() {
        Set<String> out = new HashSet<>(MODELS.keySet());
        out.add(MEASURED);
        return out;
    }

    static OwnParts<DelayModel> own() {
        return OwnDelays.found(library());
    }

    static List<String> names() {
        List<String> out = new ArrayList<>(library());
        out.addAll(own().names());
        return out;
    }

    static DelayModel parse(String text) {
        OwnParts<DelayModel> own = own(); // even if not used: names may be taken
        return own.read(text).orElseGet(() -> ofLibrary(text, own));
    }

    private static DelayModel ofLibrary(String text, OwnParts<DelayModel> own) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        if (name.equals(MEASURED) && !rest.isEmpty()) {
            return MeasuredDelay.read(rest);
        }
        String[] arguments = colon < 0 ? new String[0] : rest.split(",", -1);
        if (!Integer.valueOf(arguments.length).equals(ARGUMENTS.get(name))) {
            List<String> all = new ArrayList<>(List.of(FORMS));
            all.addAll(own.examples());
            throw new UnreadableException(
                    "delay", text, "one of %s%s".formatted(String.join(", ", all), meant(text)));
        }
        return MODELS.get(name).apply(arguments);
    }

    /** A span of time alone is most likely meant as a constant delay. */
    private static String meant(String text) {
        try {
            span(text);
            return "; did you mean constant:" + text + "?";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static long span(String text) {
        return Durations.parse("delay", text);
    }

    private static double number(String text, String model, String needed) {
        try {
            if (!text.matches("0[xX].*|.*[dDfF\\s]")) { // valid in Java, but not meant here
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException e) {
            // refused below like any other text that is not a number
        }
        throw new IllegalArgumentException(
                "delay: \"%s\" is not a number; %s needs %s".formatted(text, model, needed));
    }
}
