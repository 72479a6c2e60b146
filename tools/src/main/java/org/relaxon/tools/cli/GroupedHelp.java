package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    @Override
    public String render(Help help) {
        List<OptionSpec> all =
                help.commandSpec().options().stream().filter(o -> !o.hidden()).toList();
        StringBuilder text = new StringBuilder();
        for (HelpHeading heading : HelpHeading.values()) {
            List<OptionSpec> own = under(heading, all);
            if (!own.isEmpty()) {
                Help.Layout layout = help.createDefaultLayout(all, List.of(), help.colorScheme());
                layout.addOptions(own, help.createDefaultParamLabelRenderer());
                text.append(text.isEmpty() ? "" : System.lineSeparator());
                text.append(heading.title()).append(':').append(System.lineSeparator());
                text.append(layout);
            }
        }
        return text.toString();
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
