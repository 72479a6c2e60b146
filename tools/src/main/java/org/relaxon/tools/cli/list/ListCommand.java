package org.relaxon.tools.cli.list;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relaxon.tools.cli.option.Catalog;
import org.relaxon.tools.cli.process.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every name that an option takes. */
@Command(
        name = "list",
        description = "Algorithms, hosts, delays, activations and all other names, one line each.",
        footer = {
            "",
            "Examples:",
            "  relaxon list",
            "  relaxon list | grep -A 20 algorithms",
            "  RELAXON_CLASSPATH=mine.jar relaxon list     with parts of your own"
        })
public final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Map.Entry<String, List<Catalog.Entry<?>>> kind : Catalog.all().entrySet()) {
            out.println(kind.getKey());
            for (Catalog.Entry<?> entry : kind.getValue()) {
                out.printf("  %-20s %s%n", entry.name(), entry.line());
            }
        }
        out.flush();
        return ExitCode.DONE;
    }
}
