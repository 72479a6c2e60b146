package org.relaxon.tools.cli.option;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.relaxon.experiments.provenance.Provenance;
import org.relaxon.experiments.provenance.Setting;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.output.Version;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command as the record of what determines its result: all of them, given or not,
 * except those listed as irrelevant. An option added later is therefore part of the record until it
 * is excluded here.
 */
public final class ResolvedOptions {
    /** Options of every command for the destination of results. */
    public static final Set<String> OUTPUT =
            Set.of(
                    "--json",
                    "--out",
                    "--quiet",
                    "--dry-run",
                    "--module",
                    "--help",
                    "--version",
                    "--listen", // how a process is reached changes no result
                    "--tls",
                    "--insecure",
                    "--placement"); // nor where cells are

    /** Options that choose an algorithm with its strength, of which a row states the result. */
    private static final Set<String> ALGORITHM =
            Set.of(
                    "--dynamics",
                    "--step",
                    "--form",
                    "--gamma",
                    "--points",
                    "--inference-rate",
                    "--estimator",
                    "--beta");

    private ResolvedOptions() {}

    /**
     * The options that one run of many does not repeat, because it states their result.
     *
     * @param others further ones of the command
     * @return these and those that choose an algorithm with its strength
     */
    public static Set<String> restated(String... others) {
        Set<String> out = new HashSet<>(ALGORITHM);
        out.addAll(Arrays.asList(others));
        return Set.copyOf(out);
    }

    /**
     * The record of a command line.
     *
     * @param spec a command that has been parsed
     * @param elsewhere names of further irrelevant options
     * @return values by option
     * @throws IOException if a file that an option names cannot be read
     */
    public static Provenance of(CommandSpec spec, Set<String> elsewhere) throws IOException {
        Provenance out = Provenance.NONE.with("version", Setting.of(Version.text()));
        Setting own = Setting.ofClassPath(System.getenv(Launcher.CLASSPATH));
        if (!own.equals(Setting.NONE)) {
            out = out.with(Launcher.CLASSPATH, own);
        }
        for (OptionSpec option : spec.options()) {
            String name = name(option);
            if (!OUTPUT.contains(name) && !elsewhere.contains(name)) {
                Object value = option.getValue();
                out =
                        Objects.equals(value, Integer.MAX_VALUE) // a count without an upper limit
                                ? out.with(name, new Setting(text(value), "all"))
                                : out.withText(name, text(value));
            }
        }
        return out;
    }

    /**
     * The first long name of an option; later ones are aliases.
     *
     * @param option of any command
     * @return the name, with its dashes
     */
    public static String name(OptionSpec option) {
        return Arrays.stream(option.names())
                .filter(n -> n.startsWith("--"))
                .findFirst()
                .orElse(option.longestName());
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof Object[] several ? Arrays.toString(several) : value.toString();
    }
}
