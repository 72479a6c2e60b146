package org.relaxon.tools.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number; one so small that a double would represent it as 0 is refused. */
final class RealNumber implements ITypeConverter<Double> {
    /** The accepted numbers. */
    static final String HELD = "a number that a double holds: 0, or 4.9e-324 and more in size";

    private static final Pattern ZERO = Pattern.compile("[+-]?[0.]+([eE][+-]?\\d+)?[dDfF]?");

    @Override
    public Double convert(String text) {
        try {
            if (isLost(text)) {
                throw new TypeConversionException("'" + text + "' is not " + HELD);
            }
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
    }

    /** True if the text is a number other than 0 that a double represents as 0. */
    static boolean isLost(String text) {
        try {
            return Double.parseDouble(text) == 0.0 && !ZERO.matcher(text.strip()).matches();
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
