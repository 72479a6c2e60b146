package org.relaxon.experiments.reproduction;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.relaxon.model.math.Numeral;

/**
 * One condition for the finding to count as reproduced. A check without runs fails.
 *
 * @param name the claim, in a few words
 * @param expected the criterion, stated before anything is measured; one that was changed
 *     afterwards is marked in its text
 * @param measured the measured figure
 * @param holds whether the figure meets the criterion
 */
public record ShapeCheck(String name, String expected, String measured, boolean holds) {
    /** In place of a figure of which there are no runs. */
    static final String NOT_MEASURED = "not measured";

    private static final int DIGITS = 3;

    /**
     * {@return true if all hold, and there are any}
     *
     * @param checks of one reproduction
     */
    public static boolean allHold(List<ShapeCheck> checks) {
        return !checks.isEmpty() && checks.stream().allMatch(ShapeCheck::holds);
    }

    /**
     * Figures as text.
     *
     * @param format of all of them
     * @return {@link #NOT_MEASURED} if one is NaN
     */
    static String figures(String format, double... figures) {
        boolean some = DoubleStream.of(figures).noneMatch(Double::isNaN);
        Object[] boxed = DoubleStream.of(figures).boxed().toArray();
        return some ? String.format(Locale.ROOT, format, boxed) : NOT_MEASURED;
    }

    /**
     * Three digits of a figure, such as 0.25 or 4.13e-6, in the form in which limits are stated.
     */
    static String brief(double figure) {
        return Double.isFinite(figure)
                ? Numeral.text(new BigDecimal(figure).round(new MathContext(DIGITS)).doubleValue())
                : Double.isNaN(figure) ? NOT_MEASURED : "beyond finite numbers";
    }

    /**
     * The number of runs that meet a condition required of all.
     *
     * @param condition what those do that meet it, such as settle
     */
    static ShapeCheck all(String name, String expected, String condition, long good, long of) {
        String measured = of == 0 ? NOT_MEASURED : "%d of %d %s".formatted(good, of, condition);
        return new ShapeCheck(name, expected, measured, of > 0 && good == of);
    }
}
