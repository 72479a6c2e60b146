package org.relaxon.experiments.certificate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What theory says before a run, the worst over the examples looked at. All numbers are
 * dimensionless and local to the free equilibrium: a prediction, not a proof about far starts.
 *
 * @param contraction spectral radius of the elementwise absolute value of the linearised
 *     fixed-point map, neuron by neuron; for larger cells the same number. Below 1: settles under
 *     any delays
 * @param loopGain gain of the loop through the output error at first order; NaN for Hopfield
 *     networks, which have no such loop
 * @param stepLimit eta below which gradient steps settle under the mean delay; 0 if none does, NaN
 *     if there is no bound
 * @param smallestEigenvalue of the second derivative of energy plus beta times loss over the
 *     neurons that can move; NaN if there is no symmetric one
 * @param certified whether the dynamics asked for settles near the free equilibrium with eager
 *     cells, or in turns if it needs them
 * @param recommendation {@code eager}, {@code turn-taking} or {@code none}
 * @param why one line with the numbers that decided
 * @param deadNeurons most neurons of one example left out because f' is 0 there
 * @param examples how many examples were looked at
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
    /** Cells relax whenever they hear something. */
    public static final String EAGER = "eager";

    /** Neighbours relax one after the other. */
    public static final String TURN_TAKING = "turn-taking";

    /** No discipline is known to settle. */
    public static final String NONE = "none";

    /** For people: four lines. */
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

    /** For JSON: names and values in a fixed order; null for a number that is not finite. */
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

    private static Double orNull(double value) {
        return Double.isFinite(value) ? Double.valueOf(value) : null;
    }
}
