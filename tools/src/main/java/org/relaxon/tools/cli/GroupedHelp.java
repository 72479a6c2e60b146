package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
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

    /** Marks within a word after which a line may be broken, and letters that stand for them. */
    private static final String MARKS = "/^(-";

    private static final String LETTERS = "\u0250\u0251\u0252\u0253";

    private static final Pattern WITHIN = Pattern.compile("(?<=\\S)[/^(-](?=\\S)");

    @Override
    public String render(Help help) {
        List<OptionSpec> all =
                help.commandSpec().options().stream().filter(o -> !o.hidden()).toList();
        StringBuilder text = new StringBuilder();
        for (HelpHeading heading : HelpHeading.values()) {
            List<OptionSpec> own = under(heading, all);
            if (!own.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
                layout.addOptions(
                        own.stream().map(GroupedHelp::unbroken).toList(),
                        help.createDefaultParamLabelRenderer());
                text.append(text.isEmpty() ? "" : System.lineSeparator());
                text.append(heading.title()).append(':').append(System.lineSeparator());
                text.append(layout);
            }
        }
        return replaced(text.toString(), LETTERS, MARKS);
    }

    /** The same option for layout: paths, exponents and names with hyphens stay on one line. */
    private static OptionSpec unbroken(OptionSpec option) {
        String[] lines = option.description().clone(); // formatted, and to be formatted again
        for (int k = 0; k < lines.length; k++) {
            lines[k] =
                    WITHIN.matcher(lines[k].replace("%", "%%"))
                            .replaceAll(m -> replaced(m.group(), MARKS, LETTERS));
        }
        return option.toBuilder().description(lines).descriptionKey(null).build();
    }

    private static String replaced(String text, String from, String to) {
        String out = text;
        for (int k = 0; k < from.length(); k++) {
            out = out.replace(from.charAt(k), to.charAt(k));
        }
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
