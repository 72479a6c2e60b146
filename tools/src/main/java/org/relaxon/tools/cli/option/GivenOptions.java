package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relaxon.tools.cli.text.Words;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that a user gave, as parsed, to be printed again with some of them replaced: a
 * command that repeats a part of a run keeps every option that is not replaced by name. Immutable.
 */
public final class GivenOptions {
    private final Map<String, List<String>> values; // by name, in order; empty for a flag

    private GivenOptions(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * The options given to a command.
     *
     * @param spec a command that has been parsed
     * @return its options, in order
     */
    public static GivenOptions of(CommandSpec spec) {
        ParseResult parsed = spec.commandLine().getParseResult();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            boolean flag = option.arity().max() == 0;
            values.put(
                    ResolvedOptions.name(option),
                    flag ? List.of() : List.copyOf(option.originalStringValues()));
        }
        return new GivenOptions(values);
    }

    /** {@return the names of these options} */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * These without some.
     *
     * @param names of the options to leave out
     * @return the others
     */
    public GivenOptions without(Set<String> names) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(values);
        fewer.keySet().removeAll(names);
        return new GivenOptions(fewer);
    }

    /**
     * Only those that another command has as well.
     *
     * @param names of its options
     * @return these among them
     */
    public GivenOptions of(Set<String> names) {
        Map<String, List<String>> fewer = new LinkedHashMap<>(values);
        fewer.keySet().retainAll(names);
        return new GivenOptions(fewer);
    }

    /**
     * These with one option given only in this way.
     *
     * @param name of the option
     * @param value its only value
     * @return all options
     */
    public GivenOptions with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new GivenOptions(more);
    }

    /**
     * These with further options.
     *
     * @param words names and values in turn; a name may come several times
     * @return all options
     */
    public GivenOptions with(List<String> words) {
        Map<String, List<String>> anew = new LinkedHashMap<>();
        for (int k = 0; k + 1 < words.size(); k += 2) {
            anew.computeIfAbsent(words.get(k), name -> new ArrayList<>()).add(words.get(k + 1));
        }
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.putAll(anew);
        return new GivenOptions(more);
    }

    /**
     * Refuses options without effect.
     *
     * @param names of the options
     * @param why they have none
     * @throws IllegalArgumentException naming the first that was given
     */
    public void requireNone(List<String> names, String why) {
        for (String name : names) {
            if (values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "%s: has no effect, as %s".formatted(name.substring(2), why));
            }
        }
    }

    /** {@return the words of a command line, names before values} */
    public List<String> words() {
        List<String> out = new ArrayList<>();
        values.forEach(
                (name, several) -> {
                    if (several.isEmpty()) {
                        out.add(name);
                    }
                    several.forEach(value -> out.addAll(List.of(name, value)));
                });
        return out;
    }

    /** For a shell, with a space before each word. */
    @Override
    public String toString() {
        return Words.without(words(), Set.of());
    }
}
