package org.relaxon.tools.cli.text;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.relaxon.runtime.delay.DelayModel;
import picocli.CommandLine.Model.CommandSpec;

/** The words of a command line, so that a row can name the command that repeats it. */
public final class Words {
    /** With its value, in the form of {@link #quoted}; not where the value is a dash. */
    private static final Pattern RESULT_FILE =
            Pattern.compile(
                    " (--json[ =](?!-( |$))('[^']*'|\\\\'|[^ '])+|'--json=('\\\\''|[^'])*')");

    private Words() {}

    /**
     * The arguments after a subcommand's name.
     *
     * @param subcommand its name
     * @param spec the command, parsed
     * @return the words
     */
    public static List<String> after(String subcommand, CommandSpec spec) {
        List<String> all = spec.root().commandLine().getParseResult().originalArgs();
        int at = all.indexOf(subcommand);
        return at < 0 ? List.of() : all.subList(at + 1, all.size());
    }

    /**
     * The arguments without some options and their values.
     *
     * @param words of a command line
     * @param options names to leave out
     * @return the rest, for a shell, each with a space before it
     */
    public static String without(List<String> words, Set<String> options) {
        return list(words, options).stream().map(w -> " " + quoted(w)).collect(joining());
    }

    /**
     * The same as a list.
     *
     * @param words of a command line
     * @param options names to leave out
     * @return the rest
     */
    public static List<String> list(List<String> words, Set<String> options) {
        List<String> out = new ArrayList<>();
        for (int k = 0; k < words.size(); k++) {
            String word = words.get(k);
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (!options.contains(name)) {
                out.add(word);
            } else if (name.equals(word) && k + 1 < words.size() && takesValue(name)) {
                k++;
            }
        }
        return out;
    }

    private static boolean takesValue(String option) {
        return !option.equals("--quiet")
                && !option.equals("-q")
                && !option.equals("--all")
                && !option.equals("--own-init");
    }

    /**
     * A line without the option that names the file of the result, once that file exists: the
     * command would be refused, as nothing is overwritten.
     *
     * @param line with a command
     * @param words of the command line that it repeats
     * @return the line, which states what was left out
     */
    public static String withoutWritten(String line, List<String> words) {
        for (int k = 0; k < words.size(); k++) {
            String word = words.get(k);
            boolean apart = word.equals("--json") && k + 1 < words.size();
            String file = apart ? words.get(k + 1) : word.replaceFirst("^--json=", "");
            boolean names = apart || !file.equals(word);
            if (names && !file.equals("-") && Files.exists(Path.of(file))) {
                String option = " " + quoted(word) + (apart ? " " + quoted(file) : "");
                return "%s; without --json, as %s exists now"
                        .formatted(line.replace(option, ""), file);
            }
        }
        return line;
    }

    /**
     * A command without the option that names the file of its result, for that file itself: once it
     * can be read it exists, and the command would be refused.
     *
     * @param command as results record it
     * @return the command; one that prints its result keeps the option
     */
    public static String withoutResultFile(String command) {
        return RESULT_FILE.matcher(command).replaceAll("");
    }

    /**
     * A word as a shell reads it back.
     *
     * @param word any
     * @return in quotes if it needs them
     */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Prints on stderr a remark for the user on the choice of delays.
     *
     * @param spec the command
     * @param delays of the run
     */
    public static void remark(CommandSpec spec, List<DelayModel> delays) {
        PrintWriter err = spec.commandLine().getErr();
        for (DelayModel delay : delays) {
            if (!delay.remark().isEmpty()) {
                err.println("delay: " + delay.remark());
                err.flush();
            }
        }
    }
}
