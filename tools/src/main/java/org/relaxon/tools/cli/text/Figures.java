package org.relaxon.tools.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;
import org.relaxon.model.math.Numeral;

/** Formats numbers for display. */
public final class Figures {
    /** Java's notation below 1e-3 and from 1e7 on. */
    private static final Pattern JAVA = Pattern.compile("\\b(\\d\\.\\d+)E(-?\\d+)\\b");

    private Figures() {}

    private static final MathContext TOLD = new MathContext(12);

    /**
     * The shortest text that reads back to the same number, such as 1e-4.
     *
     * @param value null for none
     * @return the text; empty for null
     */
    public static String number(Double value) {
        return value == null ? "" : Numeral.text(value);
    }

    /**
     * The same without the rounding of a product of two such numbers: only for texts.
     *
     * @param value any
     * @return the text
     */
    public static String inSentence(double value) {
        String exact = Numeral.text(value);
        if (!Double.isFinite(value)) {
            return exact;
        }
        String rounded = Numeral.text(new BigDecimal(value).round(TOLD).doubleValue());
        return rounded.length() <= exact.length() - 6 ? rounded : exact;
    }

    /**
     * A number rounded: only for texts.
     *
     * @param value any
     * @param digits that remain
     * @return the text
     */
    public static String brief(double value, int digits) {
        return Double.isFinite(value)
                ? Numeral.text(new BigDecimal(value).round(new MathContext(digits)).doubleValue())
                : Numeral.text(value);
    }

    /**
     * A number of things.
     *
     * @param count of them
     * @param noun one of them, whose plural has an s
     * @return such as 1 step, 2 steps
     */
    public static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * A {@link #number} that is finite.
     *
     * @param value any
     * @return the text; empty for any other number
     */
    public static String finite(double value) {
        return Double.isFinite(value) ? number(value) : "";
    }

    /**
     * A sentence with its numbers in this form, whatever their original form.
     *
     * @param sentence with numbers as Java prints them
     * @return the sentence
     */
    static String inText(String sentence) {
        return JAVA.matcher(sentence).replaceAll(m -> Numeral.text(Double.parseDouble(m.group())));
    }
}
