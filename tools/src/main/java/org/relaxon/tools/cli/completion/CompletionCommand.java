package org.relaxon.tools.cli.completion;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.process.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script with which a shell completes the commands of this program. */
@Command(
        name = "completion",
        description = {
            "Prints a script with which a shell completes verbs, options and the names that"
                    + " options take. docs/install.md states how every new shell reads it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon completion bash | less",
            "  relaxon completion bash | tee relaxon.bash   then type: source relaxon.bash",
            "  relaxon completion zsh | tee relaxon.zsh     likewise"
        })
public final class CompletionCommand implements Callable<Integer> {
    /** Shells that read such a script, zsh by its bashcompinit. */
    static final class Shells extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Shells() {
            super(List.of("bash", "zsh"));
        }
    }

    /** Kinds of names are listed with their option, such as hosts (--host). */
    private static final Pattern OPTION = Pattern.compile("\\((--[a-z-]+)\\)");

    /** A shell splits words at a colon, and a name in capitals stands for a value. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Shells.class,
            description = "The shell that reads the script: ${COMPLETION-CANDIDATES}.")
    private String shell;

    /** The names that each option takes. */
    private static Map<String, List<String>> names() {
        Map<String, List<String>> out = new TreeMap<>();
        for (Map.Entry<String, List<Catalog.Entry<?>>> kind : Catalog.all().entrySet()) {
            Matcher option = OPTION.matcher(kind.getKey());
            if (option.find()) {
                List<String> names =
                        kind.getValue().stream()
                                .map(Catalog.Entry::name)
                                .filter(name -> NAME.matcher(name).matches())
                                .toList();
                out.put(option.group(1), names);
            }
        }
        out.put("--output-activation", out.get("--activation"));
        return out;
    }

    /** Has every option that takes such names complete them. */
    private static void complete(CommandLine command, Map<String, List<String>> names) {
        for (OptionSpec option : List.copyOf(command.getCommandSpec().options())) {
            List<String> known = names.get(option.longestName());
            if (known != null && option.group() == null) {
                command.getCommandSpec().remove(option);
                command.getCommandSpec()
                        .addOption(OptionSpec.builder(option).completionCandidates(known).build());
            }
        }
        command.getSubcommands().values().forEach(sub -> complete(sub, names));
    }

    /** One script serves both, which finds out by which it is read. */
    @Override
    public Integer call() {
        List<String> shells = new Shells();
        if (!shells.contains(shell)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "\"%s\" is not one of %s".formatted(shell, String.join(", ", shells)));
        }
        CommandLine root = spec.root().commandLine();
        complete(root, names());
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash(root.getCommandName(), root));
        out.flush();
        return ExitCode.DONE;
    }
}
