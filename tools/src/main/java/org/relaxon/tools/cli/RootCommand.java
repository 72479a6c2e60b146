package org.relaxon.tools.cli;

import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.Program;
import org.relaxon.tools.output.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
        name = "relaxon",
        description = {
            "",
            "Asynchronous energy-based learning: cells exchange delayed messages,"
                    + " settle to a minimum of the energy without a global clock, and change"
                    + " each synapse by a local rule.",
            "Start with: relaxon check",
            ""
        },
        versionProvider = RootCommand.VersionText.class,
        footer = {
            "",
            "Exit codes: 0 the claim holds or the work is done; 1 a checked claim does"
                    + " not hold; 2 bad input; 3 not settled, out of budget or not judged; 4 out of memory"
                    + " or disk, or an output that cannot be written; 130, 143 stopped by Ctrl-C"
                    + " or SIGTERM; 141 standard output was closed by its reader."
        })
final class RootCommand implements Program, Runnable {
    /** The text of --version. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "relaxon " + Version.text(), "java " + System.getProperty("java.version")
            };
        }
    }

    private final Interruption interruption;
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    private boolean unusedHelp; // picocli acts on it

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean unusedVersion; // likewise

    /** The launcher consumes it; it arrives here where java was started without it. */
    @Option(
            names = "--module",
            paramLabel = "JAR",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            description =
                    "Find parts of your own in this jar too, as by RELAXON_CLASSPATH, see"
                            + " docs/extending.md.")
    void module(String jar) {
        if (jar != null) { // null: the default, which every parse sets
            throw new ParameterException(
                    spec.commandLine(),
                    "module: %s is added by bin/relaxon alone; name it in java -cp".formatted(jar));
        }
    }

    RootCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    @Override
    public Interruption interruption() {
        return interruption;
    }

    @Override
    public CommandLine commandLine(Interruption other) {
        return Main.commandLine(other);
    }

    @Override
    public String mainClass() {
        return Main.class.getName();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing command: name one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
