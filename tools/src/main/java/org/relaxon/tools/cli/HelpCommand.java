package org.relaxon.tools.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.text.Misspelling;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the help of a command, as its own {@code --help} does. */
@Command(
        name = "help",
        description = {"Shows the help of a command, or of relaxon.", ""})
final class HelpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "COMMAND",
            arity = "0..*",
            description = "A command, such as settle or reproduce delays.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        CommandLine at = spec.parent().commandLine();
        for (String name : names) {
            CommandLine next = at.getSubcommands().get(name);
            if (next == null) {
                throw new ParameterException(
                        at, Misspelling.command(name, at.getSubcommands().keySet()));
            }
            at = next;
        }
        at.usage(spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
