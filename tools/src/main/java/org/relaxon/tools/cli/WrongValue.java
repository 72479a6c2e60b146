package org.relaxon.tools.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Describes the fault of an option's value, and the values that the option takes. */
final class WrongValue {
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class);
    private static final Set<Class<?>> REAL = Set.of(double.class, Double.class);

    private WrongValue() {}

    /** One line about a value that cannot be read, or the message unchanged. */
    static String describe(ParameterException e, String[] args) {
        if (!(argument(e) instanceof OptionSpec option)) {
            return e.getMessage();
        }
        String typed = typed(option, args);
        Optional<String> kind = kind(option);
        String value = e.getValue();
        if (kind.isEmpty() || value == null || !isOfConversion(e)) {
            return e.getMessage().replace("'" + option.longestName() + "'", "'" + typed + "'");
        }
        boolean several = value.contains(",") && option.splitRegex().isEmpty();
        return "option '%s': \"%s\" is not %s%s; %s=%s: %s"
                .formatted(
                        typed,
                        value,
                        RealNumber.isLost(value) ? RealNumber.HELD : kind.get(),
                        several ? ", and this option takes one value" + elsewhere(option) : "",
                        typed,
                        option.paramLabel(),
                        firstSentence(String.join(" ", option.description())));
    }

    /** The option that the parser complains about; null for none. */
    private static ArgSpec argument(ParameterException e) {
        if (e instanceof OverwrittenOptionException twice) {
            return twice.getOverwritten();
        }
        if (e instanceof MissingParameterException missing && missing.getMissing().size() == 1) {
            return missing.getMissing().get(0);
        }
        return e.getArgSpec();
    }

    private static boolean isOfConversion(ParameterException e) {
        return e.getCause() instanceof TypeConversionException
                || e.getMessage().startsWith("Invalid value for option");
    }

    /** The command in which this option can take several values. */
    private static String elsewhere(OptionSpec option) {
        boolean swept =
                option.command().root().subcommands().containsKey("sweep")
                        && Arrays.asList(option.names()).contains("--beta");
        return swept ? " (several: sweep --axis beta=..., or check)" : "";
    }

    private static Optional<String> kind(OptionSpec option) {
        Class<?>[] elements = option.auxiliaryTypes();
        Class<?> type = elements.length > 0 ? elements[0] : option.type();
        if (REAL.contains(type)) {
            return Optional.of("a number");
        }
        return WHOLE.contains(type) ? Optional.of("a whole number") : Optional.empty();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text.replaceFirst("[.]$", "") : text.substring(0, end);
    }

    /** The name that the user chose; otherwise the longest name of an option. */
    private static String typed(OptionSpec option, String[] args) {
        String typed = option.longestName();
        for (String arg : args) {
            for (String name : option.names()) {
                typed = arg.equals(name) || arg.startsWith(name + "=") ? name : typed;
            }
        }
        return typed;
    }
}
