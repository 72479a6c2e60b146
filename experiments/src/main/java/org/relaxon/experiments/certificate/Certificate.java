package org.relaxon.experiments.certificate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The statement of theory before a run, for the worst of the examples considered. All numbers are
 * dimensionless and local to the free equilibrium: a prediction. A certified or recommended run is
 * proven to settle from every start.
 *
 * @param contraction spectral radius of the elementwise absolute value of the linearised
 *     fixed-point map, neuron by neuron; the same number for larger cells. Below 1: settles under
 *     any delays
 * @param loopGain gain of the loop through the output error at first order; NaN for Hopfield
 *     networks, which have no such loop
 * @param stepLimit eta below which gradient steps settle under the mean delay; 0 if none does, NaN
 *     if there is no bound
 * @param smallestEigenvalue of the second derivative of energy plus beta times loss over the
 *     neurons that can move; NaN if there is no symmetric one
 * @param certified whether the requested dynamics is proven to settle with eager cells, or in turns
 *     if it needs them
 * @param recommendation the discipline with which that is proven: {@code eager}, {@code
 *     turn-taking} or {@code none}
 * @param why one line with the numbers that decided
 * @param deadNeurons most neurons of one example left out because f' is 0 there
 * @param examples number of examples considered
 */
public record Certificate(
        double contraction,
        double loopGain,
        double stepLimit,
        double smallestEigenvalue,
        boolean certified,
        String recommendation,
        String why,
        int deadNeurons,
        int examples) {
    /** Cells relax whenever they receive a signal. */
    public static final String EAGER = "eager";

    /** Neighbours relax one after the other. */
    public static final String TURN_TAKING = "turn-taking";

    /** No discipline is known to settle. */
    public static final String NONE = "none";

    /**
     * {@return the same numbers, with nothing certified or recommended}
     *
     * @param because reason to append to {@link #why}
     */
    public Certificate withoutPromise(String because) {
        return new Certificate(
                contraction,
                loopGain,
                stepLimit,
                smallestEigenvalue,
                false,
                NONE,
                why + "; " + because,
                deadNeurons,
                examples);
    }

    /**
     * {@return the certificate of a run about which nothing is known: all numbers are NaN}
     *
     * @param why reason, one line
     */
    public static Certificate without(String why) {
        double none = Double.NaN;
        return new Certificate(none, none, none, none, false, NONE, why, 0, 0);
    }

    /** {@return four lines for display} */
    public List<String> lines() {
        return List.of(
                "certificate: "
                        + (certified ? "certified" : "not certified")
                        + ", discipline "
                        + recommendation,
                "contraction %s, loop gain %s".formatted(text(contraction), text(loopGain)),
                "step limit %s, smallest eigenvalue %s"
                        .formatted(text(stepLimit), text(smallestEigenvalue)),
                why);
    }

    /**
     * {@return names and values for JSON, in a fixed order; null for a number that is not finite}
     */
    public Map<String, Object> toMap() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("contraction", orNull(contraction));
        out.put("loopGain", orNull(loopGain));
        out.put("stepLimit", orNull(stepLimit));
        out.put("smallestEigenvalue", orNull(smallestEigenvalue));
        out.put("certified", certified);
        out.put("recommendation", recommendation);
        out.put("why", why);
        out.put("deadNeurons", deadNeurons);
        out.put("examples", examples);
        return out;
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines());
    }

    static String text(double value) {
        return Double.isNaN(value)
                ? "n/a"
                : Double.isInfinite(value)
                        ? "unbounded"
                        : String.format(Locale.ROOT, "%.4g", value);
    }

    /** With enough digits to distinguish the value from the limit that it is compared with. */
    static String textBeside(double value, double limit) {
        String usual = text(value);
        boolean same = Double.isFinite(value) && value != limit && usual.equals(text(limit));
        return same ? Double.toString(value) : usual;
    }

    private static Double orNull(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }
}
