package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What help says of every command: all options, each under one heading, and examples that parse.
 */
class GroupedHelpTest {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static CommandLine root() {
        return Main.commandLine(Interruption.bySignals());
    }

    /** Commands that do something, by their words. */
    static Stream<String> commands() {
        List<String> out = new ArrayList<>();
        collect(root(), "", out);
        return out.stream();
    }

    private static void collect(CommandLine command, String before, List<String> out) {
        for (Map.Entry<String, CommandLine> one : command.getSubcommands().entrySet()) {
            String words = (before + " " + one.getKey()).trim();
            if (!one.getValue().getSubcommands().isEmpty()) {
                collect(one.getValue(), words, out);
            } else if (!words.equals("help")) {
                out.add(words);
            }
        }
    }

    private static CommandLine find(String words) {
        CommandLine command = root();
        for (String word : words.split(" ")) {
            command = command.getSubcommands().get(word);
        }
        return command;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionStandsUnderOneHeading(String words) {
        String help = find(words).getUsageMessage();
        for (OptionSpec option : find(words).getCommandSpec().options()) {
            long headings =
                    Arrays.stream(HelpHeading.values())
                            .filter(
                                    h ->
                                            Arrays.stream(option.names())
                                                    .anyMatch(h.names()::contains))
                            .count();
            assertTrue(option.hidden() || headings == 1, headings + " headings: " + option);
            assertTrue(option.hidden() || help.contains(option.longestName()), "no " + option);
        }
    }

    @Test
    void noHeadingNamesAnOptionThatIsGone() {
        Set<String> names = new HashSet<>();
        commands()
                .forEach(
                        c -> find(c).getCommandSpec().options().forEach(o -> names.addAll(all(o))));
        names.add("--version");
        for (HelpHeading heading : HelpHeading.values()) {
            List<String> gone = heading.names().stream().filter(n -> !names.contains(n)).toList();
            assertEquals(List.of(), gone, heading.title());
        }
    }

    private static List<String> all(OptionSpec option) {
        return List.of(option.names());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void thereAreThreeExamplesAndTheyParse(String words) {
        List<List<String>> examples =
                examples(find(words).getCommandSpec().usageMessage().footer());
        assertTrue(examples.size() >= 3, words + ": " + examples);
        for (List<String> example : examples) {
            assertTrue(String.join(" ", example).startsWith(words), example.toString());
            CommandLine.ParseResult parsed = root().parseArgs(example.toArray(String[]::new));
            assertEquals(List.of(), parsed.unmatched(), example.toString());
        }
    }

    /** The words after "relaxon", up to what is only said about them or to another program. */
    private static List<List<String>> examples(String[] footer) {
        String joined = String.join("\n", footer).replaceAll("\\\\\n *", "");
        List<List<String>> out = new ArrayList<>();
        for (String line : joined.split("\n")) {
            int at = line.indexOf("relaxon ");
            if (!line.startsWith("  ") || at < 0) {
                continue;
            }
            String command = line.substring(at + "relaxon ".length()).replaceAll(" \\|.*", "");
            List<String> example = new ArrayList<>();
            Matcher word = WORD.matcher(command.split(" {2,}")[0].replace(" ...", ""));
            while (word.find()) {
                example.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
            out.add(example);
        }
        return out;
    }

    /** A path or a number that is broken over lines cannot be copied. */
    @Test
    void wordsAreNotBrokenOverLines() {
        for (String verb : List.of("settle", "check", "sweep", "train", "paper", "bench")) {
            String help = relaxon(verb + " --help").out();
            List<String> broken = help.lines().filter(l -> l.matches(".*\\S[-/^(] *")).toList();
            assertEquals(List.of(), broken, verb);
            assertFalse(help.contains("${"), verb);
        }
        String settle = relaxon("settle --help").out();
        assertTrue(settle.contains(" 10^(-150/L) "), settle);
        assertTrue(settle.contains("Default tanh."), settle);
        assertTrue(relaxon("train --help").out().contains(" 1 %, and"), "a per cent sign");
    }

    /** Every word of a description that fits a line stands whole in the help. */
    @ParameterizedTest
    @MethodSource("commands")
    void descriptionsWrapAtSpacesAlone(String words) {
        CommandLine command = find(words);
        String help = command.getUsageMessage();
        Set<String> shown = new HashSet<>(Arrays.asList(help.split("\\s+")));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                for (String word : String.join(" ", option.description()).split("\\s+")) {
                    boolean plain = !word.matches(".*[%$@{}|].*") && word.length() < 40;
                    assertTrue(!plain || shown.contains(word), option.longestName() + ": " + word);
                }
            }
        }
        help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
}
