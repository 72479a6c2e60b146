package org.relaxon.tools.cli.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Suggests the intended name for an unknown option or command. */
public final class Misspelling {
    private static final int PREFIX_MIN = 3;

    /** How options refuse a value that they do not know. */
    private static final Pattern REFUSED =
            Pattern.compile("\"(?<word>[^\"]+)\" is not one of (?<list>[^;]+)");

    private Misspelling() {}

    /**
     * One line about the first argument that is not accepted.
     *
     * @param e from the parser
     * @return the line
     */
    public static String describe(UnmatchedArgumentException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String word = e.getUnmatched().get(0).replaceFirst("=.*", "");
        if (word.startsWith("-")) {
            return "unknown option " + word + hint(word, spec);
        }
        Collection<String> commands = spec.subcommands().keySet();
        return commands.isEmpty()
                ? "unexpected argument \"%s\"".formatted(word)
                : command(word, commands);
    }

    /**
     * One line about an unknown command.
     *
     * @param word as given
     * @param commands all names
     * @return the line
     */
    public static String command(String word, Collection<String> commands) {
        return "unknown command %s%s"
                .formatted(
                        word,
                        nearest(word, commands)
                                .map(Misspelling::question)
                                .orElse("; name one of " + String.join(", ", commands)));
    }

    private static String hint(String word, CommandSpec spec) {
        List<String> elsewhere = owners(word, spec.root(), spec);
        if (!elsewhere.isEmpty()) {
            return "; it is an option of " + String.join(", ", elsewhere);
        }
        return nearest(word, names(spec)).map(Misspelling::question).orElse("");
    }

    /**
     * A refusal of a value that is not one of several, with the value that was probably meant.
     *
     * @param message any
     * @return the same where it lists no values, already asks, or none is near
     */
    public static String completed(String message) {
        Matcher refused = REFUSED.matcher(message);
        if (!refused.find() || message.contains("did you mean")) {
            return message;
        }
        String word = refused.group("word").replaceFirst(":.*", "");
        Map<String, String> forms = new LinkedHashMap<>();
        for (String form : refused.group("list").split(", ")) {
            String whole = form.replaceFirst("[ \\[].*", "");
            forms.put(whole.replaceFirst(":.*", ""), whole);
        }
        return nearest(word, forms.keySet())
                .map(name -> message + question(forms.get(name)))
                .orElse(message);
    }

    /**
     * The text that follows an error about a misspelt name.
     *
     * @param name the right one
     * @return the question
     */
    public static String question(String name) {
        return "; did you mean " + name + "?";
    }

    private static List<String> names(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    /** Other commands with this option. */
    private static List<String> owners(String word, CommandSpec from, CommandSpec except) {
        TreeSet<String> owners = new TreeSet<>();
        for (var child : from.subcommands().values()) {
            CommandSpec spec = child.getCommandSpec();
            if (spec != except && spec.optionsMap().containsKey(word)) {
                owners.add(spec.qualifiedName());
            }
            owners.addAll(owners(word, spec, except));
        }
        return List.copyOf(owners);
    }

    /**
     * The name at the least distance, if that is at most a third of the word's length; or else the
     * only name that begins with the word.
     *
     * @param word as given
     * @param names all that are known
     * @return the name, if there is one
     */
    public static Optional<String> nearest(String word, Collection<String> names) {
        String bare = bare(word);
        Optional<String> near =
                names.stream()
                        .filter(n -> distance(bare, bare(n)) <= Math.max(1, bare.length() / 3))
                        .min(
                                Comparator.comparingInt((String n) -> distance(bare, bare(n)))
                                        .thenComparing(Comparator.naturalOrder()));
        if (near.isPresent()) {
            return near;
        }
        List<String> longer = names.stream().filter(n -> bare(n).startsWith(bare)).toList();
        return bare.length() >= PREFIX_MIN && longer.size() == 1
                ? Optional.of(longer.get(0))
                : Optional.empty();
    }

    private static String bare(String name) {
        return name.replaceFirst("^-+", "").replace('_', '-');
    }

    /**
     * Letters inserted, left out, replaced, or swapped with their neighbour (optimal string
     * alignment).
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least = d[i - 1][j - 1] + (same ? 0 : 1);
                least = Math.min(least, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                d[i][j] = swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
            }
        }
        return d[a.length()][b.length()];
    }
}
