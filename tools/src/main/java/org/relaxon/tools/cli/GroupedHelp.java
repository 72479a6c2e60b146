package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options of a command under headings, in the order of a user's decisions. */
final class GroupedHelp implements IHelpSectionRenderer {
    /** Installs the list of options, and a short synopsis, in a command and all below it. */
    static void install(CommandLine command) {
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedHelp());
        command.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(GroupedHelp::install);
    }

    @Override
    public String render(Help help) {
        List<OptionSpec> all =
                help.commandSpec().options().stream().filter(o -> !o.hidden()).toList();
        StringBuilder text = new StringBuilder();
        for (HelpHeading heading : HelpHeading.values()) {
            List<OptionSpec> own = under(heading, all);
            if (!own.isEmpty()) {
                Help.Layout layout = layout(help, all);
                layout.addOptions(own, help.createDefaultParamLabelRenderer());
                text.append(text.isEmpty() ? "" : System.lineSeparator());
                text.append(heading.title()).append(':').append(System.lineSeparator());
                text.append(layout);
            }
        }
        return text.toString();
    }

    /** The usual layout, in which descriptions wrap at spaces alone. */
    private static Help.Layout layout(Help help, List<OptionSpec> all) {
        Help.Layout usual = help.createDefaultLayout(all, List.of(), help.colorScheme());
        return new Help.Layout(
                help.colorScheme(),
                usual.textTable(),
                usual.optionRenderer(),
                usual.parameterRenderer()) {
            @Override
            public void layout(ArgSpec option, Text[][] rows) {
                super.layout(option, wrapped(rows, table));
            }
        };
    }

    /** Rows of which each description fits its column. */
    private static Text[][] wrapped(Text[][] rows, Help.TextTable table) {
        Help.Column[] columns = table.columns();
        int last = columns.length - 1;
        int width = columns[last].width - columns[last].indent;
        List<Text[]> out = new ArrayList<>();
        for (Text[] row : rows) {
            List<Text> lines = lines(row[last], width, table.indentWrappedLines);
            for (int k = 0; k < lines.size(); k++) {
                Text[] next = row.clone();
                if (k > 0) {
                    Arrays.fill(next, lines.get(k).substring(0, 0)); // names stand in the first
                }
                next[last] = lines.get(k);
                out.add(next);
            }
        }
        return out.toArray(new Text[0][]);
    }

    /**
     * A text in lines, broken at spaces alone, so that paths, lists of numbers and values such as
     * mnist:DIR stay whole. A word longer than a line is left to the library.
     *
     * @param width of the lines
     * @param indent of all lines but the first, within the width
     */
    private static List<Text> lines(Text text, int width, int indent) {
        String plain = text.plainString();
        Text before = text.substring(0, 0);
        List<Text> out = new ArrayList<>();
        int from = 0;
        while (plain.length() - from > width - before.plainString().length()) {
            int end = plain.lastIndexOf(' ', from + width - before.plainString().length());
            if (end <= from) {
                break;
            }
            out.add(before.concat(text.substring(from, end)));
            before = text.substring(0, 0).concat(" ".repeat(indent));
            from = end + 1;
        }
        out.add(before.concat(text.substring(from)));
        return out;
    }

    private static List<OptionSpec> under(HelpHeading heading, List<OptionSpec> all) {
        List<OptionSpec> own = new ArrayList<>();
        for (OptionSpec option : all) {
            if (position(heading, option) >= 0) {
                own.add(option);
            }
        }
        own.sort(Comparator.comparingInt(o -> position(heading, o)));
        return own;
    }

    /** Position of an option under a heading, by any of its names; negative if it is not there. */
    private static int position(HelpHeading heading, OptionSpec option) {
        int at = -1;
        for (String name : option.names()) {
            at = Math.max(at, heading.names().indexOf(name));
        }
        return at;
    }
}
