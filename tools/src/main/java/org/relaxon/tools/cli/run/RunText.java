package org.relaxon.tools.cli.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relaxon.experiments.compare.ProjectionComparison;
import org.relaxon.model.algorithm.Method;
import org.relaxon.tools.cli.option.AlgorithmOptions;
import org.relaxon.tools.cli.text.Figures;

/** A run in one line: what settles, and how. */
public final class RunText {
    private RunText() {}

    /**
     * Method, host, size of cells and delay.
     *
     * @param method algorithm, estimator and strength
     * @param host its name
     * @param cells granularity
     * @param delay as in options
     * @return the line
     */
    public static String of(Method method, String host, String cells, String delay) {
        return "%s, on %s in %s cells, delay %s"
                .formatted(
                        method(
                                AlgorithmOptions.label(method.algorithm()),
                                method.estimator().optionName(),
                                method.strength()),
                        host,
                        cells,
                        delay);
    }

    /**
     * The angle between an update and its reference, whole and per projection.
     *
     * @param whole over all weights and biases, degrees
     * @param parts of every projection and population's biases
     * @return such as "41.3 degrees (cosine 0.751); W1 50.2, b1 49.8, W2 0.0, b2 0.0"
     */
    public static String angles(double whole, List<ProjectionComparison> parts) {
        String layers =
                parts.stream()
                        .map(p -> p.name() + " " + degrees(p.angleDegrees()))
                        .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s degrees (cosine %.3f); %s",
                degrees(whole),
                Math.cos(Math.toRadians(whole)),
                layers);
    }

    private static String degrees(double angle) {
        return Double.isNaN(angle) ? "-" : String.format(Locale.ROOT, "%.1f", angle);
    }

    /**
     * The method alone.
     *
     * @param algorithm its label
     * @param estimator its name
     * @param strength beta or gamma
     * @return the beginning of the line
     */
    public static String method(String algorithm, String estimator, double strength) {
        return "%s, %s, strength %s".formatted(algorithm, estimator, Figures.number(strength));
    }
}
