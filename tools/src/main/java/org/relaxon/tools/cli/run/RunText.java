package org.relaxon.tools.cli.run;

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
