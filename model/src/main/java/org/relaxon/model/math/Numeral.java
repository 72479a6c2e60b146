package org.relaxon.model.math;

import java.util.regex.Pattern;

/** How numbers are written for people. */
public final class Numeral {
    /** As Java writes those below 1e-3 and from 1e7 on. */
    private static final Pattern JAVA = Pattern.compile("\\b(\\d\\.\\d+)E(-?\\d+)\\b");

    private static final Pattern ZERO = Pattern.compile("\\b(\\d)\\.0e(-?\\d+)\\b");

    private Numeral() {}

    /** A sentence whose numbers are written so, whoever formed it. */
    public static String inText(String sentence) {
        String plain = JAVA.matcher(sentence).replaceAll("$1e$2");
        return ZERO.matcher(plain).replaceAll("$1e$2");
    }

    /** The shortest text that reads back to the same number, such as 0.25, 1.0, 1e-4, 2.5e-7. */
    public static String text(double value) {
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
