package org.relaxon.tools.cli.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.tools.cli.process.NodeProcesses;
import org.relaxon.tools.cli.process.Program;
import picocli.CommandLine;
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
    private static final String NOWHERE = "127.0.0.1:1"; // in place of an address not yet known

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
        requireOwnOptionsAbsent();
        Program program = Program.of(spec);
        CommandLine inner = inner(program);
        boolean known = inner.getSubcommands().containsKey(command.get(0));
        String[] first = known ? words(NOWHERE) : command.toArray(String[]::new);
        try {
            inner.parseArgs(first); // a mistake is answered before nodes are started
        } catch (CommandLine.ParameterException e) {
            return inner.execute(first);
        }
        try (NodeProcesses processes = NodeProcesses.start(program.mainClass(), nodes)) {
            return inner(program).execute(words(processes.address()));
        }
    }

    private CommandLine inner(Program program) {
        return program.commandLine(program.interruption())
                .setOut(spec.commandLine().getOut())
                .setErr(spec.commandLine().getErr());
    }

    /** The command with what places its cells on the nodes. */
    private String[] words(String member) {
        List<String> words = new ArrayList<>(command);
        if (words.stream().noneMatch(w -> isOption("--host", w))) {
            words.addAll(List.of("--host", "cluster"));
        }
        words.addAll(List.of("--join", member, "--nodes", Integer.toString(nodes)));
        return words.toArray(String[]::new);
    }

    private static boolean isOption(String name, String word) {
        return word.equals(name) || word.startsWith(name + "=");
    }

    private void requireOwnOptionsAbsent() {
        for (String own : List.of("--join", "--nodes")) {
            if (command.stream().anyMatch(w -> isOption(own, w))) {
                throw new IllegalArgumentException(
                        "cluster: %s of the command is set here; leave it out, and give --nodes before the --"
                                .formatted(own));
            }
        }
        int host = command.indexOf("--host");
        String chosen =
                host >= 0 && host + 1 < command.size()
                        ? command.get(host + 1)
                        : command.stream()
                                .filter(w -> w.startsWith("--host="))
                                .map(w -> w.substring("--host=".length()))
                                .findFirst()
                                .orElse("cluster");
        if (List.of(chosen.split(",")).stream().noneMatch("cluster"::equals)) {
            throw new IllegalArgumentException(
                    "cluster: the command runs on the host cluster, not on %s; leave out --host"
                            .formatted(chosen));
        }
    }
}
