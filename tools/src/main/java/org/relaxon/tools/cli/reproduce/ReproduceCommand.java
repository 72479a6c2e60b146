package org.relaxon.tools.cli.reproduce;

import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.process.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Published findings, measured again, with expectations stated beforehand. */
@Command(
        name = "reproduce",
        description = {
            "Measures a published finding again with cells that settle. The expected"
                    + " shape is stated beforehand as checks: exit code 0 if all hold, 1 if one"
                    + " does not.",
            ""
        },
        subcommands = {
            ReproduceAsyncDepthCommand.class,
            ReproduceDelaysCommand.class,
            ReproduceDepthCommand.class,
            ReproduceDesynchronisedCommand.class,
            ReproduceStragglerCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  relaxon reproduce async-depth --seeds 1      credit in deep networks",
            "  relaxon reproduce delays                     inference that delays break",
            "  relaxon reproduce delays --gain 0.3          no loop gain above 1: exit code 1",
            "  relaxon reproduce depth --seeds 1            messages over the depth of chains",
            "  relaxon reproduce desynchronised --out runs  with table and pictures",
            "  relaxon reproduce straggler                  one node of three is slow"
        })
public final class ReproduceCommand implements Runnable {
    @Spec private CommandSpec spec;
    @ParentCommand private Program program;

    Interruption interruption() {
        return program.interruption();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing finding: name one of async-depth, delays, depth, desynchronised, straggler");
    }
}
