package org.relaxon.tools.cli.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.tools.cli.process.NodeProcesses;
import org.relaxon.tools.cli.process.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a command with its cells on nodes that are started for it on this machine. */
@Command(
        name = "cluster",
        description = {
            "Starts nodes on this machine, each a process of its own, and runs a command whose cells"
                    + " they hold: a cluster to try out. Everything after -- is the command.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon cluster --nodes 3 -- check",
            "  relaxon cluster --nodes 2 -- settle --layers 8,16,4 --delay exponential:200us",
            "  relaxon cluster -- train --data two-moons --layers 2,16,2 --epochs 2"
        })
public final class ClusterCommand implements Callable<Integer> {
    private static final int NODES_MAX = 64;

    @Spec private CommandSpec spec;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "3",
            description = "Number of nodes. Default ${DEFAULT-VALUE}.")
    private int nodes;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The command, after --.")
    private List<String> command;

    @Override
    public Integer call() throws IOException {
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new IllegalArgumentException(
                    "nodes: %d is not in 1..%d".formatted(nodes, NODES_MAX));
        }
        if (List.of("cluster", "node").contains(command.get(0))) {
            throw new IllegalArgumentException(
                    "cluster: %s has no cells of its own; give a command such as check"
                            .formatted(command.get(0)));
        }
        Program program = Program.of(spec);
        try (NodeProcesses processes = NodeProcesses.start(program.mainClass(), nodes)) {
            List<String> words = new ArrayList<>(command);
            if (words.stream().noneMatch(w -> w.equals("--host") || w.startsWith("--host="))) {
                words.addAll(List.of("--host", "cluster"));
            }
            words.addAll(
                    List.of("--join", processes.address(), "--nodes", Integer.toString(nodes)));
            return program.commandLine(program.interruption())
                    .setOut(spec.commandLine().getOut())
                    .setErr(spec.commandLine().getErr())
                    .execute(words.toArray(String[]::new));
        }
    }
}
